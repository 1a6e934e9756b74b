"""CPU of the loop's thread in one callback, with 100,000 watches and cases, while all goes on."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar
from unittest import mock

import msgspec

from adapters.web.outbound import WebChat
from bot.bootstrap.application import (
    WEB,
    WEB_CHANNEL,
    Application,
    build_application,
    open_store,
    running,
)
from bot.core.clocks import utc_now
from bot.core.collections import TEAMS, UPKEEP
from bot.core.context import AppContext
from bot.core.findings import SELLER, Severity
from bot.core.interactions import Command, Place
from bot.core.links import Links
from bot.core.listing import Watch, WatchStatus
from bot.core.permissions import Person, Role
from bot.core.store import Collection, Store
from bot.core.sweeping import Sweeping
from bot.core.team import Team
from bot.core.vault_sweep import SWEPT, VaultSweep
from bot.features.attacks.service.charts import look_at_attacks
from bot.features.cases.collections import AFFECTED, CASES, ENTRIES
from bot.features.cases.models.cases import Case, Entry, EntryKind
from bot.features.cases.models.signals import Affected, Signal
from bot.features.cases.service.waking import Waking
from bot.features.evidence.collections import EVIDENCE_LOGS
from bot.features.evidence.models.custody import EvidenceLog
from bot.features.evidence.service.deleting import Retention
from bot.features.overview.service.digest import DailyDigest
from bot.features.overview.service.suggestions import suggest
from bot.features.reviews.models.quarters import quarter_of
from bot.features.reviews.service.facts import gather
from bot.features.watchlist.collections import SOURCE_FAULTS, STATUSES, WATCHES
from bot.features.watchlist.models.health import ACCOUNT, SourceFault
from bot.features.watchlist.service.outages import OutageWatch
from tests.bench.measure import Peer, Row, Series, Target, row
from tests.bench.staff import scratch, settings_in, watches_of
from tests.fakes import FakeSource
from tests.signals import with_signals

T = TypeVar("T", bound=msgspec.Struct)

GROUP = "Crowd"
SMOOTH = Target(50)
AT_ONCE = 5000
OPEN = 10
"""One case of so many is open."""
ASLEEP = 100
YEAR = timedelta(days=365)
ANA = Person("ana", "Ana")
PLACE = Place(chat=WEB, channel=WEB_CHANNEL)
WHOLE = "cases all 9999"
TYPED = (
    WHOLE,
    "watches 9999",
    "todo",
    "health",
    "digest",
    "attacks 728",
    "cases mine",
    "unwatch {}",
)


@dataclass(frozen=True)
class Sizes:
    """How much is measured."""

    watches: int = 100_000
    cases: int = 100_000
    rounds: int = 5


@dataclass
class Spent:
    """What a piece of work took, in milliseconds of the loop's thread."""

    whole: list[float] = field(default_factory=list)
    longest: list[float] = field(default_factory=list)


async def measure(sizes: Sizes) -> list[Row]:
    """Run the program over much data, do everything a few times, and look at every callback."""
    spent: dict[str, Spent] = {}
    with scratch() as folder:
        watches = watches_of(sizes.watches)
        await _fill(folder, watches, sizes)
        settings = settings_in(folder)
        async with open_store(settings, simulated=True) as store:
            chats = {WEB: WebChat(store, utc_now)}
            application = build_application(
                settings, store, FakeSource(simulated=True), Links(), chats
            )
            with callbacks() as took:
                async with running(application):
                    for number in range(sizes.rounds):
                        gone = watches[number]
                        for name, work in _works(application, gone):
                            await _spend(work, took, spent.setdefault(name, Spent()))
                    await _refuse(store)
                    for _ in range(sizes.rounds):
                        for name, work in _failing(application):
                            await _spend(work, took, spent.setdefault(name, Spent()))
    return _rows(spent, took)


def _rows(spent: dict[str, Spent], took: list[float]) -> list[Row]:
    ordered = sorted(took)
    late = ordered[round(0.999 * (len(ordered) - 1))]
    rows = [
        row(GROUP, "one callback, 99.9th percentile", "ms", Series((late,)), target=SMOOTH),
        row(GROUP, f"the longest of {len(took):,} callbacks", "ms", Series((ordered[-1],))),
        row(GROUP, f"/{WHOLE}", "ms", Series(tuple(spent[WHOLE].whole)), target=SMOOTH),
    ]
    for name, each in spent.items():
        whole = Peer("all of it", Series(tuple(each.whole)))
        rows.append(
            row(GROUP, f"{name}, longest callback", "ms", Series(tuple(each.longest)), whole)
        )
    return rows


@contextmanager
def callbacks() -> Iterator[list[float]]:
    """Note the milliseconds of its thread's CPU that each callback of the loop takes."""
    took: list[float] = []
    run = asyncio.Handle._run

    def timed(handle: asyncio.Handle) -> None:
        before = time.thread_time()
        run(handle)
        took.append(1000 * (time.thread_time() - before))

    with mock.patch.object(asyncio.Handle, "_run", timed):
        yield took


