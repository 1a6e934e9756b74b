"""What is known of a product before its attacks are counted, and how much that tells. Pure.

Each sign counts by how well it goes with what was counted so far (its correlation over the
products), which is learned; before much was counted, all count alike.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from statistics import fmean, pstdev
from typing import NamedTuple

USUAL = 0.2
"""The correlation that a sign is thought to have before anything was counted."""
DOUBT = 30
"""Attacked products that outweigh that thought."""


class Signs(NamedTuple):
    """What may tell beforehand how often a product is attacked; None: it is not known."""

    strangers: int = 0
    """Unknown sellers who were there at the first look."""
    cases: int = 0
    """Cases on it before it was watched."""
    rank: int | None = None
    """Its place among the best sellers of its category."""
    units: int | None = None
    """How many of it we sell a day."""
    room: float | None = None
    """Our price, in multiples of the lowest that we would like to see."""

    def heights(self) -> tuple[float | None, ...]:
        """Return a number for each sign; the higher, the more attacks are to be expected."""
        return (
            math.log1p(self.strangers),
            math.log1p(self.cases),
            -math.log(self.rank) if self.rank else None,
            None if self.units is None else math.log1p(self.units),
            math.log(self.room) if self.room else None,
        )


class _Sign(NamedTuple):
    """What is usual of one sign, and how much it counts."""

    mean: float = 0.0
    deviation: float = 0.0
    weight: float = 0.0

    def of(self, height: float | None) -> float:
        """Return how far that is from what is usual; what is not known is usual."""
        if height is None or not self.deviation:
            return 0.0
        return (height - self.mean) / self.deviation


class SignScale:
    """Puts all signs of a product into one number."""

    def __init__(self, known: Sequence[tuple[Signs, int]] = ()) -> None:
        """Learn from products, each with how often it was attacked since it is watched."""
        rows = [signs.heights() for signs, _ in known]
        counts = [math.log1p(count) for _, count in known]
        attacked = sum(count > 0 for count in counts)
        self._signs = [_learned(column, counts, attacked) for column in zip(*rows, strict=True)]
        self._spread = pstdev(map(self._sum, rows)) if rows else 0.0

    def hint(self, signs: Signs) -> float:
        """Return how much more attacks than usual they tell of, in standard deviations."""
        return self._sum(signs.heights()) / self._spread if self._spread else 0.0

    def _sum(self, heights: Iterable[float | None]) -> float:
        # Before anything was learned there is no sign to go by.
        pairs = zip(self._signs, heights, strict=False)
        return sum(sign.weight * sign.of(height) for sign, height in pairs)


def _learned(column: Sequence[float | None], counts: Sequence[float], attacked: int) -> _Sign:
    told = [each for each in column if each is not None]
    if not told:
        return _Sign()
    sign = _Sign(fmean(told), pstdev(told))
    mean, deviation = fmean(counts), pstdev(counts)
    together = fmean(
        sign.of(each) * (count - mean) for each, count in zip(column, counts, strict=True)
    )
    seen = together / deviation if deviation else 0.0
    return sign._replace(weight=(attacked * seen + DOUBT * USUAL) / (attacked + DOUBT))
