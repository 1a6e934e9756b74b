"""Rates of attacks, learned from what was found."""

from __future__ import annotations

import math
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.risk import USUAL, Exposure, RateModel

exposures = st.builds(
    Exposure,
    finds=st.integers(0, 2_000),
    days=st.floats(0, 4_000),
    hint=st.floats(-1e6, 1e6),
)


def world(products: int, sigma: float, days: float, worth: float = 0.0) -> list[Exposure]:
    """Return products of lognormal rates, of which one in twenty is attacked each day."""
    chance = Random(7)
    found = []
    for _ in range(products):
        hint = chance.gauss(0, 1)
        spread = math.hypot(sigma, worth)
        log = math.log(USUAL) - spread**2 / 2 + worth * hint + sigma * chance.gauss(0, 1)
        mean = math.exp(log) * days
        finds, left = 0, chance.expovariate(1)
        while left < mean:
            finds, left = finds + 1, left + chance.expovariate(1)
        found.append(Exposure(finds, days, hint if worth else 0.0))
    return found


def test_before_anything_is_found_all_products_are_alike() -> None:
    model = RateModel()
    assert model.rate(Exposure(0, 0.01)) == pytest.approx(USUAL, rel=0.25)
    assert model.rate(Exposure(0, 0.01, 2.0)) == model.rate(Exposure(0, 0.01))


def test_who_was_attacked_more_often_is_expected_to_be_again() -> None:
    model = RateModel(world(500, 1.5, 14))
    rates = [model.rate(Exposure(finds, 14)) for finds in range(12)]
    assert rates == sorted(rates)
    assert rates[10] > 5 * rates[0]


def test_a_product_is_expected_to_be_attacked_less_the_longer_nothing_happens() -> None:
    model = RateModel(world(500, 1.5, 14))
    rates = [model.rate(Exposure(0, days)) for days in (1, 7, 30, 365)]
    assert rates == sorted(rates, reverse=True)


def test_where_all_are_alike_one_find_says_less_than_where_they_differ() -> None:
    alike, differing = (RateModel(world(1_000, sigma, 21)) for sigma in (0.1, 2.0))
    apart = [
        model.rate(Exposure(3, 21)) / model.rate(Exposure(0, 21)) for model in (alike, differing)
    ]
    assert apart[0] < apart[1] / 2


def test_the_mean_rate_is_learned() -> None:
    seen = [Exposure(each.finds * 10, each.days) for each in world(500, 1.0, 21)]
    model = RateModel(seen)
    mean = sum(model.rate(each) for each in seen) / len(seen)
    assert mean == pytest.approx(sum(each.finds for each in seen) / (21 * len(seen)), rel=0.15)


def test_what_a_hint_is_worth_is_learned() -> None:
    """It counts where those that have it are attacked more, and does not where they are not."""
    worth = RateModel(world(800, 1.0, 21, worth=1.0))
    assert worth.rate(Exposure(0, 1, 2.0)) > 4 * worth.rate(Exposure(0, 1, -2.0))
    chance = Random(1)
    noise = [each._replace(hint=chance.gauss(0, 1)) for each in world(800, 1.0, 21)]
    idle = RateModel(noise)
    assert idle.rate(Exposure(0, 1, 2.0)) < 2 * idle.rate(Exposure(0, 1, -2.0))


@given(seen=st.lists(exposures, max_size=8), asked=exposures)
def test_whatever_was_found_a_rate_is_above_zero_and_finite(
    seen: list[Exposure], asked: Exposure
) -> None:
    assert 0 < RateModel(seen).rate(asked) < math.inf
