"""Puts everything together: the contexts, what looks, what sends, and the page."""

from __future__ import annotations

import gc
import secrets
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

import structlog

from adapters.capture.files import FileEvidence
from adapters.scheduling.cadence import CronCadences
from adapters.scheduling.scheduler import EmbeddedScheduler
from adapters.storage.tinydb import TinyStore
from adapters.web.connection import address_of, create_app, serve
from adapters.web.messages import COLLECTIONS as WEB_COLLECTIONS
from adapters.web.outbound import WebChat
from adapters.web.site import CommandHelp, Site, no_picture
from bot import __version__
from bot.bootstrap.capabilities import open_resources
from bot.bootstrap.checklists import read_checklists
from bot.bootstrap.facts import open_facts
from bot.bootstrap.features import COLLECTIONS, FEATURES, MIGRATIONS
from bot.bootstrap.push import open_push
from bot.bootstrap.space import space_of
from bot.bootstrap.timetable import schedule
from bot.core.catalog_search import CatalogSearch
from bot.core.channel_bindings import open_room
from bot.core.charts import CHART_PRINTER
from bot.core.chat import Chat
from bot.core.clock_watch import confirmed_time
from bot.core.clocks import utc_now
from bot.core.collections import DEPLOYMENTS, THIS, Deployment
from bot.core.context import AppContext, Brand
from bot.core.disk import MB
from bot.core.disk_watch import DiskWatch
from bot.core.dispatch.dispatcher import OutboxDispatcher
from bot.core.dispatch.giving_up import drop_unconnected
from bot.core.gateway import ChatGateway
from bot.core.links import Links
from bot.core.listing_status import StatusSource
from bot.core.monitoring import OfferSource
from bot.core.outbox import Outbox
from bot.core.own_listings import AccountSource
from bot.core.page_accounts import AS_SEEN, PAGE_OWNER
from bot.core.page_content import PageSource
from bot.core.page_links import PAGE_LINKS, PageLinks
from bot.core.page_sessions import PageSessions
from bot.core.permissions import Identities, Person, Role, Roster
from bot.core.product_pictures import PRODUCT_PICTURES
from bot.core.push import PUSH
from bot.core.rate_limits import RateLimit
from bot.core.resources import Resources
from bot.core.router import Router
from bot.core.scheduler import Work
from bot.core.store import Collection, Store
from bot.core.views.disk import FAILED
from bot.errors import StoreError
from bot.features.cases.resources import FACTS_SOURCE
from bot.features.checklists.resources import CHECKLISTS
from bot.features.copycats.resources import LIKENESS, PAGES
from bot.features.training.resources import LESSONS
from bot.features.training.texts.reading import read_lessons
from bot.features.watchlist.resources import ACCOUNT, CATALOG, LISTING_STATES, LOOKING, Looking
from bot.settings import Settings
from checks.copycats import resemblance
from checks.copycats.letters import as_seen
from checks.monitor import ListingMonitor
from checks.push import PushListener
from checks.timing import PollingPolicy

log = structlog.get_logger(__name__)

GRACE = 1.0
"""Seconds in which running work may finish when the program stops; all of it may be killed."""
STORE = "store"
EVIDENCE = "evidence"
"""Folders of the data."""
EVERYTHING: tuple[Collection[Any], ...] = (*COLLECTIONS, *WEB_COLLECTIONS)
"""What is stored."""
AT_START = (
    *(Work.OUTBOX, Work.TITLES, Work.SNOOZES, Work.DIGEST, Work.TICK, Work.JOBS, Work.ROUNDS),
    *(Work.SKUS, Work.PAGES, Work.ACCOUNT, Work.CONDITIONS),
)
"""What does not wait for its first period."""
WEB = "web"
WEB_CHANNEL = "brand-alerts"
"""The local page is a chat with one channel."""

People = Mapping[str, tuple[Person, Role]]


def new_epoch() -> str:
    """Return an epoch that was never used: short, for it stands in a message's key."""
    return secrets.token_hex(4)


