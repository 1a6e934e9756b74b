"""Money: shown, compared and added up."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.core.money import Money


def usd(amount: str) -> Money:
    return Money(Decimal(amount), "USD")


@pytest.mark.parametrize(
    ("shown", "value"),
    [
        ("USD 24.99", usd("24.99")),
        ("USD 1,234.50", usd("1234.5")),
        ("USD 0.01", usd("0.005")),
        ("JPY 3,980", Money(Decimal("3980.00"), "JPY")),
    ],
)
def test_an_amount_reads_with_its_currency(shown: str, value: Money) -> None:
    assert str(value) == shown


def test_amounts_of_one_currency_are_added_and_subtracted() -> None:
    assert usd("18.70") + usd("2.30") == usd("21")
    assert usd("18.70") - usd("0.70") == usd("18")
    assert usd("24.99").times(12) == usd("299.88")


def test_two_currencies_are_neither_added_nor_compared() -> None:
    euro = Money(Decimal(1), "EUR")
    with pytest.raises(ValueError, match="cannot be added"):
        _ = usd("1") + euro
    with pytest.raises(ValueError, match="cannot be added"):
        _ = usd("1") - euro
    assert not euro.below(usd("20"))
    assert euro.percent_below(usd("20")) is None


@pytest.mark.parametrize(
    ("price", "ours", "percent"),
    [
        ("18.70", "24.99", 25),
        ("22.50", "24.99", 9),
        ("24.98", "24.99", 0),
        ("24.99", "24.99", None),
        ("30", "24.99", None),
        ("0", "24.99", 100),
        ("0", "0", None),
    ],
)
def test_percent_below_is_whole_and_never_rounded_up(
    price: str, ours: str, percent: int | None
) -> None:
    assert usd(price).percent_below(usd(ours)) == percent
