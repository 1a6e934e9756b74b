"""Time zones to which a team can move in a test without a checklist's time being skipped."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core.team import WORK_FROM

ZONES = ("UTC", *(f"Etc/GMT{hours:+d}" for hours in range(-14, 13) if hours))
"""UTC, where a team begins, and one for every other hour of the clock."""


def zones_of_this_week(now: datetime) -> list[str]:
    """Return the zones in which it is the same week and month as in UTC.

    Both begin at the hour at which checklists come. Where it is Monday noon while it is Sunday in
    UTC, the week's checklist comes as soon as the team has moved there, beside the test's own.
    """
    here = _span(now, "UTC")
    return [zone for zone in ZONES if _span(now, zone) == here]


def _span(now: datetime, zone: str) -> tuple[int, int, int]:
    shifted = now.astimezone(ZoneInfo(zone) if zone != "UTC" else UTC) - timedelta(hours=WORK_FROM)
    year, week, _ = shifted.isocalendar()
    return year, week, shifted.month
