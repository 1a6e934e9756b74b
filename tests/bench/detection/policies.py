"""Who else could look: one after the other, by what can be learned at most, by the true rates."""

from __future__ import annotations

import heapq
import math
import random
from collections.abc import Callable
from functools import cache

from tests.bench.detection.world import DAY, MEAN, Score, World


def circle(world: World) -> Score:
    """Look at one after the other."""
    return _by_stride(world, lambda _place, _day: 1.0)


def oracle(world: World) -> Score:
    """Look by the rates as they are."""
    return _by_stride(world, lambda place, _day: math.sqrt(world.rates[place]))


def learning_limit(world: World) -> Score:
    """Look by the right prior and all hijacks that have begun."""
    spread = world.trial.sigma * math.sqrt(1 - world.trial.hint)
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
        return math.sqrt(_expected(spread, round(shift, 1), counts[place], age))

    return _by_stride(world, weight)


@cache
def _expected(sigma: float, shift: float, count: int, age: int) -> float:
    """Return the mean rate after so many hijacks in that time.

    ``age`` is the time's log, in fiftieths; ``shift`` what is known beforehand.
    """
    days, center = math.exp(age / 50), math.log(MEAN) + shift - sigma**2 / 2
    logs = [center + sigma * step / 20 for step in range(-140, 141)]
    scores = [
        count * each - math.exp(each) * days - ((each - center) / sigma) ** 2 / 2 for each in logs
    ]
    best = max(scores)
    masses = [math.exp(each - best) for each in scores]
    pairs = zip(masses, logs, strict=True)
    return sum(mass * math.exp(each) for mass, each in pairs) / sum(masses)


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
