"""What a page tells people to type into a shell works as it stands there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

from typer.core import TyperGroup
from typer.main import get_command

from bot.__main__ import app
from tests.docs.pages import ROOT, pages

PAGES = [
    *pages(),
    ROOT / ".env.example",
    *sorted((ROOT / "checks" / "checklists").glob("*.toml")),
]
TEXTS = {page.relative_to(ROOT).as_posix(): page.read_text("utf-8") for page in PAGES}
BOT = cast("TyperGroup", get_command(app))
CONTEXT = BOT.make_context("bot", ["version"])
TARGETS = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)

_BOT = re.compile(r"([\w./-]*)python -m bot(?= |`|$)")
_COMMAND = re.compile(r"python -m bot ([a-z-]+)(?: ([a-z]+))?")
_MAKE = re.compile(r"(?:^|`)make ([a-z]+)(?=`|  | [A-Z]|$)", re.MULTILINE)


def commands(page: str) -> Iterator[str]:
    """Give the commands of the page that do not exist."""
    for command, word in _COMMAND.findall(page):
        below = BOT.get_command(CONTEXT, command)
        if not below:
            yield command
        elif word and isinstance(below, TyperGroup) and not below.get_command(CONTEXT, word):
            yield f"{command} {word}"


def test_the_program_is_started_in_one_form() -> None:
    others = {page: {*_BOT.findall(text)} - {".venv/bin/"} for page, text in TEXTS.items()}
    assert {page: forms for page, forms in others.items() if forms} == {}


def test_every_command_exists() -> None:
    unknown = {page: [*commands(text)] for page, text in TEXTS.items()}
    assert {page: words for page, words in unknown.items() if words} == {}


def test_every_target_of_make_exists() -> None:
    unknown = {page: {*_MAKE.findall(text)} - {*TARGETS} for page, text in TEXTS.items()}
    assert {page: targets for page, targets in unknown.items() if targets} == {}
