"""Which files of the product run while something happens, and what each of them gave.

A file **counts** if one of its functions ran. It is listed apart, by these rules in this order, if

- it lies in a place of `APART`: the store with its port, or what puts the program together;
- it gives **value types** alone. All that other files called of it are properties, lambdas that
  stand in a constant, and functions that await nothing of classes whose instances are values: the
  subclasses of `VALUES` and frozen dataclasses. Its own helpers behind those do not matter;
- it is **only named**: nothing of it ran, and a function that ran names a class of values or a
  constant that is imported from it.

The files of a folder of `TOGETHER` are one. What runs while a module is loaded is no step of a
walk, so `load` comes before it.
"""

from __future__ import annotations

import ast
import dataclasses
import enum
import functools
import importlib
import inspect
import pkgutil
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import CodeType, FrameType, FunctionType, ModuleType
from typing import Any

import msgspec

PRODUCT = ("bot", "adapters", "checks")
APART: Mapping[str, Sequence[str]] = {
    "storage": ("adapters/storage/", "bot/core/store.py"),
    "composition": ("bot/cli/", "bot/bootstrap/", "bot/__main__.py"),
}
TOGETHER = ("checks/offers/",)
VALUES = (msgspec.Struct, enum.Enum, tuple, BaseException)
"""Classes whose subclasses have values as instances; named tuples are tuples."""

Globals = Mapping[str, Any]


@dataclasses.dataclass(frozen=True)
class Files:
    """The files of a walk, each list in the order of first entry."""

    counted: tuple[str, ...]
    apart: Mapping[str, tuple[str, ...]]
    value_types: tuple[str, ...]
    only_named: tuple[str, ...]


class Trace:
    """Remembers which functions run, on every thread, as long as it records."""

    def __init__(self, root: Path, packages: Sequence[str] = PRODUCT) -> None:
        """Trace the packages, which lie in ``root``."""
        self._root = root.resolve()
        self._folders = tuple(f"{self._root / package}/" for package in packages)
        self._ran: dict[CodeType, Globals] = {}
        self._entered: set[CodeType] = set()
        """What other files called."""
        self.recording = False

    @contextmanager
    def installed(self) -> Iterator[None]:
        """Hear of all functions on this thread, and on threads that begin meanwhile."""
        threading.setprofile(self._note)
        sys.setprofile(self._note)
        try:
            yield
        finally:
            sys.setprofile(None)
            threading.setprofile(None)

    def _note(self, frame: FrameType, event: str, _: object) -> None:
        # A function that ran before the walk began, and goes on in it, is seen when it returns.
        if not self.recording or event not in {"call", "return"}:
            return
        code, caller = frame.f_code, frame.f_back
        if not code.co_filename.startswith(self._folders) or code.co_name == "<module>":
            return
        self._ran.setdefault(code, frame.f_globals)
        if caller is None or caller.f_code.co_filename != code.co_filename:
            self._entered.add(code)

    def files(self) -> Files:
        """Sort the files by what ran of them."""
        ran: dict[str, list[CodeType]] = {}
        for code in self._ran:
            file = Path(code.co_filename).relative_to(self._root).as_posix()
            ran.setdefault(file, []).append(code)
        kinds = {file: self._kind(file, codes) for file, codes in ran.items()}
        named = (name for codes in ran.values() for code in codes for name in self._named(code))
        return Files(
            counted=_unique(_together(file) for file, kind in kinds.items() if kind == "counts"),
            apart={key: tuple(f for f, kind in kinds.items() if kind == key) for key in APART},
            value_types=tuple(file for file, kind in kinds.items() if kind == "value types"),
            only_named=_unique(file for file in named if file not in ran),
        )

    def _kind(self, file: str, codes: Iterable[CodeType]) -> str:
        for kind, places in APART.items():
            if file.startswith(tuple(places)):
                return kind
        entered = (code for code in codes if code in self._entered)
        own = all(_is_values_own(code, self._ran[code]) for code in entered)
        return "value types" if own else "counts"

    def _named(self, code: CodeType) -> Iterator[str]:
        """Give the files from which a function takes value types and constants."""
        names, imports = self._ran[code], _imports(code.co_filename)
        for name in code.co_names:
            found = names.get(name)
            if isinstance(found, ModuleType):
                parts = (vars(found).get(part) for part in code.co_names)
                if any(map(_is_given, parts)):
                    yield from self._inside(Path(vars(found).get("__file__") or ""))
            elif name in imports and _is_given(found):
                yield from self._inside(self._root / f"{imports[name].replace('.', '/')}.py")

    def _inside(self, file: Path) -> Iterator[str]:
        if str(file).startswith(self._folders) and file.is_file():
            yield file.relative_to(self._root).as_posix()


def load(packages: Iterable[str] = PRODUCT) -> None:
    """Load all modules of the packages, so that nothing is loaded in the middle of a walk."""
    for package in packages:
        found = importlib.import_module(package)
        for module in pkgutil.walk_packages(found.__path__, f"{package}."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)


def _is_values_own(code: CodeType, names: Globals) -> bool:
    """Tell whether it is part of a constant, a property, or a value's and awaits nothing."""
    if code.co_name == "<genexpr>":
        # It runs where it is consumed, maybe in a library: the function that made it is the one.
        return True
    *path, last = code.co_qualname.partition(".<locals>")[0].split(".")
    holder: object = None
    for part in path:
        holder = getattr(holder, part, None) if holder else names.get(part)
    if not isinstance(holder, type):
        return last == "<lambda>"
    if isinstance(inspect.getattr_static(holder, last, None), property | functools.cached_property):
        return True
    awaits = code.co_flags & (inspect.CO_COROUTINE | inspect.CO_ASYNC_GENERATOR)
    return _is_of_values(holder) and not awaits


def _is_of_values(cls: type) -> bool:
    settings = getattr(cls, "__dataclass_params__", None)
    return issubclass(cls, VALUES) or bool(settings and settings.frozen)


def _is_given(found: object) -> bool:
    """Tell whether it is a class of values or a constant."""
    if isinstance(found, type):
        return _is_of_values(found)
    return found is not None and not isinstance(found, FunctionType | ModuleType)


@functools.cache
def _imports(file: str) -> Mapping[str, str]:
    """Return from which module each name of a file is imported."""
    tree = ast.parse(Path(file).read_text("utf-8"))
    return {
        alias.asname or alias.name: node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module and not node.level
        for alias in node.names
    }


def _together(file: str) -> str:
    return next((folder for folder in TOGETHER if file.startswith(folder)), file)


def _unique(files: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(files))
