"""Looks at what is due: reads, judges, and hands what was found to the cases.

One batch of readings is one transaction: what is known of each product, the cases and the
messages about them change together, so that a kill at any moment loses and doubles nothing.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec
import structlog

from bot.app.alerts import take_findings
from bot.app.collections import HISTORIES, SELLERS, STATUSES, WATCHES
from bot.app.desk import Desk
from bot.app.transact import transact
from bot.domain.findings import Finding, Look
from bot.domain.history import History, remember
from bot.domain.marketplaces import marketplace
from bot.domain.offers import Snapshot, Watch, WatchStatus, watch_key
from bot.errors import SourceError
from bot.ports import OfferSource, Reading, Transaction
from checks.due import DueQueue, load, next_due
from checks.offers import judge

log = structlog.get_logger(__name__)

BATCH = 20
"""Products that Amazon answers for in one request."""

PAGE = 500
"""Watches taken from the store at once."""


@dataclass(frozen=True)
class Pace:
    """How often products are looked at."""

    period: timedelta
    confirm_after: timedelta


class Runner:
    """Keeps looking at every watch."""

    def __init__(self, desk: Desk, source: OfferSource, pace: Pace) -> None:
        """Read from ``source`` and record on the desk."""
        self._desk = desk
        self._source = source
        self._pace = pace
        self._lanes: dict[str, DueQueue] = {}
        self._lane_of: dict[str, str] = {}

    async def load(self) -> int:
        """Take up all watches that are stored; return how many."""
        watches: dict[str, list[Watch]] = {}
        statuses: dict[str, WatchStatus] = {}
        after = ""
        while found := await self._desk.store.page(WATCHES, after=after, limit=PAGE):
            for watch in found:
                watches.setdefault(_lane(watch), []).append(watch)
                statuses[watch.key] = await self._status(watch.key)
            after = found[-1].key
        now = self._desk.clock()
        for lane, several in watches.items():
            queue = load(several, statuses, now, self._pace.period, self._pace.confirm_after)
            self._lanes[lane] = queue
            self._lane_of.update((watch.key, lane) for watch in several)
        return len(self._lane_of)

    def follow(self, watch: Watch) -> None:
        """Look at the product from now on, beginning soon."""
        self.forget(watch.key)
        self._schedule(watch, WatchStatus(key=watch.key))
        self._desk.engine.kick("titles")

    def forget(self, key: str) -> None:
        """Look at it no more."""
        lane = self._lane_of.pop(key, None)
        if lane is not None:
            self._lanes[lane].remove(key)

    async def tick(self, _: str = "") -> None:
        """Set off every lane in which something is due."""
        now = self._desk.clock()
        for lane, queue in self._lanes.items():
            due = queue.next_due()
            if due is not None and due <= now:
                self._desk.engine.kick("sweep", lane)

    async def sweep(self, lane: str) -> None:
        """Look at what is due in one lane, batch by batch."""
        queue = self._lanes[lane]
        while keys := queue.pop_due(self._desk.clock(), BATCH):
            mine = [key for key in keys if self._lane_of.get(key) == lane]
            for key in mine:
                # Whatever goes wrong below, a product is never forgotten, nor asked for in a loop.
                queue.schedule(key, self._desk.clock() + self._pace.period)
            found = [await self._desk.store.get(WATCHES, key) for key in mine]
            await self.check([watch for watch in found if watch is not None])

    async def check(self, watches: Sequence[Watch]) -> list[Reading]:
        """Look at the products now, judge and record what was seen; a reading for each."""
        if not watches:
            return []
        readings = await self._source.read(watches)
        await self._record(readings)
        await self._reschedule(watches)
        return readings

    async def titles(self, _: str = "") -> None:
        """Learn the titles of products that have none yet; what nobody tells stays nameless."""
        after = ""
        while watches := await self._desk.store.page(WATCHES, after=after, limit=PAGE):
            nameless: dict[str, list[str]] = {}
            for watch in watches:
                if not watch.title:
                    nameless.setdefault(watch.marketplace, []).append(watch.asin)
            for market, asins in nameless.items():
                await self._name(market, asins)
            after = watches[-1].key

    async def _name(self, market: str, asins: list[str]) -> None:
        try:
            titles = await self._source.titles(asins, market)
        except SourceError as error:
            log.warning("titles not read", marketplace=market, why=str(error))
            return
        await transact(self._desk.store, lambda tx: _write_titles(tx, market, titles))

    async def _record(self, readings: Sequence[Reading]) -> None:
        kept: set[str] = set()
        news = await transact(self._desk.store, lambda tx: self._record_all(tx, readings, kept))
        if news:
            self._desk.engine.kick("outbox")

    async def _record_all(
        self, tx: Transaction, readings: Sequence[Reading], kept: set[str]
    ) -> bool:
        """Record a batch; ``kept`` is the evidence that an earlier try has kept already."""
        findings: list[Finding] = []
        for reading in readings:
            findings += await self._take_in(tx, reading)
        news = await take_findings(self._desk, tx, findings)
        for reading in readings:
            result = reading.result
            if isinstance(result, Snapshot) and result.digest in news - kept and reading.raw:
                await self._keep(result, reading.raw)
                kept.add(result.digest)
        return bool(news)

    async def _take_in(self, tx: Transaction, reading: Reading) -> list[Finding]:
        watch = await tx.get(WATCHES, reading.watch.key)
        if watch is None:
            return []
        before = await tx.get(STATUSES, watch.key) or WatchStatus(key=watch.key)
        if isinstance(reading.result, SourceError):
            tx.put(STATUSES, _failed(before, reading.result, self._desk.clock()))
            return []
        history = await tx.get(HISTORIES, watch.key) or History(key=watch.key)
        now = remember(history, reading.result, watch.floor, self._pace.confirm_after / 2)
        tx.put(STATUSES, _seen(before, reading.result, now))
        if _changed(history, now):
            tx.put(HISTORIES, now)
        look = Look(
            watch=watch,
            snapshot=reading.result,
            before=history,
            now=now,
            own=self._desk.brand.own_sellers,
            trusted=await _trusted(tx, now, watch.asin),
        )
        digest = reading.result.digest
        return [msgspec.structs.replace(finding, evidence=digest) for finding in judge(look)]

    async def _keep(self, snapshot: Snapshot, raw: bytes) -> None:
        facts = {"asin": snapshot.asin, "marketplace": snapshot.marketplace, "kind": "offers"}
        await self._desk.evidence.keep(raw, facts | {"at": snapshot.at.isoformat()})

    async def _reschedule(self, watches: Iterable[Watch]) -> None:
        for asked in watches:
            watch = await self._desk.store.get(WATCHES, asked.key)
            if watch is not None and watch.key in self._lane_of:
                self._schedule(watch, await self._status(watch.key))

    async def _status(self, key: str) -> WatchStatus:
        return await self._desk.store.get(STATUSES, key) or WatchStatus(key=key)

    def _schedule(self, watch: Watch, status: WatchStatus) -> None:
        lane = _lane(watch)
        due = next_due(
            status,
            self._desk.clock(),
            self._pace.period,
            self._pace.confirm_after,
            jitter=random.random(),  # noqa: S311 (spreads load, guards nothing)
        )
        earlier = self._lane_of.get(watch.key, lane)
        if earlier != lane:
            self._lanes[earlier].remove(watch.key)
        self._lane_of[watch.key] = lane
        self._lanes.setdefault(lane, DueQueue()).schedule(watch.key, due)


async def _write_titles(tx: Transaction, market: str, titles: Mapping[str, str]) -> None:
    for asin, title in titles.items():
        watch = await tx.get(WATCHES, watch_key(market, asin))
        if watch is not None and title:
            tx.put(WATCHES, msgspec.structs.replace(watch, title=title))


def _lane(watch: Watch) -> str:
    """Products of one lane share a quota: one region, and one of Amazon's two operations."""
    return f"{marketplace(watch.marketplace).region}/{'own' if watch.sku else 'open'}"


async def _trusted(tx: Transaction, history: History, asin: str) -> frozenset[str]:
    ids = {presence.seller for presence in history.presences} | set(history.holders or ())
    sellers = [await tx.get(SELLERS, seller) for seller in sorted(ids)]
    return frozenset(seller.id for seller in sellers if seller and seller.trusted_on(asin))


def _changed(before: History, now: History) -> bool:
    """Tell whether there is more to remember than that it was looked at."""
    if now.last is None or not now.last.same_as(before.last):
        return True
    return msgspec.structs.replace(now, last=before.last) != before


def _failed(before: WatchStatus, error: SourceError, at: datetime) -> WatchStatus:
    if not before.failure:
        log.warning("cannot check", watch=before.key, why=str(error))
    return msgspec.structs.replace(
        before,
        tried_at=at,
        failure=str(error),
        failing_since=before.failing_since or at,
        failures=before.failures + 1,
    )


def _seen(before: WatchStatus, snapshot: Snapshot, now: History) -> WatchStatus:
    if before.failure:
        log.info("can check again", watch=before.key, failures=before.failures)
    return WatchStatus(key=before.key, tried_at=snapshot.at, seen_at=snapshot.at, hurry=now.unsure)
