"""The variation family decides whose reviews and products a page shows: every change is grave."""

from __future__ import annotations

import pytest

from bot.core.findings import Severity
from tests.unit.checks.listings.pages import changes


@pytest.mark.parametrize(
    ("before", "after", "summary"),
    [
        (("B0FAMILY01",), ("B0FAMILY02",), "The variation family changed"),
        (("B0FAMILY01",), ("B0FAMILY01", "B0FAMILY02"), "The variation family changed"),
        (("B0FAMILY01",), (), "The product left its variation family"),
        ((), ("B0FAMILY01",), "The product was added to a variation family"),
    ],
)
def test_another_family_is_grave(
    before: tuple[str, ...], after: tuple[str, ...], summary: str
) -> None:
    (change,) = changes(parents=(before, after))
    assert (change.severity, change.summary) == (Severity.CRITICAL, summary)
    assert change.before == (", ".join(before) or "(none)")
    assert change.after == (", ".join(after) or "(none)")


@pytest.mark.parametrize(
    "after",
    [
        ("b0family01",),
        ("B0FAMILY01", ""),
        (" B0FAMILY01",),
        ("\N{RIGHT-TO-LEFT MARK}B0FAMILY01\N{ZERO WIDTH SPACE}",),
        ("B0FAM\N{WORD JOINER}ILY01", "\N{ZERO WIDTH NO-BREAK SPACE}"),
        ("\N{LEFT-TO-RIGHT EMBEDDING}B0FAMILY01\N{POP DIRECTIONAL FORMATTING}",),
    ],
)
def test_the_same_family_written_otherwise_is_no_change(after: tuple[str, ...]) -> None:
    assert changes(parents=(("B0FAMILY01",), after)) == ()
    assert changes(parents=(after, ("B0FAMILY01",))) == ()


def test_another_family_is_one_whatever_stands_around_it() -> None:
    (change,) = changes(parents=(("B0FAMILY01",), ("\N{LEFT-TO-RIGHT MARK}B0FAMILY02",)))
    assert (change.before, change.after) == ("B0FAMILY01", "B0FAMILY02")
