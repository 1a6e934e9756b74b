"""Money: shown, compared, added up, and read from what people type."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.core.money import LARGEST, Money
from bot.errors import UserError
from tests.strategies import money


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
    with pytest.raises(ValueError, match="cannot be added up"):
        _ = usd("1") + euro
    with pytest.raises(ValueError, match="cannot be added up"):
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


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("24.99", "24.99"),
        (" $24.99 ", "24.99"),
        ("24,99", "24.99"),
        ("24,9", "24.9"),
        ("24", "24"),
        ("USD 24.99", "24.99"),
        ("usd24.99", "24.99"),
        ("24,99 €", "24.99"),
        ("1,234", "1234"),
        ("1,234.56", "1234.56"),
        ("1.234,56", "1234.56"),
        ("1 234,56", "1234.56"),
        ("1,234,567.89", "1234567.89"),
        ("0.01", "0.01"),
        ("999999999.99", "999999999.99"),
    ],
)
def test_a_price_is_read_as_people_write_it(text: str, amount: str) -> None:
    assert Money.parse(text, "USD") == usd(amount)


@pytest.mark.parametrize(
    "text",
    [
        *("", "free", "-1", "0", "0.00", "NaN", "inf", "1e5", "1_000", "0.001", "24.999.1"),
        *("1,234,56", "12,3456", "1.2.3", "1000000000", "\u0661\u0662", "24.99 25.99", "9" * 5000),
    ],
)
def test_what_is_no_price_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(UserError, match=r"Write it like 24\.99"):
        Money.parse(text, "USD")


@given(st.text() | st.text("0123456789.,+-eE_ $€NaInfinity", max_size=12))
@example("-0")
@example("sNaN")
@example("1e-400")
def test_any_text_gives_a_price_within_bounds_or_a_sentence(text: str) -> None:
    try:
        read = Money.parse(text, "USD")
    except UserError as error:
        sentence = str(error)
    else:
        sentence = str(read)
        assert read.amount.is_finite()
        assert 0 < read.amount < LARGEST
    assert 0 < len(sentence) < 300


@given(money(("USD", "EUR")).filter(lambda value: value.amount > 0))
def test_what_is_shown_can_be_typed(value: Money) -> None:
    assert Money.parse(str(value), value.currency) == value
