"""Prices over time: what is written is read again, in few bytes, and nothing is invented."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.money import LARGEST, Money
from bot.core.price_history import (
    MOST_SELLERS,
    UNCHECKED,
    BuyBoxHolder,
    PriceChange,
    PriceState,
    add,
    as_money,
    begin,
    changes,
    hundredths,
    joined,
    minute_of,
)
from tests.cases import for_each

START = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
MOST = 100 * int(LARGEST)
BYTES = 40
"""What a change may take in the store, as base64."""

prices = st.none() | st.integers(0, MOST)
states = st.builds(
    PriceState,
    st.sampled_from([each for each in BuyBoxHolder if each is not BuyBoxHolder.UNCHECKED]),
    prices,
    prices,
    prices,
    st.none() | st.integers(0, MOST_SELLERS),
) | st.just(UNCHECKED)
minutes = st.integers(0, 2**26)


def state(ours: int, holder: BuyBoxHolder = BuyBoxHolder.OURS) -> PriceState:
    return PriceState(holder, ours, ours, ours, 1)


@given(st.lists(st.tuples(minutes, states), min_size=1, max_size=20))
def test_a_record_reads_as_it_was_written(told: list[tuple[int, PriceState]]) -> None:
    tail = begin(*told[0])
    for each in told[1:]:
        tail = add(tail, *each)
    read = list(changes(tail.packed))
    assert [each.state for each in read] == [each for _, each in told]
    highest = [max(minute for minute, _ in told[: place + 1]) for place in range(len(told))]
    assert [minute_of(each.at) for each in read] == highest
    assert [each.anew for each in read] == [True] + [False] * (len(told) - 1)


@given(minutes, states, minutes, states)
def test_no_change_takes_more_than_forty_bytes(
    first: int, before: PriceState, then: int, now: PriceState
) -> None:
    tail = begin(first, before)
    longest = max(len(tail.packed), len(add(tail, then, now).packed) - len(tail.packed))
    assert -(-longest * 4 // 3) <= BYTES


def test_a_usual_change_takes_a_few_bytes() -> None:
    tail = begin(minute_of(START), state(4990))
    day = 24 * 60
    more = add(tail, minute_of(START) + day, PriceState(BuyBoxHolder.OURS, 4790, 4790, 4790, 1))
    assert len(more.packed) - len(tail.packed) == 1 + 2 + 3 * 2


def test_a_full_record_is_followed_by_one_that_is_read_alone_and_leaves_no_gap() -> None:
    full = begin(minute_of(START), state(4990))
    more = begin(minute_of(START), state(4790), full)
    assert more.begun > full.begun
    [alone] = changes(more.packed)
    assert alone == PriceChange(START, state(4790))
    known = joined(joined([], full.packed), more.packed)
    assert [each.state for each in known] == [state(4990), state(4790)]


def test_a_record_that_goes_on_with_the_same_state_tells_it_once() -> None:
    full = begin(minute_of(START), state(4990))
    more = begin(full.minute, full.state, full)
    assert joined(joined([], full.packed), more.packed) == joined([], full.packed)


def test_a_record_that_begins_anew_does_not_prolong_the_one_before() -> None:
    old = begin(minute_of(START), state(4990)).packed
    new = begin(minute_of(START + timedelta(days=9)), state(4790)).packed
    assert [(each.at, each.state) for each in joined(joined([], old), new)] == [
        (START, state(4990)),
        (START, UNCHECKED),
        (START + timedelta(days=9), state(4790)),
    ]


@given(st.binary(max_size=60))
def test_what_is_no_record_is_refused(junk: bytes) -> None:
    try:
        read = list(changes(junk))
    except ValueError:
        return
    assert all(isinstance(each, PriceChange) for each in read)


@for_each(
    ("junk",), [(b"\x00",), (b"\x00\x80",), (b"\x05\x00",), (b"\x00" + b"\xff" * 9 + b"\x00",)]
)
def test_a_record_that_is_cut_short_or_unknown_is_refused(junk: bytes) -> None:
    with pytest.raises(ValueError, match=r"record|BuyBoxHolder"):
        list(changes(junk))


@for_each(
    ("money", "kept"),
    [
        (Money(Decimal("49.90"), "USD"), 4990),
        (Money(Decimal(0), "USD"), 0),
        (Money(Decimal("0.005"), "USD"), 1),
        (Money(LARGEST, "USD"), MOST),
        (None, None),
        (Money(Decimal("49.90"), "CAD"), None),
        (Money(Decimal(-1), "USD"), None),
        (Money(LARGEST + 1, "USD"), None),
    ],
)
def test_prices_are_kept_in_the_products_currency(money: Money | None, kept: int | None) -> None:
    assert hundredths(money, "USD") == kept


def test_a_kept_price_is_money_again() -> None:
    assert as_money(4990, "USD") == Money(Decimal("49.90"), "USD")
    assert str(as_money(250000, "JPY")) == "JPY 2,500"
