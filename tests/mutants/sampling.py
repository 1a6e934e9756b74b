"""Which mutants are tried, and what a sample says about all of them."""

from __future__ import annotations

import math
import random
from collections.abc import Collection, Mapping
from dataclasses import dataclass

SEED = 14
"""Of the sample that is drawn if nobody asks for another one."""

PARTS = {
    "bot.core": 200,
    "bot.features.cases": 50,
    "bot.features.evidence": 50,
    "bot.features.watchlist": 50,
}
"""How many mutants of a part are drawn."""

KILLED = frozenset({"killed", "timeout"})
"""What counts as noticed: a test fails, or does not end in its time."""

NORMAL = 1.959964
"""Of a normal distribution, 95% lies within so many standard deviations."""


@dataclass(frozen=True)
class Score:
    """Of the mutants of a part, how many there are, were tried and were killed."""

    part: str
    mutants: int
    tried: int
    killed: int

    @property
    def interval(self) -> tuple[float, float]:
        """The shares between which all the part's lies, by Wilson, with 95% confidence."""
        if self.tried == 0:
            return 0.0, 1.0
        share, spread = self.killed / self.tried, NORMAL**2 / self.tried
        middle = share + spread / 2
        half = NORMAL * math.sqrt((share * (1 - share) + spread / 4) / self.tried)
        return (middle - half) / (1 + spread), (middle + half) / (1 + spread)

    def __str__(self) -> str:
        """Say what was tried; where it was a sample, also what that says about all."""
        if self.tried == 0:
            return f"{self.part}: none of {self.mutants:,} mutants tried"
        said = (
            f"{self.part}: {self.killed:,} of {self.tried:,} killed, {self.killed / self.tried:.1%}"
        )
        if self.tried == self.mutants:
            return said
        low, high = self.interval
        return f"{said}; of all {self.mutants:,} mutants, {low:.1%} to {high:.1%} (95%)"


def of_part(names: Collection[str], part: str) -> list[str]:
    """The names of a part's mutants, sorted."""
    return sorted(name for name in names if name.startswith(f"{part}."))


def draw(names: Collection[str], seed: int = SEED) -> list[str]:
    """Draw each part's share; the same code and seed give the same mutants."""
    drawn: list[str] = []
    for part, share in PARTS.items():
        mutants = of_part(names, part)
        chosen = random.Random(f"{seed} {part}").sample(mutants, min(share, len(mutants)))
        drawn.extend(chosen)
    return drawn


def scores(status: Mapping[str, str], tried: Collection[str]) -> list[Score]:
    """Count by part, from what became of each mutant that was tried."""
    found = []
    for part in PARTS:
        of_it = of_part(tried, part)
        killed = sum(status[name] in KILLED for name in of_it)
        found.append(Score(part, len(of_part(status, part)), len(of_it), killed))
    return found
