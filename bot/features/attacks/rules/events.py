"""Events: what was logged in several entries, or seen several times a day, happened once."""

from __future__ import annotations

from collections.abc import Iterable

from bot.core.labeled import AttackKind
from bot.features.attacks.rules.weeks import CalendarIncident

WAVE = 1
"""Days between two entries of nobody known that are still one wave."""


def events(placed: Iterable[CalendarIncident]) -> list[CalendarIncident]:
    """Return the first entry of each event: tests of chance need what is independent.

    One source does a thing once a day. Of nobody known, entries by people of the same method on
    the same day, or on the day after the last one, are one wave.
    """
    last: dict[tuple[AttackKind, str], int] = {}
    found = []
    for each in placed:
        incident = each.incident
        key = (incident.method, incident.source)
        before, day = last.get(key), 7 * each.week + each.weekday
        gap = 0 if incident.source else WAVE
        if incident.source or not incident.timed:
            last[key] = day
            if before is not None and day - before <= gap:
                continue
        found.append(each)
    return found
