"""A chart for a phone, drawn by typst in a thread, beside matplotlib; and what the loop notices."""

from __future__ import annotations

import asyncio
import importlib.util
import io
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from adapters.rendering.printer import TypstPrinter
from bot.core.charts import Bar, Bars, Chart, Course, Heat
from bot.features.reviews.models.reviews import Point, Review
from tests.bench.measure import Measure, Peer, Row, Series, Target, alternate, row

GROUP = "Chart"
MATPLOTLIB = "matplotlib"
QUICKER = Target(0.35, of_ratio=True)
SMOOTH = Target(50)
STEP = 0.001
"""Seconds between two looks at the loop."""
DENSITY = 144


@dataclass(frozen=True)
class Sizes:
    """How much is measured."""

    rounds: int = 10
    bars: int = 12
    weeks: int = 26


async def measure(sizes: Sizes) -> list[Row]:
    """Draw each kind of chart in turn with the peer, another picture each time.

    Matplotlib is no dependency: without it the rows say that the peer is missing.
    """
    rows: list[Row] = []
    printer = TypstPrinter()
    peers = importlib.util.find_spec(MATPLOTLIB) is not None
    for name, make in _kinds(sizes).items():
        rows += await _beside(printer, name, make, sizes.rounds, peers=peers)
    return [*rows, *await _loop(printer, sizes)]


async def _beside(
    printer: TypstPrinter, name: str, make: Callable[[int], Chart], rounds: int, *, peers: bool
) -> list[Row]:
    drawn = [0]

    async def ours() -> float:
        drawn[0] += 1
        chart, started = make(drawn[0]), time.perf_counter()
        await printer.chart(chart)
        return 1000 * (time.perf_counter() - started)

    async def theirs() -> float:
        return _matplotlib(make(drawn[0]))

    measures: dict[str, Measure] = {name: ours}
    if peers:
        measures[MATPLOTLIB] = theirs
    took = await alternate(rounds, measures)
    if not peers:
        return [row(GROUP, f"{name} ({MATPLOTLIB} is not installed)", "ms", took[name])]
    peer = Peer(MATPLOTLIB, took[MATPLOTLIB])
    return [
        row(GROUP, name, "ms", took[name], peer, QUICKER),
        row(GROUP, f"peer: {name}, {MATPLOTLIB}", "ms", took[MATPLOTLIB]),
    ]


async def _loop(printer: TypstPrinter, sizes: Sizes) -> list[Row]:
    """Note for how long the loop is held up while pictures, and a review, are made."""
    kinds = list(_kinds(sizes).values())
    charts = [make(0) for make in kinds]

    async def draw(number: int) -> None:
        for make in kinds:
            await printer.chart(make(-number))

    async def fresh(_: int) -> None:
        await TypstPrinter().chart(charts[0])

    async def print_review(number: int) -> None:
        await printer.review(_review(number), charts, "Alder & Finch")

    works = {
        "three charts": draw,
        "the first chart": fresh,
        "a review with three charts": print_review,
    }
    return [
        row(
            GROUP,
            f"longest block of the loop during {name}",
            "ms",
            Series(tuple([await _blocked(work, number) for number in range(1, sizes.rounds + 1)])),
            None,
            SMOOTH,
        )
        for name, work in works.items()
    ]


async def _blocked(work: Callable[[int], Awaitable[None]], number: int) -> float:
    """Return the milliseconds for which the loop was held up longest while it was done."""
    longest = 0.0
    task = asyncio.ensure_future(work(number))
    before = time.perf_counter()
    while not task.done():
        await asyncio.sleep(STEP)
        now = time.perf_counter()
        longest = max(longest, 1000 * (now - before - STEP))
        before = now
    await task
    return longest


def _kinds(sizes: Sizes) -> dict[str, Callable[[int], Chart]]:
    """Return what makes a chart of each kind; another number, another chart."""

    def bars(seed: int) -> Chart:
        several = tuple(
            Bar(f"Seller A{seed}QX7ZP9KD{place}", seed + 7 * place % 31, "3 products", not place)
            for place in range(sizes.bars)
        )
        return Bars(title=f"Attacks by source {seed}", says="Three did most of it.", bars=several)

    def course(seed: int) -> Chart:
        points = tuple(Bar(f"wk {week}", seed % 7 + week % 11) for week in range(sizes.weeks))
        return Course(title=f"Weeks {seed}", says="It rises.", points=points, most=20)

    def heat(seed: int) -> Chart:
        counts = tuple(
            tuple((seed + day * hour) % 5 for hour in range(24)) for day in range(len(_DAYS))
        )
        hours = tuple(str(hour) for hour in range(24))
        return Heat(
            title=f"When {seed}", says="At night.", rows=_DAYS, columns=hours, counts=counts
        )

    return {f"{sizes.bars} bars": bars, f"a course of {sizes.weeks}": course, "a heat map": heat}


_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def _review(number: int) -> Review:
    point = Point(heading="Attacks rose", says="12 after 5. " * 12, propose="Report the sellers.")
    return Review(
        number=number,
        quarter="2026 Q4",
        since=date(2026, 10, 1),
        until=date(2026, 12, 31),
        points=(point,) * 8,
        numbers=(("Attacks", str(number)), ("Reports", "7 of 9 accepted")) * 4,
        made_at=datetime(2027, 1, 4, 9, tzinfo=UTC),
    )


def _matplotlib(chart: Chart) -> float:
    """Draw the same with the peer: as wide, with its title, sentence and numbers."""
    import matplotlib as mpl

    mpl.use("agg")
    from matplotlib import pyplot as plt

    started = time.perf_counter()
    figure, axes = plt.subplots(figsize=(5, 4), dpi=DENSITY)
    axes.set_title(f"{chart.title}\n{chart.says}", loc="left")
    match chart:
        case Bars(bars=bars):
            drawn = axes.barh([bar.label for bar in bars], [bar.value for bar in bars])
            axes.bar_label(drawn, [f"{bar.value:g} {bar.note}" for bar in bars])
        case Course(points=points):
            axes.plot([point.value for point in points], marker="o")
            axes.set_xticks(range(0, len(points), 6), [point.label for point in points[::6]])
        case Heat(rows=rows, columns=columns, counts=counts):
            axes.imshow(counts, aspect="auto")
            axes.set_yticks(range(len(rows)), rows)
            axes.set_xticks(range(0, len(columns), 3), columns[::3])
            for down, several in enumerate(counts):
                for across, count in enumerate(several):
                    axes.text(across, down, str(count), ha="center", va="center")
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    figure.tight_layout()
    figure.savefig(io.BytesIO(), format="png")
    plt.close(figure)
    return 1000 * (time.perf_counter() - started)
