"""Contexts: what every part of the application shares."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

from bot.core.audit.refusals import Refusals
from bot.core.cadences import Cadences
from bot.core.clocks import Clock
from bot.core.collections import TEAMS
from bot.core.disk import MB, Space
from bot.core.interface import InterfaceLanguage
from bot.core.links import Links
from bot.core.listing import Watch
from bot.core.marketplaces import Marketplace
from bot.core.outbox import Outbox
from bot.core.patrols import PatrolState
from bot.core.permissions import Identities
from bot.core.rate_limits import NOTES, RateLimit
from bot.core.resources import Resources
from bot.core.scheduler import Scheduler
from bot.core.spelling import AS_WRITTEN, CommandSpelling
from bot.core.store import Store, Transaction
from bot.core.team import Team
from bot.core.vault import Evidence
from bot.core.views.context import ViewContext
from bot.errors import StoreError

if TYPE_CHECKING:
    from bot.core.events import Query
    from bot.core.feature import Features

A = TypeVar("A")

ROUNDS_MISSED = 2
"""So many rounds without a look make a product overdue."""


@dataclass(frozen=True)
class Brand:
    """Whose listings these are."""

    name: str
    own_sellers: frozenset[str]
    home: str
    """The code of the marketplace that the team sells in most."""
    simulated: bool


@dataclass
class Tempo:
    """How long it takes until each product was looked at, as whoever looks works it out."""

    rounds: dict[tuple[str, bool], timedelta] = field(default_factory=dict)
    """By region, and whether the products are asked for by our own SKUs."""
    by_risk: bool = False
    """Products that are likely to be attacked are looked at more often than once in a round."""
    patrols: Callable[[], list[PatrolState]] = list
    """Tells what else is asked of the products, and how far that comes."""

    def of(self, watch: Watch) -> timedelta:
        """Return the time of the product's round; zero where nobody worked it out."""
        market = Marketplace.find(watch.marketplace)
        region = market.region if market else ""
        return self.rounds.get((region, bool(watch.sku)), timedelta())


def unknown_space() -> Space | None:
    """Tell that nobody looks at the disk."""
    return None


@dataclass(frozen=True)
class AppContext:
    """What every part of the application shares."""

    store: Store
    scheduler: Scheduler
    clock: Clock
    monotonic: Callable[[], float]
    """Tells seconds that only grow, whatever happens to the clock: for 'in n seconds'."""
    brand: Brand
    links: Links
    evidence: Evidence
    outbox: Outbox
    stale_after: timedelta
    """A product whose last look is older than this is overdue, unless a round takes longer."""
    cadences: Cadences
    features: Features
    resources: Resources = field(default_factory=Resources)
    outage_after: timedelta = timedelta(minutes=15)
    """The channel is told of failures that last longer; shorter ones are in /health only."""
    prices_kept: timedelta = timedelta(days=400)
    """For how long the prices of a product are kept."""
    tempo: Tempo = field(default_factory=Tempo)
    space: Callable[[], Space | None] = unknown_space
    """Tells how much room the disk of the data has; None: nobody can tell."""
    identities: Identities = field(default_factory=Identities)
    """Which ids belong to one human."""
    daily_intake: int = 500 * MB
    """Bytes of files that are kept of one person on one day."""
    notes: RateLimit = field(default_factory=lambda: RateLimit(NOTES, "notes"))
    """How many notes of one person are taken in a minute."""
    refusals: Refusals = field(default_factory=Refusals)
    """Who was refused lately, before it is in the audit record."""
    spellings: dict[str, CommandSpelling] = field(default_factory=dict)
    """How commands are written, by chat, as each says when it connects; see `bot.core.spelling`."""
    tool: str = "Brandwarden"
    """Name and version of this program, as the custody log calls it."""

    def spelling(self, chat: str) -> CommandSpelling:
        """Return how commands are written in a chat."""
        return self.spellings.get(chat, AS_WRITTEN)

    def overdue_after(self, watch: Watch) -> timedelta:
        """Return the age of a look from which on a product is overdue."""
        return max(self.stale_after, ROUNDS_MISSED * self.tempo.of(watch))

    async def tell(self, tx: Transaction, event: object) -> None:
        """Let the features hear of what happened, in its transaction; see `bot.core.events`."""
        await self.features.tell(self, tx, event)

    async def ask(self, tx: Transaction, query: Query[A]) -> A | None:
        """Return what a feature answers to the query, or None; see `bot.core.events`."""
        return await self.features.ask(self, tx, query)

    async def team(self, tx: Transaction | None = None) -> Team:
        """Return the team's settings."""
        found = await (tx or self.store).get(TEAMS, "team")
        return found or Team()

    async def language(self) -> InterfaceLanguage:
        """Return what the team is spoken to in; English where its settings cannot be read."""
        try:
            return (await self.team()).language
        except StoreError:
            # Whatever is done now meets the same trouble, and tells it.
            return InterfaceLanguage.ENGLISH


async def view_context(app: AppContext, tx: Transaction) -> ViewContext:
    """Return the context for cards that name no case and no product."""
    return ViewContext(now=app.clock(), team=await app.team(tx), links=app.links)
