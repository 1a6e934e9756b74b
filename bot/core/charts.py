"""Pictures of numbers, as plain data: each says in a sentence what it means; and who draws them."""

from __future__ import annotations

import enum
from typing import Protocol

import msgspec

from bot.core.resources import Resource


class Bar(msgspec.Struct, frozen=True):
    """A bar: what it counts, how much, and words behind it."""

    label: str
    value: float
    note: str = ""
    strong: bool = False
    """It is the one to look at."""


class Bars(msgspec.Struct, frozen=True, kw_only=True, tag="bars"):
    """Amounts side by side, the label of each on its left."""

    title: str
    says: str
    """What it means and what to do, in a sentence."""
    bars: tuple[Bar, ...]
    unit: str = ""


class Course(msgspec.Struct, frozen=True, kw_only=True, tag="course"):
    """How a number went over time; ``most`` is the top of its scale."""

    title: str
    says: str
    points: tuple[Bar, ...]
    """In the order of time; a label may be empty."""
    most: float
    unit: str = ""


class Heat(msgspec.Struct, frozen=True, kw_only=True, tag="heat"):
    """Counts in rows and columns, such as weekdays and hours."""

    title: str
    says: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    """A tuple for each row."""


Way = tuple[tuple[float, float], ...]
"""Steps without a break: from where on (a share of the time, from 0 to 1) there is which value.

The last pair says only where they end.
"""


class Curve(msgspec.Struct, frozen=True, kw_only=True):
    """A number that jumps from value to value over time; between its ways it is not known."""

    label: str
    note: str = ""
    """What it is now and was, in words."""
    ways: tuple[Way, ...] = ()


class PhaseKind(enum.StrEnum):
    """How a phase looks."""

    GOOD = "good"
    CALM = "calm"
    LOUD = "loud"
    """It is the one to look at."""
    HOLLOW = "hollow"


class Phase(msgspec.Struct, frozen=True):
    """A time in which something was so; ``begin`` and ``end`` are shares, from 0 to 1."""

    begin: float
    end: float
    label: str
    kind: PhaseKind


class Curves(msgspec.Struct, frozen=True, kw_only=True, tag="curves"):
    """How numbers went over time, a band of phases below them, and what is not known of both."""

    title: str
    says: str
    curves: tuple[Curve, ...] = ()
    """Three at most."""
    band: str = ""
    """What the phases are about."""
    phases: tuple[Phase, ...] = ()
    gaps: tuple[tuple[float, float], ...] = ()
    """From where to where nothing is known."""
    gap: str = ""
    """What the gaps are called."""
    marks: tuple[tuple[float, str], ...] = ()
    """Where the time's labels stand."""
    unit: str = ""


Chart = Bars | Course | Heat | Curves


def spoken(chart: Chart) -> str:
    """Return the same numbers as text, for those who do not see the picture."""
    told = _numbers(chart)
    return f"{chart.title}. {chart.says} {told[:1].upper()}{told[1:]}."


def _numbers(chart: Chart) -> str:
    match chart:
        case Heat():
            return _hottest(chart)
        case Curves():
            return _noted(chart)
        case Bars() | Course():
            return _amounts(chart)


def with_unit(number: str, unit: str) -> str:
    """Return the number with its unit behind it; a percent sign stands close: ``25%``."""
    return f"{number}{unit}" if unit == "%" else f"{number} {unit}".rstrip()


def _amounts(chart: Bars | Course) -> str:
    bars = chart.bars if isinstance(chart, Bars) else chart.points
    return ", ".join(_told(bar, chart.unit) for bar in bars if bar.label) or "nothing yet"


def _told(bar: Bar, unit: str) -> str:
    amount = with_unit(f"{round(bar.value, 1):,}".removesuffix(".0"), unit)
    return f"{bar.label}: {amount}{f' ({bar.note})' if bar.note else ''}"


def _hottest(heat: Heat) -> str:
    cells = [
        (count, row, column)
        for row, counts in zip(heat.rows, heat.counts, strict=True)
        for column, count in zip(heat.columns, counts, strict=True)
        if count
    ]
    top = sorted(cells, key=lambda cell: -cell[0])[:3]
    return ", ".join(f"{row} {column}: {count}" for count, row, column in top) or "nothing yet"


def _noted(chart: Curves) -> str:
    told = [f"{each.label}: {each.note}" for each in chart.curves if each.note]
    return "; ".join(told) or "nothing yet"


class ChartPrinter(Protocol):
    """Draws charts."""

    async def chart(self, chart: Chart) -> bytes:
        """Return the chart as a PNG.

        Raises:
            BrandwardenError: it could not be drawn.
        """
        ...

    async def drawing(self, chart: Chart, *, dark: bool = False) -> bytes:
        """Return the chart as an SVG without scripts, for a light or a dark page.

        Raises:
            BrandwardenError: it could not be drawn.
        """
        ...


CHART_PRINTER = Resource[ChartPrinter | None]("chart printer", None)
"""Without one, what a chart shows is told in words."""
