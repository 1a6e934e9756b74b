"""A product that reads notifications, born again and again on one folder, to be killed.

``python -m tests.journeys.push_victim FOLDER QUEUE``: ``live`` looks at what it is told of until it
is killed. ``recorded`` and ``removed`` do so until they kill themselves: as soon as a notification
is recorded and not removed yet, or removed and perhaps not looked at yet. ``seed`` looks at all
products once; ``drain`` works until the queue is empty, and all is looked at and told.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import ExitStack, asynccontextmanager, contextmanager
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from unittest.mock import patch

from adapters.push.sqs import SqsQueue, open_queue
from adapters.storage.tinydb import TinyStore
from bot.bootstrap.application import WEB, Application, build_application, running, vault_of
from bot.bootstrap.features import COLLECTIONS
from bot.core.chat import Outgoing
from bot.core.clocks import utc_now
from bot.core.collections import OUTBOX
from bot.core.links import Links
from bot.core.listing import Offer, Snapshot, Watch
from bot.core.money import Money
from bot.core.monitoring import Reading
from bot.core.push import PUSH, Push, QueuedMessage
from bot.core.queue_address import QueueAddress
from bot.core.resources import Resources
from bot.features.cases.collections import CASES
from bot.features.watchlist.collections import STATUSES, WATCHES
from bot.settings import Settings
from checks.push import PushListener
from checks.push_memory import PushBatch
from tests.fakes import FakeSource
from tests.journeys.evidence_victim import LEDGER
from tests.journeys.ledger import Ledger, LedgerChat
from tests.journeys.lives import obey
from tests.queues import KEY, SECRET, left

OWN = "A3ALDERFINCH01"
PRODUCTS = 60
WORLD = "world.json"
"""The products that have a stranger, as the test says."""
HIDDEN = 1
"""Seconds for which a message of a dead process is hidden."""
NEVER = timedelta(hours=9)
"""No product's turn comes: what is seen is seen because of a notification."""
STEP = 0.02


class Visited(FakeSource):
    """A marketplace on which the test lets strangers come."""

    def __init__(self, world: Path) -> None:
        super().__init__()
        self._world = world

    async def read(self, watches: Sequence[Watch]) -> list[Reading]:
        visited = set(json.loads(self._world.read_text()))
        return [_seen(watch, stranger=watch.asin in visited) for watch in watches]


def asin_of(number: int) -> str:
    return f"B0PUSH{number:04}"


def stranger_of(asin: str) -> str:
    return f"A{asin[2:]}THIEF"


def _seen(watch: Watch, *, stranger: bool) -> Reading:
    sellers = [OWN, *([stranger_of(watch.asin)] if stranger else [])]
    raw = json.dumps([watch.asin, sellers]).encode()
    price, free = Money(Decimal("24.99"), "USD"), Money(Decimal(0), "USD")
    offers = (Offer(seller=seller, price=price, shipping=free, fba=True) for seller in sellers)
    snapshot = Snapshot(
        asin=watch.asin,
        marketplace=watch.marketplace,
        at=utc_now(),
        offers=tuple(offers),
        total=len(sellers),
        holders=(OWN,),
        digest=hashlib.sha256(raw).hexdigest(),
    )
    return Reading(watch, snapshot, raw)


async def live(word: str, _: int) -> None:
    """Work on the folder."""
    folder, address = Path(sys.argv[1]), QueueAddress.of(sys.argv[2])
    with patch("adapters.push.sqs.HIDDEN", HIDDEN), _dying(word):
        async with _opened(folder, address) as house, running(house):
            while not await _done(word, house, folder, address):  # noqa: ASYNC110 (files)
                await asyncio.sleep(STEP)


@contextmanager
def _dying(word: str) -> Iterator[None]:
    """Let the process die by its own hand, where the word says so."""
    record, remove = PushListener._record, SqsQueue.remove

    async def recorded(listener: PushListener, batch: PushBatch) -> None:
        await record(listener, batch)
        if batch.heard:
            os.kill(os.getpid(), signal.SIGKILL)

    async def removed(queue: SqsQueue, messages: Sequence[QueuedMessage]) -> None:
        await remove(queue, messages)
        os.kill(os.getpid(), signal.SIGKILL)

    with ExitStack() as stack:
        if word == "recorded":
            stack.enter_context(patch.object(PushListener, "_record", recorded))
        if word == "removed":
            stack.enter_context(patch.object(SqsQueue, "remove", removed))
        yield


async def _done(word: str, house: Application, folder: Path, address: QueueAddress) -> bool:
    store = house.app.store
    if word == "seed":
        seen = [each for each in await store.page(STATUSES) if each.seen_at]
        return len(seen) == PRODUCTS
    if word != "drain" or await store.count(OUTBOX):
        return False
    told = await store.count(CASES) == len(json.loads((folder / WORLD).read_text()))
    return told and not await left(address.endpoint, address)


def _unheard(_: Outgoing, __: bool) -> None:
    """Let every message pass."""


@asynccontextmanager
async def _opened(folder: Path, address: QueueAddress) -> AsyncIterator[Application]:
    settings = Settings(_env_file=None).model_copy(
        update={"own_sellers": frozenset({OWN}), "data_dir": folder, "check_every": NEVER}
    )
    ledger = Ledger(folder / LEDGER)
    store = await TinyStore.open(folder / "store", COLLECTIONS)
    if not await store.count(WATCHES):
        async with store.transaction() as tx:
            for number in range(PRODUCTS):
                asin = asin_of(number)
                tx.put(WATCHES, Watch(asin=asin, marketplace="US", title=asin, added_at=utc_now()))
    chat = LedgerChat(ledger, vault_of(settings).read, _unheard)
    source = Visited(folder / WORLD)
    async with open_queue(address, KEY, SECRET, wait=1) as queue:
        resources = Resources().having(PUSH, Push(queue))
        yield build_application(settings, store, source, Links(), {WEB: chat}, resources)
    await store.close()
    ledger.close()


if __name__ == "__main__":
    obey(live)
