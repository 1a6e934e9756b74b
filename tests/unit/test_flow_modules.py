"""A flow is data: it awaits nothing, and its form has a default for everything."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import msgspec

import bot
from bot.bootstrap.features import FLOWS
from bot.core.flows.flow import Flow
from tests.cases import for_each

FEATURES = Path(bot.__file__).parent / "features"
MODULES = sorted([*FEATURES.glob("*/flows.py"), *FEATURES.glob("*/flows/*.py")])


@for_each("path", MODULES, ids=lambda path: str(path.relative_to(FEATURES)))
def test_a_flow_awaits_nothing(path: Path) -> None:
    waiting = (ast.AsyncFunctionDef, ast.Await, ast.AsyncFor, ast.AsyncWith)
    found = ast.walk(ast.parse(path.read_text("utf-8")))
    assert not [node.lineno for node in found if isinstance(node, waiting)]


@for_each("flow", FLOWS.values(), ids=FLOWS)
def test_a_form_can_be_made_before_anything_is_answered(flow: Flow[Any, Any]) -> None:
    assert flow.form() == flow.read({})


@for_each("flow", FLOWS.values(), ids=FLOWS)
def test_a_default_is_what_an_empty_answer_comes_to(flow: Flow[Any, Any]) -> None:
    names = [field.name for field in msgspec.structs.fields(flow.form)]
    assert flow.read(dict.fromkeys(names, "")) == flow.form()
    assert flow.read(dict.fromkeys(names, ())) == flow.form()
