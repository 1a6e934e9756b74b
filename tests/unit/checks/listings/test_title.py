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


SPLIT = "The brand in the title has an invisible character in it"


@pytest.mark.parametrize(
    "after",
    [
        TITLE.replace("Hollow", "Ho\N{ZERO WIDTH JOINER}llow"),
        TITLE.upper().replace("OAK", "OA\N{INVISIBLE SEPARATOR}K"),
        TITLE.replace("Hollow Oak", "Hol&#x200B;low&nbsp;Oak").replace("12 in", "12 inches"),
        TITLE.replace("Hollow", "Hol\N{ZERO WIDTH SPACE}low").replace("Wal", "Wal\N{SOFT HYPHEN}"),
    ],
)
def test_an_invisible_character_inside_the_brand_is_grave_and_shown(after: str) -> None:
    (change,) = changes(title=(TITLE, after))
    assert (change.severity, change.summary) == (Severity.CRITICAL, SPLIT)
    assert change.before == TITLE
    assert change.after.count("\ufffd") == 1


@pytest.mark.parametrize(
    "after",
    [
        TITLE.replace(",", ",\N{ZERO WIDTH SPACE}"),
        TITLE.replace(
            "Hollow Oak", "\N{LEFT-TO-RIGHT MARK}Hollow\N{WORD JOINER} Oak\N{SOFT HYPHEN}"
        ),
        TITLE.replace("Walnut", "Wal\N{SOFT HYPHEN}nut"),
        # A text that has them all over was written so as a whole.
        TITLE.replace("ll", "l\N{SOFT HYPHEN}l").replace("ln", "l\N{SOFT HYPHEN}n"),
    ],
)
def test_invisible_characters_elsewhere_in_a_title_are_no_change(after: str) -> None:
    assert changes(title=(TITLE, after)) == ()
    assert changes(title=(after, TITLE)) == ()


def test_a_longer_word_with_the_brand_in_it_is_not_the_brand() -> None:
    assert (
        changes("de", brand=("Eich", "Eich"), title=("Eichenbett", "Ei\N{SOFT HYPHEN}chenbett"))
        == ()
    )


def test_the_brand_is_found_where_words_have_no_spaces() -> None:
    (change,) = changes(
        "ja",
        brand=("月見堂", "月見堂"),
        title=("月見堂湯呑み 2個", "月\N{ZERO WIDTH SPACE}見堂湯呑み 2個入り"),
    )
    assert change.summary == SPLIT
    assert change.after.startswith("月\ufffd見堂湯呑み")


def test_a_long_title_is_cut_so_that_the_brand_is_seen() -> None:
    long = "Salad Bowl " * 30
    (change,) = changes(title=(f"{long}by Hollow Oak", f"{long}by Hol\N{ZERO WIDTH SPACE}low Oak"))
    assert change.before.endswith("Bowl by Hollow Oak")
    assert change.after.endswith("Bowl by Hol\ufffdlow Oak")
    assert change.before.startswith("\N{HORIZONTAL ELLIPSIS}")


def test_a_split_brand_in_a_title_of_another_product_is_told_as_that() -> None:
    (change,) = changes(title=(TITLE, "Hol\N{ZERO WIDTH SPACE}low Oak Magnetic Phone Case, Clear"))
    assert change.summary == "The title names another product"
    assert "Hol\ufffdlow" in change.after


def test_a_split_brand_where_the_title_was_empty_is_told_with_both_sides() -> None:
    (change,) = changes(title=("", "Hol\N{ZERO WIDTH SPACE}low Oak Bowl"))
    assert (change.before, change.after) == ("(empty)", "Hol\ufffdlow Oak Bowl")


def test_a_brand_that_is_put_in_front_split_is_told() -> None:
    bare = TITLE.removeprefix("Hollow Oak ")
    (change,) = changes(title=(bare, f"Hollow O\N{ZERO WIDTH SPACE}ak {bare}"))
    assert change.summary == SPLIT
