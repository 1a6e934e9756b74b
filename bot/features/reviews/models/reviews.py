"""The quarterly review: what the quarter showed, and what the team decides to do about it."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from bot.core.files import Upload
from bot.core.permissions import Person
from bot.core.removed_words import Removal

REVIEW = "review"
"""The kind of the job that makes one; its reference is the quarter, or that it runs."""


class Point(msgspec.Struct, frozen=True, kw_only=True):
    """A weakness that the quarter showed, with the numbers behind it and a proposal."""

    heading: str
    says: str
    propose: str
    refs: tuple[str, ...] = ()
    """Where it is told: ``C-12``, ``A-3``, ``R-1``."""
    quotes: tuple[str, ...] = ()
    """Labels of what it quotes words of people from: ``D-2``, ``K-1``, ``A-3``."""
    decision: int | None = None
    """The number of the decision about it."""
    left: str = ""
    """Why the team left it alone; empty: it did not."""
    left_by: Person | None = None
    removed: Removal | None = None
    """Who removed the words why it was left alone."""
    urgent: bool = False
    """It cannot wait: shown in red."""

    @property
    def open(self) -> bool:
        """Tell whether nobody has decided about it."""
        return self.decision is None and not self.left


class Earlier(msgspec.Struct, frozen=True, kw_only=True):
    """What was decided before, and what became of it until the review was made."""

    decision: str = ""
    """Its label; empty: an earlier version made the review."""
    text: str
    owner: str
    due: date
    done_on: date | None = None


class Review(msgspec.Struct, frozen=True, kw_only=True):
    """One quarter, drafted by the machine and decided by people."""

    number: int
    quarter: str
    """``2026 Q4``; of a running one ``2026 Q4 so far``."""
    since: date
    until: date
    """The last day of the quarter; of a running one, the last day that it looked at."""
    points: tuple[Point, ...]
    numbers: tuple[tuple[str, str], ...]
    """What the quarter comes to, a label and a value each."""
    unseen: tuple[str, ...] = ()
    """What nobody looked at, or could not, a sentence each."""
    earlier: tuple[Earlier, ...] = ()
    made_at: datetime
    file: Upload | None = None
    """The review as a PDF."""
    open: bool = True
    """Some of its points are undecided."""
    removed: Removal | None = None
    """Who removed words that it quoted; its PDF went with them."""
    simulated: bool = False
    """What it tells comes from a simulated marketplace."""

    @property
    def key(self) -> str:
        """The review's name in the store; sorts by number."""
        return f"{self.number:06d}"

    @property
    def undecided(self) -> int:
        """How many points nobody has decided about."""
        return sum(point.open for point in self.points)


class PlacedPoint(msgspec.Struct, frozen=True):
    """A point, and its place in the review, from 0."""

    review: Review
    place: int

    @property
    def point(self) -> Point:
        """The point itself."""
        return self.review.points[self.place]

    @property
    def name(self) -> str:
        """What is typed for this one alone."""
        return f"review {self.review.number} {self.place + 1}"
