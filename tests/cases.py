"""Many small cases in one test: a test for each would cost a hundred times what it does."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import pytest

Ids = Sequence[str] | Mapping[str, Any] | Callable[[Any], object]
LONGEST = 300
"""Characters of a case that are told."""


def for_each(
    names: str | Sequence[str], cases: Iterable[Any], ids: Ids | None = None
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Run a test with each case, as ``pytest.mark.parametrize`` says them, and name all that fail.

    It is for rules, which keep nothing from one case to the next: fixtures are the same for all. A
    test that looks at files, has a loop or takes a tenth of a second is parametrized instead.
    """
    wanted = [each.strip() for each in names.split(",")] if isinstance(names, str) else [*names]
    kept = [*cases]
    assert kept, "there is no case"

    def decorate(test: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(test)
        def run(**given: Any) -> None:
            failed: list[BaseException] = []
            for number, case in enumerate(kept):
                values = _values(case, len(wanted))
                told = _told(wanted, values, number, ids)
                try:
                    test(**dict(zip(wanted, values, strict=True)), **given)
                except (AssertionError, pytest.fail.Exception) as error:
                    error.add_note(told)
                    failed.append(error)
                except Exception as error:
                    error.add_note(told)
                    raise
            if len(failed) == 1:
                raise failed[0]
            if failed:
                message = f"{len(failed)} of {len(kept)} cases fail"
                raise BaseExceptionGroup(message, failed)

        assert not inspect.iscoroutinefunction(test), "a test with a loop is parametrized"
        signature = inspect.signature(test)
        others = [each for name, each in signature.parameters.items() if name not in wanted]
        assert len(others) + len(wanted) == len(signature.parameters), names
        run.__signature__ = signature.replace(parameters=others)  # type: ignore[attr-defined]
        return run

    return decorate


def _values(case: object, count: int) -> Sequence[Any]:
    if isinstance(case, tuple) and hasattr(case, "values") and hasattr(case, "marks"):
        assert not case.marks, "a case that is marked needs a test of its own"
        return tuple(case.values)
    if count == 1:
        return (case,)
    assert isinstance(case, Sequence)
    return case


def _told(names: Sequence[str], values: Sequence[Any], number: int, ids: Ids | None) -> str:
    """Return how a case is called, and what it says."""
    label = ""
    if callable(ids):
        label = "-".join(str(ids(value)) for value in values)
    elif ids is not None:
        label = [*ids][number]
    said = ", ".join(f"{name}={value!r}" for name, value in zip(names, values, strict=True))
    return f"Case {number}{label and f' ({label})'}: {said}"[:LONGEST]
