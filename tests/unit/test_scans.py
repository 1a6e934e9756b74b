"""No work reads many documents without letting other work have its turn."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest

import bot
import checks
from bot.core import scanning

READS = {"page", "find"}
AT_ONCE = 200
"""Documents that one call may ask for."""
HELPER = Path(scanning.__file__)
FILES = [
    path
    for package in (bot, checks)
    for path in sorted(Path(package.__path__[0]).rglob("*.py"))
    if path != HELPER
]


def reads(tree: ast.AST) -> Iterator[ast.Call]:
    """Give the calls that read several documents from a store or a transaction."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Await) and isinstance(node.value, ast.Call):
            called = node.value.func
            what = ast.unparse(node.value.args[0]) if node.value.args else ""
            # A chat can find, too; what stands in a store is named by a constant.
            if isinstance(called, ast.Attribute) and called.attr in READS and what.isupper():
                yield node.value


def module_of(path: Path) -> str:
    root = Path(bot.__path__[0]).parent
    return ".".join(path.relative_to(root).with_suffix("").parts)


def limit_of(ctx: ast.Call, path: Path) -> object:
    for keyword in ctx.keywords:
        if keyword.arg == "limit":
            names = vars(importlib.import_module(module_of(path)))
            return eval(ast.unparse(keyword.value), dict(names))  # noqa: S307 (our own source)
    return None


@pytest.mark.parametrize("path", FILES, ids=module_of)
def test_pages_are_gone_through_by_the_helper_alone(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    loops = [node for node in ast.walk(tree) if isinstance(node, ast.While)]
    found = [ast.unparse(ctx) for loop in loops for ctx in reads(loop)]
    assert not found, "Use each(), each_page() or their like of bot.core.scanning."


@pytest.mark.parametrize("path", FILES, ids=module_of)
def test_one_call_asks_for_few_documents(path: Path) -> None:
    for ctx in reads(ast.parse(path.read_text("utf-8"))):
        limit = limit_of(ctx, path)
        assert isinstance(limit, int), f"{ast.unparse(ctx)} ends silently."
        assert limit <= AT_ONCE, ast.unparse(ctx)
