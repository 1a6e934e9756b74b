"""The score by days."""

from __future__ import annotations

import msgspec


class ScorePoint(msgspec.Struct, frozen=True, kw_only=True):
    """What the brand's guard came to on a day."""

    day: str
    """In the team's zone, as in ISO 8601."""
    got: float
    of: float
    areas: dict[str, tuple[float, float]] = {}
    """Points got and to be had, by area."""


def of_hundred(got: float, of: float) -> int:
    """Return points of a hundred, of which the last one takes all; 0 where there are none."""
    return int(100 * got / of) if of else 0
