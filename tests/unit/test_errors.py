"""Errors speak for themselves, also where Python was told to drop docstrings and assertions."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import adapters
import bot
import checks
from bot import errors
from bot.errors import BrandwardenError

PRODUCT = (bot, adapters, checks)
ROOT = Path(errors.__file__).parent.parent
BARE = """
from tests.unit.test_errors import bare_errors, refuse_empty

for error in bare_errors():
    refuse_empty(error)
    print(f"{type(error).__qualname__}: {error}")
"""
"""Run as a process of its own: optimizing is decided when Python starts."""


def bare_errors() -> list[BrandwardenError]:
    """Make each error of the product that can be made without saying what happened."""
    for package in PRODUCT:
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    kinds = dict.fromkeys(_tree(BrandwardenError))
    return [kind() for kind in kinds if _of_product(kind) and _needs_nothing(kind)]


def _of_product(kind: type[BrandwardenError]) -> bool:
    """Tell whether it is part of the product; other tests make kinds of their own."""
    return kind.__module__.partition(".")[0] in {each.__name__ for each in PRODUCT}


def _tree(kind: type[BrandwardenError]) -> Iterator[type[BrandwardenError]]:
    yield kind
    for below in kind.__subclasses__():
        yield from _tree(below)


def _needs_nothing(kind: type[BrandwardenError]) -> bool:
    parameters = inspect.signature(kind).parameters.values()
    optional = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
    return all(
        each.default is not inspect.Parameter.empty or each.kind in optional for each in parameters
    )


def refuse_empty(error: BrandwardenError) -> None:
    """Raise unless the error has a message. No assertion: ``python -OO`` removes those."""
    if not str(error).strip():
        message = f"{type(error).__qualname__} has an empty message"
        raise ValueError(message)


def told(*options: str) -> list[str]:
    """Return what errors without a message say in a Python that was started with options."""
    command = [sys.executable, *options, "-c", BARE]
    done = subprocess.run(command, capture_output=True, check=False, cwd=ROOT, text=True)
    if done.returncode:
        pytest.fail(done.stderr)
    return done.stdout.splitlines()


@pytest.mark.ci
def test_no_error_is_without_a_message_where_docstrings_are_dropped() -> None:
    said = told("-OO")
    assert "NotAllowed: Your role does not allow this. Ask an admin on your team." in said
    assert "Unreadable: Amazon's answer could not be read." in said
    assert len(said) > 15
    assert said == [f"{type(error).__qualname__}: {error}" for error in bare_errors()]


def test_an_empty_message_is_replaced_by_the_one_of_the_class() -> None:
    for error in bare_errors():
        refuse_empty(type(error)(""))


def test_an_empty_message_would_be_found() -> None:
    wordless = BrandwardenError()
    wordless.args = ("",)
    with pytest.raises(ValueError, match="empty message"):
        refuse_empty(wordless)
