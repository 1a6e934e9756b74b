"""The code speaks the words of the field: what they replaced is defined nowhere any more."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

OLD_CLASSES = frozenset(
    [
        "Call",
        "Chore",
        "Deed",
        "Desk",
        "Docket",
        "Door",
        "Drift",
        "EmbeddedEngine",
        "Engine",
        "Errand",
        "Errands",
        "Finisher",
        "Front",
        "Guard",
        "House",
        "Labelled",
        "Pace",
        "Paper",
        "PaperKind",
        "Piece",
        "PieceKind",
        "Placed",
        "Posted",
        "Recent",
        "Rounds",
        "Runner",
        "Said",
        "Scene",
        "Sight",
        "Standing",
        "Taken",
        "Tools",
        "Turn",
        "Turnout",
        "Wave",
        "Wizard",
        "Written",
    ]
)
OLD_FUNCTIONS = frozenset(
    [
        "all_standings",
        "ask_errand",
        "build_house",
        "demand_open",
        "demand_room",
        "demand_words",
        "docket_of",
        "judge",
        "kick",
        "may",
        "open_house",
        "raise_matter",
        "scene_for",
        "start_wizard",
        "swell",
        "transact",
        "wave_card",
    ]
)
OLD_MODULES = frozenset(
    [
        "bot/app",
        "bot/domain",
        "bot/texts",
        "bot/ui",
        "bot/wizards",
        "bot/cli/house.py",
        "bot/core/flows/ends.py",
        "bot/core/job_lanes.py",
        "bot/ports.py",
        "checks/runner.py",
        "checks/schedule.py",
        "checks/sources",
        "adapters/marketplace",
        "adapters/packet",
        "adapters/print",
        "adapters/capture/gate.py",
        "adapters/capture/strip.py",
        "adapters/capture/visit.py",
        "adapters/slack/chat.py",
        "adapters/discord/chat.py",
        "adapters/web/chat.py",
    ]
)
OLD_FIELDS = frozenset(
    [
        "desk",
        "door",
        "drift",
        "engine",
        "errand",
        "front",
        "guard",
        "house",
        "lane",
        "pieces",
        "runner",
        "scene",
        "sight",
        "standing",
        "tools",
        "wave",
        "wizard",
    ]
)


def product(*folders: str) -> Iterator[tuple[Path, ast.Module]]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path, ast.parse(path.read_text("utf-8"))


def classes() -> list[tuple[Path, ast.ClassDef]]:
    return [
        (path, node)
        for path, tree in product("bot", "checks")
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    ]


def test_no_class_has_an_old_name() -> None:
    assert not {(path, each.name) for path, each in classes() if each.name in OLD_CLASSES}


def test_no_class_name_stands_twice() -> None:
    counts = Counter(each.name for _, each in classes() if not each.name.startswith("_"))
    assert {name for name, count in counts.items() if count > 1} == set()


def test_no_function_has_an_old_name() -> None:
    defined = {
        (path, node.name)
        for path, tree in product("bot", "checks", "adapters")
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert not {each for each in defined if each[1] in OLD_FUNCTIONS}


def test_no_field_has_an_old_name() -> None:
    fields = {
        (path, each.name, line.target.id)
        for path, each in classes()
        for line in each.body
        if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name)
    }
    assert not {each for each in fields if each[2] in OLD_FIELDS}


@pytest.mark.parametrize("place", sorted(OLD_MODULES))
def test_no_module_is_where_it_was(place: str) -> None:
    path = ROOT / place
    assert not path.is_file()
    assert not list(path.rglob("*.py"))
