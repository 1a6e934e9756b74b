"""A team, its product, and a marketplace, whose time passes when a test says so."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from adapters.amazon.login import Credentials
from adapters.amazon.sp_api import SpApiSource
from adapters.scheduling.cadence import CronCadences
from adapters.simulator import Credentials as Simulated
from adapters.simulator import Marketplace, Scenario, SettableClock
from adapters.storage.tinydb import TinyStore
from bot.bootstrap.features import COLLECTIONS, FEATURES
from bot.core.channel_bindings import open_room
from bot.core.clocks import Clock
from bot.core.context import AppContext, Brand
from bot.core.dispatch.dispatcher import OutboxDispatcher
from bot.core.links import Links
from bot.core.listing import Watch
from bot.core.monitoring import OfferSource
from bot.core.outbox import Outbox
from bot.core.resources import Resources
from bot.core.router import Router
from bot.features.cases.collections import CASES
from bot.features.cases.models.cases import Case
from bot.features.watchlist.collections import WATCHES
from checks.monitor import ListingMonitor
from checks.timing import PollingPolicy
from tests.fakes import FakeChat, FakeSource, MemoryEvidence, RecordingEngine, StoppedClock
from tests.unit.adapters.amazon.conftest import FakeTime
from tests.unit.conftest import Team, card_text

PACE = PollingPolicy(timedelta(seconds=4), timedelta(seconds=2))


@dataclass
class Shop:
    """Everything a test turns, and everything it sees. ``team`` presses the buttons."""

    market: Marketplace
    world: SettableClock
    team: Team

    async def pass_time(self, seconds: float) -> None:
        self.world.advance(seconds)
        self.team.clock.advance(seconds=seconds)

    async def look(self) -> None:
        """Look at every product, a second later than before, and send what there is to tell."""
        await self.pass_time(1)
        await look(self.team)

    async def cases(self) -> list[Case]:
        return await self.team.app.store.page(CASES)

    async def typed(self, text: str) -> str:
        """Return the card that answers a command, as text."""
        return card_text(await self.team.type(text))

    async def ask_through(self, source: OfferSource) -> None:
        """Look through another source from now on, as after a restart."""
        await self.team.monitor.stop()
        self.team.monitor = ListingMonitor(self.team.app, source, PACE)
        await self.team.monitor.load()
        self.team.router = Router(self.team.app, self.team.monitor)


async def watch(team: Team, watches: Iterable[Watch]) -> None:
    """Watch the products from now on."""
    async with team.app.store.transaction() as tx:
        for each in watches:
            tx.put(WATCHES, each)


async def look(team: Team) -> None:
    """Look at every product, and send what there is to tell."""
    await team.monitor.check(await team.app.store.page(WATCHES))
    await team.dispatcher.deliver()


@asynccontextmanager
async def open_source(url: str, clock: Clock, seconds: float = 10.0) -> AsyncIterator[SpApiSource]:
    """Open a source that waits so many seconds for an answer, and not at all for its quota."""
    known = Simulated()
    source = SpApiSource(
        Credentials(known.client_id, known.client_secret, known.refresh_token),
        login_url=f"{url}/auth/o2/token",
        endpoint=url,
        simulated=True,
        timeout=seconds,
        clock=clock,
        passing=FakeTime().passing,
    )
    yield source
    await source.aclose()


@asynccontextmanager
async def open_team(
    folder: Path, url: str, own: str, resources: Resources | None = None
) -> AsyncIterator[Team]:
    """Open a team's program on a marketplace; it watches nothing yet."""
    clock, scheduler, chat = StoppedClock(), RecordingEngine(), FakeChat()
    store = await TinyStore.open(folder, COLLECTIONS)
    app = AppContext(
        store=store,
        scheduler=scheduler,
        clock=clock,
        monotonic=clock.monotonic,
        brand=Brand(name="Ours", own_sellers=frozenset({own}), home="US", simulated=True),
        links=Links(base=url),
        evidence=MemoryEvidence(),
        outbox=Outbox(clock, ("web",), simulated=True),
        stale_after=3 * PACE.usual,
        features=FEATURES,
        cadences=CronCadences(),
        resources=resources or Resources(),
    )
    await open_room(store, "web", "", "brand-alerts")
    async with open_source(url, clock) as source:
        monitor = ListingMonitor(app, source, PACE)
        dispatcher = OutboxDispatcher(app, "web", chat)
        nothing = FakeSource(simulated=True)
        yield Team(app, clock, scheduler, chat, nothing, monitor, Router(app, monitor), dispatcher)
    await store.close()


@asynccontextmanager
async def open_shop(
    folder: Path, scenario: Scenario, resources: Resources | None = None
) -> AsyncIterator[Shop]:
    """Open a team's program on a simulated world that stands still; it watches nothing yet."""
    world = SettableClock()
    async with (
        Marketplace(scenario, clock=world, quota_scale=None) as market,
        open_team(folder, market.base_url, scenario.own_seller, resources) as team,
    ):
        yield Shop(market, world, team)
