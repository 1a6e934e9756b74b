"""The tests are exact: they agree with fractions, and are wrong no more often than they say."""

from __future__ import annotations

from fractions import Fraction
from math import comb, exp, lgamma, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.attacks.rules.bursts import ALPHA, FALSE_ALARMS, SERIES
from bot.features.attacks.rules.chance import of_change, of_share, of_weeks
from tests.cases import for_each


@given(st.integers(0, 40), st.integers(0, 40), st.integers(2, 12))
def test_a_share_agrees_with_fractions(count: int, more: int, parts: int) -> None:
    of, share = count + more, Fraction(1, parts)
    if count <= of * share:
        assert of_share(count, of, 1 / parts) == 1
        return
    exact = sum(comb(of, k) * share**k * (1 - share) ** (of - k) for k in range(count, of + 1))
    assert of_share(count, of, 1 / parts) == pytest.approx(float(exact), rel=1e-9)


@given(st.integers(0, 30), st.integers(0, 60), st.integers(1, 52))
def test_a_week_agrees_with_the_sum_from_below(count: int, past: int, weeks: int) -> None:
    r = past + 0.5
    if count <= r / weeks:
        assert of_weeks(count, past, weeks) == 1
        return
    term, below = exp(r * log(weeks / (weeks + 1))), 0.0
    for k in range(count):
        below += term
        term *= (r + k) / (k + 1) / (weeks + 1)
    assert of_weeks(count, past, weeks) == pytest.approx(1 - below, abs=1e-9)


def test_known_values() -> None:
    assert of_change(6, 0) == pytest.approx(2 / 2**6)
    assert of_change(0, 6) == of_change(6, 0)
    assert of_change(5, 5) == 1
    assert of_weeks(9, 14, 12) < ALPHA < of_weeks(6, 14, 12)


@given(st.integers(0, 3000), st.integers(0, 100_000), st.integers(1, 52))
def test_chances_lie_between_nothing_and_certainty(count: int, past: int, weeks: int) -> None:
    assert 0 <= of_weeks(count, past, weeks) <= 1
    assert 0 <= of_change(count, past) <= 1


@for_each("count", range(900, 1200, 7))
def test_what_is_all_but_impossible_is_told_at_once(count: int) -> None:
    """Near the smallest number that there is, a sum must still end."""
    assert of_change(count, 0) < 1e-250
    assert of_weeks(count, 0, 1) < 1e-250


def _poisson(mean: float, count: int) -> float:
    return exp(count * log(mean) - mean - lgamma(count + 1))


def _wrong(rate: float, weeks: int) -> float:
    """Return how often a week at a steady rate is called a burst, summed over every past."""
    mean, wrong, count = rate * weeks, 0.0, 1
    for past in range(int(mean + 12 * mean**0.5 + 20)):
        while of_weeks(count, past, weeks) >= ALPHA:
            count += 1
        above = sum(_poisson(rate, count + k) for k in range(60))
        wrong += _poisson(mean, past) * above
    return wrong


@for_each("weeks", [8, 20, 52])
@for_each("rate", [0.01, 0.1, 0.4, 1.0, 3.0, 10.0])
def test_at_any_steady_rate_a_burst_is_wrong_no_more_often_than_stated(
    rate: float, weeks: int
) -> None:
    assert _wrong(rate, weeks) <= ALPHA


def test_the_threshold_comes_from_the_false_alarms_of_a_year() -> None:
    assert 52 * len(SERIES) * ALPHA == pytest.approx(FALSE_ALARMS)
