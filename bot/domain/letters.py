"""Letters that a person sends: to Amazon's support, or to a buyer. The machine sends none."""

from __future__ import annotations

import enum
from datetime import date, datetime

import msgspec

from bot.domain.people import Person


class LetterKind(enum.StrEnum):
    """Whom it goes to."""

    SUPPORT = "support"
    BUYER = "buyer"

    @property
    def label(self) -> str:
        """The addressee as people read it."""
        return "Amazon's support" if self is LetterKind.SUPPORT else "A buyer"


class LetterState(enum.StrEnum):
    """How far a letter is."""

    READY = "ready"
    SENT = "sent"
    ANSWERED = "answered"
    DROPPED = "dropped"

    @property
    def label(self) -> str:
        """The state as people read it."""
        return _STATES[self]


_STATES = {
    LetterState.READY: "Ready to be sent",
    LetterState.SENT: "Sent, no answer yet",
    LetterState.ANSWERED: "Answered",
    LetterState.DROPPED: "Dropped",
}


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """A text that passed its lint. It holds no name, address or phone number of a buyer."""

    number: int
    kind: LetterKind
    situation: str
    """The name of what it is about, such as ``counterfeit-received``."""
    text: str
    language: str = "en"
    order: str = ""
    """To a buyer: the order's ID."""
    ordered_on: date | None = None
    case: str = ""
    """The key of the case that it belongs to; empty if to none."""
    written_by: Person
    written_at: datetime
    state: LetterState = LetterState.READY
    sent_at: datetime | None = None
    ticket: str = ""
    """Amazon's case ID, once it is known."""
    due_at: datetime | None = None
    """When to ask what became of it."""
    reminded: int = 0
    open: bool = True

    @property
    def key(self) -> str:
        """The letter's name in the store; sorts by number."""
        return f"{self.number:06d}"

    @property
    def label(self) -> str:
        """The letter as people call it: ``L-4``."""
        return f"L-{self.number}"


class Remark(msgspec.Struct, frozen=True, kw_only=True):
    """What speaks against a letter: the rule by its name, what is wrong, and what to do."""

    rule: str
    """The rule that it breaks, in the words of who made it."""
    says: str
    stops: bool = True
    """It may not be sent like this; else it is advice."""
