"""Which points of a course show their number, and which their label: as many as do not touch. Pure.

Places are shares of a width or a height, from 0 to 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from bot.core.charts import Bar

ALL_NUMBERS = 7
"""With more points than this not each has its number: they would hide each other."""
WIDE, HIGH = 0.13, 0.18
"""What a number takes of a course's width and height."""
TICKS = 4
"""Spaces between labels of an axis."""
LABEL_ROOM = 1 / TICKS - 0.01
"""What a label takes of an axis."""


def numbered(
    points: Sequence[Bar], values: Sequence[float], spots: Sequence[tuple[float, float]]
) -> set[int]:
    """Choose the points that show their number: all, or the last, the strong, the extremes."""
    if len(points) <= ALL_NUMBERS:
        return set(range(len(points)))
    strong = [number for number, point in enumerate(points) if point.strong]
    extremes = [values.index(max(values)), values.index(min(values))]
    return _apart([len(points) - 1, *strong, *extremes, 0], spots)


def labelled(points: Sequence[Bar], places: Sequence[float]) -> set[int]:
    """Choose the points whose label stands at the axis: the ends, and as many as fit between."""
    known = [number for number, point in enumerate(points) if point.label.strip()]
    if not known:
        return set()
    last = len(known) - 1
    for spaces in range(TICKS, 0, -1):
        even = (known[round(tick * last / spaces)] for tick in range(spaces + 1))
        chosen = list(dict.fromkeys(even))
        if all(places[b] - places[a] >= LABEL_ROOM for a, b in pairwise(chosen)):
            return set(chosen)
    return {known[-1]}


def _apart(wanted: Iterable[int], spots: Sequence[tuple[float, float]]) -> set[int]:
    """Choose what does not touch anything that was wanted more."""
    chosen = set[int]()
    for number in wanted:
        x, y = spots[number]
        others = (spots[other] for other in chosen)
        if all(abs(x - across) >= WIDE or abs(y - up) >= HIGH for across, up in others):
            chosen.add(number)
    return chosen
