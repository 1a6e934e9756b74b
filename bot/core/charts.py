"""Pictures of numbers, as plain data: each says in a sentence what it means; and who draws them."""

from __future__ import annotations

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


Chart = Bars | Course | Heat


def spoken(chart: Chart) -> str:
    """Return the same numbers as text, for those who do not see the picture."""
    told = _hottest(chart) if isinstance(chart, Heat) else _amounts(chart)
    return f"{chart.title}. {chart.says} {told[:1].upper()}{told[1:]}."


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


class ChartPrinter(Protocol):
    """Draws charts."""

    async def chart(self, chart: Chart) -> bytes:
        """Return the chart as a PNG.

        Raises:
            BrandwardenError: it could not be drawn.
        """
        ...


CHART_PRINTER = Resource[ChartPrinter | None]("chart printer", None)
"""Without one, what a chart shows is told in words."""
