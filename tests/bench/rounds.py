"""The share of one core that the guard's rounds take while nothing is due, at a look in 20 s."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from adapters.scheduling.cadence import CronCadences
from adapters.storage.tinydb import TinyStore
from bot.bootstrap.features import COLLECTIONS, FEATURES
from bot.core.collections import MEMBERS, TEAMS, Member
from bot.core.context import AppContext, Brand
from bot.core.feature import DUE
from bot.core.labeled import Duty
from bot.core.links import Links
from bot.core.outbox import Outbox
from bot.core.permissions import Person
from bot.core.resources import Resources
from bot.core.team import Team
from bot.features.checklists.collections import DECISIONS, RUNS
from bot.features.checklists.models.decisions import Decision
from bot.features.checklists.models.definitions import Area, Checklist, Item
from bot.features.checklists.resources import CHECKLISTS
from bot.features.checklists.service.rounds import ChecklistJob
from tests.bench.measure import Measure, Row, Series, Target, alternate, row
from tests.bench.staff import scratch
from tests.fakes import MemoryEvidence, RecordingEngine, StoppedClock

GROUP = "Idle"
UNIT = "%"
SMALL = Target(1)
MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
TUESDAY = MONDAY + timedelta(days=1, hours=2)
ANA = Person("ana", "Ana")
ITEMS = 6


@dataclass(frozen=True)
class Sizes:
    """How much is measured."""

    checklists: int = 500
    members: int = 200
    decisions: int = 50
    ticks: int = 20
    rounds: int = 7


async def measure(sizes: Sizes) -> list[Row]:
    """Look again and again while nothing is due: with no run open, and with all of them open."""
    answered = f"{sizes.checklists} checklists, {sizes.members} members, all answered"
    waiting = f"{sizes.checklists} checklists, {sizes.members} members, none answered"
    with scratch() as one, scratch() as two:
        async with _app(one, sizes, closed=True) as idle, _app(two, sizes, closed=False) as busy:
            measures = {answered: _share(idle, sizes), waiting: _share(busy, sizes)}
            took = await alternate(sizes.rounds, measures)
    return [_row(name, took[name]) for name in (answered, waiting)]


def _row(name: str, took: Series) -> Row:
    return row(GROUP, name, UNIT, took, target=SMALL)


def _share(app: AppContext, sizes: Sizes) -> Measure:
    rounds = ChecklistJob(app)

    async def measured() -> float:
        before = time.process_time()
        for _ in range(sizes.ticks):
            await rounds.tick()
        return 100 * (time.process_time() - before) / (sizes.ticks * DUE.total_seconds())

    return measured


@asynccontextmanager
async def _app(folder: Path, sizes: Sizes, *, closed: bool) -> AsyncIterator[AppContext]:
    """Give an application on a Tuesday, after all its checklists came on Monday."""
    store = await TinyStore.open(folder / "store", COLLECTIONS)
    clock = StoppedClock()
    clock.now = MONDAY - timedelta(hours=1)
    app = AppContext(
        store=store,
        scheduler=RecordingEngine(),
        clock=clock,
        monotonic=clock.monotonic,
        brand=Brand(name="Alder & Finch", own_sellers=frozenset(), home="US", simulated=True),
        links=Links(),
        evidence=MemoryEvidence(),
        outbox=Outbox(clock, (), simulated=True),
        stale_after=timedelta(minutes=30),
        features=FEATURES,
        cadences=CronCadences(),
        resources=Resources().having(CHECKLISTS, _checklists(sizes.checklists)),
    )
    async with store.transaction() as tx:
        tx.put(TEAMS, Team(duties={"lead": ANA}))
        for place in range(sizes.members):
            tx.put(MEMBERS, Member(f"U{place}"))
        for place in range(sizes.decisions):
            tx.put(DECISIONS, _decision(place + 1))
    for now in (clock.now, MONDAY, TUESDAY):
        clock.now = now
        await ChecklistJob(app).tick()
    if closed:
        async with store.transaction() as tx:
            for run in await store.page(RUNS, limit=sizes.checklists):
                tx.put(RUNS, msgspec.structs.replace(run, open=False))
    yield app
    await store.close()


def _checklists(number: int) -> tuple[Checklist, ...]:
    return tuple(
        Checklist(
            id=f"list-{place}",
            title=f"Checklist {place}",
            area=Area.SECURITY,
            why="It matters.",
            section="Establish security measures",
            owner=Duty.ACCOUNT,
            cadence="0 9 * * mon",
            items=tuple(
                Item(id=f"item-{item}", title=f"Item {item}", why="It matters. " * 10)
                for item in range(ITEMS)
            ),
        )
        for place in range(number)
    )


def _decision(number: int) -> Decision:
    """Return a decision that is due later."""
    return Decision(
        number=number,
        review="000001",
        text="Two-step login for everybody",
        owner=ANA,
        due=TUESDAY.date() + timedelta(days=30),
        decided_by=ANA,
        decided_at=MONDAY,
    )
