"""What the review's template reads: its words, bounded, and its charts. Pure.

Everything here is data to the template, never markup.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from adapters.rendering.charts import Sheet, sheet
from bot.core.charts import Chart
from bot.core.text import one_line
from bot.features.reviews.models.facts import written
from bot.features.reviews.models.reviews import Earlier, Point, Review

NAME, LINE, TEXT = 80, 200, 900
"""Characters of a name, of a line, and of a paragraph."""
MOST = 60
"""Rows of one list; what is more is counted."""


class Weakness(msgspec.Struct, frozen=True, kw_only=True):
    """A point of the review."""

    heading: str
    says: str
    propose: str
    refs: str
    urgent: bool = False


class Became(msgspec.Struct, frozen=True, kw_only=True):
    """An earlier decision, and what became of it."""

    text: str
    owner: str
    due: str
    state: str
    late: bool


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that the template prints."""

    brand: str
    quarter: str
    period: str
    made: str
    made_on: tuple[int, int, int]
    """Year, month, day."""
    simulated: bool
    numbers: tuple[tuple[str, str], ...]
    charts: tuple[Sheet, ...]
    points: tuple[Weakness, ...]
    earlier: tuple[Became, ...]
    unseen: tuple[str, ...]


def page(review: Review, charts: Sequence[Chart], brand: str) -> Page:
    """Return the review as the template reads it."""
    made = review.made_at
    cut = len(review.earlier) - MOST
    left_out = (f"{cut} more past decisions are not printed here.",) if cut > 0 else ()
    return Page(
        brand=one_line(brand, NAME),
        quarter=one_line(review.quarter, NAME),
        period=f"{day(review.since)} to {day(review.until)}",
        made=f"{day(made.date())}, {made:%H:%M} UTC",
        made_on=(made.year, made.month, made.day),
        simulated=review.simulated,
        numbers=tuple((one_line(a, NAME), one_line(b, LINE)) for a, b in review.numbers[:MOST]),
        charts=tuple(sheet(chart) for chart in charts),
        points=tuple(_weakness(point) for point in review.points[:MOST]),
        earlier=tuple(_became(each, made.date()) for each in review.earlier[:MOST]),
        unseen=tuple(one_line(each, LINE * 2) for each in (*review.unseen[:MOST], *left_out)),
    )


def day(on: date) -> str:
    """Return a day as people write it: ``5 January 2027``."""
    return f"{on.day} {on:%B %Y}"


def _weakness(point: Point) -> Weakness:
    return Weakness(
        urgent=point.urgent,
        heading=one_line(point.heading, LINE),
        says=one_line(point.says, TEXT),
        propose=one_line(point.propose, TEXT),
        refs=one_line(", ".join(point.refs), LINE),
    )


def _became(earlier: Earlier, today: date) -> Became:
    late = earlier.done_on is None and earlier.due < today
    if earlier.done_on is not None:
        state = f"Done on {written(earlier.done_on)}"
    else:
        state = "Not done" if late else "Still running"
    return Became(
        text=one_line(earlier.text, TEXT),
        owner=one_line(earlier.owner, NAME),
        due=written(earlier.due),
        state=state,
        late=late,
    )
