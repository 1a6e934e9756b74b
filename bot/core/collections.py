"""Everything that is stored, by collection."""

from __future__ import annotations

from datetime import datetime

import msgspec

from bot.core.channels import ChannelBinding
from bot.core.chat_troubles import Trouble, Undelivered
from bot.core.clocks import ConfirmedTime
from bot.core.dispatch.messages import OutboxMessage
from bot.core.flows.engine import FlowSession
from bot.core.listing import Watch, WatchStatus
from bot.core.permissions import Person
from bot.core.ports import Collection, MessageRef
from bot.core.schedules import ChecklistSchedule
from bot.core.team import Team
from bot.features.attacks.models import Attack
from bot.features.cases.models.alert_groups import AlertGroup
from bot.features.cases.models.cases import Case, Entry
from bot.features.cases.models.signals import Affected
from bot.features.checklists.models.decisions import Decision
from bot.features.checklists.models.runs import ItemStatus, Run
from bot.features.checklists.models.score_points import ScorePoint
from bot.features.evidence.models.custody import CustodyEntry
from bot.features.evidence.models.items import EvidenceItem
from bot.features.evidence.models.logs import EvidenceLog
from bot.features.evidence.models.stamps import Stamp
from bot.features.letters.models.letters import Letter
from bot.features.overview.models import DigestDays
from bot.features.reports.models.reports import Report
from bot.features.reviews.models.reviews import Review
from bot.features.rights.models import BrandRight, RightsDocument
from bot.features.training.models import Learning
from bot.features.watchlist.models.history import History
from bot.features.watchlist.models.outages import Outage, SourceFault
from bot.features.watchlist.models.sellers import Seller


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
        return posted_key(self.chat, self.message)


def posted_key(chat: str, message: str) -> str:
    """Return the key of a message as it was posted to the chat."""
    return f"{chat} {message}"


def posted(chat: str, message: str, ref: MessageRef) -> PostedMessage:
    """Note where the chat put the message."""
    return PostedMessage(chat, message, ref, place_of(chat, ref.channel, ref.id))


def place_of(chat: str, channel: str, id: str) -> str:
    """Return the place of a message by which it is found."""
    return f"{chat} {channel} {id}"


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """Work that takes long and has to be done, whatever happens to the process."""

    kind: str
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
        return f"{self.kind} {self.ref}"


class Member(msgspec.Struct, frozen=True):
    """Somebody of the team who did something here."""

    id: str


class Deployment(msgspec.Struct, frozen=True):
    """What this data belongs to; a simulation's data never mixes with the real thing."""

    name: str
    simulated: bool
    epoch: str = ""
    """Part of the keys of messages; another after each restore, because numbers are given out again
    that the chats know from before. Empty in data from before there were epochs."""


THIS = "this"
"""The one deployment's name."""


