"""What changed: the last four weeks beside the four weeks before."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from bot.core.labeled import AttackKind
from bot.features.attacks.rules import chance
from bot.features.attacks.rules.counts import CLEAR
from bot.features.attacks.rules.weeks import CalendarIncident

MONTH = timedelta(days=28)
"""Four weeks, so that every weekday is in it as often."""
FEWEST = 6
"""Below so many in both not even 'all of them in one' would be a difference."""


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """How many there were in the last four weeks, and in the four weeks before."""

    now: int
    before: int
    known: bool = True
    """The record is old enough to have seen both."""
    method: AttackKind | None = None
    """None: of all methods together."""

    @property
    def chance(self) -> float:
        """How likely they differ at least so much while nothing changed."""
        return chance.of_change(self.now, self.before)

    @property
    def few(self) -> bool:
        """Tell whether there are too few to say anything."""
        return self.now + self.before < FEWEST

    @property
    def clear(self) -> bool:
        """Tell whether it is more than chance explains."""
        return self.known and self.chance < CLEAR


def change(incidents: Sequence[CalendarIncident], now: datetime) -> Change:
    """Compare two months of a record, which begins with its first incident."""
    recent, before = _months(incidents, now)
    known = bool(incidents) and incidents[0].incident.at <= now - 2 * MONTH
    return Change(now=len(recent), before=len(before), known=known)


def method_changes(incidents: Sequence[CalendarIncident], now: datetime) -> tuple[Change, ...]:
    """Return the methods whose own change is clear, the clearest first (Bonferroni over all)."""
    recent, before = _months(incidents, now)
    changes = [
        Change(now=recent.count(method), before=before.count(method), method=method)
        for method in AttackKind
    ]
    clear = [each for each in changes if len(AttackKind) * each.chance < CLEAR]
    return tuple(sorted(clear, key=lambda each: each.chance))


def _months(
    incidents: Sequence[CalendarIncident], now: datetime
) -> tuple[list[AttackKind], list[AttackKind]]:
    """Return the methods of the last month's incidents, and of those of the month before."""
    earlier, later, end = (
        bisect_right(incidents, now - months * MONTH, key=_at) for months in (2, 1, 0)
    )
    methods = [each.incident.method for each in incidents[earlier:end]]
    return methods[later - earlier :], methods[: later - earlier]


def _at(placed: CalendarIncident) -> datetime:
    return placed.incident.at
