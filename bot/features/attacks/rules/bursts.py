"""Bursts: weeks with more incidents than their past makes likely, by a stated test."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Set

from bot.core.labeled import AttackKind
from bot.features.attacks.models import Burst
from bot.features.attacks.rules import chance
from bot.features.attacks.rules.events import events
from bot.features.attacks.rules.weeks import CalendarIncident, monday

LEAST_PAST = 8
"""Weeks of the past without which nobody can tell what is usual."""
MOST_PAST = 52
"""Weeks of the past that are looked at."""
FALSE_ALARMS = 0.05
"""So many bursts that are none are expected in a year at the most: one in twenty years."""
SERIES: tuple[AttackKind | None, ...] = (None, *AttackKind)
"""What is tested every week: all incidents, and those of each method."""
ALPHA = FALSE_ALARMS / (52 * len(SERIES))
"""A week is a burst when chance alone is less likely than this (Bonferroni over all tests of a
year)."""


def bursts(
    incidents: list[CalendarIncident], since: int, until: int, explained: Set[str]
) -> tuple[Burst, ...]:
    """Return the bursts from week ``since`` to week ``until``, the latest first.

    A week is compared with at most 52 weeks before it, at least 8, from the first incident on.
    What is ``explained`` by a campaign is not counted in the week itself; in the past it is, so
    that nothing is found only because of what was left out. All incidents together are a burst
    only where no method is one. The last week may not be over: then it can only have too few.
    """
    if not incidents:
        return ()
    log = _Log(incidents, since, explained)
    first = max(since, log.began + LEAST_PAST)
    return tuple(burst for week in range(until, first - 1, -1) for burst in log.bursts(week))


class _Log:
    """Counts by method and week."""

    def __init__(self, incidents: list[CalendarIncident], since: int, explained: Set[str]) -> None:
        self.began = incidents[0].week
        self._tested = [
            each for each in incidents if each.week >= since and each.incident.ref not in explained
        ]
        self._past = _counted(incidents)
        self._counts = _counted(self._tested)

    def bursts(self, week: int) -> list[Burst]:
        """Return the bursts of a week."""
        found = [burst for series in SERIES if (burst := self._test(series, week))]
        methods = [burst for burst in found if burst.method is not None]
        return methods or found

    def _test(self, series: AttackKind | None, week: int) -> Burst | None:
        weeks = min(MOST_PAST, week - self.began)
        past = sum(self._past.get((series, earlier), 0) for earlier in range(week - weeks, week))
        count = self._counts.get((series, week), 0)
        likely = chance.of_weeks(count, past, weeks)
        if likely >= ALPHA:
            return None
        here = self._here(series, week)
        separate = len(events(here))
        return Burst(
            method=series,
            monday=monday(week),
            count=count,
            past=past,
            weeks=weeks,
            chance=likely,
            refs=tuple(each.incident.ref for each in here),
            events=separate,
            separate=chance.of_weeks(separate, past, weeks) < ALPHA,
        )

    def _here(self, series: AttackKind | None, week: int) -> list[CalendarIncident]:
        return [
            each
            for each in self._tested
            if each.week == week and series in (None, each.incident.method)
        ]


def _counted(incidents: Iterable[CalendarIncident]) -> dict[tuple[AttackKind | None, int], int]:
    """Count by method and week, and all methods of a week together under None."""
    methods = Counter((each.incident.method, each.week) for each in incidents)
    counts: Counter[tuple[AttackKind | None, int]] = Counter()
    for (method, week), count in methods.items():
        counts[method, week] += count
        counts[None, week] += count
    return counts
