"""How often each product is attacked, learned from what was found, and how often to look. Pure.

The rates of products are taken to be lognormal. Which lognormal, and how much what is known of a
product beforehand says about its rate, is learned too: each of several priors counts by how likely
it makes what was found (an average, not a choice: on the first days many explain it alike).

A product's share of the looks is the square root of its expected rate, which makes the mean time
until an attack is seen the least that any shares can (Mahmoody, Kornaropoulos, Upfal 2015).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import product
from typing import NamedTuple

USUAL = 0.05
"""Attacks a day that a product is expected to see before anything was found."""
DOUBT = 20.0
"""Days of watching one product that outweigh that expectation."""
MEANS = tuple(math.exp(0.4 * step) for step in range(-3, 4))
"""Multiples of the mean rate that are thought possible."""
SPREADS = (0.5, 1.0, 1.5, 2.0, 2.5, 3.0)
"""Standard deviations of the logarithms of rates that are thought possible."""
WORTHS = (0.0, 0.5, 1.0, 1.5)
"""By how much, in the logarithm, a rate is thought to rise with a hint of one."""
HINTS = 3
"""Hints beyond so many standard deviations say no more; steps are halves of one."""

_STEP = 0.3
_LOGS = tuple(math.log(USUAL) + _STEP * step for step in range(-40, 27))
_RATES = tuple(map(math.exp, _LOGS))
_NEGLIGIBLE = 1e-3
_LEAST = 1e-300


class Exposure(NamedTuple):
    """What was found of a product in the time that it was watched."""

    finds: int
    days: float
    hint: float = 0.0
    """What is known beforehand, in standard deviations from what is usual; 0: nothing."""


class _Cell(NamedTuple):
    """Products that nothing tells apart."""

    finds: int
    age: int
    """The logarithm of the days, in tenths."""
    hint: int
    """In halves."""

    @property
    def days(self) -> float:
        return math.exp(self.age / 10)


class _Prior(NamedTuple):
    center: float
    """The mean of the logarithms of rates."""
    spread: float
    worth: float


class RateModel:
    """Tells rates after what was found of all products."""

    def __init__(self, exposures: Iterable[Exposure] = ()) -> None:
        """Learn from the products that are watched; from none, nothing but what is usual."""
        cells = Counter(map(_cell_of, exposures))
        found = sum(cell.finds * count for cell, count in cells.items())
        days = sum(cell.days * count for cell, count in cells.items())
        mean = (found + USUAL * DOUBT) / (days + DOUBT)
        self._priors = _weighed(_priors(mean, hinted=any(cell.hint for cell in cells)), cells)
        self._known: dict[_Cell, float] = {}

    def rate(self, exposure: Exposure) -> float:
        """Return how many attacks a day are expected of a product."""
        cell = _cell_of(exposure)
        known = self._known.get(cell)
        if known is None:
            known = self._known[cell] = self._expected(cell)
        return known

    def _expected(self, cell: _Cell) -> float:
        likely = _likelihoods(cell.finds, cell.age)
        whole, total = 0.0, 0.0
        for prior, weight in self._priors:
            masses = _masses(prior, cell.hint)
            joint = [mass * each for mass, each in zip(masses, likely, strict=True)]
            # A prior counts for a product by how well it explains that product, too.
            whole += weight * sum(joint)
            total += weight * sum(each * rate for each, rate in zip(joint, _RATES, strict=True))
        return total / whole if whole else USUAL


def _cell_of(exposure: Exposure) -> _Cell:
    age = round(10 * math.log(max(exposure.days, 0.01)))
    hint = max(-HINTS, min(HINTS, exposure.hint))
    return _Cell(exposure.finds, age, round(2 * hint))


def _priors(mean: float, *, hinted: bool) -> list[_Prior]:
    worths = WORTHS if hinted else WORTHS[:1]
    return [
        _Prior(math.log(mean * times) - (spread * spread + worth * worth) / 2, spread, worth)
        for times, spread, worth in product(MEANS, SPREADS, worths)
    ]


def _weighed(priors: Sequence[_Prior], cells: Counter[_Cell]) -> list[tuple[_Prior, float]]:
    """Weigh priors by how likely they make what was found; leave out those that count nothing."""
    scores = [_score(prior, cells) for prior in priors]
    best = max(scores)
    weights = [math.exp(score - best) for score in scores]
    whole = sum(weights)
    pairs = zip(priors, weights, strict=True)
    return [(prior, each / whole) for prior, each in pairs if each > _NEGLIGIBLE]


def _score(prior: _Prior, cells: Counter[_Cell]) -> float:
    return sum(
        count * math.log(_likelihood(prior, cell) or _LEAST) for cell, count in cells.items()
    )


def _likelihood(prior: _Prior, cell: _Cell) -> float:
    pairs = zip(_masses(prior, cell.hint), _likelihoods(cell.finds, cell.age), strict=True)
    return sum(mass * each for mass, each in pairs)


@lru_cache(maxsize=4096)
def _masses(prior: _Prior, hint: int) -> tuple[float, ...]:
    """Return how much of a prior lies at each rate, for products with that hint."""
    center = prior.center + prior.worth * hint / 2
    masses = [math.exp(-(((each - center) / prior.spread) ** 2) / 2) for each in _LOGS]
    whole = sum(masses) or 1.0
    return tuple(mass / whole for mass in masses)


@lru_cache(maxsize=4096)
def _likelihoods(finds: int, age: int) -> tuple[float, ...]:
    """Return how likely each rate makes that many finds in that time, up to a factor."""
    days = math.exp(age / 10)
    logs = [finds * log - rate * days for log, rate in zip(_LOGS, _RATES, strict=True)]
    best = max(logs)
    return tuple(math.exp(each - best) for each in logs)


def share(rate: float) -> float:
    """Return how much of the looks a product of that rate is due, beside those of others."""
    return math.sqrt(rate)
