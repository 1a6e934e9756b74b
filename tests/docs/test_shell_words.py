"""What a page tells people to type into a shell works as it stands there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import cast

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from bot.__main__ import app
from tests.docs.pages import ROOT, pages

PAGES = [
    *pages(),
    ROOT / ".env.example",
    *sorted((ROOT / "checks" / "checklists").glob("*.toml")),
]
BOT = cast("TyperGroup", get_command(app))
CONTEXT = BOT.make_context("bot", ["version"])
TARGETS = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)

_BOT = re.compile(r"([\w./-]*)python -m bot(?= |`|$)")
_COMMAND = re.compile(r"python -m bot ([a-z-]+)(?: ([a-z]+))?")
_MAKE = re.compile(r"(?:^|`)make ([a-z]+)(?=`|  | [A-Z]|$)", re.MULTILINE)


def name(page: Path) -> str:
    """Return what the test of a page is called."""
    return page.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_the_program_is_started_in_one_form(page: Path) -> None:
    text = page.read_text("utf-8")
    assert set(_BOT.findall(text)) <= {".venv/bin/"}


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_command_exists(page: Path) -> None:
    for command, word in _COMMAND.findall(page.read_text("utf-8")):
        below = BOT.get_command(CONTEXT, command)
        assert below, command
        if word and isinstance(below, TyperGroup):
            assert below.get_command(CONTEXT, word), word


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_target_of_make_exists(page: Path) -> None:
    assert set(_MAKE.findall(page.read_text("utf-8"))) <= set(TARGETS)
