"""The code speaks the words of the field: what they replaced is defined nowhere any more."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator, Set
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.cases import for_each

ROOT = Path(__file__).parents[2]
PRODUCT = ("bot", "checks", "adapters")

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


class Defined(NamedTuple):
    """Something that a module of the product defines."""

    kind: type[ast.AST]
    place: Path
    name: str


@cache
def defined() -> tuple[Defined, ...]:
    """Return the classes, functions and fields of the product."""
    paths = (path for each in PRODUCT for path in sorted((ROOT / each).rglob("*.py")))
    return tuple(found for path in paths for found in definitions(path))


def definitions(path: Path) -> Iterator[Defined]:
    ours = path.relative_to(ROOT).parts[0] != "adapters"
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            # An adapter's classes speak the words of what they adapt.
            case ast.ClassDef(name=name, body=body) if ours:
                yield Defined(ast.ClassDef, path, name)
                for line in body:
                    if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name):
                        yield Defined(ast.AnnAssign, path, line.target.id)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield Defined(ast.FunctionDef, path, name)


@pytest.mark.parametrize(
    ("kind", "old"),
    [
        (ast.ClassDef, OLD_CLASSES),
        (ast.FunctionDef, OLD_FUNCTIONS),
        (ast.AnnAssign, OLD_FIELDS),
    ],
)
def test_no_class_function_or_field_has_an_old_name(kind: type[ast.AST], old: Set[str]) -> None:
    assert {each for each in defined() if each.kind is kind and each.name in old} == set()


def test_no_class_name_stands_twice() -> None:
    classes = [each.name for each in defined() if each.kind is ast.ClassDef]
    counts = Counter(name for name in classes if not name.startswith("_"))
    assert {name for name, count in counts.items() if count > 1} == set()


@for_each("place", sorted(OLD_MODULES))
def test_no_module_is_where_it_was(place: str) -> None:
    path = ROOT / place
    assert not path.is_file()
    assert not list(path.rglob("*.py"))
