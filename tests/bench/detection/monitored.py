"""The product's own monitor, on a real store, before a marketplace in virtual time."""

from __future__ import annotations

import asyncio
import math
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from adapters.scheduling.cadence import CronCadences
from adapters.storage.tinydb import TinyStore
from bot.bootstrap.features import COLLECTIONS, FEATURES
from bot.core.competitive import BuyBox, CompetitivePrice, PriceReading
from bot.core.conditions import Condition
from bot.core.context import AppContext, Brand
from bot.core.links import Links
from bot.core.listing import Offer, Snapshot, Watch
from bot.core.money import Money
from bot.core.monitoring import CatalogProduct, Reading
from bot.core.outbox import Outbox
from bot.core.questions import Bucket, Operation
from bot.features.watchlist.collections import WATCHES
from checks.monitor import ListingMonitor
from checks.timing import PollingPolicy
from tests import virtual
from tests.bench.detection.world import DAY, Score, World
from tests.fakes import MemoryEvidence, RecordingEngine

BATCH = 20
START = datetime(2026, 11, 23, 10, tzinfo=UTC)
OWN = "A3ALDERFINCH01"
PRICE = Money(Decimal(10), "EUR")
USUAL_STRANGERS = 1.5
"""The logarithm of how many strangers a product has at the first look, where that is a hint."""


def monitored(world: World) -> Score:
    """Let the product's own monitor look, on a store on the disk."""
    return virtual.run(_monitored(world))


async def _monitored(world: World) -> Score:
    score = Score(world)
    with tempfile.TemporaryDirectory() as folder:
        store = await TinyStore.open(Path(folder), COLLECTIONS)
        app = AppContext(
            store=store,
            scheduler=RecordingEngine(),
            clock=_clock,
            monotonic=asyncio.get_running_loop().time,
            brand=Brand(name="Ours", own_sellers=frozenset({OWN}), home="DE", simulated=True),
            links=Links(),
            evidence=MemoryEvidence(),
            outbox=Outbox(_clock, (), simulated=True),
            stale_after=timedelta(days=1),
            features=FEATURES,
            cadences=CronCadences(),
        )
        async with store.transaction() as tx:
            for place in range(world.trial.products):
                tx.put(
                    WATCHES,
                    Watch(asin=f"B{place:09}", marketplace="DE", title="One", added_at=START),
                )
        policy = PollingPolicy(None, timedelta(minutes=1))
        source = CheapMarketplace if world.trial.cheap_rate else Marketplace
        monitor = ListingMonitor(app, source(world, score), policy)
        await monitor.load()
        tick = max(1.0, BATCH / max(world.trial.full_rate, world.trial.cheap_rate) / 4)
        loop = asyncio.get_running_loop()
        while loop.time() < world.trial.days * DAY:
            await monitor.tick()
            await monitor.settle()
            await asyncio.sleep(tick)
        await monitor.stop()
        await store.close()
    return score


class Marketplace:
    """A source with one quota, which shows each product as it is in the world."""

    simulated = True

    def __init__(self, world: World, score: Score) -> None:
        """Answer at once."""
        self._world, self._score = world, score
        self._interval = BATCH / world.trial.full_rate
        self._free_at = 0.0
        self._full_at: dict[int, float] = {}

    def buckets(self, region: str) -> Sequence[Bucket]:
        """Return the one quota, of batches by ASIN: what is in doubt takes its places, too."""
        now = asyncio.get_running_loop().time()
        ready = 1 + min(0.0, now - self._free_at) / self._interval
        return [
            Bucket(
                operation=Operation.ITEM_OFFERS_BATCH,
                region=region,
                tokens=ready,
                interval=self._interval,
            ),
        ]

    async def ask(self, operation: Operation, watches: Sequence[Watch]) -> list[Reading]:
        """Show the products."""
        now = asyncio.get_running_loop().time()
        assert operation is Operation.ITEM_OFFERS_BATCH
        self._free_at = max(now, self._free_at) + self._interval
        return [Reading(watch, self._seen(watch, now)) for watch in watches]

    async def read(self, watches: Sequence[Watch]) -> list[Reading]:
        """Show the products, quota or not."""
        now = asyncio.get_running_loop().time()
        return [Reading(watch, self._seen(watch, now)) for watch in watches]

    async def products(self, asins: object, code: str) -> dict[str, CatalogProduct]:
        """Know no name."""
        return {}

    def _there(self, place: int) -> list[str]:
        """Return the strangers who are there all the time; their number tells of the rate."""
        hint = self._world.hints[place]
        count = round(math.exp(USUAL_STRANGERS + hint / 2)) - 1 if hint else 0
        return [f"A9{place:05}{number:07}" for number in range(min(count, 15))]

    def _seen(self, watch: Watch, now: float) -> Snapshot:
        place, day = int(watch.asin[1:]), now / DAY
        self._score.looked(place, day)
        self._full_at[place] = day
        strangers = self._there(place)
        strangers += [
            f"A{place:05}{number:07}"
            for number, stay in enumerate(self._world.hijacks[place])
            if stay.begin <= day < stay.end
        ]
        offers = tuple(Offer(seller=seller, price=PRICE) for seller in (OWN, *strangers))
        return Snapshot(
            asin=watch.asin,
            marketplace=watch.marketplace,
            at=_clock(),
            offers=offers,
            total=len(offers),
            holders=(OWN,),
        )


class CheapMarketplace(Marketplace):
    """One that can be looked at cheaply, too; such looks show hijacks that are plain."""

    _glance_at = 0.0

    def price_quota(self, region: str) -> Bucket:
        """Return the quota of cheap looks."""
        now, interval = asyncio.get_running_loop().time(), BATCH / self._world.trial.cheap_rate
        return Bucket(
            operation=Operation.COMPETITIVE_PRICING,
            region=region,
            tokens=1 + min(0.0, now - self._glance_at) / interval,
            interval=interval,
        )

    async def competitive_prices(self, watches: Sequence[Watch]) -> list[PriceReading]:
        """Show how many offers there are; a hijack that is not plain is not counted."""
        now, interval = asyncio.get_running_loop().time(), BATCH / self._world.trial.cheap_rate
        self._glance_at = max(now, self._glance_at) + interval
        return [PriceReading(watch, self._glance(watch, now / DAY)) for watch in watches]

    def _glance(self, watch: Watch, day: float) -> CompetitivePrice:
        place = int(watch.asin[1:])
        self._score.glanced(place, day)
        there = sum(
            stay.plain and stay.begin <= day < stay.end for stay in self._world.hijacks[place]
        )
        hidden = sum(
            not stay.plain and stay.begin <= self._full_at.get(place, 0.0) < stay.end
            for stay in self._world.hijacks[place]
        )
        return CompetitivePrice(
            asin=watch.asin,
            marketplace=watch.marketplace,
            at=_clock(),
            counts={Condition.NEW: 1 + len(self._there(place)) + there + hidden},
            new=(BuyBox(seller=OWN),),
        )


def _clock() -> datetime:
    return START + timedelta(seconds=asyncio.get_running_loop().time())
