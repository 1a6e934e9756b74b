"""Letters that a person sends: to Amazon's support, or to a buyer. The machine sends none."""

from __future__ import annotations

import enum
from collections.abc import Collection
from datetime import date, datetime, timedelta

import msgspec

from bot.core.labeled import LabeledEnum
from bot.core.permissions import Person
from bot.core.reminding import later, put_off
from bot.core.removed_words import REMOVED, Removal
from bot.errors import UserError
from bot.features.letters.models.buyer_messages import First, Remedy, Situation
from bot.features.letters.models.support_requests import SupportMatter


class LetterKind(enum.StrEnum):
    """Whom it goes to."""

    SUPPORT = "support"
    BUYER = "buyer"

    @property
    def label(self) -> str:
        """The addressee as people read it."""
        return "Amazon's support" if self is LetterKind.SUPPORT else "A buyer"

    @property
    def inside(self) -> str:
        """The addressee as it stands inside a sentence."""
        return self.label if self is LetterKind.SUPPORT else "a buyer"


class LetterState(LabeledEnum):
    """How far a letter is."""

    READY = "ready", "Ready to send"
    SENT = "sent", "Sent, no answer yet"
    ANSWERED = "answered", "Answered"
    DROPPED = "dropped", "Discarded"


class Outcome(LabeledEnum):
    """What Amazon's support said."""

    SOLVED = "solved", "Solved"
    WANTED = "more-wanted", "They want more from us"
    REFUSED = "refused", "Refused"

    @property
    def advice(self) -> str:
        """Say what comes next."""
        return _NEXT[self]


_NEXT = {
    Outcome.SOLVED: "Nothing more to do.",
    Outcome.WANTED: "Send what they asked for in the same Amazon case.",
    Outcome.REFUSED: "Write again with what was missing, and include this case ID.",
}


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """A text that passed its lint. It holds no name, address or phone number of a buyer."""

    number: int
    kind: LetterKind
    situation: str
    """The name of what it is about, such as ``counterfeit-received``."""
    text: str
    language: str = "en"
    english: str = ""
    """What its template says in English, if the text is in another language; never sent."""
    order: str = ""
    """To a buyer: the order's ID."""
    ordered_on: date | None = None
    first: First = First.SELLER
    """To a buyer: who wrote first."""
    remedy: Remedy | None = None
    """To a buyer: what is offered; None: not known."""
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
    outcome: Outcome | None = None
    """What Amazon's support said last."""
    words: str = ""
    """The same in its own words."""
    removed: Removal | None = None
    """Who removed its words."""

    @property
    def texts(self) -> tuple[str, ...]:
        """What people wrote: the letter, and Amazon's own words."""
        return tuple(each for each in (self.text, self.words) if each not in ("", REMOVED))

    @property
    def key(self) -> str:
        """The letter's name in the store; sorts by number."""
        return letter_key(self.number)

    @property
    def label(self) -> str:
        """The letter as people call it: ``L-4``."""
        return f"L-{self.number}"

    @property
    def about(self) -> str:
        """What it is about, as people read it."""
        named = SupportMatter if self.kind is LetterKind.SUPPORT else Situation
        return named(self.situation).label


ANSWER_WITHIN = timedelta(days=2)
"""So long Amazon's support is given before the team is asked."""
MORE_WITHIN = timedelta(days=1)
"""So long the team is given to send what Amazon wants."""


def require_ready(letter: Letter) -> None:
    """Refuse to change what was sent or dropped. Raises UserError, saying how it is."""
    _require(letter, {LetterState.READY}, "changed")


def edit(letter: Letter, text: str) -> Letter:
    """Change the text, as long as nobody sent it."""
    require_ready(letter)
    return msgspec.structs.replace(letter, text=text)


