"""Quiet on a case, as a person asks for it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec

from bot.core.team import Team
from bot.errors import UserError

LONGEST = timedelta(days=90)
"""Quiet for longer is forgetting; close the case instead."""


class SnoozeInput(msgspec.Struct, frozen=True, kw_only=True):
    """Which case is to be quiet, and for how long: some hours, or until a day."""

    case: str
    """Its key."""
    hours: int | None = None
    """None: until the day."""
    day: date | None = None
    today: date | None = None
    """The team's day on which it was asked for."""

    @property
    def last_day(self) -> date:
        """The day on which it reports back. Raises UserError: it may not be chosen."""
        if self.day is None or self.today is None:
            message = "Choose a day."
            raise UserError(message)
        if not timedelta() < self.day - self.today <= LONGEST:
            latest = self.today + LONGEST
            message = f"Choose a day after {self.today}, and no later than {latest}."
            raise UserError(message)
        return self.day

    def until(self, now: datetime, team: Team) -> datetime:
        """Return when it reports back; of a day, in the morning. Raises UserError."""
        if self.hours is not None:
            return now + timedelta(hours=self.hours)
        morning = datetime.combine(self.last_day, time(team.digest_hour), ZoneInfo(team.zone))
        return morning.astimezone(UTC)
