"""Products, the rates at which they are hijacked, and how long hijacks go unseen."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

DAY = 86_400.0
"""Seconds."""
MEAN = 0.05
"""Hijacks a day and product."""
SHORTEST_STAY = 2 / 24
"""Days."""
LONGER = 10 / 24
"""Days that a hijack stays longer than that, on average: a circle of fourteen hours never sees 36 %
of them."""
BLIND = 0.2
"""The part of the hijacks that a cheap look never shows."""


class Stay(NamedTuple):
    """A hijack."""

    begin: float
    """Days."""
    end: float
    plain: bool
    """A cheap look shows it."""


LOGNORMAL, GAMMA, FEW, ALIKE = SHAPES = ("lognormal", "gamma", "few", "alike")
"""How rates lie over the products: lognormal; gamma, of which most are next to nothing; two kinds,
of which the few draw most hijacks; all alike."""
GAMMA_SHAPE = 0.25
FEW_PART, FEW_SHARE = 0.05, 0.6
"""The part of the products that are hijacked most, and their share of the hijacks."""

NONE, OWN, SHARED = CHEAP = ("none", "own", "shared")
"""No cheap looks; five times as many on a quota of their own, as Amazon has it; or three for each
full look on the one quota, at a fifth of the cost."""
FIFTH = 5
CHEAPS = 3


class Trial(NamedTuple):
    """What is tried."""

    products: int
    sigma: float
    seed: int
    days: int
    rate: float
    """Products that can be asked for in a second."""
    hint: float = 0.0
    """How much of the rates the strangers at the first look tell: R squared of the logarithms."""
    cheap: str = NONE
    """Whether there are cheap looks, and what they cost: one of `CHEAP`."""
    shape: str = LOGNORMAL
    """How the rates lie over the products: one of `SHAPES`."""

    @property
    def two_rates(self) -> tuple[float, float]:
        """Return the rates of most products, and of the few."""
        return MEAN * (1 - FEW_SHARE) / (1 - FEW_PART), MEAN * FEW_SHARE / FEW_PART

    @property
    def full_rate(self) -> float:
        """Return how many products can be looked at fully in a second."""
        return self.rate / (1 + CHEAPS / FIFTH) if self.cheap == SHARED else self.rate

    @property
    def cheap_rate(self) -> float:
        """Return how many can be looked at cheaply in a second."""
        if self.cheap == OWN:
            return self.rate * FIFTH
        return self.full_rate * CHEAPS if self.cheap == SHARED else 0.0


@dataclass
class World:
    """Products, their rates, the hijacks that come to them, and the gaps between looks at them."""

    trial: Trial
    rates: list[float] = field(default_factory=list)
    hijacks: list[list[Stay]] = field(default_factory=list)
    """By product."""
    hints: list[float] = field(default_factory=list)
    """By product: what is known before, in standard deviations."""

    def __post_init__(self) -> None:
        """Let everything happen."""
        chance = random.Random(self.trial.seed)
        for _ in range(self.trial.products):
            hint = chance.gauss(0, 1)
            rate = self._rate(chance, hint)
            self.rates.append(rate)
            self.hints.append(hint if self.trial.hint else 0.0)
            self.hijacks.append(list(self._stays(chance, rate)))

    def _rate(self, chance: random.Random, hint: float) -> float:
        """Return a product's hijacks a day; the hint tells of them where they are lognormal."""
        trial = self.trial
        if trial.shape == GAMMA:
            return chance.gammavariate(GAMMA_SHAPE, MEAN / GAMMA_SHAPE)
        if trial.shape == FEW:
            return trial.two_rates[chance.random() < FEW_PART]
        if trial.shape == ALIKE:
            return MEAN
        median = MEAN / math.exp(trial.sigma**2 / 2)
        known, rest = math.sqrt(trial.hint), math.sqrt(1 - trial.hint)
        return median * math.exp(trial.sigma * (known * hint + rest * chance.gauss(0, 1)))

    def _stays(self, chance: random.Random, rate: float) -> Iterator[Stay]:
        day = chance.expovariate(rate)
        while day < self.trial.days:
            end = day + SHORTEST_STAY + chance.expovariate(1 / LONGER)
            yield Stay(day, end, chance.random() >= BLIND)
            day += chance.expovariate(rate)

    @property
    def bound(self) -> float:
        """Return the least mean days that a hijack goes unseen, if the rates are known."""
        roots = sum(map(math.sqrt, self.rates))
        return roots**2 / (2 * self.trial.rate * DAY * sum(self.rates))


class Score:
    """Adds up expected waits by the day on which a gap between two looks began."""

    def __init__(self, world: World) -> None:
        """Every product was looked at on day zero."""
        self._world = world
        products, days = world.trial.products, world.trial.days
        self._last = [0.0] * products
        self._last_full = [0.0] * products
        self._waits = [0.0] * (days + 1)
        self._unseen = [0.0] * (days + 1)

    def looked(self, place: int, day: float) -> None:
        """Count a full look at a product."""
        self._add(place, self._last_full[place], day, BLIND)
        self.glanced(place, day)
        self._last_full[place] = day

    def glanced(self, place: int, day: float) -> None:
        """Count a cheap look at a product."""
        self._add(place, self._last[place], day, 1 - BLIND)
        self._last[place] = day

    def over(self, first: int, last: int) -> float:
        """Return the mean unseen time over those days, in multiples of the bound."""
        mean = sum(self._waits[first:last]) / (sum(self._world.rates) * (last - first))
        return mean / self._world.bound

    def never_seen(self, first: int, last: int) -> float:
        """Return the part of the hijacks of those days that are over before the next look."""
        return sum(self._unseen[first:last]) / (sum(self._world.rates) * (last - first))

    def _add(self, place: int, since: float, day: float, part: float) -> None:
        first = min(int(since), self._world.trial.days)
        gap, weight = day - since, part * self._world.rates[place]
        self._waits[first] += weight * gap * gap / 2
        rest = gap - SHORTEST_STAY
        if rest > 0:
            self._unseen[first] += weight * (rest - LONGER * (1 - math.exp(-rest / LONGER)))