WATCHES = Collection[Watch]("watches", Watch, lambda watch: watch.key)
STATUSES = Collection[WatchStatus]("statuses", WatchStatus, lambda status: status.key)
HISTORIES = Collection[History]("histories", History, lambda history: history.key)
SELLERS = Collection[Seller]("sellers", Seller, lambda seller: seller.id)
CASES = Collection[Case](
    "cases",
    Case,
    lambda case: case.key,
    ("fingerprint", "seller", "open", "assignee_id", "holding", "snoozed_until"),
    cold=True,
)
AFFECTED = Collection[Affected](
    "affected", Affected, lambda each: each.key, ("case", "product", "rank"), cold=True
)
ENTRIES = Collection[Entry]("entries", Entry, lambda entry: entry.key, ("case", "day"), packed=True)
TEAMS = Collection[Team]("teams", Team, lambda _: "team")
SESSIONS = Collection[FlowSession]("sessions", FlowSession, lambda session: session.key)
COUNTERS = Collection[Counter]("counters", Counter, lambda counter: counter.name)
HANDLED = Collection[Handled]("handled", Handled, lambda handled: handled.id, ("day",))
CHANNEL_BINDINGS = Collection[ChannelBinding]("rooms", ChannelBinding, lambda room: room.chat)
POSTED = Collection[PostedMessage](
    "posted", PostedMessage, lambda posted: posted.key, ("place",), packed=True
)
UNDELIVERED = Collection[Undelivered]("undelivered", Undelivered, lambda gone: gone.key, ("chat",))
OUTBOX = Collection[OutboxMessage](
    "outbox", OutboxMessage, lambda row: row.ticket, ("chat", "message")
)
ALERT_GROUPS = Collection[AlertGroup]("waves", AlertGroup, lambda wave: wave.name)
OUTAGES = Collection[Outage]("outages", Outage, lambda outage: outage.name)
SOURCE_FAULTS = Collection[SourceFault]("source_faults", SourceFault, lambda fault: fault.scope)
EVIDENCE_ITEMS = Collection[EvidenceItem](
    "pieces", EvidenceItem, lambda piece: piece.key, ("case",), packed=True
)
CUSTODY = Collection[CustodyEntry](
    "custody", CustodyEntry, lambda entry: entry.key, ("case",), packed=True
)
EVIDENCE_LOGS = Collection[EvidenceLog]("evidence_logs", EvidenceLog, lambda log: log.case)
STAMPS = Collection[Stamp]("stamps", Stamp, lambda stamp: stamp.key, ("case",), packed=True)
BRAND_RIGHTS = Collection[BrandRight]("rights", BrandRight, lambda right: right.key)
RIGHTS_DOCUMENTS = Collection[RightsDocument]("papers", RightsDocument, lambda paper: paper.key)
REPORTS = Collection[Report](
    "reports", Report, lambda report: report.key, ("case", "open"), packed=True
)
JOBS = Collection[Job]("errands", Job, lambda job: job.key, ("kind",))
MEMBERS = Collection[Member]("members", Member, lambda member: member.id)
RUNS = Collection[Run]("runs", Run, lambda run: run.key, ("open", "checklist", "case"))
ITEM_STATUSES = Collection[ItemStatus]("standings", ItemStatus, lambda standing: standing.key)
CHECKLIST_SCHEDULES = Collection[ChecklistSchedule](
    "agendas", ChecklistSchedule, lambda agenda: agenda.checklist
)
SCORES = Collection[ScorePoint]("scores", ScorePoint, lambda point: point.day)
ATTACKS = Collection[Attack]("attacks", Attack, lambda attack: attack.key, ("case",))
LETTERS = Collection[Letter]("letters", Letter, lambda letter: letter.key, ("open", "order"))
LEARNINGS = Collection[Learning]("learnings", Learning, lambda learning: learning.key, ("who",))
REVIEWS = Collection[Review]("reviews", Review, lambda review: review.key)
DECISIONS = Collection[Decision]("decisions", Decision, lambda decision: decision.key, ("open",))
TROUBLES = Collection[Trouble]("troubles", Trouble, lambda trouble: trouble.key, ("chat",))
DIGEST_DAYS = Collection[DigestDays]("digest_days", DigestDays, lambda known: known.name)
CONFIRMED_TIMES = Collection[ConfirmedTime]("confirmed_times", ConfirmedTime, lambda at: at.name)
DEPLOYMENTS = Collection[Deployment]("deployments", Deployment, lambda deployment: deployment.name)

COLLECTIONS = (
    WATCHES,
    STATUSES,
    HISTORIES,
    SELLERS,
    CASES,
    AFFECTED,
    ENTRIES,
    TEAMS,
    SESSIONS,
    COUNTERS,
    HANDLED,
    CHANNEL_BINDINGS,
    POSTED,
    OUTBOX,
    UNDELIVERED,
    ALERT_GROUPS,
    OUTAGES,
    SOURCE_FAULTS,
    EVIDENCE_ITEMS,
    CUSTODY,
    EVIDENCE_LOGS,
    STAMPS,
    BRAND_RIGHTS,
    RIGHTS_DOCUMENTS,
    REPORTS,
    JOBS,
    MEMBERS,
    RUNS,
    ITEM_STATUSES,
    CHECKLIST_SCHEDULES,
    SCORES,
    ATTACKS,
    LETTERS,
    LEARNINGS,
    REVIEWS,
    DECISIONS,
    TROUBLES,
    DIGEST_DAYS,
    CONFIRMED_TIMES,
    DEPLOYMENTS,
)
"""What a store has to keep for the core; an adapter may add its own."""
