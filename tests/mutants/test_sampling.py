"""A sample of mutants is the same each time, and says how far it speaks for all."""

from __future__ import annotations

import pytest

from tests.mutants.sampling import PARTS, Score, draw, scores

CORE, CASES = "bot.core", "bot.features.cases"
NAMES = [f"{part}.place.x_at__mutmut_{number}" for part in PARTS for number in range(1000)]


def test_each_part_gives_its_share_and_the_same_each_time() -> None:
    drawn = draw(NAMES)
    assert len(set(drawn)) == len(drawn) == sum(PARTS.values())
    assert drawn == draw(list(reversed(NAMES)))
    assert drawn != draw(NAMES, seed=15)


def test_a_part_with_fewer_mutants_than_its_share_is_tried_whole() -> None:
    few = [name for name in NAMES if name.startswith(f"{CASES}.")][:7]
    assert sorted(draw(few)) == sorted(few)


def test_what_was_not_tried_counts_for_nothing() -> None:
    status = {f"{CORE}.a": "killed", f"{CORE}.b": "timeout", f"{CORE}.c": "survived"}
    status |= {f"{CORE}.d": "no tests", f"{CORE}.e": "not checked"}
    core, cases, *_ = scores(status, [name for name in status if status[name] != "not checked"])
    assert core == Score(CORE, mutants=5, tried=4, killed=2)
    assert str(cases) == f"{CASES}: none of 0 mutants tried"


@pytest.mark.parametrize(
    ("killed", "tried", "low", "high"),
    # As published for Wilson's interval of a proportion.
    [
        (0, 10, 0.0, 0.2775),
        (5, 10, 0.2366, 0.7634),
        (10, 10, 0.7225, 1.0),
        (81, 263, 0.2553, 0.3662),
    ],
)
def test_the_interval_is_wilsons(killed: int, tried: int, low: float, high: float) -> None:
    interval = Score(CORE, mutants=5000, tried=tried, killed=killed).interval
    assert interval == pytest.approx((low, high), abs=5e-5)


def test_a_sample_says_that_it_is_one_and_a_whole_run_does_not() -> None:
    assert str(Score(CORE, 5000, 600, 480)) == (
        "bot.core: 480 of 600 killed, 80.0%; of all 5,000 mutants, 76.6% to 83.0% (95%)"
    )
    assert str(Score(CORE, 600, 600, 480)) == "bot.core: 480 of 600 killed, 80.0%"
