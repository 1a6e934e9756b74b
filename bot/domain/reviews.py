"""The quarterly review: what the quarter showed, and what the team decides to do about it."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from bot.domain.files import Upload
from bot.domain.people import Person


class Point(msgspec.Struct, frozen=True, kw_only=True):
    """A weakness that the quarter showed, with the numbers behind it and a proposal."""

    heading: str
    says: str
    propose: str
    refs: tuple[str, ...] = ()
    """Where it is told: ``C-12``, ``A-3``, ``R-1``."""


class Review(msgspec.Struct, frozen=True, kw_only=True):
    """One quarter, drafted by the machine and decided by people."""

    number: int
    quarter: str
    """``2026 Q4``."""
    since: date
    until: date
    """The last day of the quarter."""
    points: tuple[Point, ...]
    numbers: tuple[tuple[str, str], ...]
    """What the quarter comes to, a label and a value each."""
    made_at: datetime
    file: Upload | None = None
    """The review as a PDF."""
    open: bool = True

    @property
    def key(self) -> str:
        """The review's name in the store; sorts by number."""
        return f"{self.number:06d}"


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