def send(letter: Letter, at: datetime, ticket: str = "") -> Letter:
    """Note that a person sent it; Amazon's case ID may follow. To a buyer it is over with that."""
    support = letter.kind is LetterKind.SUPPORT
    states = {LetterState.READY, LetterState.SENT} if support else {LetterState.READY}
    _require(letter, states, "sent")
    sent = msgspec.structs.replace(
        letter,
        state=LetterState.SENT,
        sent_at=letter.sent_at or at,
        # A form that was opened before the ID was known must not wipe it out.
        ticket=ticket or letter.ticket,
        open=support,
    )
    return _scheduled(sent, at) if letter.state is LetterState.READY and support else sent


def answer(letter: Letter, at: datetime, outcome: Outcome, words: str = "") -> Letter:
    """Note what Amazon's support said; if they want more, the letter stays open."""
    _require(letter, {LetterState.SENT}, "answered")
    answered = msgspec.structs.replace(letter, outcome=outcome, words=words)
    if outcome is Outcome.WANTED:
        return _scheduled(answered, at)
    return msgspec.structs.replace(
        answered, state=LetterState.ANSWERED, open=False, due_at=None, reminded=0
    )


def drop(letter: Letter) -> Letter:
    """Be done with it without an answer."""
    if not letter.open:
        raise _late(letter, "discarded")
    return msgspec.structs.replace(letter, state=LetterState.DROPPED, open=False, due_at=None)


def require_redactable(letter: Letter) -> None:
    """Refuse to take the text out of what is still to be sent. Raises UserError."""
    if letter.state is LetterState.READY:
        message = (
            f"{letter.label} has not been sent yet. Type /letters {letter.label} and press "
            "'Edit text', or discard the letter, then redact it."
        )
        raise UserError(message)


def redact(letter: Letter, removal: Removal) -> Letter:
    """Take out its text and Amazon's words. Raises UserError: it is still to be sent."""
    require_redactable(letter)
    return msgspec.structs.replace(
        letter, text=REMOVED, english="", words=letter.words and REMOVED, removed=removal
    )


def remind(letter: Letter, at: datetime) -> Letter:
    """Note that the team was reminded, and when it is to be again."""
    reminded = msgspec.structs.replace(letter, reminded=letter.reminded + 1)
    return msgspec.structs.replace(reminded, due_at=_due(reminded, at))


def question(letter: Letter) -> str:
    """Say what is to be done about it, as it stands."""
    if letter.state is LetterState.READY:
        return "This letter has not been sent yet. Send it, then press 'I sent it'."
    if letter.outcome is not None:
        return letter.outcome.advice
    if letter.open:
        return "Has Amazon answered? Check the page where you sent it, and your email."
    return "Nothing more to do."


def waits(letter: Letter, now: datetime) -> bool:
    """Tell whether somebody should look after it: it is not sent, or its answer is due."""
    ready = letter.state is LetterState.READY
    return letter.open and (ready or (letter.due_at is not None and letter.due_at <= now))


def brought_forward(letter: Letter, at: datetime) -> Letter | None:
    """Return the letter as if it was sent now; None where no clock was ahead."""
    anew = _due(letter, at)
    return msgspec.structs.replace(letter, due_at=anew) if put_off(letter.due_at, anew) else None


def _scheduled(letter: Letter, at: datetime) -> Letter:
    fresh = msgspec.structs.replace(letter, reminded=0)
    return msgspec.structs.replace(fresh, due_at=_due(fresh, at))


def _due(letter: Letter, at: datetime) -> datetime:
    first = MORE_WITHIN if letter.outcome is Outcome.WANTED else ANSWER_WITHIN
    return later(at, first, letter.reminded)


def _require(letter: Letter, states: Collection[LetterState], done: str) -> None:
    if letter.state not in states:
        raise _late(letter, done)


def _late(letter: Letter, done: str) -> UserError:
    state = letter.state.label
    return UserError(
        f"{letter.label} can't be {done} now. Its status is '{state}'. Type "
        f"/letters {letter.label} to open it."
    )


def answer_told(letter: Letter) -> str:
    """Return what an entry of its case begins with that tells what Amazon's support said."""
    return f"Amazon's support on {letter.label}: "


def letter_key(number: int) -> str:
    """Return the key of a letter."""
    return f"{number:06d}"
