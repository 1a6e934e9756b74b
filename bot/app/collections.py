"""Everything that is stored, by collection."""

from __future__ import annotations

from datetime import datetime

import msgspec

from bot.domain.cases import Case, Entry
from bot.domain.history import History
from bot.domain.offers import Watch, WatchStatus
from bot.domain.sellers import Seller
from bot.domain.team import Team
from bot.ports import Collection, MessageRef
from bot.ui.cards import Card
from bot.wizards.engine import Session


class Counter(msgspec.Struct, frozen=True):
    """The last number that was given out."""

    name: str
    value: int


class Handled(msgspec.Struct, frozen=True):
    """An interaction that took effect; a chat may deliver it again."""

    id: str
    day: str
    """The UTC day, by which old ones are swept out."""


class Posted(msgspec.Struct, frozen=True):
    """Where the first message of a thread, or another that may be edited, was posted."""

    message: str
    ref: MessageRef


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A message in the outbox."""

    ticket: str
    """Its place in the order of sending."""
    message: str
    """The message's own name, the same at every try."""
    op: str
    """``post`` or ``edit``."""
    state: str = "pending"
    """``pending``; ``sending``: found so after a start, nobody knows whether it was posted."""
    lane: str
    """Messages of one lane go out one after another: a thread with the message that heads it."""
    card: Card
    thread: str = ""
    """The name of the message whose thread it belongs to."""
    ping: bool = False
    attempts: int = 0
    not_before: datetime | None = None
    error: str = ""
    """Why the last try failed."""


class Outage(msgspec.Struct, frozen=True):
    """What the channel was told of products that could not be checked."""

    name: str
    message: str
    since: datetime
    failing: int
    over: bool = False


class Deployment(msgspec.Struct, frozen=True):
    """What this data belongs to; a simulation's data never mixes with the real thing."""

    name: str
    simulated: bool


WATCHES = Collection[Watch]("watches", Watch, lambda watch: watch.key)
STATUSES = Collection[WatchStatus]("statuses", WatchStatus, lambda status: status.key)
HISTORIES = Collection[History]("histories", History, lambda history: history.key)
SELLERS = Collection[Seller]("sellers", Seller, lambda seller: seller.id)
CASES = Collection[Case](
    "cases", Case, lambda case: case.key, ("fingerprint", "seller", "open", "assignee_id")
)
ENTRIES = Collection[Entry]("entries", Entry, lambda entry: entry.key, ("case", "day"))
TEAMS = Collection[Team]("teams", Team, lambda _: "team")
SESSIONS = Collection[Session]("sessions", Session, lambda session: session.key)
COUNTERS = Collection[Counter]("counters", Counter, lambda counter: counter.name)
HANDLED = Collection[Handled]("handled", Handled, lambda handled: handled.id, ("day",))
POSTED = Collection[Posted]("posted", Posted, lambda posted: posted.message)
OUTBOX = Collection[Row]("outbox", Row, lambda row: row.ticket, ("state", "message"))
OUTAGES = Collection[Outage]("outages", Outage, lambda outage: outage.name)
DEPLOYMENTS = Collection[Deployment]("deployments", Deployment, lambda deployment: deployment.name)

COLLECTIONS = (
    WATCHES,
    STATUSES,
    HISTORIES,
    SELLERS,
    CASES,
    ENTRIES,
    TEAMS,
    SESSIONS,
    COUNTERS,
    HANDLED,
    POSTED,
    OUTBOX,
    OUTAGES,
    DEPLOYMENTS,
)
"""What a store has to keep for the core; an adapter may add its own."""
