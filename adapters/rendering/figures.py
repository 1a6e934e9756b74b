"""Where things stand on the dossier's time line. Pure.

Places are shares of the line's width, from 0 to 1.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta

import msgspec

from bot.features.reports.models.dossier import Moment

NUMBERED = 40
"""With more moments than this the numbers would hide each other; the points stay."""
LEVELS = 6
_APART = 0.028
"""What a number's circle takes of the width."""
_TICKS = 5
_STEPS = tuple(
    timedelta(minutes=minutes)
    for minutes in (1, 5, 15, 60, 180, 360, 720, 1440, 2880, 7 * 1440, 14 * 1440, 28 * 1440)
)
_YEAR = timedelta(days=364)


class Tick(msgspec.Struct, frozen=True):
    """A mark on an axis."""

    place: float
    text: str


class Point(msgspec.Struct, frozen=True):
    """A moment on the time line."""

    place: float
    level: int
    """How high above the line it stands, from 0, so that neighbours do not hide each other."""
    number: int
    """Its number in the list beside it; 0: there are too many to number them."""


class TimeLine(msgspec.Struct, frozen=True):
    """Moments over time."""

    points: tuple[Point, ...]
    ticks: tuple[Tick, ...]


def time_line(moments: Sequence[Moment], written: Callable[[date], str]) -> TimeLine:
    """Place the moments, which are in the order of time; ``written`` writes a day."""
    if not moments:
        return TimeLine((), ())
    first, last = moments[0].at, moments[-1].at
    span = max(last - first, timedelta(minutes=1))
    ends = [-1.0] * LEVELS
    points = []
    for number, moment in enumerate(moments, start=1):
        place = (moment.at - first) / span
        free = (level for level, end in enumerate(ends) if place - end >= _APART)
        level = next(free, LEVELS - 1)
        ends[level] = place
        shown = number if len(moments) <= NUMBERED else 0
        points.append(Point(place, level, shown))
    return TimeLine(tuple(points), _ticks(first, span, written))


def _ticks(first: datetime, span: timedelta, written: Callable[[date], str]) -> tuple[Tick, ...]:
    """Mark round moments: whole hours, days or weeks, as the span asks."""
    years = math.ceil(span / (_TICKS * _YEAR)) * _YEAR
    step = next((step for step in _STEPS if span / step < _TICKS), years)
    start = datetime(2000, 1, 1, tzinfo=UTC)
    at = start + math.ceil((first - start) / step) * step
    hours = step < timedelta(days=1)
    ticks = []
    while at <= first + span:
        ticks.append(
            Tick((at - first) / span, written(at.date()) + (f" {at:%H:%M}" if hours else ""))
        )
        at += step
    return tuple(ticks)
