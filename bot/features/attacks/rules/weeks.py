"""Weeks, weekdays and hours as a team lives them: in its own zone, whatever clocks change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, tzinfo
from operator import attrgetter

import msgspec

from bot.features.attacks.models import Incident

DAYS = 7
HOURS = 24
_WEEK = 7 * 24 * 3600
"""Seconds."""


class CalendarIncident(msgspec.Struct, frozen=True, gc=False):
    """An incident in the team's calendar. There may be many, and none holds a cycle."""

    incident: Incident
    week: int
    """The number of its week, from Monday on; see ``monday``."""
    weekday: int
    """0 is Monday."""
    hour: int | None
    """None where only the day is known."""


def in_order(incidents: Iterable[Incident]) -> list[Incident]:
    """Return the incidents in the order of time, those of one moment by where they are told.

    Each week is sorted for itself: no single step takes long, however many there are, so that in
    a thread it lets others have their turn.
    """
    weeks: defaultdict[int, list[Incident]] = defaultdict(list)
    for each in incidents:
        weeks[int(each.at.timestamp() // _WEEK)].append(each)
    order = attrgetter("at", "ref")
    return [each for week in sorted(weeks) for each in sorted(weeks[week], key=order)]


def placed(incidents: Iterable[Incident], now: datetime, zone: tzinfo) -> list[CalendarIncident]:
    """Return what happened until now, in the order in which it came."""
    return [_placed(each, each.at.astimezone(zone)) for each in incidents if each.at <= now]


def week_of(day: date) -> int:
    """Return the number of the day's week; weeks begin on Monday and follow one another."""
    return (day.toordinal() - 1) // DAYS


def monday(week: int) -> date:
    """Return the first day of the week with that number."""
    return date.fromordinal(DAYS * week + 1)


def _placed(incident: Incident, local: datetime) -> CalendarIncident:
    hour = local.hour if incident.timed else None
    return CalendarIncident(incident, week_of(local), local.weekday(), hour)
