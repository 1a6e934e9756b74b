"""A feature takes of another only what is meant for it, and writes only what is its own."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import bot

FEATURES = Path(bot.__file__).parent / "features"
PREFIX = "bot.features."
FOR_OTHERS = {"service", "models", "views", "collections", "resources"}
"""Use cases, values, cards; and what reads need: collections, and what was given from outside."""
AMONG_THEMSELVES = {"rules", "texts"}
"""A rule may build on another feature's rule, and a text on a text: all of it is pure."""
WRITES = {"put", "create", "delete"}


def sources() -> Iterator[tuple[str, str, ast.Module]]:
    """Give each module's feature, its part there, and what it says."""
    for path in FEATURES.rglob("*.py"):
        where = path.relative_to(FEATURES).with_suffix("").parts
        if len(where) > 1:
            yield where[0], where[1], ast.parse(path.read_text("utf-8"))


def imported(tree: ast.Module) -> Iterator[tuple[str, str, str]]:
    """Give the feature, the part and the name here of each import from a feature."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.ImportFrom | ast.Import):
            continue
        within = f"{node.module}." if isinstance(node, ast.ImportFrom) else ""
        for alias in node.names:
            path = f"{within}{alias.name}"
            if path.startswith(PREFIX):
                feature, part, *_ = *path.removeprefix(PREFIX).split("."), ""
                yield feature, part, alias.asname or path.rpartition(".")[2]


def taken(feature: str, part: str, tree: ast.Module) -> set[str]:
    """Return what a module of the feature imports of others and may not."""
    return {
        f"{other}.{theirs}: {name}"
        for other, theirs, name in imported(tree)
        if other != feature
        and theirs not in FOR_OTHERS
        and not (theirs == part and theirs in AMONG_THEMSELVES)
    }


def written(feature: str, tree: ast.Module) -> set[str]:
    """Return the collections of other features that a module writes."""
    theirs = {
        name for other, part, name in imported(tree) if other != feature and part == "collections"
    }
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args]
    return {
        call.args[0].id
        for call in calls
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in WRITES
        and isinstance(call.args[0], ast.Name)
        and call.args[0].id in theirs
    }


def test_of_another_feature_only_what_is_for_others_is_imported() -> None:
    found = {
        (feature, each) for feature, part, tree in sources() for each in taken(feature, part, tree)
    }
    assert found == set()


def test_only_a_feature_itself_writes_what_it_keeps() -> None:
    found = {(feature, each) for feature, _, tree in sources() for each in written(feature, tree)}
    assert found == set()


def test_what_is_not_for_others_is_found_however_it_is_imported() -> None:
    tree = ast.parse(
        "from bot.features.cases.commands.cases import find\n"
        "from bot.features.cases.rules import transitions\n"
        "from bot.features.cases import flows\n"
        "import bot.features.cases.feature\n"
        "from bot.features.cases.service.lookup import find_case\n"
        "from bot.features.cases.collections import CASES\n"
        "from bot.features.reports.commands.reports import file_report\n"
        "from bot.core.text import clip\n"
    )
    expected = {"cases.commands: find", "cases.flows: flows", "cases.feature: feature"}
    assert taken("reports", "commands", tree) == {*expected, "cases.rules: transitions"}
    assert taken("reports", "rules", tree) == expected


def test_a_write_is_found_and_a_read_is_none() -> None:
    tree = ast.parse(
        "from bot.features.cases.collections import CASES, ENTRIES as LINES\n"
        "from bot.features.reports.collections import REPORTS\n"
        "async def do(tx):\n"
        "    await tx.get(CASES, 'key')\n"
        "    tx.put(LINES, 1)\n"
        "    tx.put(REPORTS, 1)\n"
    )
    assert written("reports", tree) == {"LINES"}
    assert written("cases", tree) == {"REPORTS"}
