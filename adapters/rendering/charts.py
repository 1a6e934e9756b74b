"""What the charts' template reads: where things stand, and bounded texts. Pure.

Places are shares of a width or a height, from 0 to 1. Everything here is data to the template,
never markup.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import msgspec

from adapters.rendering.labels import labelled, numbered
from bot.core.charts import (
    Bar,
    Bars,
    Chart,
    Course,
    Curves,
    Heat,
    Phase,
    Way,
    with_unit,
)
from bot.core.text import one_line

TITLE, SAYS, LABEL, NOTE, UNIT = 90, 300, 80, 120, 24
"""Characters of each kind of text; labels are cut once more, to the room that they have."""
MOST_BARS = 40
MOST_CURVES, MOST_MARKS = 3, 5
MARGIN = 0.08
"""What is free above and below curves, as a share of what they span."""
MOST_CELLS = 60
"""Rows or columns of a heat map."""
SHORT_UNIT = 3
"""Characters of a unit that stands behind every number; a longer one is said once."""
ROW_LABEL = 0.12
"""What the labels of a heat map's rows take of the width."""
LETTER = 0.0165
"""What a digit takes of a phone's width."""
FEW = 3
"""So many cells at the most stand out: with more, none would."""


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """A bar."""

    label: str
    share: float
    amount: str
    note: str
    strong: bool


class BarsSheet(msgspec.Struct, frozen=True, kw_only=True, tag="bars"):
    """Bars below each other."""

    title: str
    says: str
    unit: str
    bars: tuple[Mark, ...]
    more: str
    """What is left out, in words."""


class Spot(msgspec.Struct, frozen=True, kw_only=True):
    """A point of a course; ``amount`` and ``label`` are empty where they are not shown."""

    x: float
    y: float
    amount: str
    label: str
    strong: bool


class CourseSheet(msgspec.Struct, frozen=True, kw_only=True, tag="course"):
    """A line over time."""

    title: str
    says: str
    unit: str
    spots: tuple[Spot, ...]
    top: str
    dots: bool
    """Every point has a dot."""


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """A count; ``shade`` from 0 for none to 1 for the most."""

    shade: float
    amount: str
    strong: bool


class HeatSheet(msgspec.Struct, frozen=True, kw_only=True, tag="heat"):
    """Counts in rows and columns."""

    title: str
    says: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]
    more: str


class Drawn(msgspec.Struct, frozen=True):
    """A curve; each of its ways is a list of where and how high."""

    label: str
    note: str
    ways: tuple[Way, ...]


class CurvesSheet(msgspec.Struct, frozen=True, kw_only=True, tag="curves"):
    """Curves over time with a band below them."""

    title: str
    says: str
    unit: str
    curves: tuple[Drawn, ...]
    scale: tuple[tuple[float, str], ...]
    phases: tuple[Phase, ...]
    kinds: tuple[tuple[str, str], ...]
    """What each kind of phase that there is means."""
    gaps: tuple[tuple[float, float], ...]
    gap: str
    marks: tuple[tuple[float, str], ...]


Sheet = BarsSheet | CourseSheet | HeatSheet | CurvesSheet


def sheet(chart: Chart) -> Sheet:
    """Return the chart as the template reads it."""
    match chart:
        case Bars():
            return _bars(chart)
        case Course():
            return _course(chart)
        case Heat():
            return _heat(chart)
        case Curves():
            return _curves(chart)


def _bars(chart: Bars) -> BarsSheet:
    shown = chart.bars[:MOST_BARS]
    most = max((_real(bar.value) for bar in shown), default=0) or 1
    more = len(chart.bars) - len(shown)
    return BarsSheet(
        title=one_line(chart.title, TITLE),
        says=one_line(chart.says, SAYS),
        unit=_said_once(chart.unit),
        bars=tuple(
            Mark(
                label=one_line(bar.label, LABEL),
                share=_real(bar.value) / most,
                amount=_amount(bar, chart.unit),
                note=one_line(bar.note, NOTE),
                strong=bar.strong,
            )
            for bar in shown
        ),
        more=f"and {more} more" if more else "",
    )


