"""docs/article.md: every section of the article is there, and all that it names exists."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec
from typer.core import TyperGroup
from typer.main import get_command

from bot.__main__ import app
from bot.bootstrap.features import COMMANDS
from checks.checklists import SECTIONS, shipped
from tests.cases import for_each

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "article.md").read_text("utf-8")
HEADS = ["What is asked", "What you do", "Shown by"]
BEFORE, AFTER = "Before the first heading", "After the last heading"

_NAMED = re.compile(r"`([^`]+)`")
_BUTTON = re.compile(r"'[A-Z][^']+'")


class Row(msgspec.Struct, frozen=True):
    """A sentence that asks for something, what you do for it, and what shows it."""

    section: str
    asked: str
    done: str
    shown: str


def rows() -> Iterator[Row]:
    section = ""
    for line in PAGE.splitlines():
        if line.startswith("## "):
            section = line.removeprefix("## ")
        elif line.startswith("|") and not line.startswith("|---"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            assert len(cells) == len(HEADS), line
            if cells != HEADS:
                yield Row(section, *cells)


ROWS = tuple(rows())


def named(row: Row) -> list[str]:
    return _NAMED.findall(row.done)


def things() -> set[str]:
    """Return all that a row may name besides commands: checklists, items, the shell's commands."""
    items = {f"{each.id}/{item.id}" for each in shipped() for item in each.items}
    group = get_command(app)
    assert isinstance(group, TyperGroup)
    shell = {f".venv/bin/python -m bot {name}" for name in group.commands}
    return items | shell | {each.id for each in shipped()}


def test_every_section_has_its_heading_and_its_rows_in_the_articles_order() -> None:
    headings = [line.removeprefix("## ") for line in PAGE.splitlines() if line.startswith("## ")]
    assert headings == [BEFORE, *SECTIONS, AFTER]
    assert list(Counter(row.section for row in ROWS)) == headings


@for_each("row", ROWS, ids=lambda row: row.asked)
def test_all_that_a_row_names_exists(row: Row) -> None:
    commands = {f"/{spec.name}" for spec in COMMANDS}
    assert set(named(row)) - commands - things() == set()
    assert named(row) or _BUTTON.search(row.done)


@for_each("row", ROWS, ids=lambda row: row.asked)
def test_what_shows_it_is_a_test_that_exists(row: Row) -> None:
    files = _NAMED.findall(row.shown)
    assert files
    for file in files:
        assert file.startswith("tests/")
        assert (ROOT / file).is_file(), file


def test_every_item_that_comes_again_serves_a_sentence() -> None:
    told = {name for row in ROWS for name in named(row)}
    for checklist in shipped():
        items = {f"{checklist.id}/{item.id}" for item in checklist.items}
        assert told & (items | {checklist.id}), checklist.id
        if checklist.cadence and checklist.id not in told:
            assert items - told == set()


def test_every_checklist_is_named_in_the_section_that_it_says_it_serves() -> None:
    for checklist in shipped():
        named_there = {
            name.partition("/")[0]
            for row in ROWS
            if row.section == checklist.section
            for name in named(row)
        }
        assert checklist.id in named_there


def test_the_articles_own_words_are_not_copied() -> None:
    assert max(len(row.asked) for row in ROWS) < 90
