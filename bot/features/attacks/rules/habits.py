"""Habits: a source that comes on one weekday, which is tested before any peak of all together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from bot.features.attacks.rules.counts import CLEAR, FEWEST, by_day, day_peak
from bot.features.attacks.rules.weeks import CalendarIncident

PARTS = ("nights", "mornings", "afternoons", "evenings")
"""A day's quarters, from midnight on."""
_PART = 6
"""Hours of each."""
MOSTLY = 0.75
"""So many of the visits fall into one part of the day, or none is named."""


class Habit(msgspec.Struct, frozen=True, kw_only=True):
    """A source's weekday."""

    source: str
    weekday: int
    """0 is Monday."""
    part: str
    """``evenings``; empty where the hours are unknown or spread."""
    count: int
    """Visits on that weekday."""
    of: int
    """All its visits."""


def habits(visits: Sequence[CalendarIncident], weeks: int, today: int) -> tuple[Habit, ...]:
    """Return the sources that have a weekday, most visits first; each is tested (Bonferroni).

    ``visits`` are events of so many weeks, of which the last ends on the weekday ``today``.
    """
    known: dict[str, list[CalendarIncident]] = {}
    for each in visits:
        if each.incident.source:
            known.setdefault(each.incident.source, []).append(each)
    tested = {source: several for source, several in known.items() if len(several) >= FEWEST}
    found = []
    for source, several in sorted(tested.items()):
        peak = day_peak(by_day(several), weeks, today)
        if peak is not None and peak.chance * len(tested) < CLEAR:
            there = [each for each in several if each.weekday == peak.place]
            found.append(
                Habit(
                    source=source,
                    weekday=peak.place,
                    part=_part(there),
                    count=peak.count,
                    of=peak.of,
                )
            )
    return tuple(sorted(found, key=lambda each: -each.of))


def _part(visits: Sequence[CalendarIncident]) -> str:
    parts = Counter(each.hour // _PART for each in visits if each.hour is not None)
    if not parts:
        return ""
    [(part, count)] = parts.most_common(1)
    return PARTS[part] if count >= MOSTLY * len(visits) else ""
