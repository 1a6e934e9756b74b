"""Looks at what is due, and has what was read recorded."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

import structlog

from bot.core.context import AppContext
from bot.core.listing import Snapshot, Watch, WatchStatus
from bot.core.marketplaces import Marketplace
from bot.core.monitoring import CatalogProduct, OfferSource, Reading
from bot.core.notifications import PushSubject
from bot.core.patrols import PatrolSubject, is_patrol
from bot.core.questions import metered
from bot.core.scanning import each, in_turns
from bot.core.scheduler import Work
from bot.errors import SkuRefused
from bot.features.watchlist.collections import (
    HISTORIES,
    SKU_CHECKS,
    STATUSES,
    WATCHES,
)
from bot.features.watchlist.models.health import ACCOUNT
from checks.account_watch import AccountWatch
from checks.agenda import QueuePlace, Urgency, group_of
from checks.catalog import CatalogReader
from checks.fault_book import FaultBook
from checks.patrol import Patrol
from checks.patrols import Patrols
from checks.plan import Plan
from checks.planner import Planner, next_questions
from checks.polling import Hands, Polling
from checks.recording import Recording
from checks.sku_book import SkuBook
from checks.skus import TELL, SkuChecks
from checks.standing import standing_questions
from checks.sweep import Sweep
from checks.timing import PollingPolicy, Timing
from checks.urging import Urging

log = structlog.get_logger(__name__)

SOON = timedelta(minutes=1)
"""What was read so long ago is shown to a person who asks, where there is no fixed period."""
FOLLOWED_AT_ONCE = 20
"""Products that are looked at before all others because they were just named."""
PATROLLED = {
    PushSubject.PAGE: (PatrolSubject.PAGES,),
    PushSubject.LISTING: (PatrolSubject.LISTINGS, PatrolSubject.LONE_LISTINGS),
}
"""Which patrols look at what is no offer; each product is asked for by one of them."""


class ListingMonitor:
    """Keeps looking at every watch."""

    def __init__(
        self,
        app: AppContext,
        source: OfferSource,
        pace: PollingPolicy,
        plan: Planner = next_questions,
    ) -> None:
        """Read from ``source``, in the order of ``plan``, and record for the application."""
        self._app = app
        self._source = metered(source)
        self._pace = pace
        self._timing = Timing(app, self._source, pace)
        self._recording = Recording(app, pace.confirm_after / 2, self._timing.learn)
        self._followed: dict[str, Watch] = {}
        """Products that the next tick takes in."""
        self._taking_in = asyncio.Lock()
        self._faults = FaultBook(app)
        self._book = SkuBook()
        self.skus = SkuChecks(app, source, self._book, self.follow)
        """Checks our SKUs."""
        self.account = AccountWatch(app, source)
        """Reads how our account is rated."""
        hands = Hands(self._find, self._take_up, self._tell)
        self._polling = Polling(self._source, self._timing.agenda, app.monotonic, hands, plan)
        self._urging = Urging(self._timing.agenda, app.monotonic)
        app.tempo.patrols = self.patrols.states
        slack, account = pace.confirm_after / 2, self._polling.breakers.of(ACCOUNT)
        sweep = Sweep(self._last_seen, self._put_first)
        for question in standing_questions(
            app, source, self._timing, sweep, self._book, self._find, slack
        ):
            patrol = Patrol(
                question, app.clock, app.monotonic, random.random, account, pace.least_apart
            )
            self.patrols.add(patrol)
        self.catalog = CatalogReader(app, source, self._polling.breakers)
        """Learns what products are called."""

    @property
    def patrols(self) -> Patrols:
        """What is asked of the products beside their offers."""
        return self._timing.patrols

    @property
    def period(self) -> timedelta:
        """How often each product is looked at, if the quota allows; see `bot.core.monitoring`."""
        return self._pace.period or SOON

    async def load(self) -> int:
        """Take up all watches that are stored; return how many."""
        new: list[Watch] = []
        known: list[tuple[Watch, WatchStatus]] = []
        await self._book.load(self._app.store)
        async for history in each(self._app.store, HISTORIES):
            if watch := await self._find(history.key):
                await self._timing.look_back(watch)
                self._timing.learn(watch, history)
        async for watch in each(self._app.store, WATCHES):
            status = await self._status(watch.key)
            if status.tried_at is None:
                new.append(watch)
            else:
                known.append((self._book.as_asked(watch), status))
        if known:
            # What came in while the program was stopped holds up nothing that it looks at already.
            self.follow(*new)
        else:
            await self.skus.first_check(new)
            known = [(self._book.as_asked(watch), WatchStatus(key=watch.key)) for watch in new]
        async for watch, _ in in_turns(known):
            self._timing.expect(watch)
        async for watch, status in in_turns(known):
            self._timing.resume(watch, status)
        await self._resume_faults()
        self._timing.reckon()
        return len(self._timing)

    async def _resume_faults(self) -> None:
        faults = await self._faults.load()
        self.patrols.resume(faults)
        for fault in faults:
            if not is_patrol(fault.scope):
                self._polling.breakers.of(fault.scope).resume(fault.why, self._app.monotonic())

    def follow(self, *watches: Watch) -> None:
        """Look at the products from now on, beginning with the next tick, which is soon."""
        self._followed.update({watch.key: watch for watch in watches})
        self._app.scheduler.trigger(Work.TICK)

    def forget(self, key: str) -> None:
        """Look at it no more."""
        self._followed.pop(key, None)
        self._book.forget(key)
        self._polling.forget(key)
        self._urging.forget(key)
        self._timing.lift(key)

    def look_soon(self, key: str, subject: PushSubject = PushSubject.OFFERS) -> None:
        """Look at a product before its turn, where anybody looks at that subject of it.

        However often this is called, the products whose turn it is are looked at too.
        """
        if subject is PushSubject.ACCOUNT:
            self.account.look_soon(key)
        elif asked := PATROLLED.get(subject):
            for patrol in asked:
                self.patrols.look_soon(patrol, key)
        elif self._timing.lane(key) is not None:
            self._urging.want(key, under_way=self._polling.asks_for(key))
        self._app.scheduler.trigger(Work.TICK)

    async def seen_at(self, key: str, subject: PushSubject) -> datetime | None:
        """Return when that subject of a product was looked at last; None: it was not, or failed."""
        if subject is PushSubject.OFFERS:
            return (await self._status(key)).seen_at
        if subject is PushSubject.ACCOUNT:
            return await self.account.read_at(key)
        ages = (self.patrols.age(patrol, key) for patrol in PATROLLED.get(subject, ()))
        age = next((age for age in ages if age is not None), None)
        return None if age is None else self._app.clock() - timedelta(seconds=age)

    def plan(self) -> Plan:
        """Return how often products are looked at, and why."""
        return self._timing.plan()

    async def tick(self, _: str = "") -> None:
        """Ask for what is due, as far as the quotas take it."""
        await self._take_in_followed()
        self._timing.reckon()
        self._timing.strides.fit()
        self._urging.place()
        self._polling.send()
        self.patrols.send()
        await self._tell(self._polling.breakers.faults())

    async def settle(self) -> None:
        """Wait until all that is asked for is answered and recorded."""
        await self._polling.under_way.settle()
        await self.patrols.settle()

    async def stop(self) -> None:
        """Give up what is asked for; all of it is asked for again after a start."""
        await self.patrols.stop()
        await self._polling.under_way.stop()

    async def look_now(self, watch: Watch, who: str) -> Reading:
        """Look at a product that a person waits for; see `bot.core.monitoring.Checker`."""
        # What was just named is looked at once: for the person as for its own turn.
        await self._take_in_followed()
        asked = self._book.as_asked(watch)
        place = QueuePlace(group_of(asked), Urgency.DEMAND, self._app.monotonic())
        return await self._polling.look_now(asked, place, who)

    async def describe(self, watch: Watch) -> CatalogProduct:
        """Return what the catalogue says; see `bot.core.monitoring.Checker`."""
        return await self.catalog.describe(watch)

    async def check(self, watches: Sequence[Watch]) -> list[Reading]:
        """Look at the products now, judge and record what was seen; a reading for each.

        This waits for the quota, in no order with what is due.
        """
        if not watches:
            return []
        readings = await self._source.read([self._book.as_asked(watch) for watch in watches])
        for reading in readings:
            if isinstance(reading.result, Snapshot):
                self._polling.breakers.worked(Marketplace.named(reading.watch.marketplace).region)
        await self._tell(self._polling.breakers.faults())
        await self._take_up(readings)
        return readings

    async def _take_up(self, readings: Sequence[Reading]) -> None:
        await self._recording.record(readings)
        for reading in readings:
            if isinstance(reading.result, Snapshot):
                # A full look shows all that a cheap one does.
                self.patrols.pass_over(PatrolSubject.PRICES, reading.watch.key)
        await self._reschedule([reading.watch for reading in readings])
        for reading in readings:
            self._urging.looked(reading.watch.key, seen=isinstance(reading.result, Snapshot))
        await self._ask_otherwise(readings)

    async def _ask_otherwise(self, readings: Sequence[Reading]) -> None:
        """Ask by ASIN, and at once, for what cannot be asked for by its SKU."""
        for reading in readings:
            if isinstance(reading.result, SkuRefused):
                check = await self._app.store.get(SKU_CHECKS, reading.watch.key)
                watch = await self._app.store.get(WATCHES, reading.watch.key)
                if check and watch and check.of(watch) and self._book.take_in(check):
                    self._put_first(self._book.as_asked(watch))
        seen = [each.watch.key for each in readings if isinstance(each.result, Snapshot)]
        if self._book.untold(seen):
            self._app.scheduler.trigger(Work.SKUS, TELL)

    def _put_first(self, watch: Watch) -> None:
        group = group_of(watch)
        now = self._app.monotonic()
        self._polling.agenda.put(watch.key, group, Urgency.CONFIRMATION, now)
        self._timing.lay(watch)

    async def _reschedule(self, watches: Iterable[Watch]) -> None:
        for asked in watches:
            watch = await self._find(asked.key)
            if watch is not None and self._timing.lane(watch.key):
                turn = self._polling.turn(watch.key)
                self._timing.put(watch, await self._status(watch.key), turn)

    async def _find(self, key: str) -> Watch | None:
        watch = await self._app.store.get(WATCHES, key)
        return self._book.as_asked(watch) if watch else None

    async def _last_seen(self, key: str) -> Snapshot | None:
        """Return what was seen of a product, unless it is looked at fully soon anyway."""
        if self._polling.agenda.urgency(key) is not Urgency.REGULAR:
            return None
        history = await self._app.store.get(HISTORIES, key)
        return history.last if history else None

    async def _status(self, key: str) -> WatchStatus:
        return await self._app.store.get(STATUSES, key) or WatchStatus(key=key)

    async def _take_in_followed(self) -> None:
        """Take in what was named since the last time."""
        async with self._taking_in:
            named = list(self._followed.values())
            await self.skus.first_check(named)
            for watch in named:
                await self._timing.look_back(watch)
            # Meanwhile some may have been forgotten, or named again.
            followed = [watch for watch in named if self._followed.get(watch.key) is watch]
            for watch in followed:
                del self._followed[watch.key]
            self._take_in([self._book.as_asked(watch) for watch in followed])
        if any(watch.sku for watch in followed):
            self._app.scheduler.trigger(Work.SKUS)

    def _take_in(self, watches: Sequence[Watch]) -> None:
        """Ask for a few of them soon, for the others over one round.

        Of many at once none is more urgent than what waits for its turn; all at once they would
        hold it up until all of them were read.
        """
        news = {watch.key: self._timing.expect(watch) for watch in watches}
        self._timing.reckon()
        agenda, now = self._polling.agenda, self._app.monotonic()
        for place, watch in enumerate(watches):
            self._timing.lay(watch)
            few = agenda.waiting(Urgency.DEMAND) < FOLLOWED_AT_ONCE
            if not few and not news[watch.key]:
                # It has its turn already, perhaps to confirm a doubt.
                continue
            self._polling.forget(watch.key)
            urgency = Urgency.DEMAND if few else Urgency.REGULAR
            due_at = now if few else self._timing.spread(watch, place / len(watches))
            agenda.put(watch.key, group_of(watch), urgency, due_at)
        if not all(watch.title for watch in watches):
            self._app.scheduler.trigger(Work.TITLES)

    async def _tell(self, faults: Mapping[str, str]) -> None:
        """Write down why Amazon cannot be asked, for /health and the outage card."""
        await self._faults.tell({**faults, **self.patrols.faults()})
