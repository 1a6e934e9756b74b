"""The demo: the whole product against a simulated marketplace, with nothing but Python."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
from pydantic import SecretStr

from adapters.simulator import Marketplace, WallClock, demo_scenario
from adapters.web.outbound import WebChat
from bot.bootstrap.application import (
    WEB,
    Application,
    People,
    build_application,
    epoch_of,
    open_store,
    vault_of,
)
from bot.bootstrap.capabilities import open_resources
from bot.bootstrap.facts import open_facts
from bot.bootstrap.sources import amazon
from bot.cli.demo_past import remember
from bot.cli.demo_prices import remember_prices
from bot.cli.output import PROGRAM
from bot.cli.world import World, forget, held, keep_world, read_world
from bot.core.clock_watch import confirmed_time
from bot.core.clocks import utc_now
from bot.core.collections import COUNTERS, UPKEEP, Counter, Upkeep
from bot.core.links import Links
from bot.core.permissions import Person, Role
from bot.core.push import PUSH, Push
from bot.core.store import Store
from bot.core.vault import TimestampAuthority
from bot.features.cases.resources import FACTS_SOURCE
from bot.features.copycats.service.asking import LAST as COPYCATS
from bot.features.copycats.service.asking import WEEKLY
from bot.features.evidence.resources import AUTHORITIES
from bot.features.rights.collections import BRAND_RIGHTS
from bot.features.rights.models import BrandRight, BrandRightKind
from bot.features.watchlist.collections import SELLERS, WATCHES
from bot.features.watchlist.models.sellers import Seller
from bot.features.watchlist.rules.table import read_watches
from bot.settings import Settings
from checks.checklists import shipped

OWN_SELLER = "A3ALDERFINCH01"
RESELLER = "A2HARBORGOODS7"
RESOLD = "B0ALDER002"
WATCHES_FILE = Path(__file__).with_name("demo_watches.csv")
OWNED = (
    BrandRight(
        number=1,
        kind=BrandRightKind.TRADEMARK,
        name="ALDER & FINCH",
        registration="SIM-7123456",
        country="US",
        classes="8, 21",
        owner="Alder & Finch Ltd",
        expires=date(2034, 5, 14),
    ),
    BrandRight(
        number=2,
        kind=BrandRightKind.COPYRIGHT,
        name="Alder & Finch product photos",
        country="*",
        owner="Alder & Finch Ltd",
    ),
)
"""The rights of the brand, so that a newcomer can file a report at once."""
MARKETPLACE_PORT = 8643
"""Where the first demo's marketplace serves, if nobody else does."""

PEOPLE: People = {
    "ana": (Person("ana", "Ana"), Role.ADMIN),
    "ben": (Person("ben", "Ben"), Role.MEMBER),
    "vik": (Person("vik", "Vik"), Role.VIEWER),
}
"""Whom the reader may be: one for each role."""

BEGINS = """\
This is a simulated marketplace with an invented brand, Alder & Finch.
Within half a minute, an unknown seller will offer its saucepan."""
GOES_ON = f"Resuming the demo; its marketplace kept running. To start over: {PROGRAM} demo --fresh"
OVER = f"The demo's story is over. To start over: {PROGRAM} demo --fresh"
MOVED = "Port {old} is now in use, so 'Open the listing' does not work on older cards."
DAMAGED = "The saved demo cannot be read, so its story starts over."

Say = Callable[[str], None]
"""Told what the reader should know, a few words at a time."""


