"""When something that recurs comes next, whatever the clock does, and what a restart must know."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import msgspec

from bot.core.clocks import PARTED

Following = Callable[[datetime], datetime]
"""Returns the first moment of a cadence after another one."""


def ahead(agenda: ChecklistSchedule, now: datetime) -> bool:
    """Tell whether the agenda was counted by a clock that was ahead, or nobody knows when."""
    return agenda.counted_at is None or agenda.counted_at - now > PARTED


def recounted(agenda: ChecklistSchedule, now: datetime, following: Following) -> ChecklistSchedule:
    """Return the agenda as counted from now, so that no moment is left out.

    What was posted already, because the clock was ahead, does not come again.
    """
    coming = following(now)
    if coming == agenda.last_at:
        coming = following(coming)
    next_at = min(agenda.next_at, coming)
    return msgspec.structs.replace(agenda, next_at=next_at, counted_at=now)


def latest(first: datetime, now: datetime, following: Following) -> tuple[datetime, datetime]:
    """Return the last moment that has come, and the first that has not.

    ``first`` has come. What lies between was missed: one run makes up for all of it.
    """
    planned = first
    while (coming := following(planned)) <= now:
        planned = coming
    return planned, coming


class ChecklistSchedule(msgspec.Struct, frozen=True, kw_only=True):
    """When a checklist comes next, so that a restart finds its place in the calendar."""

    checklist: str
    cadence: str
    zone: str
    """The cadence and the zone that ``next_at`` was counted with."""
    next_at: datetime
    run: int | None = None
    """The number of the run that was posted last; the next one replaces it if it is open."""
    last_at: datetime | None = None
    """The moment of the cadence that was posted last: it never comes twice."""
    counted_at: datetime | None = None
    """When ``next_at`` was counted; if that is yet to come, the clock was ahead."""
