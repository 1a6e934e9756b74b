"""A checklist's run: what was asked this time, and what each answer was.

A run keeps its items as they were when it was posted, so a definition may change meanwhile.
"""

from __future__ import annotations

import enum
from datetime import date, datetime

import msgspec

from bot.domain.checklists.definitions import Area, Duty, Item, ProofKind
from bot.domain.files import Upload
from bot.domain.people import Person


class Answer(enum.StrEnum):
    """What somebody said of an item."""

    OPEN = "open"
    DONE = "done"
    PROBLEM = "problem"
    NOT_OURS = "not-ours"

    @property
    def label(self) -> str:
        """The answer as people read it."""
        return _ANSWERS[self]

    @property
    def symbol(self) -> str:
        """A sign that stands before an item's title."""
        return _SYMBOLS[self]


_ANSWERS = {
    Answer.OPEN: "Not answered",
    Answer.DONE: "Done",
    Answer.PROBLEM: "Problem",
    Answer.NOT_OURS: "Not for us",
}
_SYMBOLS = {Answer.OPEN: "☐", Answer.DONE: "✓", Answer.PROBLEM: "✗", Answer.NOT_OURS: "–"}  # noqa: RUF001


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """What shows that an item is done; what it holds depends on its kind."""

    kind: ProofKind
    entries: tuple[str, ...] = ()
    """Of a list: its lines, tidied, in order."""
    day: date | None = None
    number: int | None = None
    file: Upload | None = None


class Drift(msgspec.Struct, frozen=True, kw_only=True):
    """How a proof differs from the last one."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    says: str = ""
    """A sentence for people; empty: it does not differ."""
    alarming: bool = False
    """Somebody should look: there is a user whom nobody knew."""


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """An item in a run, and its answer."""

    item: Item
    owner: Person | None = None
    answer: Answer = Answer.OPEN
    at: datetime | None = None
    who: Person | None = None
    proof: Proof | None = None
    drift: Drift | None = None
    case: int | None = None
    """The number of the case about its problem."""


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """One time that a checklist is asked."""

    number: int
    checklist: str
    title: str
    area: Area
    duty: Duty
    planned_at: datetime
    """The moment of its cadence; it may be posted later, after quiet hours or a stop."""
    posted_at: datetime
    tasks: tuple[Task, ...]
    open: bool = True
    closed_at: datetime | None = None
    reminded: int = 0
    due_at: datetime | None = None
    """When to remind next."""
    case: str = ""
    """Of a playbook: the key of the case in whose thread it is."""

    @property
    def key(self) -> str:
        """The run's name in the store; sorts by number."""
        return run_key(self.number)

    @property
    def label(self) -> str:
        """The run as messages call it: ``K-12``."""
        return f"K-{self.number}"

    @property
    def left(self) -> tuple[Task, ...]:
        """The tasks that nobody answered yet."""
        return tuple(task for task in self.tasks if task.answer is Answer.OPEN)

    def task(self, id: str) -> Task | None:
        """Return the task on the item of that name."""
        return next((task for task in self.tasks if task.item.id == id), None)


def run_key(number: int) -> str:
    """Return the key of the run with that number."""
    return f"{number:06d}"


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """How an item stands over all runs: what the score, drift and expiry rest on."""

    checklist: str
    item: str
    answer: Answer
    at: datetime
    who: Person | None = None
    owner: Person | None = None
    """Who answered last time is asked next time."""
    expires_at: datetime | None = None
    """When 'done' counts no more."""
    proof: Proof | None = None
    """The last one that was given."""
    case: int | None = None
    """The case about its problem, as long as it is not solved."""
    since: datetime | None = None
    """Of a problem: when it was first told."""

    @property
    def key(self) -> str:
        """The standing's name in the store."""
        return standing_key(self.checklist, self.item)


def standing_key(checklist: str, item: str) -> str:
    """Return the key of an item's standing."""
    return f"{checklist}/{item}"


class Agenda(msgspec.Struct, frozen=True, kw_only=True):
    """When a checklist comes next, so that a restart finds its place in the calendar."""

    checklist: str
    cadence: str
    zone: str
    """The cadence and the zone that ``next_at`` was counted with; others count it anew."""
    next_at: datetime
