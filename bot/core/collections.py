"""What the core stores, by collection."""

from __future__ import annotations

from datetime import datetime

import msgspec

from bot.core.audit.entries import AuditEntry, AuditKeys
from bot.core.channels import ChannelBinding
from bot.core.chat import MessageRef
from bot.core.chat_troubles import Trouble, Undelivered
from bot.core.clocks import ConfirmedTime
from bot.core.dispatch.messages import OutboxMessage
from bot.core.flows.sessions import FlowSession
from bot.core.mentions import Colleague
from bot.core.outages import Outage
from bot.core.permissions import Person, Role
from bot.core.recurrence import ChecklistSchedule
from bot.core.store import Collection, Naming
from bot.core.team import Team
from bot.core.undo.models import Undoable


class Counter(msgspec.Struct, frozen=True):
    """The last number that was given out."""

    name: str
    value: int


class Handled(msgspec.Struct, frozen=True):
    """An interaction that took effect; a chat may deliver it again."""

    id: str
    day: str
    """The UTC day, by which old ones are swept out."""


class PostedMessage(msgspec.Struct, frozen=True):
    """Where a chat put a message that heads a thread or may be edited."""

    chat: str
    message: str
    ref: MessageRef
    place: str
    """Chat, channel and the chat's own id, by which a thread's case is found."""
    shown: MessageRef | None = None
    """The message in its thread that shows its card now, because it cannot be edited itself."""

    @property
    def key(self) -> str:
        """The posted message's name in the store."""
        return PostedMessage.key_of(self.chat, self.message)

    @staticmethod
    def key_of(chat: str, message: str) -> str:
        """Return the key of a message as it was posted to the chat."""
        return f"{chat} {message}"

    @staticmethod
    def at(chat: str, message: str, ref: MessageRef) -> PostedMessage:
        """Note where the chat put the message."""
        place = PostedMessage.place_of(chat, ref.channel, ref.id)
        return PostedMessage(chat, message, ref, place)

    @staticmethod
    def place_of(chat: str, channel: str, id: str) -> str:
        """Return the place of a message by which it is found."""
        return f"{chat} {channel} {id}"


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """Work that takes long and has to be done, whatever happens to the process."""

    kind: str
    """As the feature that does it calls it; stored, so it stays."""
    ref: str
    """What it is about, for example a case's key."""
    asked_at: datetime
    asked_by: Person | None = None
    due_at: datetime
    tries: int = 0
    owner: str = ""
    """Which run of the program does it, or died doing it."""
    claimed_at: datetime | None = None
    deaths: int = 0
    """How many owners died doing it."""

    @property
    def key(self) -> str:
        """The job's name in the store: one of a kind for each thing."""
        return Job.key_of(self.kind, self.ref)

    @staticmethod
    def key_of(kind: str, ref: str) -> str:
        """Return the key of the job of that kind about that thing."""
        return f"{kind} {ref}"


class DailyIntake(msgspec.Struct, frozen=True):
    """How much of a person's files was kept on a day."""

    person: str
    """The chat's id of them."""
    day: str
    """In UTC, as in ISO 8601."""
    size: int
    """Bytes, with the copies for readers."""


class Member(msgspec.Struct, frozen=True):
    """A person of the team who has acted here."""

    id: str
    chat: str = ""
    """Where they did; empty in data from before it was kept."""
    name: str = ""
    role: int = 0
    """What they might do when they last acted, as a `Role`; both in newer data alone."""


class PageSession(msgspec.Struct, frozen=True):
    """A browser that is let into the local page."""

    digest: str
    """SHA-256 of the secret in its cookie."""
    number: int
    """What people call it by."""
    who: Person
    role: Role
    begun_at: datetime
    seen_at: datetime
    """When it was used last, to a few minutes."""


class PageAccount(msgspec.Struct, frozen=True, kw_only=True):
    """A person who signs in to the local page under their own name."""

    id: str
    """Who they are in everything that they do; never given out again."""
    name: str
    role: Role
    added_at: datetime
    link: str = ""
    """SHA-256 of the token of the link that signs them in; empty: none was made, or it was used."""
    link_until: datetime | None = None

    @property
    def person(self) -> Person:
        """Who acts."""
        return Person(self.id, self.name)

    @property
    def number(self) -> int:
        """What people call the account by; it ends the id."""
        return int(self.id.rpartition("-")[2])


class Deployment(msgspec.Struct, frozen=True):
    """What this data belongs to; a simulation's data never mixes with the real thing."""

    name: str
    simulated: bool
    epoch: str = ""
    """Part of the keys of messages; another after each restore, because numbers are given out again
    that the chats know from before. Empty in data from before there were epochs."""


