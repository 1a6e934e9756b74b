"""Keepa's tokens: a reserve for people who wait, refill, and plans of every size."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.keepa.moments import minutes_of, moment_of
from adapters.keepa.tokens import TokenBucket
from bot.errors import QuotaExceeded
from tests.unit.adapters.keepa.conftest import Seconds


def bucket(left: int | None, refill: int | None = 5) -> tuple[TokenBucket, Seconds]:
    seconds = Seconds()
    tokens = TokenBucket(seconds)
    tokens.learn(left, refill)
    return tokens, seconds


def goes(tokens: TokenBucket, cost: int, *, waited_for: bool = False) -> bool:
    try:
        tokens.require(cost, waited_for=waited_for)
    except QuotaExceeded:
        return False
    return True


def test_the_first_question_may_go() -> None:
    assert goes(TokenBucket(Seconds()), 63)


def test_a_fifth_of_the_bucket_is_kept_for_people_who_wait() -> None:
    tokens, _ = bucket(69)
    assert not goes(tokens, 10)
    assert goes(tokens, 10, waited_for=True)
    tokens.learn(70, 5)
    assert goes(tokens, 10)


def test_tokens_come_back_with_time_up_to_an_hours_worth() -> None:
    tokens, seconds = bucket(-20)
    assert not goes(tokens, 10, waited_for=True)
    seconds.now += 6 * 60
    assert goes(tokens, 10, waited_for=True)
    seconds.now += 10 * 3600
    assert tokens.budget.tokens == 300


def test_what_is_on_its_way_counts_as_spent() -> None:
    tokens, _ = bucket(20)
    tokens.spend(10)
    tokens.spend(10)
    assert not goes(tokens, 10, waited_for=True)


def test_a_plan_without_refill_says_so_and_does_not_divide_by_it() -> None:
    tokens, _ = bucket(0, 0)
    with pytest.raises(QuotaExceeded) as refused:
        tokens.require(10, waited_for=True)
    assert refused.value.retry_after == 3600


def test_nonsense_is_passed_over() -> None:
    tokens, _ = bucket(100)
    tokens.learn(10**12, -5)
    assert (tokens.budget.tokens, tokens.budget.refill) == (100, 5)


@given(
    left=st.integers(-300, 4000),
    refill=st.integers(1, 100),
    cost=st.integers(0, 63),
    waited_for=st.booleans(),
)
def test_whoever_waits_as_long_as_was_said_may_go(
    left: int, refill: int, cost: int, waited_for: bool
) -> None:
    tokens, seconds = bucket(left, refill)
    # Whatever the plan, nobody is put off for ever.
    for _ in range(8):
        try:
            tokens.require(cost, waited_for=waited_for)
            return
        except QuotaExceeded as error:
            seconds.now += (error.retry_after or 0) + 1
    pytest.fail("put off for ever")


@given(
    left=st.integers(-300, 4000),
    refill=st.integers(0, 100),
    cost=st.integers(0, 63),
)
def test_whenever_the_machine_may_ask_a_person_may(left: int, refill: int, cost: int) -> None:
    tokens, _ = bucket(left, refill)
    if goes(tokens, cost):
        assert goes(tokens, cost, waited_for=True)


@given(st.integers(1, 45_999_999))
def test_moments_go_there_and_back(minutes: int) -> None:
    at = moment_of(minutes)
    assert at is not None
    assert minutes_of(at) == minutes


@pytest.mark.parametrize("minutes", [None, 0, -1, 46_000_000, 2**62])
def test_moments_that_cannot_be_true_are_none(minutes: int | None) -> None:
    assert moment_of(minutes) is None
