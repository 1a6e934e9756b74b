"""A checklist's run: what was asked this time, and what each answer was.

A run keeps its items as they were when it was posted, so a definition may change meanwhile.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

import msgspec

from bot.core.files import Upload
from bot.core.labeled import Duty, LabeledEnum
from bot.core.permissions import Person
from bot.core.removed_words import REMOVED, Removal
from bot.features.checklists.models.definitions import Area, Item, ProofKind


class Answer(LabeledEnum):
    """What somebody said of an item."""

    OPEN = "open", "Not answered"
    UNEXPLAINED = "unexplained", "To be explained"
    """A list was handed in that differs: it is not done until each change is explained."""
    DONE = "done", "Done"
    PROBLEM = "problem", "Problem"
    NOT_OURS = "not-ours", "Not for us"

    @property
    def symbol(self) -> str:
        """A sign that stands before an item's title."""
        return _SYMBOLS[self]

    @property
    def waits(self) -> bool:
        """Tell whether somebody still has to say something."""
        return self in (Answer.OPEN, Answer.UNEXPLAINED)


_SYMBOLS = {
    Answer.OPEN: "☐",
    Answer.UNEXPLAINED: "?",
    Answer.DONE: "✓",
    Answer.PROBLEM: "✗",
    Answer.NOT_OURS: "–",  # noqa: RUF001
}


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """What shows that an item is done; what it holds depends on its kind."""

    kind: ProofKind
    entries: tuple[str, ...] = ()
    """Of a list: its lines, tidied, in order."""
    day: date | None = None
    number: int | None = None
    file: Upload | None = None


class ProofDiff(msgspec.Struct, frozen=True, kw_only=True):
    """How a proof differs from the last one."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    says: str = ""
    """A sentence for people; empty: it does not differ."""
    alarming: bool = False
    """Somebody should look: there is a user whom nobody knew."""

    @property
    def to_explain(self) -> bool:
        """Tell whether people or apps came or went: each is ours, or a problem."""
        return self.alarming and bool(self.names)

    @property
    def names(self) -> tuple[str, ...]:
        """The lines of lists that it tells."""
        return (*self.added, *self.removed)

    @property
    def redacted(self) -> ProofDiff:
        """Return it without these lines; that it differs stays."""
        return ProofDiff(says=REMOVED, alarming=self.alarming) if self.names else self


CHANGED = "changed-"
"""Begins the names of the channel's messages about users or apps that came or went."""


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """An item in a run, and its answer."""

    item: Item
    owner: Person | None = None
    answer: Answer = Answer.OPEN
    at: datetime | None = None
    who: Person | None = None
    proof: Proof | None = None
    diff: ProofDiff | None = msgspec.field(name="drift", default=None)
    case: int | None = None
    """The number of the case about its problem; of an open task: about one of earlier runs."""
    told: tuple[str, ...] = ()
    """The names of the messages that told how its proofs differ."""
    said: tuple[ProofDiff, ...] = ()
    """What the last of these messages told; those of earlier versions come before them."""

    @property
    def diffs(self) -> tuple[ProofDiff, ...]:
        """How its proofs differed: the last one, and those that messages told."""
        return (*([self.diff] if self.diff else []), *self.said)

    @property
    def alarming(self) -> bool:
        """Tell whether its proof differs alarmingly, and nobody explained that since."""
        explained = self.answer is Answer.DONE and any(
            each.startswith(CHANGED) for each in self.told
        )
        return self.diff is not None and self.diff.alarming and not explained

    @property
    def texts(self) -> tuple[str, ...]:
        """What people wrote to show it, how that differed each time, and a file's name."""
        names = self.proof.entries if self.proof else ()
        file = (self.proof.file.name,) if self.proof and self.proof.file else ()
        differs = [line for diff in self.diffs for line in diff.names]
        return (*self.quoted, *names, *differs, *file)

    @property
    def quoted(self) -> tuple[str, ...]:
        """Those of them that reviews quote."""
        return tuple(diff.says for diff in self.diffs if diff.names)

    @property
    def redacted(self) -> Task:
        """Return the task without what people wrote or handed in to show it."""
        if not self.texts:
            return self
        named = self.proof is not None and (self.proof.entries or self.proof.file)
        proof = None if named else self.proof
        said = tuple(diff.redacted for diff in self.said)
        diff = self.diff and self.diff.redacted
        return msgspec.structs.replace(self, proof=proof, diff=diff, said=said)

    def free_for(self, who: Person) -> bool:
        """Tell whether the person is asked: it is theirs, or nobody's."""
        return self.owner is None or self.owner.id == who.id