class Released(msgspec.Struct, frozen=True, kw_only=True):
    """Bytes that were let go: they are to be deleted soon, unless another document holds them."""

    content: str
    """Their SHA-256."""
    what: str
    """What it was, for the log of custody."""
    kept: int
    """The vault's ``kept_at`` then."""


class UnnamedFile(msgspec.Struct, frozen=True):
    """A file that no document names."""

    content: str
    """Its SHA-256."""
    since: datetime
    """By the confirmed time."""
    kept: int
    """The vault's ``kept_at`` then."""


class Upkeep(msgspec.Struct, frozen=True):
    """What was done for the data, or is to be done."""

    name: str
    at: datetime


THIS = "this"
"""The one deployment's name."""


TEAMS = Collection[Team](
    "teams",
    Team,
    lambda _: "team",
    audited=tuple(name for name in Team.__struct_fields__ if name != "duties"),
)
SESSIONS = Collection[FlowSession]("sessions", FlowSession, lambda session: session.key)
COUNTERS = Collection[Counter]("counters", Counter, lambda counter: counter.name)
HANDLED = Collection[Handled]("handled", Handled, lambda handled: handled.id, ("day",))
CHANNEL_BINDINGS = Collection[ChannelBinding]("rooms", ChannelBinding, lambda room: room.chat)
POSTED = Collection[PostedMessage](
    "posted", PostedMessage, lambda posted: posted.key, ("place",), packed=True
)
UNDELIVERED = Collection[Undelivered]("undelivered", Undelivered, lambda gone: gone.key, ("chat",))
OUTBOX = Collection[OutboxMessage](
    "outbox",
    OutboxMessage,
    lambda row: row.sequence,
    ("chat", "message"),
    naming=Naming.SHOWS,
)
JOBS = Collection[Job]("errands", Job, lambda job: job.key, ("kind",))
DAILY_INTAKES = Collection[DailyIntake]("daily_intakes", DailyIntake, lambda intake: intake.person)
MEMBERS = Collection[Member]("members", Member, lambda member: member.id)
COLLEAGUES = Collection[Colleague](
    "colleagues", Colleague, lambda colleague: colleague.id, ("chat",)
)
CHECKLIST_SCHEDULES = Collection[ChecklistSchedule](
    "agendas", ChecklistSchedule, lambda agenda: agenda.checklist
)
TROUBLES = Collection[Trouble]("troubles", Trouble, lambda trouble: trouble.key, ("chat",))
CONFIRMED_TIMES = Collection[ConfirmedTime]("confirmed_times", ConfirmedTime, lambda at: at.name)
OUTAGES = Collection[Outage]("outages", Outage, lambda outage: outage.name)
PAGE_SESSIONS = Collection[PageSession](
    "page_sessions", PageSession, lambda session: session.digest
)
PAGE_ACCOUNTS = Collection[PageAccount](
    "page_accounts", PageAccount, lambda account: account.id, ("link",), audited=("role",)
)
DEPLOYMENTS = Collection[Deployment]("deployments", Deployment, lambda deployment: deployment.name)
AUDIT = Collection[AuditEntry]("audit", AuditEntry, lambda entry: entry.key, packed=True)
UNDOABLES = Collection[Undoable]("undoables", Undoable, lambda act: act.key, ("open",))
AUDIT_KEYS = Collection[AuditKeys]("audit_keys", AuditKeys, lambda keys: keys.entry, packed=True)
RELEASED = Collection[Released](
    "released", Released, lambda released: released.content, naming=Naming.RECALLS
)
UNNAMED = Collection[UnnamedFile](
    "unnamed", UnnamedFile, lambda file: file.content, naming=Naming.RECALLS
)
UPKEEP = Collection[Upkeep]("upkeep", Upkeep, lambda upkeep: upkeep.name)

COLLECTIONS = (
    TEAMS,
    SESSIONS,
    COUNTERS,
    HANDLED,
    CHANNEL_BINDINGS,
    POSTED,
    OUTBOX,
    UNDELIVERED,
    JOBS,
    DAILY_INTAKES,
    MEMBERS,
    COLLEAGUES,
    CHECKLIST_SCHEDULES,
    TROUBLES,
    CONFIRMED_TIMES,
    OUTAGES,
    PAGE_SESSIONS,
    PAGE_ACCOUNTS,
    DEPLOYMENTS,
    AUDIT,
    AUDIT_KEYS,
    UNDOABLES,
    RELEASED,
    UNNAMED,
    UPKEEP,
)
"""What the core keeps; features and adapters add their own."""

NO_ACT = frozenset(
    each.name
    for each in (
        *(SESSIONS, COUNTERS, HANDLED, OUTBOX, MEMBERS, COLLEAGUES, DAILY_INTAKES),
        *(AUDIT, AUDIT_KEYS, UNDOABLES),
    )
)
"""What is written beside an act; who writes nothing else, such as the opened form, did nothing."""
