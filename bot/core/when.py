"""Moments and spans as people say them, in the team's zone."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.core.team import Team

_UNITS = ((86400, "day", "days"), (3600, "h", "h"), (60, "min", "min"), (1, "s", "s"))


def moment(at: datetime, team: Team) -> str:
    """Say when, always with the day: a card is read again next week."""
    local = team.local(at)
    return f"{local.day} {local:%b %H:%M}"


def day(at: datetime, team: Team) -> str:
    """Say on which day: ``6 Dec``."""
    local = team.local(at)
    return f"{local.day} {local:%b}"


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
