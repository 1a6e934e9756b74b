"""From what happens at Amazon to its case: real quotas, answers after 0.3 s, virtual time."""

from __future__ import annotations

import asyncio
import statistics
from dataclasses import dataclass
from random import Random

from bot.core.listing import Watch
from bot.core.own_listings import ListingStatus, OwnListing
from bot.core.scanning import each
from bot.features.cases.collections import CASES
from bot.features.watchlist.collections import FIRST_LOOKS, KNOWN_LISTINGS, SKU_CHECKS, WATCHES
from bot.features.watchlist.models.first_looks import FirstLooks
from bot.features.watchlist.models.own_listings import KnownListing
from bot.features.watchlist.models.skus import SkuCheck
from bot.features.watchlist.service.first_looks_news import PERIOD, FirstLooksNews
from tests import virtual
from tests.bench.measure import Peer, Row, Series, Target, row
from tests.unit.checks.trial import AUTO, OWN, START, Amazon, clock, products, watching

GROUP = "First card"
ANSWER = 0.3
"""Seconds."""
IMPORT = "20261130100000"
"""The preview that was confirmed."""
SETTLED = 600.0
"""Seconds until all was looked at a few times."""


@dataclass(frozen=True)
class Sizes:
    """How much is measured."""

    skus: int = 1_000
    strangers: int = 300
    hours: float = 6.0


async def measure(sizes: Sizes) -> list[Row]:
    """Measure it; virtual time needs a thread and a loop of its own."""
    return await asyncio.to_thread(_measure, sizes)


def _measure(sizes: Sizes) -> list[Row]:
    delays = sorted(virtual.run(_strangers(sizes)))
    name = f"stranger on one of {sizes.skus:,} own SKUs, polling alone"
    half = Peer("half a round at the quota", sizes.skus / 20 / 0.5 / 2)
    first, whole = virtual.run(_imported(sizes))
    imported = f"{sizes.skus:,} SKUs confirmed"
    return [
        row(
            GROUP, f"{imported}, card with the first half", "s", Series((first,)), half, Target(75)
        ),
        row(GROUP, f"{imported}, card with all", "s", Series((whole,)), half),
        row(GROUP, f"{name}, p50", "s", Series((statistics.median(delays),)), half, Target(60)),
        row(GROUP, f"{name}, p99", "s", Series((late(delays),)), half, Target(120)),
    ]


def late(delays: list[float]) -> float:
    """Return what 99 of 100 sorted delays stay below or reach."""
    return delays[round(0.99 * (len(delays) - 1))]


async def _imported(sizes: Sizes) -> tuple[float, float]:
    """Return when the card about an import comes, and when it tells of all products."""
    watches = products(sizes.skus, sku="S-")
    amazon = Amazon(slow=ANSWER)
    amazon.strangers = [(watches[0].sku, "A2STRANGER0001", 0.0)]
    first = 0.0
    async with watching(amazon, [], pace=AUTO, beside=True) as team:
        store, loop = team.app.store, asyncio.get_running_loop()
        news = FirstLooksNews(team.app)
        await team.work(60)
        async with store.transaction() as tx:
            for watch in watches:
                tx.put(WATCHES, watch)
                tx.put(SKU_CHECKS, SkuCheck.lookup(watch, watch.asin, "", None, clock()))
                tx.put(KNOWN_LISTINGS, _known(watch))
            tx.put(FIRST_LOOKS, FirstLooks(id=IMPORT, since=clock()))
        confirmed = loop.time()
        team.monitor.follow(*watches)
        while looks := await store.get(FIRST_LOOKS, IMPORT):
            first = first or (loop.time() if looks.seen else 0.0)
            await team.work(PERIOD.total_seconds())
            await news.tick()
        return (first or loop.time()) - confirmed, loop.time() - confirmed


def _known(watch: Watch) -> KnownListing:
    listing = OwnListing(
        seller=OWN,
        sku=watch.sku,
        asin=watch.asin,
        marketplace=watch.marketplace,
        condition="new",
        status=ListingStatus.ACTIVE,
        title=watch.title,
    )
    return KnownListing(listing=listing, first_seen_at=START, offer=IMPORT)


async def _strangers(sizes: Sizes) -> list[float]:
    """Return after how many seconds each stranger had a case; all products are at the same risk."""
    chance = Random(11)
    watches = products(sizes.skus, sku="S-")
    amazon = Amazon(slow=ANSWER)
    seconds = sizes.hours * 3600
    amazon.strangers = [
        (chance.choice(watches).sku, f"A2STRANGER{place:04}", chance.uniform(SETTLED, seconds))
        for place in range(sizes.strangers)
    ]
    async with watching(amazon, watches, pace=AUTO, beside=True) as team:
        await team.work(seconds + SETTLED)
        opened = {case.seller: case.opened_at async for case in each(team.app.store, CASES)}
    assert amazon.refused == 0
    return [
        (opened[seller] - START).total_seconds() - since for _, seller, since in amazon.strangers
    ]
