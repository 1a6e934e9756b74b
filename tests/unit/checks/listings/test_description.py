"""A description is compared by what a buyer reads, and shown where it differs."""

from __future__ import annotations

import pytest

from bot.core.findings import Severity
from checks.listings.excerpts import LONGEST
from tests.unit.checks.listings.pages import changes

TEXT = "Each bowl is turned by hand in Vermont. It comes with a two-year warranty."


@pytest.mark.parametrize(
    "after",
    [
        "<p>Each bowl is turned by hand in Vermont.</p><p>It comes with a 2-year warranty.</p>",
        '<div id="productDescription"><span>' + TEXT.replace(". ", ".<BR/>") + "</span></div>",
        TEXT.replace(". ", ".\r\n").replace("two-year", "two\N{EN DASH}year"),
        TEXT.replace(" ", "&amp;nbsp;"),
        f"<!-- written by hand -->{TEXT}",
    ],
)
def test_markup_is_no_change(after: str) -> None:
    assert changes(description=(TEXT, after)) == ()


@pytest.mark.parametrize(
    "after",
    [
        TEXT.replace("two-year", "ten-year"),
        TEXT.replace(" in Vermont", ""),
        TEXT.replace("hand", '<a href="https://bowl-outlet.shop">hand</a>'),
        f"{TEXT} \N{REVERSED HAND WITH MIDDLE FINGER EXTENDED}",
    ],
)
def test_another_description_is_a_warning(after: str) -> None:
    (change,) = changes(description=(TEXT, after))
    assert (change.severity, change.summary) == (Severity.WARNING, "The description changed")


def test_an_empty_description_says_so() -> None:
    (change,) = changes(description=(TEXT, "<p></p>"))
    assert (change.summary, change.after) == ("The description is empty", "(empty)")


def test_of_a_long_text_the_place_that_differs_is_shown() -> None:
    before = f"{'All about wood. ' * 40}{TEXT}{' More about wood.' * 40}"
    after = f"<p>{before.replace('two-year', 'one-year')}</p>"
    (change,) = changes(description=(before, after))
    assert change.before == "…It comes with a two-year warranty. More about…"
    assert change.after == "…It comes with a one-year warranty. More about…"


def test_however_long_the_difference_its_excerpt_is_short() -> None:
    (change,) = changes(description=("x" * 20_000, "word " * 4_000))
    assert max(len(change.before), len(change.after)) <= LONGEST
