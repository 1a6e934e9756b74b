"""Rounds and medians. On a noisy machine a ratio within one round says more than any figure."""

from __future__ import annotations

import statistics
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

import msgspec

Measure = Callable[[], Awaitable[float]]
"""Does something once and tells what it took."""


@dataclass(frozen=True)
class Series:
    """What one thing took, round by round."""

    values: tuple[float, ...]

    @property
    def median(self) -> float:
        """The figure."""
        return statistics.median(self.values)

    @property
    def late(self) -> float:
        """What nineteen of twenty values stay below or reach."""
        return sorted(self.values)[round(0.95 * (len(self.values) - 1))]

    def over(self, peer: Series) -> float:
        """Return the median of this divided by the peer's value in the same round."""
        pairs = zip(self.values, peer.values, strict=True)
        return statistics.median(mine / theirs for mine, theirs in pairs)


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the table; ``figure`` is None where it was not measured."""

    group: str
    what: str
    unit: str
    figure: float | None = None
    low: float | None = None
    high: float | None = None
    beside: str = ""
    """The floor or the peer."""
    ratio: float | None = None
    """The figure divided by the floor's or the peer's."""
    target: str = ""
    met: bool | None = None


@dataclass(frozen=True)
class Target:
    """What is wanted: at most so many units, or at most so many times the peer."""

    most: float
    of_ratio: bool = False

    def text(self, unit: str) -> str:
        """Say it for people."""
        return f"at most {self.most:g} {'x' if self.of_ratio else unit}"

    def met(self, figure: float, ratio: float | None) -> bool:
        """Tell whether it is reached."""
        value = ratio if self.of_ratio else figure
        return value is not None and value <= self.most


@dataclass(frozen=True)
class Peer:
    """What a figure stands beside: measured in the same rounds, or known from elsewhere."""

    name: str
    took: Series | float


def row(
    group: str,
    what: str,
    unit: str,
    took: Series,
    peer: Peer | None = None,
    target: Target | None = None,
) -> Row:
    """Sum up what one thing took."""
    ratio = _ratio(took, peer) if peer else None
    return Row(
        group=group,
        what=what,
        unit=unit,
        figure=took.median,
        low=min(took.values),
        high=max(took.values),
        beside=peer.name if peer else "",
        ratio=ratio,
        target=target.text(unit) if target else "",
        met=target.met(took.median, ratio) if target else None,
    )


def _ratio(took: Series, peer: Peer) -> float:
    if isinstance(peer.took, Series):
        return took.over(peer.took)
    return took.median / peer.took


async def alternate(rounds: int, measures: Mapping[str, Measure]) -> dict[str, Series]:
    """Measure all in each round, each time beginning with another.

    A first round that only warms up is not counted, unless one round is all there is.
    """
    names = list(measures)
    values: dict[str, list[float]] = {name: [] for name in names}
    warming = int(rounds > 1)
    for number in range(rounds + warming):
        first = number % len(names)
        for name in names[first:] + names[:first]:
            value = await measures[name]()
            if number >= warming:
                values[name].append(value)
    return {name: Series(tuple(several)) for name, several in values.items()}
