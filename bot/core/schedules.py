"""When something comes again, so that a restart finds its place in the calendar."""

from __future__ import annotations

from datetime import datetime

import msgspec


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
