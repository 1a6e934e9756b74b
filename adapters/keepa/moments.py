"""Keepa's moments: minutes since the beginning of 2011 (source: its documentation)."""

from __future__ import annotations

from datetime import UTC, datetime

EPOCH = 21_564_000
"""Minutes from 1970 to Keepa's beginning."""
LATEST = 46_000_000
"""Behind the year 2098, a moment is nonsense."""


def moment_of(minutes: int | None) -> datetime | None:
    """Return a moment; None where there is none, or none that can be true."""
    if minutes is None or not 0 < minutes < LATEST:
        return None
    return datetime.fromtimestamp((minutes + EPOCH) * 60, UTC)


def minutes_of(at: datetime) -> int:
    """Return a moment as Keepa writes it."""
    return int(at.timestamp()) // 60 - EPOCH
