"""Where things stand in the dossier's two pictures: the time line and the sales. Pure.

Places are shares of the picture's width or height, from 0 to 1.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import msgspec

from bot.features.evidence.models.sales import Sales
from bot.features.reports.models.dossier import Moment

NUMBERED = 40
"""With more moments than this the numbers would hide each other; the points stay."""
LEVELS = 6
_APART = 0.028
"""What a number's circle takes of the width."""
_TICKS = 6
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
    severity: int


class TimeLine(msgspec.Struct, frozen=True):
    """Moments over time."""

    points: tuple[Point, ...]
    ticks: tuple[Tick, ...]


class Bars(msgspec.Struct, frozen=True, kw_only=True):
    """Units by day; the days from ``since`` to ``until`` are shaded unless both are the same."""

    bars: tuple[tuple[float, float], ...]
    """Where the day begins, and how high its bar is."""
    day: float
    """How wide a day is."""
    since: float
    until: float
    ticks: tuple[Tick, ...]
    scale: tuple[Tick, ...]


def time_line(moments: Sequence[Moment]) -> TimeLine:
    """Place the moments, which are in the order of time."""
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
        points.append(Point(place, level, shown, moment.severity))
    return TimeLine(tuple(points), _ticks(first, span))


def sales_bars(sales: Sales) -> Bars:
    """Place the days' bars and the other seller's days among them."""
    first, last = sales.days[0][0], sales.days[-1][0]
    count = (last - first).days + 1
    most = _ceiling(max(units for _, units in sales.days))
    step = math.ceil(count / _TICKS)
    since = min(max((sales.since - first).days, 0), count)
    until = min(max((sales.until - first).days + 1, since), count)
    marked = [first + timedelta(days=number) for number in range(0, count, step)]
    return Bars(
        bars=tuple(((day - first).days / count, units / most) for day, units in sales.days),
        day=1 / count,
        since=since / count,
        until=until / count,
        ticks=tuple(Tick(((day - first).days + 0.5) / count, f"{day:%d %b %Y}") for day in marked),
        scale=(Tick(0, "0"), Tick(0.5, f"{most / 2:g}"), Tick(1, f"{most}")),
    )


def _ticks(first: datetime, span: timedelta) -> tuple[Tick, ...]:
    """Mark round moments: whole hours, days or weeks, as the span asks."""
    years = math.ceil(span / (_TICKS * _YEAR)) * _YEAR
    step = next((step for step in _STEPS if span / step < _TICKS), years)
    start = datetime(2000, 1, 1, tzinfo=UTC)
    at = start + math.ceil((first - start) / step) * step
    form = "%d %b %Y" if step >= timedelta(days=1) else "%d %b %H:%M"
    ticks = []
    while at <= first + span:
        ticks.append(Tick((at - first) / span, f"{at:{form}}"))
        at += step
    return tuple(ticks)


def _ceiling(most: int) -> int:
    """Return a round number, at least 2, that is not smaller."""
    size: int = 10 ** max(len(str(max(most, 1))) - 1, 0)
    return next(size * lead for lead in (2, 4, 6, 10) if size * lead >= most)