@dataclass(frozen=True)
class Application:
    """Everything that runs in one process."""

    app: AppContext
    monitor: ListingMonitor
    router: Router
    gateway: ChatGateway
    dispatchers: tuple[OutboxDispatcher, ...]
    chats: Mapping[str, Chat]
    scheduler: EmbeddedScheduler
    disk: DiskWatch
    push: PushListener | None = None
    """Reads Amazon's notifications; None: no queue is set, or it cannot be opened here."""

    @property
    def web(self) -> WebChat:
        """The local page's chat. Raises TypeError where another stands in its place."""
        web = self.chats[WEB]
        if not isinstance(web, WebChat):
            message = "The chat of the local page is not a WebChat."
            raise TypeError(message)
        return web


@asynccontextmanager
async def open_store(settings: Settings, *, simulated: bool) -> AsyncIterator[Store]:
    """Open the data, and refuse to mix a simulation's with the real thing.

    Raises:
        StoreError: the data is in use, damaged, or of the other kind.
    """
    store = await TinyStore.open(settings.data_dir / STORE, EVERYTHING, migrations=MIGRATIONS)
    try:
        await _claim(store, settings, simulated=simulated)
        yield store
    finally:
        try:
            await store.close()
        except StoreError as error:
            if not store.dead:
                raise
            # It is known, and told: what the program ends with must not change.
            log.warning("data not closed", error=str(error))


@asynccontextmanager
async def open_application(
    settings: Settings, source: OfferSource, links: Links, others: Mapping[str, Chat]
) -> AsyncIterator[Application]:
    """Put everything together over the stored data; nothing runs until the scheduler is started."""
    async with (
        open_store(settings, simulated=source.simulated) as store,
        open_resources(
            settings.data_dir,
            vault_of(settings),
            links.base,
            settings.timestamp_authorities,
            without_sandbox=settings.capture_without_sandbox,
        ) as resources,
        open_facts(settings) as facts,
        open_push(settings) as push,
    ):
        given = resources.having(FACTS_SOURCE, facts).having(PUSH, push)
        chats = {WEB: WebChat(store, utc_now, partial(confirmed_time, store)), **others}
        epoch = await epoch_of(store)
        yield build_application(settings, store, source, links, chats, given, epoch=epoch)


def vault_of(settings: Settings) -> FileEvidence:
    """Return where evidence is kept."""
    return FileEvidence(settings.data_dir / EVIDENCE)


def build_application(
    settings: Settings,
    store: Store,
    source: OfferSource,
    links: Links,
    chats: Mapping[str, Chat],
    resources: Resources | None = None,
    *,
    epoch: str = "",
) -> Application:
    """Put everything together over an open store; every message goes to each of the chats.

    ``epoch`` is the data's: it parts new messages from those that a restored backup forgot.
    """
    scheduler, cadences = EmbeddedScheduler(), CronCadences()
    pace = PollingPolicy(settings.check_every, settings.confirm_after)
    app = AppContext(
        store=store,
        scheduler=scheduler,
        clock=utc_now,
        monotonic=time.monotonic,
        brand=Brand(
            name=settings.brand,
            own_sellers=settings.own_sellers,
            home=settings.home,
            simulated=source.simulated,
        ),
        links=links,
        evidence=vault_of(settings),
        outbox=Outbox(utc_now, tuple(chats), simulated=source.simulated, epoch=epoch),
        stale_after=3 * pace.usual,
        outage_after=settings.outage_after,
        prices_kept=timedelta(days=settings.prices_kept_days),
        features=FEATURES,
        cadences=cadences,
        resources=(resources or Resources())
        .having(CHECKLISTS, read_checklists(settings, cadences))
        .having(LESSONS, read_lessons())
        .having(PAGE_LINKS, PageLinks())
        .having(ACCOUNT, source if isinstance(source, AccountSource) else None)
        .having(LISTING_STATES, source if isinstance(source, StatusSource) else None)
        .having(CATALOG, source if isinstance(source, CatalogSearch) else None)
        .having(PAGES, source if isinstance(source, PageSource) else None)
        .having(AS_SEEN, as_seen)
        .having(PAGE_OWNER, settings.page_owner)
        .having(LIKENESS, resemblance)
        .having(LOOKING, Looking()),
        space=partial(space_of, settings.data_dir),
        identities=Identities(settings.same),
        daily_intake=settings.files_per_day * MB,
        tool=f"Brandwarden {__version__}",
    )
    monitor = ListingMonitor(app, source, pace)
    app.resources[LOOKING].checker = monitor
    dispatchers = tuple(OutboxDispatcher(app, name, chat) for name, chat in chats.items())
    router = Router(app, monitor)
    roster = Roster(settings.admins, settings.viewers, settings.members)
    limit = RateLimit(settings.commands_per_minute, "commands")
    gateway = ChatGateway(app, router, roster, limit=limit, offer=settings.commands)
    disk = DiskWatch(app, chats)
    queue = app.resources[PUSH].queue
    push = PushListener(app, queue, monitor) if queue else None
    schedule(scheduler, app, monitor, dispatchers, disk, push)
    return Application(app, monitor, router, gateway, dispatchers, chats, scheduler, disk, push)


