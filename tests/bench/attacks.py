"""100,000 attacks and cases: reading and analysing them, beside one pass that only counts."""

from __future__ import annotations

import asyncio
import gc
import random
import time
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from bot.bootstrap.application import open_store
from bot.core.findings import SELLER, Severity
from bot.core.labeled import AttackKind
from bot.core.permissions import Person
from bot.core.store import Store
from bot.features.attacks.collections import ATTACKS
from bot.features.attacks.models import Attack
from bot.features.attacks.rules.analysis import analyse
from bot.features.attacks.service.incidents import read_incidents
from bot.features.cases.collections import CASES
from bot.features.cases.models.cases import Case
from bot.features.cases.models.signals import Signal
from bot.features.reports.service.answers import cases_accused
from tests.bench.measure import Peer, Row, Series, Target, alternate, row
from tests.bench.staff import scratch, settings_in
from tests.signals import with_signals

GROUP = "Attacks"
ANALYSED, COUNTED = "analysed", "one pass that counts by source"
QUICK = Target(1000)
SMOOTH = Target(50)
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Berlin")
YEAR = timedelta(days=365)
WEEKS = 52
AT_ONCE = 5000
LOGGED = 5
"""One of so many was logged by a person; the others the watch found."""
STEP = 0.001
"""Seconds between two looks at the loop."""
ANA = Person("ana", "Ana")


@dataclass(frozen=True)
class Sizes:
    """How much is measured."""

    records: int = 100_000
    rounds: int = 5


async def measure(sizes: Sizes) -> list[Row]:
    """Read all of it from a store on disk, then analyse it and count it in turn."""
    with scratch() as folder:
        async with open_store(settings_in(folder), simulated=True) as store:
            await _fill(store, sizes.records)
            # As the running program does with what it has loaded.
            gc.freeze()
            blocks = [await _blocks(store) for _ in range(sizes.rounds)]
            known = await read_incidents(store, partial(cases_accused, store))

    async def analysed() -> float:
        return _took(lambda: analyse(known, NOW, ZONE, WEEKS))

    async def counted() -> float:
        return _took(lambda: Counter(each.source for each in known))

    took = await alternate(sizes.rounds, {ANALYSED: analysed, COUNTED: counted})
    gc.unfreeze()
    many = f"CPU for {sizes.records:,} records"
    floor = Peer(COUNTED, took[COUNTED])
    busy, quiet = (Series(tuple(each)) for each in zip(*blocks, strict=True))
    held = "longest block of the loop while they are read and analysed"
    return [
        row(GROUP, f"{many}, {ANALYSED}", "ms", took[ANALYSED], floor, QUICK),
        row(GROUP, f"floor: {COUNTED}", "ms", took[COUNTED]),
        row(GROUP, held, "ms", busy, Peer("nothing done", quiet), SMOOTH),
    ]


def _took(work: Callable[[], object]) -> float:
    started = time.thread_time()
    work()
    return 1000 * (time.thread_time() - started)


async def _blocks(store: Store) -> tuple[float, float]:
    """Return for how many milliseconds the loop was held up, and as long while nothing was done."""

    async def work() -> None:
        known = await read_incidents(store, partial(cases_accused, store))
        await asyncio.to_thread(analyse, known, NOW, ZONE, WEEKS)

    started = time.perf_counter()
    busy = await _longest(work())
    # What the machine does besides holds the loop up, too: as long without work tells.
    return busy, await _longest(asyncio.sleep(time.perf_counter() - started))


async def _longest(work: Coroutine[None, None, None]) -> float:
    """Return the milliseconds for which the loop was held up longest until the work was done."""
    task = asyncio.ensure_future(work)
    longest, before = 0.0, time.perf_counter()
    while not task.done():
        await asyncio.sleep(STEP)
        now = time.perf_counter()
        longest = max(longest, 1000 * (now - before - STEP))
        before = now
    await task
    return longest


async def _fill(store: Store, records: int) -> None:
    for start in range(1, records + 1, AT_ONCE):
        async with store.transaction() as tx:
            for each in _invented(start, min(start + AT_ONCE, records + 1), records):
                if isinstance(each, Attack):
                    tx.put(ATTACKS, each)
                else:
                    tx.put(CASES, each)


def _invented(first: int, last: int, records: int) -> Iterator[Case | Attack]:
    """Give records of a year, numbered as time goes on; a few sources do most of it."""
    rng = random.Random(first)
    for number in range(first, last):
        at = NOW - YEAR * (1 - number / (records + 1))
        source = f"A{int(records * rng.random() ** 3):010d}"
        asins = tuple(f"B{rng.randrange(1000):09d}" for _ in range(rng.randrange(1, 3)))
        if number % LOGGED:
            yield _case(number, at, source, asins)
        else:
            yield _attack(number, at, rng.choice((source, "")), asins, rng)


def _case(number: int, at: datetime, seller: str, asins: tuple[str, ...]) -> Case:
    case = Case(
        number=number,
        fingerprint=f"US/{seller}",
        marketplace="US",
        seller=seller,
        opened_at=at,
    )
    signals = [
        Signal(kind=SELLER, asin=asin, headline="It", severity=Severity.WARNING, since=at)
        for asin in asins
    ]
    return with_signals(case, *signals)[0]


def _attack(
    number: int, at: datetime, source: str, asins: tuple[str, ...], rng: random.Random
) -> Attack:
    return Attack(
        number=number,
        kind=rng.choice(list(AttackKind)),
        source=source,
        began_at=at,
        marketplace="US",
        asins=asins,
        case=number,
        logged_by=ANA,
        logged_at=at,
    )