@asynccontextmanager
async def open_demo(
    settings: Settings,
    speed: float = 1.0,
    *,
    fresh: bool = False,
    say: Say = lambda _: None,
    authorities: Sequence[TimestampAuthority] = (),
) -> AsyncIterator[Application]:
    """Open the demo in its folder, ``data_dir``; its world goes on even while nobody looks.

    ``speed`` is how many times as fast as ours its world runs. ``fresh`` deletes what an earlier
    demo left. ``authorities`` confirm when evidence was there.

    Raises:
        StoreLocked: another demo uses the folder.
        StoreError: the data cannot be opened, or is not a demo's.
        UserError: the folder holds data that no demo made, so that ``fresh`` deletes nothing.
        OSError: the folder cannot be made, or deleted.
    """
    folder = settings.data_dir
    async with AsyncExitStack() as stack:
        stack.enter_context(held(folder))
        if fresh:
            forget(folder)
        known = _known(folder, say)
        now = utc_now()
        world = known.at_speed(speed, now) if known else World(now, speed, MARKETPLACE_PORT)
        store = await stack.enter_async_context(open_store(settings, simulated=True))
        market = await _open_market(stack, world, settings.web_port)
        world = msgspec.structs.replace(world, port=urlsplit(market.base_url).port or 0)
        keep_world(folder, world)
        told = demo_settings(settings, market, speed)
        source = amazon(told)
        stack.push_async_callback(source.aclose)
        await seed(store)
        if known and known.port != world.port:
            say(MOVED.format(old=known.port))
        say(_story(market) if known else BEGINS)
        chats = {WEB: WebChat(store, utc_now, partial(confirmed_time, store))}
        resources = await stack.enter_async_context(
            open_resources(settings.data_dir, vault_of(told), market.base_url)
        )
        facts = await stack.enter_async_context(open_facts(told))
        resources = (
            resources.having(AUTHORITIES, authorities)
            .having(FACTS_SOURCE, facts)
            .having(PUSH, Push(market.notifications))
        )
        links, epoch = Links(base=market.base_url), await epoch_of(store)
        yield build_application(told, store, source, links, chats, resources, epoch=epoch)


def demo_settings(settings: Settings, market: Marketplace, speed: float) -> Settings:
    """Point the settings at the marketplace, and hurry as much as its clock does."""
    return settings.model_copy(
        update={
            "brand": "Alder & Finch",
            "own_sellers": frozenset({OWN_SELLER}),
            "home": "US",
            "amazon_endpoint": market.base_url,
            "amazon_login_url": f"{market.base_url}/auth/o2/token",
            "amazon_client_id": market.credentials.client_id,
            "amazon_client_secret": SecretStr(market.credentials.client_secret),
            "amazon_refresh_token": SecretStr(market.credentials.refresh_token),
            "keepa_key": SecretStr(market.keepa_key),
            "keepa_endpoint": market.keepa_url,
            "check_every": timedelta(seconds=4) / speed,
            "confirm_after": timedelta(seconds=2) / speed,
            "outage_after": timedelta(seconds=10) / speed,
        }
    )


async def seed(store: Store) -> None:
    """Give a new demo its products, its authorised reseller, its rights, and a past."""
    if await store.count(WATCHES):
        return
    imported = read_watches(WATCHES_FILE.read_text("utf-8"), "US", utc_now(), "demo")
    async with store.transaction() as tx:
        for watch in imported.watches:
            tx.put(WATCHES, watch)
        tx.put(SELLERS, Seller(id=RESELLER, authorised=(RESOLD,)))
        for right in OWNED:
            tx.put(BRAND_RIGHTS, right)
        tx.put(COUNTERS, Counter("rights", len(OWNED)))
        # Somebody asked for copycats before: so the demo searches for them by itself.
        tx.put(UPKEEP, Upkeep(COPYCATS, utc_now() - WEEKLY))
        remember(tx, shipped(), utc_now())
        await remember_prices(tx, utc_now())


def _known(folder: Path, say: Say) -> World | None:
    try:
        return read_world(folder)
    except ValueError:
        say(DAMAGED)
        return None


def _story(market: Marketplace) -> str:
    """Tell whether there is more to come."""
    last = max(event.at for event in market.world.scenario.events)
    return GOES_ON if market.clock.now() < last else OVER


async def _open_market(stack: AsyncExitStack, world: World, web_port: int) -> Marketplace:
    """Open the marketplace where it was before, or else on any free port."""
    port = world.port if world.port != web_port else 0
    try:
        return await stack.enter_async_context(_market(world, port))
    except OSError:
        return await stack.enter_async_context(_market(world, 0))


def _market(world: World, port: int) -> Marketplace:
    clock = WallClock(world.started_at, world.speed)
    return Marketplace(demo_scenario(), clock=clock, port=port, quota_scale=max(1.0, world.speed))