async def _spend(work: Callable[[], Awaitable[object]], took: list[float], spent: Spent) -> None:
    before = len(took)
    started = time.thread_time()
    await asyncio.ensure_future(_awaited(work))
    spent.whole.append(1000 * (time.thread_time() - started))
    spent.longest.append(max(took[before:]))


async def _awaited(work: Callable[[], Awaitable[object]]) -> None:
    await work()


def _works(
    application: Application, gone: Watch
) -> Iterator[tuple[str, Callable[[], Awaitable[object]]]]:
    app = application.app
    outages = OutageWatch(app)
    quarter = quarter_of(app.clock().date()).before
    yield "snoozes, every 20 s", Waking(app).tick
    yield "the digest, every 20 s", DailyDigest(app).tick
    yield "sweeping, every 20 s", Sweeping(app).tick
    yield "outages, every 20 s", outages.tick
    yield "retention, daily", lambda: Retention(app).tick()
    yield "mark and sweep, daily", partial(_sweep_files, app)
    yield "titles, hourly", application.monitor.catalog.tick
    yield "what a review is made of", lambda: gather(app, quarter)
    yield "a year's attacks", lambda: look_at_attacks(app, 52)
    yield "completing a word", lambda: suggest(app, "product", "none such")
    for text in TYPED:
        asked = text.format(gone.asin)
        yield text.partition(" {")[0], partial(_type, application, asked)


def _failing(application: Application) -> Iterator[tuple[str, Callable[[], Awaitable[object]]]]:
    outages = OutageWatch(replace(application.app, outage_after=timedelta()))
    yield "outages while Amazon lets nobody in", outages.tick
    yield "/health then", partial(_type, application, "health")


async def _sweep_files(app: AppContext) -> None:
    async with app.store.transaction() as tx:
        tx.delete(UPKEEP, SWEPT)
    await VaultSweep(app).tick()


async def _refuse(store: Store) -> None:
    async with store.transaction() as tx:
        tx.put(SOURCE_FAULTS, SourceFault(ACCOUNT, "The login was refused.", utc_now()))


async def _type(application: Application, text: str) -> None:
    name, _, rest = text.partition(" ")
    now = application.app.clock()
    id = f"{text} {now.timestamp()}"
    asked = Command(id=id, who=ANA, role=Role.ADMIN, where=PLACE, at=now, name=name, text=rest)
    if not await application.router.handle(asked):
        message = f"/{text} says nothing"
        raise RuntimeError(message)


async def _fill(folder: Path, watches: list[Watch], sizes: Sizes) -> None:
    """Store what a large team has after years."""
    now = utc_now()
    numbers = range(1, sizes.cases + 1)
    async with open_store(settings_in(folder), simulated=True) as store:
        await _put(store, TEAMS, [Team(keep_days=3650, digest_hour=23)])
        await _put(store, WATCHES, watches)
        statuses = [WatchStatus(key=watch.key, tried_at=now, seen_at=now) for watch in watches]
        await _put(store, STATUSES, statuses)
        made = [_case(number, watches[number % len(watches)], now, sizes) for number in numbers]
        cases = [case for case, _ in made]
        await _put(store, CASES, cases)
        await _put(store, AFFECTED, [on for _, products in made for on in products])
        await _put(store, ENTRIES, [_entry(case) for case in cases])
        await _put(store, EVIDENCE_LOGS, [EvidenceLog(case=case.key) for case in cases[::3]])


async def _put(store: Store, collection: Collection[T], documents: list[T]) -> None:
    for start in range(0, len(documents), AT_ONCE):
        async with store.transaction() as tx:
            for document in documents[start : start + AT_ONCE]:
                tx.put(collection, document)


def _case(
    number: int, watch: Watch, now: datetime, sizes: Sizes
) -> tuple[Case, tuple[Affected, ...]]:
    at = now - YEAR * (1 - number / (sizes.cases + 1))
    seller = f"A{number % 9973:013d}"
    is_open = number % OPEN == 0
    case = Case(
        number=number,
        fingerprint=f"US/{seller}",
        marketplace="US",
        seller=seller,
        opened_at=at,
        open=is_open,
        closed_at=None if is_open else at,
        entries=1,
        assignee=ANA,
        assignee_id=ANA.id,
        snoozed_until=now + YEAR / 8 if number % ASLEEP == 0 else None,
    )
    signal = Signal(
        kind=SELLER, asin=watch.asin, headline="It", severity=Severity.WARNING, since=at
    )
    return with_signals(case, signal)


def _entry(case: Case) -> Entry:
    at = case.opened_at
    day = at.date().isoformat()
    return Entry(case=case.key, place=1, at=at, day=day, kind=EntryKind.OPENED, text="It")
