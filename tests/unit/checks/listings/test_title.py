"""A title alarms when a buyer would understand it differently; another product's is grave."""

from __future__ import annotations

import pytest

from bot.core.findings import Severity
from tests.unit.checks.listings.pages import BOWL, changes

TITLE = "Hollow Oak Walnut Salad Bowl, 12 in, Set of 2, Food Safe Oil"


@pytest.mark.parametrize(
    "after",
    [
        TITLE.upper(),
        "Hollow Oak Hollow Oak Walnut Salad Bowl, 12 in, Set of 2, Food Safe Oil",
        "Hollow Oak Walnut Salad Bowl | 12 inches | 2-Set | Food-Safe Oil",
        "<b>Hollow&nbsp;Oak</b> Walnut Salad Bowl, 12\N{RIGHT DOUBLE QUOTATION MARK}, Set of two, "
        "Foodsafe Oil.",
    ],
)
def test_the_same_title_in_another_way_is_no_change(after: str) -> None:
    assert changes(title=(TITLE, after)) == ()


def test_the_brand_that_amazon_puts_in_front_is_no_change() -> None:
    bare = TITLE.removeprefix("Hollow Oak ")
    assert changes(title=(bare, TITLE)) == ()
    assert changes(title=(bare, f"HOLLOW OAK - {bare}")) == ()


def test_another_brand_in_front_is_a_change() -> None:
    bare = TITLE.removeprefix("Hollow Oak ")
    (change,) = changes(title=(bare, f"Fyrrox {bare}"))
    assert change.severity is Severity.WARNING


def test_a_title_that_no_longer_names_the_brand_is_grave() -> None:
    (change,) = changes(title=(TITLE, TITLE.removeprefix("Hollow Oak ")))
    assert (change.severity, change.summary) == (
        Severity.CRITICAL,
        "The title no longer names the brand",
    )


def test_a_title_of_another_product_is_grave() -> None:
    (change,) = changes(title=(TITLE, "Magnetic Phone Case for 6.7-Inch Phones, Clear"))
    assert (change.severity, change.summary) == (
        Severity.CRITICAL,
        "The title names another product",
    )


def test_an_empty_title_is_grave() -> None:
    (change,) = changes(title=(TITLE, " "))
    assert (change.severity, change.summary) == (Severity.CRITICAL, "The title is empty")
    assert change.after == "(empty)"


@pytest.mark.parametrize(
    "after",
    [
        TITLE.replace("12 in", "10 in"),
        TITLE.replace("Set of 2", "Set of 1"),
        TITLE.replace("Walnut", "Bamboo"),
        f"(Used) {TITLE}",
    ],
)
def test_a_changed_word_or_number_is_a_warning_with_both_titles(after: str) -> None:
    (change,) = changes(title=(TITLE, after))
    assert (change.severity, change.summary) == (Severity.WARNING, "The title changed")
    assert (change.before, change.after) == (TITLE, after)


def test_without_a_known_brand_a_title_is_compared_as_it_is() -> None:
    (change,) = changes(brand=(None, None), title=(BOWL.title, f"Fyrrox {BOWL.title}"))
    assert change.summary == "The title changed"


def test_letters_that_only_look_alike_are_a_change() -> None:
    assert changes(title=(TITLE, TITLE.replace("Oak", "O\N{CYRILLIC SMALL LETTER A}k")))
