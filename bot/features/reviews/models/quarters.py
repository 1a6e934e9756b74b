"""Quarters of a year, as a team lives them: in its own zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec

MONTHS, QUARTERS = 3, 4


class Quarter(msgspec.Struct, frozen=True):
    """Three months of a year; ``number`` is 1 to 4."""

    year: int
    number: int

    def __str__(self) -> str:
        """Return it for people: ``2026 Q4``."""
        return f"{self.year} Q{self.number}"

    @property
    def since(self) -> date:
        """The first day."""
        return date(self.year, MONTHS * self.number - MONTHS + 1, 1)

    @property
    def until(self) -> date:
        """The last day."""
        return self.following.since - timedelta(days=1)

    @property
    def following(self) -> Quarter:
        """The quarter after it."""
        return self._later(1)

    @property
    def before(self) -> Quarter:
        """The quarter before it."""
        return self._later(-1)

    def begins(self, zone: ZoneInfo) -> datetime:
        """Return the moment at which it begins there, in UTC."""
        return datetime.combine(self.since, time(), zone).astimezone(UTC)

    def _later(self, quarters: int) -> Quarter:
        year, place = divmod(QUARTERS * self.year + self.number - 1 + quarters, QUARTERS)
        return Quarter(year, place + 1)


def quarter_of(day: date) -> Quarter:
    """Return the quarter that the day lies in."""
    return Quarter(day.year, (day.month + MONTHS - 1) // MONTHS)


class Span(msgspec.Struct, frozen=True, kw_only=True):
    """What a review looks at: a quarter, or as much of it as is over."""

    quarter: Quarter
    begins: datetime
    ends: datetime
    """The moment that is not part of it any more."""
    until: date
    """The last day of it."""

    whole: bool
    """The quarter is over."""

    def __contains__(self, moment: datetime | None) -> bool:
        """Tell whether it happened then."""
        return moment is not None and self.begins <= moment < self.ends


def span_of(quarter: Quarter, now: datetime, zone: ZoneInfo) -> Span:
    """Return the quarter as far as it is over."""
    end = quarter.following.begins(zone)
    until = min(now.astimezone(zone).date(), quarter.until)
    return Span(
        quarter=quarter,
        begins=quarter.begins(zone),
        ends=min(now, end),
        until=until,
        whole=end <= now,
    )
