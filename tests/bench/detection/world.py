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


@dataclass
class World:
    """Products, their rates, the hijacks that come to them, and the gaps between looks at them."""

    trial: Trial
    rates: list[float] = field(default_factory=list)
    hijacks: list[list[tuple[float, float]]] = field(default_factory=list)
    """By product: from which day to which."""
    hints: list[float] = field(default_factory=list)
    """By product: what is known before, in standard deviations."""

    def __post_init__(self) -> None:
        """Let everything happen."""
        chance = random.Random(self.trial.seed)
        median = MEAN / math.exp(self.trial.sigma**2 / 2)
        for _ in range(self.trial.products):
            hint = chance.gauss(0, 1)
            known, rest = math.sqrt(self.trial.hint), math.sqrt(1 - self.trial.hint)
            rate = median * math.exp(self.trial.sigma * (known * hint + rest * chance.gauss(0, 1)))
            self.rates.append(rate)
            self.hints.append(hint if self.trial.hint else 0.0)
            self.hijacks.append(list(self._stays(chance, rate)))

    def _stays(self, chance: random.Random, rate: float) -> Iterator[tuple[float, float]]:
        day = chance.expovariate(rate)
        while day < self.trial.days:
            yield day, day + SHORTEST_STAY + chance.expovariate(1 / SHORTEST_STAY)
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
        self._last = [0.0] * world.trial.products
        self._waits = [0.0] * (world.trial.days + 1)

    def looked(self, place: int, day: float) -> None:
        """Count a look at a product."""
        gap = day - self._last[place]
        self._waits[min(int(self._last[place]), self._world.trial.days)] += (
            self._world.rates[place] * gap * gap / 2
        )
        self._last[place] = day

    def over(self, first: int, last: int) -> float:
        """Return the mean unseen time over those days, in multiples of the bound."""
        mean = sum(self._waits[first:last]) / (sum(self._world.rates) * (last - first))
        return mean / self._world.bound
