"""A record of prices as curves: few enough steps to draw, and no peak left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import TypeVar

from bot.core.charts import Way
from bot.core.price_history import BuyBoxHolder, PriceState
from bot.features.watchlist.models.price_histories import PriceHistory

T = TypeVar("T")

SLOTS = 240
"""Parts of the time: within each, a curve shows the least and the most of it at most."""


def shown_since(history: PriceHistory) -> datetime:
    """Return where a picture begins: with the first that is known."""
    first = history.changes[0].at if history.changes else history.since
    return max(history.since, first)


def ways(history: PriceHistory, price: Callable[[PriceState], int | None]) -> tuple[Way, ...]:
    """Return how a price went, in units of its currency; each break is a time without one."""
    priced = ((each, price(each.state)) for each in history.stretches())
    runs = _runs(
        (_share(history, each.begin), _share(history, each.end), value / 100)
        for each, value in priced
        if value is not None
    )
    return tuple(
        _thinned([*((begin, value) for begin, _, value in run), run[-1][1:]]) for run in runs
    )


def holders(history: PriceHistory) -> Iterator[tuple[float, float, BuyBoxHolder]]:
    """Give who held the Buy Box, from where to where."""
    for run in _runs(
        (_share(history, each.begin), _share(history, each.end), each.state.holder)
        for each in history.stretches()
    ):
        yield from run


def gaps(history: PriceHistory) -> Iterator[tuple[float, float]]:
    """Give from where to where nothing is known, since the first that is."""
    end = 0.0
    for stretch in history.stretches():
        begin = _share(history, stretch.begin)
        if begin > end:
            yield end, begin
        end = _share(history, stretch.end)
    if history.changes and end < 1:
        yield end, 1.0


def held(history: PriceHistory) -> int | None:
    """Return for how many percent of the checked time we held the Buy Box; None: never checked."""
    told = [each for each in history.stretches() if each.state.holder is not BuyBoxHolder.UNTOLD]
    whole = sum((each.end - each.begin).total_seconds() for each in told)
    ours = sum(
        (each.end - each.begin).total_seconds()
        for each in told
        if each.state.holder is BuyBoxHolder.OURS
    )
    return int(100 * ours / whole) if whole else None


def _runs(spans: Iterable[tuple[float, float, T]]) -> list[list[tuple[float, float, T]]]:
    """Part spans where one does not begin at the end of the one before; join those of a value."""
    runs: list[list[tuple[float, float, T]]] = []
    for begin, end, value in spans:
        last = runs[-1][-1] if runs else None
        if last is None or last[1] < begin:
            runs.append([(begin, end, value)])
        elif last[2] == value:
            runs[-1][-1] = (last[0], end, value)
        else:
            runs[-1].append((begin, end, value))
    return runs


def _thinned(steps: Sequence[tuple[float, float]]) -> Way:
    """Leave out steps that no eye tells apart."""
    if len(steps) <= SLOTS:
        return tuple(steps)
    shown: list[tuple[float, float]] = []
    for _, slot in groupby(steps[:-1], lambda step: int(step[0] * SLOTS)):
        several = list(slot)
        peaks = min(several, key=lambda step: step[1]), max(several, key=lambda step: step[1])
        shown += sorted({several[0], *peaks, several[-1]})
    return (*shown, steps[-1])


def _share(history: PriceHistory, at: datetime) -> float:
    since = shown_since(history)
    whole = (history.until - since).total_seconds()
    return (at - since).total_seconds() / whole if whole > 0 else 0.0