@asynccontextmanager
async def running(application: Application) -> AsyncIterator[None]:
    """Look, send and keep the calendar as long as the block lasts."""
    await open_room(application.app.store, WEB, "", WEB_CHANNEL)
    await application.app.outbox.resume(application.app.store)
    dropped = await drop_unconnected(application.app)
    if dropped:
        log.warning("messages dropped for a chat that is not connected", messages=dropped)
    # What is stored, and then what is loaded from it, stays for good: looking through all of it for
    # garbage, again and again, would hold everything up, with 100,000 products for 150 ms.
    gc.freeze()
    await application.monitor.load()
    if application.push:
        await application.push.load()
    gc.freeze()
    application.scheduler.start()
    for work in AT_START:
        application.scheduler.trigger(work)
    try:
        yield
    finally:
        if application.push:
            application.push.close()
        await application.scheduler.stop(GRACE)
        await application.monitor.stop()
        gc.unfreeze()


@asynccontextmanager
async def page(
    application: Application, people: People, port: int, url: str = ""
) -> AsyncIterator[str]:
    """Serve the local page as long as the block lasts; gives a link that lets in once.

    ``url`` is where a reverse proxy serves it; empty: nowhere.

    Raises:
        OSError: another program uses the port.
    """
    gateway = application.gateway
    app, brand = gateway.app, gateway.app.brand
    links = app.resources[PAGE_LINKS]
    site = Site(
        brand=brand.name,
        sessions=PageSessions(app.store, app.clock, links),
        people=people,
        public=url,
        barred=gateway.barred,
        commands=_helps(gateway),
        zone=gateway.zone,
        language=gateway.language,
        channel=WEB_CHANNEL,
        simulated=brand.simulated,
        market=app.links.base,
        trouble=lambda: FAILED if app.store.failure else "",
        look=gateway.look,
        draw=printer.drawing if (printer := app.resources[CHART_PRINTER]) else None,
        menu=gateway.menu,
        table=gateway.table,
        search=gateway.search,
        row=gateway.row,
        picture=kept.at_hand if (kept := app.resources[PRODUCT_PICTURES]) else no_picture,
        posted=partial(gateway.posted, WEB),
    )

    served = create_app(
        application.web,
        gateway.handle,
        site,
        intake=gateway.intake,
        read=app.evidence.read,
        find=gateway.picture,
        now=app.clock,
    )
    async with AsyncExitStack() as stack:
        server = await serve(served, port)
        stack.push_async_callback(server.cleanup)
        links.address = url or address_of(server)
        stack.callback(setattr, links, "address", "")
        yield links.new()


def _helps(gateway: ChatGateway) -> list[CommandHelp]:
    return [CommandHelp(spec.name, spec.usage, spec.summary) for spec in gateway.commands]


async def epoch_of(store: Store) -> str:
    """Return the epoch of the data; empty for data from before there were epochs."""
    deployment = await store.get(DEPLOYMENTS, THIS)
    return deployment.epoch if deployment else ""


async def _claim(store: Store, settings: Settings, *, simulated: bool) -> Deployment:
    async with store.transaction() as tx:
        known = await tx.get(DEPLOYMENTS, THIS)
        if known is None:
            known = Deployment(THIS, simulated, new_epoch())
            tx.put(DEPLOYMENTS, known)
        elif known.simulated != simulated:
            kind = "a simulated marketplace" if known.simulated else "Amazon, not from a demo"
            message = (
                f"The data in {settings.data_dir} comes from {kind}. "
                "Set BRANDWARDEN_DATA_DIR to another folder."
            )
            raise StoreError(message)
        return known
