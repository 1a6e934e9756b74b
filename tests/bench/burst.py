"""From having read many changes until the last message about them is in the channel."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial

from adapters.web.messages import WEB_MESSAGES, WebMessage, message_id, stream_name
from bot.bootstrap.application import WEB_CHANNEL, Application, running
from bot.core.collections import OUTBOX
from bot.core.listing import Watch
from bot.core.monitoring import CatalogProduct, OfferSource, Reading
from bot.core.store import Store
from bot.features.cases.collections import ALERT_GROUPS
from tests.bench.market import Market, invaded, marketplace, stranger
from tests.bench.measure import Measure, Peer, Row, Series, Target, alternate, row
from tests.bench.staff import batches, house_over, scratch, source_of

GROUP = "Burst"
UNIT = "s"
TARGET = Target(1.0)
PEER = Peer("changedetection.io, 4 s", 4.0)
"""Its median for a burst of 200 changes was 4 to 7 s, on a machine like this one."""
POLL = 0.002
BURST, DISK = "burst", "a synced write for each"
LINE = 1_000
"""Bytes of such a write."""
OFFERS = 3
PATIENCE = 60.0
"""Seconds after which something is wrong."""


@dataclass(frozen=True)
class Sizes:
    """How much is measured."""

    changes: int = 200
    rounds: int = 3


class Ahead:
    """A source that has read already when the runner asks, so that the moment is known."""

    simulated = True

    def __init__(self, source: OfferSource) -> None:
        self._source = source
        self._known: dict[str, Reading] = {}

    async def fetch(self, watches: Sequence[Watch]) -> None:
        """Read now what the runner will ask for once."""
        readings = await self._source.read(watches)
        self._known = {reading.watch.key: reading for reading in readings}

    async def read(self, watches: Sequence[Watch]) -> list[Reading]:
        """Hand out what was read."""
        return [self._known.pop(watch.key) for watch in watches]

    async def products(self, asins: Iterable[str], code: str) -> dict[str, CatalogProduct]:
        """Ask the source."""
        return await self._source.products(asins, code)


@dataclass
class Scene:
    """A house beside a marketplace, and which products are hit next."""

    market: Market
    source: Ahead
    application: Application
    watches: list[Watch]
    changes: int

    async def hit(self) -> list[Watch]:
        """Let strangers come to the next products; return those, read but not judged."""
        self.market.advance()
        hit = [self.watches[place] for place in self.places()]
        await self.source.fetch(hit)
        return hit

    def places(self) -> range:
        """Tell which products were hit last."""
        end = round(self.market.clock.value) * self.changes
        return range(end - self.changes, end)

    async def evaluate(self, products: Sequence[Watch]) -> None:
        """Let the runner take what was read."""
        for several in batches(products):
            await self.application.monitor.check(several)


async def measure(sizes: Sizes) -> list[Row]:
    """Let strangers come to many products at once: many strangers, and then one."""
    async with _at_work(sizes, by_one=False) as view:
        many = await _beside_disk(sizes, partial(_cases, view))
    async with _at_work(sizes, by_one=True) as view:
        one = await _beside_disk(sizes, partial(_one_case, view))
    names = (
        f"{sizes.changes} sellers, a case each, in order",
        f"one seller on {sizes.changes} products, one case",
    )
    floors = [Peer(DISK, took[DISK]) for took in (many, one)]
    return [
        row(GROUP, names[0], UNIT, many[BURST], PEER, TARGET),
        row(GROUP, names[0], UNIT, many[BURST], floors[0]),
        row(GROUP, names[1], UNIT, one[BURST], PEER, TARGET),
        row(GROUP, names[1], UNIT, one[BURST], floors[1]),
        row(GROUP, f"floor: {DISK}", UNIT, many[DISK]),
    ]


async def _beside_disk(sizes: Sizes, burst: Measure) -> dict[str, Series]:
    """Measure the burst beside what the disk alone takes for as many writes."""
    line = os.urandom(LINE)

    async def disk() -> float:
        started = time.perf_counter()
        for _ in range(sizes.changes):
            file.write(line)
            os.fdatasync(file.fileno())
        return time.perf_counter() - started

    with scratch() as folder, (folder / "floor").open("wb", buffering=0) as file:
        return await alternate(sizes.rounds, {BURST: burst, DISK: disk})


@asynccontextmanager
async def calm(sizes: Sizes, *, by_one: bool) -> AsyncIterator[Scene]:
    """Open a scene in which all was looked at once, and nothing runs yet."""
    products = (sizes.rounds + 1) * sizes.changes
    scenario = invaded(products, OFFERS, sizes.changes, by_one=by_one)
    async with AsyncExitStack() as stack:
        market = await stack.enter_async_context(marketplace(scenario))
        source = Ahead(await stack.enter_async_context(source_of(market)))
        folder = stack.enter_context(scratch())
        application, watches = await stack.enter_async_context(house_over(source, scenario, folder))
        view = Scene(market, source, application, watches, sizes.changes)
        await source.fetch(watches)
        await view.evaluate(watches)
        yield view


@asynccontextmanager
async def _at_work(sizes: Sizes, *, by_one: bool) -> AsyncIterator[Scene]:
    async with calm(sizes, by_one=by_one) as view, running(view.application):
        yield view


async def _cases(view: Scene) -> float:
    """Measure until nothing waits in the outbox; check that each has its card, and their order.

    The first few are told in the channel itself, and all that follow in the thread of a wave.
    """
    store = view.application.app.store
    before = {message.key for message in await _told(store, len(view.watches))}
    took = await _one_case(view)
    shown = [each for each in await _told(store, len(view.watches)) if each.key not in before]
    for message, place in zip(shown, view.places(), strict=True):
        if not any(stranger(place) in link.url for link in message.card.links):
            error = f"{message.card.title!r} stands where {stranger(place)} was expected."
            raise RuntimeError(error)
    return took


async def _one_case(view: Scene) -> float:
    """Measure until nothing waits in the outbox any more."""
    hit = await view.hit()
    store = view.application.app.store
    started = time.perf_counter()
    async with asyncio.timeout(PATIENCE):
        await view.evaluate(hit)
        await until(lambda: all_sent(store))
    return time.perf_counter() - started


async def _told(store: Store, most: int) -> list[WebMessage]:
    """Return the cards of all cases, the oldest first."""
    wave = await store.get(ALERT_GROUPS, "now")
    gathering = message_id(wave.message) if wave else ""
    streams = [stream_name(WEB_CHANNEL), gathering]
    found = [await store.find(WEB_MESSAGES, "stream", each, limit=most + 1) for each in streams]
    told = [message for messages in found for message in messages if message.id != gathering]
    return sorted(told, key=lambda message: message.seq)


async def all_sent(store: Store) -> bool:
    return not await store.count(OUTBOX)


async def until(reached: Callable[[], Awaitable[bool]]) -> None:
    while not await reached():  # noqa: ASYNC110 (a count tells nobody that it changed)
        await asyncio.sleep(POLL)
