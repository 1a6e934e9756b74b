"""When a team is at work: Monday to Friday, in the hours of its own time zone."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from bot.core.team import Team

WORK_FROM, WORK_TO = 9, 18
"""Hours of the team's day in which it is reminded, Monday to Friday."""
SATURDAY = 5


def at_work(team: Team, now: datetime) -> bool:
    """Tell whether the team is at work, in its own time zone."""
    in_hours = time(WORK_FROM) <= team.local(now).time() < time(WORK_TO)
    return in_hours and is_work_day(team, now) and team.quiet_until(now) is None


def is_work_day(team: Team, now: datetime) -> bool:
    """Tell whether it is Monday to Friday in the team's time zone."""
    return team.local(now).weekday() < SATURDAY


def work_days_later(team: Team, at: datetime, days: int) -> datetime:
    """Return the same time on the team's wall so many work days later, in UTC."""
    local = team.local(at)
    day = local.date()
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < SATURDAY
    return datetime.combine(day, local.time(), local.tzinfo).astimezone(UTC)
