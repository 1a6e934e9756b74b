"""Collects what people read: sentences of the code, of checklists, lessons and documents."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import chain
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
CODE = ("bot", "checks", "adapters")
ELSEWHERE = ("simulator",)
"""Folders whose sentences are somebody else's: the simulated marketplace speaks as Amazon does."""
UNREAD = {"texts", "rules", "lint"}
"""Folders whose catalogs hold letters to others, and the phrases that their rules look for."""
PAGES = (
    "README.md",
    "CONTRIBUTING.md",
    "docs/*.md",
    "CHANGELOG.md",
    "bot/features/training/texts/**/*.md",
)
SHEETS = ("adapters/web/templates/*.html", "adapters/web/static/*.js")
GAP = "{…}"
"""Stands for what is filled in."""

_NAME = re.compile(r"\{\w+\}")
_SENTENCE = re.compile(r"[a-z]{2,} |[A-Z][a-z-]+$| [a-z]{2,}")
_PATTERN = re.compile(r"\(\?[:P!<=i]|\\[bwdsS]|\[\^")
"""How the text of a regular expression looks: it finds what others write."""


class Sentence(NamedTuple):
    """Something that people read, and where it stands."""

    place: str
    text: str


def sentences() -> Iterator[Sentence]:
    """Return all of them, the code's first."""
    for path, tree in trees():
        yield from _of_code(path, tree)
    for top in CODE:
        for path in sorted((ROOT / top).rglob("*.toml")):
            if not UNREAD.intersection(path.parts):
                yield from _of_values(path, tomllib.loads(path.read_text("utf-8")))
    for patterns, read in ((PAGES, _of_page), (SHEETS, _of_sheet)):
        for path in chain.from_iterable(sorted(ROOT.glob(each)) for each in patterns):
            yield from read(path)


def passed(call: str, argument: str | int) -> Iterator[Sentence]:
    """Return the texts that the code gives to a class or function as that argument."""
    for path, node in _statements():
        if isinstance(node, ast.Call) and call in (
            getattr(node.func, "id", ""),
            getattr(node.func, "attr", ""),
        ):
            given: dict[str | int | None, ast.expr] = {**dict(enumerate(node.args))}
            given |= {each.arg: each.value for each in node.keywords}
            if argument in given and (text := _text(given[argument])):
                yield Sentence(place_of(path, node), text)


def errors() -> Iterator[Sentence]:
    """Return the texts of errors: what is raised, and what is called its message."""
    for path, node in _statements():
        match node:
            case (
                ast.Assign(targets=[ast.Name(id="message")], value=said)
                | ast.Raise(exc=ast.Call(args=[said, *_]))
            ) if text := _text(said):
                yield Sentence(place_of(path, node), text)


@cache
def _statements() -> tuple[tuple[Path, ast.AST], ...]:
    kinds = (ast.Call, ast.Assign, ast.Raise)
    each = ((path, node) for path, tree in trees() for node in ast.walk(tree))
    return tuple((path, node) for path, node in each if isinstance(node, kinds))


@cache
def trees() -> tuple[tuple[Path, ast.Module], ...]:
    """Return our own files, parsed."""
    found = (path for top in CODE for path in sorted((ROOT / top).rglob("*.py")))
    ours = (path for path in found if not set(path.parts).intersection(ELSEWHERE))
    return tuple((path, ast.parse(path.read_text("utf-8"))) for path in ours)


def place_of(path: Path, node: ast.AST) -> str:
    """Return where it stands."""
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"


def _of_code(path: Path, tree: ast.Module) -> Iterator[Sentence]:
    unread = {id(each) for node in ast.walk(tree) for each in _unread(node)}
    for node in ast.walk(tree):
        if id(node) in unread:
            continue
        text = _text(node)
        if _SENTENCE.search(text) and not _PATTERN.search(text):
            yield Sentence(place_of(path, node), text)


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
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        # What the catalogs translate: the sentence comes first, or, of two, that about several.
        place = {"tr": 0, "tr_count": 2}.get(node.func.id)
        said = _text(node.args[place]) if place is not None else ""
        return _NAME.sub(GAP, said)
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
    # Of a changelog, what is to come and the newest version: what was said earlier stays.
    current = path.read_text("utf-8").split("\n## [", 3)[:3]
    for number, line in enumerate("\n## [".join(current).splitlines(), 1):
        fenced ^= line.lstrip().startswith("```")
        plain = re.sub(r"`[^`]*`|\]\([^)]*\)", "", line)
        if not fenced and _SENTENCE.search(plain):
            yield Sentence(f"{path.relative_to(ROOT)}:{number}", plain)


def _of_sheet(path: Path) -> Iterator[Sentence]:
    """Read a template's texts and labels, or a script's strings."""
    text = re.sub(r"\{#.*?#\}|\{%.*?%\}", "", path.read_text("utf-8"))
    text = re.sub(r"\{\{ tr\(\"(.+?)\".*?\) \}\}", r"\1", text)
    text = re.sub(r"\{\{.*?\}\}|\$\{.*?\}", GAP, text)
    said = r"(?:label|alt|title|placeholder)=\"(.+?)\"|>([^<>]+)<"
    for found in re.finditer(said if path.suffix == ".html" else r"[\"`](.+?)[\"`]", text):
        words = next(filter(None, found.groups()))
        if _SENTENCE.search(words):
            yield Sentence(str(path.relative_to(ROOT)), words.strip())
