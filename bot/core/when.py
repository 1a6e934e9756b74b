"""Moments and spans as people say them, in the team's zone."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot.core.interface import tr, tr_data
from bot.core.team import Team

_UNITS = ((86400, "day", "days"), (3600, "h", "h"), (60, "min", "min"), (1, "s", "s"))


MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
FULL_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def moment(at: datetime, team: Team) -> str:
    """Say when, always with the day: a card is read again next week."""
    local = team.local(at)
    month, time = month_of(local), f"{local:%H:%M}"
    return tr("{day} {month} {time}", day=local.day, month=month, time=time)


def in_utc(at: datetime) -> str:
    """Say when, for readers whose time zone is not known: ``6 Dec 09:30 UTC``."""
    return f"{moment(at, Team())} UTC"


def day(at: datetime, team: Team) -> str:
    """Say on which day: ``6 Dec``."""
    return day_in_year(team.local(at))


def day_in_year(local: date) -> str:
    """Say a day that is not far away: ``6 Dec``."""
    return tr("{day} {month}", day=local.day, month=month_of(local))


def whole_day(local: date) -> str:
    """Say a day with its year: ``6 Dec 2026``."""
    return tr("{day} {month} {year}", day=local.day, month=month_of(local), year=local.year)


def month_of(local: date) -> str:
    """Say the month: ``Dec``."""
    return tr_data(MONTHS[local.month - 1])


def weekday_of(local: date) -> str:
    """Say the day of the week: ``Monday``."""
    return tr_data(WEEKDAYS[local.weekday()])


def day_of(end: datetime, team: Team) -> str:
    """Say the last day before a moment, as a date in the team's zone."""
    return (team.local(end) - timedelta(microseconds=1)).date().isoformat()


def span(length: timedelta) -> str:
    """Say how long in its largest unit: ``12 s``, ``5 min``, ``3 h``, ``2 days``."""
    seconds = max(0, int(length.total_seconds()))
    for size, one, many in _UNITS:
        count = seconds // size
        if count:
            return f"{count} {one if count == 1 else many}"
    return "0 s"


MINUTES_UP_TO = timedelta(hours=3)
"""Longer times are told in hours."""


def rough(length: timedelta) -> str:
    """Say about how long something takes: ``45 s``, ``84 min``, ``14 h``."""
    if length < timedelta(minutes=1):
        return f"{round(length.total_seconds())} s"
    if length < MINUTES_UP_TO:
        return f"{round(length / timedelta(minutes=1))} min"
    return f"{round(length / timedelta(hours=1))} h"


def ago(at: datetime | None, now: datetime) -> str:
    """Say how long ago: ``just now``, ``5 min ago`` or ``never``."""
    if at is None:
        return "never"
    if now - at < timedelta(seconds=2):
        return "just now"
    return f"{span(now - at)} ago"