def _course(chart: Course) -> CourseSheet:
    points = chart.points
    values = [_real(point.value) for point in points]
    most = max([_real(chart.most), *values]) or 1
    places = [number / max(1, len(points) - 1) for number in range(len(points))]
    if len(points) == 1:
        places = [0.5]
    heights = [value / most for value in values]
    told = numbered(points, values, list(zip(places, heights, strict=True)))
    marked = labelled(points, places)
    return CourseSheet(
        title=one_line(chart.title, TITLE),
        says=one_line(chart.says, SAYS),
        unit=_said_once(chart.unit),
        spots=tuple(
            Spot(
                x=places[number],
                y=heights[number],
                amount=_amount(point, chart.unit) if number in told else "",
                label=one_line(point.label, LABEL) if number in marked else "",
                strong=point.strong,
            )
            for number, point in enumerate(points)
        ),
        top=f"{most:g}",
        dots=len(points) <= MOST_BARS,
    )


def _heat(chart: Heat) -> HeatSheet:
    width = len(chart.columns[:MOST_CELLS])
    counts = [row[:width] for row in chart.counts[:MOST_CELLS]]
    every = [count for row in counts for count in row]
    most = max(every, default=0)
    stands_out = most > 1 and every.count(most) <= FEW
    room = (1 - ROW_LABEL) / max(1, width) / LETTER
    cells = [
        tuple(
            Cell(
                shade=max(0, count) / max(1, most),
                amount=str(count) if count and len(str(count)) <= room else "",
                strong=stands_out and count == most,
            )
            for count in row
        )
        for row in counts
    ]
    names = [one_line(row, LABEL) for row in chart.rows]
    more = max(len(chart.rows) - len(counts), len(chart.columns) - width)
    return HeatSheet(
        title=one_line(chart.title, TITLE),
        says=one_line(chart.says, SAYS),
        columns=_every(chart.columns[:width], room),
        rows=tuple(zip(names, cells, strict=False)) if most else (),
        more=f"and {more} more" if more else "",
    )


def _curves(chart: Curves) -> CurvesSheet:
    shown = chart.curves[:MOST_CURVES]
    values = [_real(value) for each in shown for way in each.ways for _, value in way]
    bottom, top = _room(values)
    kinds = {
        (phase.kind.value, one_line(f"{chart.band}: {phase.label}", LABEL)): None
        for phase in chart.phases
    }
    return CurvesSheet(
        title=one_line(chart.title, TITLE),
        says=one_line(chart.says, SAYS),
        unit=one_line(chart.unit, UNIT),
        curves=tuple(
            Drawn(
                label=one_line(each.label, LABEL),
                note=one_line(each.note, NOTE),
                ways=tuple(
                    tuple((_share(x), (_real(y) - bottom) / (top - bottom)) for x, y in way)
                    for way in each.ways
                    if way
                ),
            )
            for each in shown
        )
        if values
        else (),
        scale=tuple((y, f"{bottom + y * (top - bottom):,.2f}") for y in (0.0, 0.5, 1.0)),
        phases=tuple(
            Phase(_share(each.begin), _share(each.end), each.label, each.kind)
            for each in chart.phases
        ),
        kinds=tuple(kinds),
        gaps=tuple((_share(begin), _share(end)) for begin, end in chart.gaps),
        gap=one_line(chart.gap, LABEL),
        marks=tuple((_share(x), one_line(said, LABEL)) for x, said in chart.marks[:MOST_MARKS]),
    )


def _room(values: Sequence[float]) -> tuple[float, float]:
    """Return the ends of a scale on which small changes can be seen, and none is at its edge."""
    low, high = min(values, default=0.0), max(values, default=1.0)
    room = MARGIN * (high - low) or MARGIN * high or 1.0
    return max(0.0, low - room), high + room


def _share(value: float) -> float:
    return min(1.0, _real(value))


def _every(names: Sequence[str], room: float) -> tuple[str, ...]:
    """Leave out so many columns' names that the others do not touch; ``room`` in letters."""
    longest = max((len(name) for name in names), default=0)
    step = max(1, math.ceil((longest + 1) / max(room, 0.1)))
    shown = [
        one_line(name, LABEL) if not number % step else "" for number, name in enumerate(names)
    ]
    return tuple(shown)


def _amount(bar: Bar, unit: str) -> str:
    """Say how much, in the same words as ``spoken``."""
    short = one_line(unit, UNIT) if len(unit) <= SHORT_UNIT else ""
    return with_unit(f"{bar.value:g}", short)


def _said_once(unit: str) -> str:
    return one_line(unit, UNIT) if len(unit) > SHORT_UNIT else ""


def _real(value: float) -> float:
    """Return what can be drawn: no chart here goes below nothing, or for ever up."""
    return max(0.0, value) if math.isfinite(value) else 0.0
