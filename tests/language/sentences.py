"""Collects what people read: sentences of the code, of checklists, lessons and documents."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
CODE = ("bot", "checks", "adapters")
ELSEWHERE = ("simulator",)
"""Folders whose sentences are somebody else's: the simulated marketplace speaks as Amazon does."""
UNREAD = {"texts", "rules", "lint"}
"""Folders whose catalogs hold letters to others, and the phrases that their rules look for."""
PAGES = ("README.md", "CONTRIBUTING.md", "docs/*.md", "bot/features/training/texts/**/*.md")
GAP = "{…}"
"""Stands for what is filled in."""

_SENTENCE = re.compile(r"[a-z]{2,} |[A-Z][a-z]+$| [a-z]{2,}")
_PATTERN = re.compile(r"\(\?[:P!<=i]|\\[bwdsS]|\[\^")
"""How the text of a regular expression looks: it finds what others write."""


class Sentence(NamedTuple):
    """Something that people read, and where it stands."""

    place: str
    text: str


def sentences() -> Iterator[Sentence]:
    """Return all of them, the code's first."""
    for top in CODE:
        for path in sorted((ROOT / top).rglob("*.py")):
            if not set(path.parts).intersection(ELSEWHERE):
                yield from _of_code(path)
        for path in sorted((ROOT / top).rglob("*.toml")):
            if not UNREAD.intersection(path.parts):
                yield from _of_values(path, tomllib.loads(path.read_text("utf-8")))
    for pattern in PAGES:
        for path in sorted(ROOT.glob(pattern)):
            yield from _of_page(path)


def _of_code(path: Path) -> Iterator[Sentence]:
    tree = ast.parse(path.read_text("utf-8"))
    unread = {id(each) for node in ast.walk(tree) for each in _unread(node)}
    for node in ast.walk(tree):
        if id(node) in unread:
            continue
        text = _text(node)
        if _SENTENCE.search(text) and not _PATTERN.search(text):
            yield Sentence(f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}", text)


def _unread(node: ast.AST) -> Iterator[ast.AST]:
    """Return what nobody but a developer reads: docstrings, events of the log, parts of a text."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        yield node.value
    if isinstance(node, ast.JoinedStr):
        yield from (each for each in ast.walk(node) if each is not node)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        asked = node.func.value
        if isinstance(asked, ast.Name) and asked.id in ("log", "logger"):
            yield from ast.walk(node)


def _text(node: ast.AST) -> str:
    if isinstance(node, ast.JoinedStr):
        parts = [_text(each) if isinstance(each, ast.Constant) else GAP for each in node.values]
        return "".join(parts)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _of_values(path: Path, value: object) -> Iterator[Sentence]:
    if isinstance(value, str):
        yield Sentence(str(path.relative_to(ROOT)), value)
    for each in value.values() if isinstance(value, Mapping) else ():
        yield from _of_values(path, each)
    for each in value if isinstance(value, list) else ():
        yield from _of_values(path, each)


def _of_page(path: Path) -> Iterator[Sentence]:
    fenced = False
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        fenced ^= line.lstrip().startswith("```")
        plain = re.sub(r"`[^`]*`|\]\([^)]*\)", "", line)
        if not fenced and _SENTENCE.search(plain):
            yield Sentence(f"{path.relative_to(ROOT)}:{number}", plain)
