"""The record of a product's prices: what it costs a changed check, and reading a year of it."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from unittest import mock

import msgspec

from adapters.simulator import Scenario
from adapters.simulator.scenario import Price
from adapters.storage.tinydb import FILE
from bot.bootstrap.application import Application
from bot.core.context import AppContext
from bot.core.findings import RuleContext
from bot.core.history import History
from bot.core.listing import Snapshot, Watch
from bot.core.price_history import BuyBoxHolder, PriceState, PriceTail, add, begin, minute_of
from bot.core.store import Transaction, run_in_transaction
from bot.features.watchlist.collections import HISTORIES
from bot.features.watchlist.service.price_records import blocks_of, keep_prices, price_history
from tests.bench.market import Market, marketplace, restless
from tests.bench.measure import Measure, Peer, Row, Series, Target, alternate, row
from tests.bench.staff import batches, house_over, scratch, source_of

GROUP = "History"
SLIGHT = Target(1.05, of_ratio=True)
SPAN = timedelta(days=365)
YEAR = Target(100)
SMALL = Target(40)
WITH, WITHOUT = "with the record", "without it"
CPU, LOG = "processor", "log"


@dataclass(frozen=True)
class Sizes:
    """How much is measured."""

    products: int = 100
    offers: tuple[int, ...] = (3, 20)
    rounds: int = 48
    changes: int = 2000
    """Of one product in a year."""


class _Side:
    """One application, whose checks keep the record or not."""

    def __init__(
        self, market: Market, application: Application, watches: Sequence[Watch], folder: Path
    ) -> None:
        self._market = market
        self.application = application
        self.watches = watches
        self._folder = folder
        self.bytes: list[float] = []

    async def moved(self) -> float:
        """Check all products after each price moved; return milliseconds for each of them."""
        self._market.advance()
        size, before = self._size(), time.process_time()
        for several in batches(self.watches):
            for reading in await self.application.monitor.check(several):
                if not isinstance(reading.result, Snapshot):
                    raise reading.result
        took = 1000 * (time.process_time() - before) / len(self.watches)
        self.bytes.append((self._size() - size) / len(self.watches))
        return took

    def _size(self) -> int:
        return sum(each.stat().st_size for each in self._folder.rglob(FILE))


@contextmanager
def _no_record() -> Iterator[None]:
    def before(look: RuleContext, *_: object, **__: object) -> PriceTail | None:
        return look.before.prices

    with mock.patch("checks.recording.noted", before):
        yield


async def measure(sizes: Sizes) -> list[Row]:
    """Check products whose prices moved, with the record and without, in turn."""
    rows: list[Row] = []
    for offers in sizes.offers:
        rows += await _costs(sizes, offers)
    return [*rows, *await _year(sizes)]


async def _costs(sizes: Sizes, offers: int) -> list[Row]:
    async with AsyncExitStack() as stack:
        kept, bare = [await _side(stack, sizes, offers) for _ in range(2)]

        async def without() -> float:
            with _no_record():
                return await bare.moved()

        measures: dict[str, Measure] = {WITH: kept.moved, WITHOUT: without}
        took = await alternate(sizes.rounds, measures)
    written = {
        side: Series(tuple(each.bytes[-sizes.rounds :]))
        for side, each in ((WITH, kept), (WITHOUT, bare))
    }
    rows = []
    for what, unit, values in ((CPU, "ms", took), (LOG, "bytes", written)):
        name = f"{what} of a changed check, {offers} offers"
        rows += [
            row(
                GROUP,
                f"{name}, {WITH}",
                unit,
                _whole(values[WITH]),
                Peer(WITHOUT, _whole(values[WITHOUT])),
                SLIGHT,
            ),
            row(GROUP, f"{name}, {WITHOUT}", unit, _whole(values[WITHOUT])),
        ]
    return rows


def _whole(values: Series) -> Series:
    """Take the mean of the rounds: some of them write a block, most do not.

    A round in which the log was compacted, and got smaller, tells nothing.
    """
    usual = [value for value in values.values if value > 0]
    return Series((sum(usual) / len(usual),))


async def _side(stack: AsyncExitStack, sizes: Sizes, offers: int) -> _Side:
    scenario = _undercut(sizes.products, offers, seconds=sizes.rounds + 2)
    market = await stack.enter_async_context(marketplace(scenario))
    source = await stack.enter_async_context(source_of(market))
    folder = stack.enter_context(scratch())
    opened = await stack.enter_async_context(house_over(source, scenario, folder))
    side = _Side(market, *opened, folder)
    await side.moved()
    return side


def _undercut(products: int, offers: int, seconds: int) -> Scenario:
    """A burst in which every second the lowest price of every product is another one."""
    calm = restless(products, offers, seconds)
    events = tuple(
        msgspec.structs.replace(event, price=event.price - 15)
        for event in calm.events
        if isinstance(event, Price)
    )
    return msgspec.structs.replace(calm, events=events)


async def _year(sizes: Sizes) -> list[Row]:
    """Read a product's year, and weigh what is kept of it."""
    async with AsyncExitStack() as stack:
        side = await _side(stack, Sizes(products=1, rounds=1), 3)
        app, [watch] = side.application.app, side.watches
        for number in range(sizes.changes):
            await run_in_transaction(app.store, partial(_change, app, watch, number, sizes))
        took = [await _read(app, watch, sizes.changes) for _ in range(sizes.rounds)]
        blocks = await blocks_of(app.store, watch.key)
    size = sum(len(msgspec.json.encode(block)) + len(block.key) for block in blocks)
    each = Series((size / sizes.changes,))
    what = f"reading a year of {sizes.changes} changes"
    return [
        row(GROUP, what, "ms", Series(tuple(took)), None, YEAR),
        row(GROUP, "a change in the store, uncompacted", "bytes", each, None, SMALL),
    ]


async def _change(
    app: AppContext, watch: Watch, number: int, sizes: Sizes, tx: Transaction
) -> None:
    minute = minute_of(app.clock() - SPAN + number * SPAN / sizes.changes)
    cents = 2000 + number * 37 % 400
    holder = BuyBoxHolder.OURS if number % 9 else BuyBoxHolder.UNKNOWN
    state = PriceState(holder, 2399, cents, min(cents, 2399), 3 + number % 5)
    known = await tx.get(HISTORIES, watch.key) or History(key=watch.key)
    tail = known.prices if number else None
    tail = add(tail, minute, state) if tail else begin(minute, state)
    kept = await keep_prices(tx, watch.key, tail)
    tx.put(HISTORIES, msgspec.structs.replace(known, prices=kept))


async def _read(app: AppContext, watch: Watch, changes: int) -> float:
    started = time.perf_counter()
    read = await price_history(app, watch, SPAN + timedelta(days=1))
    took = 1000 * (time.perf_counter() - started)
    if len(read.changes) < changes:
        message = f"Only {len(read.changes)} of {changes} changes were read."
        raise ValueError(message)
    return took
