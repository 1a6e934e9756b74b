"""No work reads many documents without letting other work have its turn."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import bot
import checks
from bot.core import scanning

READS = {"page", "find"}
_READ = re.compile(r"\.(?:page|find)\(")
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


def in_loops(path: Path, tree: ast.AST) -> Iterator[str]:
    for loop in ast.walk(tree):
        if isinstance(loop, ast.While):
            yield from (f"{module_of(path)}: {ast.unparse(ctx)}" for ctx in reads(loop))


def of_many(path: Path, tree: ast.AST) -> Iterator[str]:
    for ctx in reads(tree):
        limit = limit_of(ctx, path)
        if not isinstance(limit, int) or limit > AT_ONCE:
            yield f"{module_of(path)}: {ast.unparse(ctx)} asks for {limit}"


def test_pages_are_gone_through_by_the_helper_alone_and_one_call_asks_for_few() -> None:
    sources = [(path, path.read_text("utf-8")) for path in FILES]
    trees = [(path, ast.parse(text)) for path, text in sources if _READ.search(text)]
    assert sum(len([*reads(tree)]) for _, tree in trees) > 10
    looped = [each for path, tree in trees for each in in_loops(path, tree)]
    assert not looped, "Use each(), each_page() or their like of bot.core.scanning."
    # Without a limit of its own, one call ends silently.
    assert not [each for path, tree in trees for each in of_many(path, tree)]
