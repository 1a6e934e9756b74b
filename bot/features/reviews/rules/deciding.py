"""Deciding a point of a review: what is done, by whom, and until when."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec

from bot.errors import UserError

ME = "me"
"""The owner who is whoever decides."""
DUE_IN = timedelta(days=28)
"""The day that is proposed for a decision."""
A_YEAR = timedelta(days=365)


class DecisionInput(msgspec.Struct, frozen=True, kw_only=True):
    """What a person decides."""

    what: str
    owner: str
    """``ME``, or the duty of who does it."""
    until: date
    today: date
    """In the team's zone, when it was asked."""

    @property
    def due(self) -> date:
        """The day when it comes back. Raises UserError."""
        if self.until < self.today:
            message = "That day is in the past. Choose a later day."
            raise UserError(message)
        if self.until > self.today + A_YEAR:
            message = "Choose a day within a year."
            raise UserError(message)
        return self.until
