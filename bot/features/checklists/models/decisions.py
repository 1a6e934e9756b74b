"""Decisions of reviews, which checklists ask after until they are done."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from bot.core.permissions import Person
from bot.core.removed_words import Removal


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
    removed: Removal | None = None
    """Who removed its words."""

    @property
    def key(self) -> str:
        """The decision's name in the store; sorts by number."""
        return decision_key(self.number)

    @property
    def label(self) -> str:
        """The decision as people call it: ``D-2``."""
        return f"D-{self.number}"


def decision_key(number: int) -> str:
    """Return the key of the decision with that number."""
    return f"{number:06d}"
