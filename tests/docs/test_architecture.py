"""docs/architecture.md is as the code is, and what any page names exists."""

from __future__ import annotations

import ast
import dataclasses
import importlib
import itertools
import re
import tomllib
from pathlib import Path

import pytest

from bot.core.feature import Feature
from tests.cases import for_each
from tests.docs.pages import ROOT, pages
from tests.walks.__main__ import measure

ARCHITECTURE = ROOT / "docs" / "architecture.md"
PAGES = pages()
LINES = ARCHITECTURE.read_text("utf-8").splitlines()
LINTER = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
CONTRACTS = {contract["id"]: contract for contract in LINTER["contracts"]}
WALKS = {line.split("`")[1]: line.lstrip("# ") for line in LINES if line.startswith("### Walk `")}

_PATH = re.compile(r"`((?:bot|adapters|checks|tests|docs|\.ci)/[^`\s]*|[\w.-]+\.(?:md|toml|lock))`")
_LINK = re.compile(r"\]\(([^)#]+)")


def section(heading: str) -> list[str]:
    """Return the lines that stand under a heading, up to the next one."""
    [start] = [place for place, line in enumerate(LINES, 1) if line.lstrip("# ") == heading]
    return list(itertools.takewhile(lambda line: not line.startswith("#"), LINES[start:]))


def rows(heading: str) -> list[list[str]]:
    """Return the cells of the table under a heading, without its head."""
    lines = [line for line in section(heading) if line.startswith("|")]
    return [[cell.strip(" `") for cell in line.strip("|").split("|")] for line in lines[2:]]


def order() -> list[str]:
    """Return the features in the order that the contract states."""
    layers = [layer.removeprefix("bot.features.") for layer in CONTRACTS["order"]["layers"]]
    return [layer for layer in reversed(layers) if layer != "bot.core"]


def named(text: str) -> set[str]:
    """Return the paths that a text names; what has a gap to fill in, as `tests/<name>`, is none."""
    return {path.partition("::")[0] for path in _PATH.findall(text) if "<" not in path}


def home(type_: type) -> str:
    """Return the feature that defines a type, or the core."""
    part, name = type_.__module__.split(".")[1:3]
    return name if part == "features" else part


@for_each("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_path_exists(page: Path) -> None:
    text = page.read_text("utf-8")
    paths = named(text)
    links = {link for link in _LINK.findall(text) if "://" not in link}
    assert {path for path in paths if not (ROOT / path).exists()} == set()
    assert {link for link in links if not (page.parent / link).exists()} == set()


def test_every_contract_is_explained() -> None:
    assert [row[0] for row in rows("Directions")] == list(CONTRACTS)


def test_features_stand_in_one_order_everywhere() -> None:
    [stated] = [line for line in section("Features") if line.startswith("watchlist < ")]
    registry = (ROOT / "bot" / "bootstrap" / "features.py").read_text("utf-8")
    assert stated.split(" < ") == order()
    assert re.findall(r"(\w+)\.FEATURE", registry) == ["own_feature", *order()]


def test_everything_that_a_feature_brings_is_explained() -> None:
    fields = [field.name for field in dataclasses.fields(Feature)]
    assert [row[0] for row in rows("FEATURE")] == fields


def test_every_event_and_query_is_listed_with_who_hears_it() -> None:
    heard = []
    for name in order():
        feature = importlib.import_module(f"bot.features.{name}.feature").FEATURE
        types = [*(each.event for each in feature.on), *(each.query for each in feature.answers)]
        heard += [[each.__name__, home(each), name] for each in types]
    assert sorted(rows("Up the order: events and queries")) == sorted(heard)


@for_each(("word", "file"), [row[:2] for row in rows("Glossary")])
def test_a_word_of_the_glossary_is_defined_where_it_says(word: str, file: str) -> None:
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    assert word in {node.name for node in tree.body if isinstance(node, ast.ClassDef)}


@pytest.mark.parametrize("name", WALKS)
async def test_a_walk_passes_the_files_that_it_names(name: str) -> None:
    steps = [line for line in section(WALKS[name]) if line.startswith((" ", *"123456789"))]
    found = await measure(name)
    apart = itertools.chain.from_iterable(found.apart.values())
    files = named("\n".join(steps))
    assert files
    assert files - {*found.counted, *found.value_types, *apart} == set()
