"""Every button that can be pressed is shown somewhere, and each that is shown can be pressed."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import bot
from bot.bootstrap.features import FEATURES
from bot.core.entrances import SHOW

PRODUCT = Path(bot.__file__).parent
VIEWS = [path for path in PRODUCT.rglob("*.py") if "views" in path.parts or path.stem == "views"]
NODES = [node for path in VIEWS for node in ast.walk(ast.parse(path.read_text("utf-8")))]


def texts(nodes: list[ast.AST]) -> set[str]:
    return {
        node.value
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def actions() -> Iterator[ast.AST]:
    """Give what is said to be done by the buttons of all views, where it is written out."""
    for node in NODES:
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Button":
            yield from (each.value for each in node.keywords if each.arg == "action")


def test_every_button_is_shown_by_a_view() -> None:
    assert set(FEATURES.buttons) - texts(NODES) == set()


def test_every_button_of_a_view_can_be_pressed() -> None:
    assert texts([*actions()]) - {*FEATURES.buttons, SHOW} == set()
