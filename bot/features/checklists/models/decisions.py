"""Decisions of reviews, which checklists ask after until they are done."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from bot.core.permissions import Person


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """What the team decided to do, by whom and until when; it comes back as a checklist's item."""

    number: int
    review: str
    """The review's key."""
    text: str
    owner: Person
    due: date
    decided_by: Person
    decided_at: datetime
    done_at: datetime | None = None
    run: int | None = None
    """The run in which it was asked."""
    open: bool = True

    @property
    def key(self) -> str:
        """The decision's name in the store; sorts by number."""
        return f"{self.number:06d}"
