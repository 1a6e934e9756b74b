"""Amazon files a product under a type; its code and its words are the same type."""

from __future__ import annotations

import pytest

from bot.core.findings import Severity
from tests.unit.checks.listings.pages import changes


@pytest.mark.parametrize(
    "after",
    [
        *("water_bottle", "Water Bottle", "WATER-BOTTLE"),
        "\N{LEFT-TO-RIGHT MARK}WATER_BOT\N{SOFT HYPHEN}TLE\N{ZERO WIDTH SPACE}",
    ],
)
def test_the_same_type_written_otherwise_is_no_change(after: str) -> None:
    assert changes(product_type=("WATER_BOTTLE", after)) == ()


def test_another_type_is_a_warning() -> None:
    (change,) = changes(product_type=("WATER_BOTTLE", "PESTICIDE"))
    assert (change.severity, change.summary) == (Severity.WARNING, "The product type changed")
    assert (change.before, change.after) == ("WATER_BOTTLE", "PESTICIDE")


def test_an_empty_type_says_so() -> None:
    (change,) = changes(product_type=("BOWL", ""))
    assert (change.summary, change.after) == ("The product type is empty", "(empty)")