class Ending(LabeledEnum):
    """Why a run is over."""

    ANSWERED = "answered", "all answered"
    REPLACED = "replaced", "replaced"
    CASE_CLOSED = "case-closed", "its case is closed"


LATE = timedelta(hours=1)
"""A run that is posted later than this says for when it was planned."""


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
    ending: Ending | None = None
    successor: int | None = None
    """The number of the run that replaced it."""
    reminded: int = 0
    due_at: datetime | None = None
    """When to remind next; None: not any more."""
    case: str = ""
    """Of a playbook: the key of the case in whose thread it is."""
    removed: Removal | None = None
    """Who removed what showed that its items are done, where no case tells that."""
    thread: str = ""
    """Of a playbook: the message that heads that thread."""

    @property
    def key(self) -> str:
        """The run's name in the store; sorts by number."""
        return run_key(self.number)

    @property
    def label(self) -> str:
        """The run as messages call it: ``K-12``."""
        return run_label(self.number)

    @property
    def room(self) -> str:
        """The message in whose thread its news go."""
        return self.thread or self.label

    @property
    def late(self) -> bool:
        """Tell whether it was posted later than planned, because nobody ran the program."""
        return self.posted_at - self.planned_at > LATE

    @property
    def left(self) -> tuple[Task, ...]:
        """The tasks that wait for an answer, or for an explanation."""
        return tuple(task for task in self.tasks if task.answer.waits)

    def count(self, answer: Answer) -> int:
        """Return how many tasks were answered like that."""
        return sum(task.answer is answer for task in self.tasks)

    def task(self, id: str) -> Task | None:
        """Return the task on the item of that name."""
        return next((task for task in self.tasks if task.item.id == id), None)

    def next_for(self, who: Person, after: str = "") -> Task | None:
        """Return the first waiting task that the person is asked, behind the item of that name."""
        ids = [task.item.id for task in self.tasks]
        start = ids.index(after) + 1 if after in ids else 0
        waiting = (task for task in self.tasks[start:] if task.answer.waits)
        return next((task for task in waiting if task.free_for(who)), None)


def run_key(number: int) -> str:
    """Return the key of the run with that number."""
    return f"{number:06d}"


def run_label(number: int) -> str:
    """Return what messages call the run with that number."""
    return f"K-{number}"


class ItemStatus(msgspec.Struct, frozen=True, kw_only=True):
    """How an item stands over all runs: what the score, drift and expiry rest on."""

    checklist: str
    item: str
    answer: Answer
    """The last one; open: nobody answered yet, or its problem's case is closed."""
    at: datetime
    who: Person | None = None
    owner: Person | None = None
    """Who took it, and is asked before the holder of the duty."""
    expires_at: datetime | None = None
    """When 'done' counts no more, or when 'not for us' is asked again."""
    proof: Proof | None = None
    """The last one that was given."""
    case: int | None = None
    """The case about its problem, until somebody says that the item is done."""
    since: datetime | None = None
    """Of a problem: when it was first told."""

    @property
    def key(self) -> str:
        """The status's name in the store."""
        return item_status_key(self.checklist, self.item)


def item_status_key(checklist: str, item: str) -> str:
    """Return the key of an item's status."""
    return f"{checklist}/{item}"
