"""The score by days."""

from __future__ import annotations

import msgspec

CAP = 60
"""The most points of a hundred while an alarm is open: nobody is well guarded then."""


class ScorePoint(msgspec.Struct, frozen=True, kw_only=True):
    """What the brand's guard came to on a day."""

    day: str
    """In the team's zone, as in ISO 8601."""
    got: float
    of: float
    areas: dict[str, tuple[float, float]] = {}
    """Points got and to be had, by area."""
    alarmed: bool = False
    """An alarm was open."""

    @property
    def percent(self) -> int:
        """The points of a hundred, as people saw them."""
        return capped(of_hundred(self.got, self.of), alarmed=self.alarmed)


def of_hundred(got: float, of: float) -> int:
    """Return points of a hundred, rounded; only all of them make a hundred, and none are 0."""
    if not of:
        return 0
    return 100 if got >= of else min(99, int(100 * got / of + 0.5))


def capped(percent: int, *, alarmed: bool) -> int:
    """Return the points of a hundred that count while an alarm is open, or is not."""
    return min(CAP, percent) if alarmed else percent
