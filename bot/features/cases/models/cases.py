"""Cases: the work item that a finding opens, and its timeline."""

from __future__ import annotations

import enum
from datetime import datetime, timedelta

import msgspec

from bot.core.files import Upload
from bot.core.findings import Fact, Severity
from bot.core.interface import tr
from bot.core.labeled import LabeledEnum
from bot.core.money import Money
from bot.core.permissions import Person
from bot.core.removed_words import REMOVED
from bot.errors import UserError
from bot.features.cases.models.signals import Affected, Lead, Signal
from bot.features.cases.models.tally import Tally


class CloseReason(LabeledEnum):
    """Why a case was closed."""

    GONE = "gone", "The seller has left"
    REPORTED = "reported", "Reported, and Amazon acted"
    AUTHORISED = "authorised", "The seller is authorized"
    LAWFUL = "lawful", "Lawful reseller: leave alone"
    SOLVED = "solved", "The problem is solved"
    OURS = "ours", "It was our own change"
    FALSE_ALARM = "false-alarm", "False alarm"
    OTHER = "other", "Another reason"

    @property
    def inside(self) -> str:
        """The reason as it stands inside a sentence."""
        return self.label[0].lower() + self.label[1:]

    @property
    def said_inside(self) -> str:
        """The same in the language of the interface."""
        return self.said[0].lower() + self.said[1:]


ASINS = 50
"""So many products a case names by itself."""

LONGEST_SNOOZE = timedelta(days=91)
"""No snooze ends later than this after it was begun."""

TRUSTING = frozenset({CloseReason.AUTHORISED, CloseReason.LAWFUL})
"""Reasons that trust a seller from then on; only who may authorize sellers may give them."""


NEVER_CHOSEN = frozenset({CloseReason.OURS})
"""Reasons that a button gives, and no form offers: they change more than the case."""


class Case(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Something to work on: one thread, one number, one culprit or one cause."""

    number: int
    fingerprint: str
    marketplace: str
    seller: str = ""
    opened_at: datetime
    open: bool = True
    asins: tuple[str, ...] = ()
    """The first ``ASINS`` products that it touches, in the order in which they were hit."""
    tally: Tally = Tally()
    """What all its products come to; what goes on on each is stored apart."""
    lead: Lead | None = None
    """What it is called by; None as long as that was not looked up."""
    shown: str = ""
    """What its headline shows, as a hash: it is edited when that changes."""
    told_at: datetime | None = None
    """When its thread last heard of a finding."""
    held: int = 0
    """Findings that wait to be told in one line."""
    holding: bool = False
    """Whether there are such, where an index can find it."""
    acknowledged_by: Person | None = None
    acknowledged_at: datetime | None = None
    assignee: Person | None = None
    assignee_id: str = ""
    """The assignee's id once more, where an index can find it."""
    snoozed_until: datetime | None = None
    snoozed_after: int = 0
    """The place of the entry that began the snooze; what follows it, the thread did not hear."""
    closed_at: datetime | None = None
    closed_by: Person | None = None
    reason: CloseReason | None = None
    note: str = ""
    earlier: int | None = None
    """The number of the closed case on the same culprit, if there is one."""
    entries: int = 0
    """How many entries its timeline has."""
    alert_group: str = msgspec.field(name="wave", default="")
    """The message in whose thread it is told, if it came with many others."""

    @property
    def key(self) -> str:
        """The case's name in the store; sorts by number."""
        return case_key(self.number)

    @property
    def label(self) -> str:
        """The case as people call it: ``C-12``."""
        return f"C-{self.number}"

    @property
    def going_on(self) -> bool:
        """Tell whether anything of it goes on, as far as anybody can see."""
        return self.tally.running

    @property
    def severity(self) -> Severity:
        """How bad it is now: the worst of what is going on."""
        return self.tally.severity

    @property
    def daily_loss(self) -> Money | None:
        """About what it costs us a day in all; None where nobody can tell."""
        return self.tally.daily_loss

    def snoozed(self, now: datetime) -> bool:
        """Tell whether somebody asked for quiet until later than ``now``."""
        # Further ahead than anybody may choose, a clock that was ahead put it.
        return self.snoozed_until is not None and now < self.snoozed_until < now + LONGEST_SNOOZE

    def with_signal(self, on: Affected, signal: Signal) -> tuple[Case, Affected]:
        """Put the signal in place of the one of its kind on its product, and count it."""
        after = on.with_signal(signal)
        fresh = not on.signals
        case, tally = self, self.tally.with_change(None if fresh else on, after)
        if fresh and on.asin:
            after = msgspec.structs.replace(after, place=tally.products)
            if len(case.asins) < ASINS:
                case = msgspec.structs.replace(case, asins=(*case.asins, on.asin))
        return msgspec.structs.replace(case, tally=tally), after

    def reopened(self) -> Case:
        """Return the case as it is open again; somebody has to acknowledge it anew."""
        return msgspec.structs.replace(
            self,
            open=True,
            closed_at=None,
            closed_by=None,
            reason=None,
            note="",
            acknowledged_by=None,
            acknowledged_at=None,
        )

    def require_open(self) -> None:
        """Refuse work on it once it is closed. Raises UserError, saying who closed it and why."""
        if not self.open:
            raise UserError(_closed(self))


def _closed(case: Case) -> str:
    by = case.closed_by.name if case.closed_by else tr("Someone")
    if case.reason is None:
        return tr("{name} already closed {case}. Reopen it to continue.", name=by, case=case.label)
    return tr(
        "{name} already closed {case} ({reason}). Reopen it to continue.",
        name=by,
        case=case.label,
        reason=case.reason.said_inside,
    )


def case_key(number: int) -> str:
    """Return the key of the case with that number."""
    return f"{number:08d}"


class EntryKind(enum.StrEnum):
    """What an entry of a timeline tells."""

    OPENED = "opened"
    SIGNAL = "signal"
    ENDED = "ended"
    ACTION = "action"
    NOTE = "note"


class Entry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line of a case's timeline. Entries are added, never changed but to take words out."""

    case: str
    """The case's key."""
    place: int
    """Its place in the timeline, from 1."""
    at: datetime
    day: str
    """The UTC day of ``at``, by which a digest finds it."""
    kind: EntryKind
    text: str
    who: Person | None = None
    severity: Severity = Severity.INFO
    facts: tuple[Fact, ...] = ()
    asin: str = ""
    """The product that a finding was about."""
    signal: str = ""
    """What the finding was: ``seller``, ``buy-box``, ..."""
    brief: str = ""
    """The finding in a few words."""
    evidence: str = ""
    """SHA-256 of the raw answer that shows it, where there is one."""
    files: tuple[Upload, ...] = ()

    @property
    def key(self) -> str:
        """The entry's name in the store; sorts by case and place."""
        return entry_key(self.case, self.place)

    @property
    def words(self) -> str:
        """Return all words that a person may have brought into it; empty if there are none."""
        if self.who is None or self == self.redacted:
            return ""
        return "\n".join((self.text, *(fact.value for fact in self.facts)))

    @property
    def redacted(self) -> Entry:
        """Return the entry without the words of its person; who did what and when stays."""
        if self.who is None:
            return self
        facts = tuple(Fact(fact.label, REMOVED) for fact in self.facts)
        if facts and self.kind is EntryKind.ACTION:
            return msgspec.structs.replace(self, facts=facts)
        return msgspec.structs.replace(self, text=f"{self.who.name}: {REMOVED}", facts=facts)


def entry_key(case: str, place: int) -> str:
    """Return the key of the entry at that place of the case's timeline."""
    return f"{case}-{place:06d}"
