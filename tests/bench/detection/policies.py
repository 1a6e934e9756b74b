"""Who else could look: one after the other, by what can be learned at most, by the true rates."""

from __future__ import annotations

import heapq
import math
import random
from collections.abc import Callable
from functools import cache

from tests.bench.detection.world import (
    ALIKE,
    DAY,
    FEW,
    FEW_PART,
    GAMMA,
    GAMMA_SHAPE,
    MEAN,
    Score,
    Trial,
    World,
)


def circle(world: World) -> Score:
    """Look at one after the other."""
    return _by_stride(world, lambda _place, _day: 1.0)


def oracle(world: World) -> Score:
    """Look by the rates as they are."""
    return _by_stride(world, lambda place, _day: math.sqrt(world.rates[place]))


def learning_limit(world: World) -> Score:
    """Look by the right prior and all hijacks that have begun."""
    worth = world.trial.sigma * math.sqrt(world.trial.hint)
    counts = [0] * world.trial.products
    began = sorted(
        (stay.begin, place) for place, all_of in enumerate(world.hijacks) for stay in all_of
    )
    come = iter(began)
    following = next(come, None)

    def weight(place: int, day: float) -> float:
        nonlocal following
        while following and following[0] <= day:
            counts[following[1]] += 1
            following = next(come, None)
        age = round(50 * math.log(max(day, 0.01)))
        shift = worth * world.hints[place] - worth**2 / 2
        return math.sqrt(_expected(world.trial, round(shift, 1), counts[place], age))

    return _by_stride(world, weight)


@cache
def _expected(trial: Trial, shift: float, count: int, age: int) -> float:
    """Return the mean rate after so many hijacks in that time.

    ``age`` is the time's log, in fiftieths; ``shift`` what is known beforehand.
    """
    days = math.exp(age / 50)
    prior = _prior(trial, shift)
    scores = [score + count * each - math.exp(each) * days for each, score in prior]
    best = max(scores)
    masses = [math.exp(each - best) for each in scores]
    pairs = zip(masses, prior, strict=True)
    return sum(mass * math.exp(each) for mass, (each, _) in pairs) / sum(masses)


@cache
def _prior(trial: Trial, shift: float) -> list[tuple[float, float]]:
    """Return logarithms of rates, each with that of its probability, up to an addend."""
    usual = math.log(MEAN)
    if trial.shape == ALIKE:
        return [(usual, 0.0)]
    if trial.shape == FEW:
        most, few = map(math.log, trial.two_rates)
        return [(most, math.log(1 - FEW_PART)), (few, math.log(FEW_PART))]
    if trial.shape == GAMMA:
        logs = [usual + step / 10 for step in range(-400, 61)]
        return [(each, GAMMA_SHAPE * (each - math.exp(each) / MEAN)) for each in logs]
    spread = trial.sigma * math.sqrt(1 - trial.hint)
    center = usual + shift - spread**2 / 2
    logs = [center + spread * step / 20 for step in range(-140, 141)]
    return [(each, -(((each - center) / spread) ** 2) / 2) for each in logs]


def _by_stride(world: World, weight: Callable[[int, float], float]) -> Score:
    score, chance = Score(world), random.Random(world.trial.seed)
    turns = [(chance.random() / weight(place, 0.0), place) for place in range(world.trial.products)]
    heapq.heapify(turns)
    for look in range(1, int(world.trial.days * DAY * world.trial.rate) + 1):
        day = look / (world.trial.rate * DAY)
        turn, place = turns[0]
        score.looked(place, day)
        heapq.heapreplace(turns, (turn + 1 / weight(place, day), place))
    return score
