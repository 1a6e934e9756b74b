"""What is known of products beforehand, and how far that goes with how often they are attacked."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.signs import Signs, SignScale

MANY = st.integers(0, 10**9)
SIGNS = st.builds(
    Signs,
    strangers=MANY,
    cases=MANY,
    rank=st.none() | st.integers(1, 10**9),
    units=st.none() | MANY,
    room=st.none() | st.floats(0, 1e12),
)


def by_rank(chance: random.Random, products: int) -> list[tuple[Signs, int]]:
    """Return products of which the best sellers are attacked most; strangers tell nothing."""
    known = []
    for _ in range(products):
        rank = round(math.exp(chance.uniform(0, 12)))
        attacks = sum(chance.random() < 0.5 / (1 + math.log(rank)) for _ in range(10))
        known.append((Signs(strangers=chance.randrange(12), rank=rank), attacks))
    return known


def test_before_anything_is_known_all_are_alike() -> None:
    assert SignScale().hint(Signs(strangers=7, rank=1)) == 0
    alike = [(Signs(strangers=2, rank=9), 1)] * 5
    assert SignScale(alike).hint(Signs(strangers=2, rank=9)) == 0


def test_before_much_was_counted_every_sign_counts_and_most_strangers_mean_most_attacks() -> None:
    scale = SignScale([(Signs(strangers=count, units=count), 0) for count in range(10)])
    hints = [scale.hint(Signs(strangers=count, units=4)) for count in range(10)]
    assert hints == sorted(hints)
    assert scale.hint(Signs(strangers=9, units=9)) > hints[-1]


def test_what_goes_with_the_attacks_counts_and_what_does_not_hardly() -> None:
    scale = SignScale(by_rank(random.Random(1), 2_000))
    best, usual = (scale.hint(Signs(strangers=4, rank=rank)) for rank in (3, 400))
    assert best - usual > 1
    more = scale.hint(Signs(strangers=11, rank=400))
    assert abs(more - usual) < (best - usual) / 4


def test_what_tells_the_opposite_of_what_was_thought_is_turned_around() -> None:
    chance = random.Random(2)
    known = [(Signs(units=units), max(0, 30 - units)) for units in chance.choices(range(30), k=500)]
    scale = SignScale(known)
    assert scale.hint(Signs(units=1)) > scale.hint(Signs(units=29))


def test_a_sign_that_is_not_known_is_taken_for_usual() -> None:
    scale = SignScale([*by_rank(random.Random(3), 500), (Signs(strangers=5), 0)])
    unknown = scale.hint(Signs(strangers=5))
    assert scale.hint(Signs(strangers=5, rank=2)) > unknown
    assert scale.hint(Signs(strangers=5, rank=10**6)) < unknown


@given(known=st.lists(st.tuples(SIGNS, MANY), max_size=20), one=SIGNS)
def test_hints_are_numbers_whatever_is_known(known: list[tuple[Signs, int]], one: Signs) -> None:
    assert math.isfinite(SignScale(known).hint(one))


@pytest.mark.parametrize("room", [0.0, None])
def test_a_price_of_nothing_tells_nothing(room: float | None) -> None:
    scale = SignScale([(Signs(room=float(each)), each) for each in range(9)])
    assert scale.hint(Signs(room=room)) == 0
