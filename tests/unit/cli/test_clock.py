"""The whole of it in one process, while somebody sets the clock of the machine."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from adapters.scheduling.scheduler import EmbeddedScheduler
from adapters.web.messages import WEB_MESSAGES
from bot.bootstrap.application import Application, open_application, running
from bot.core.cards import Card
from bot.core.collections import JOBS, TEAMS
from bot.core.files import Upload
from bot.core.jobs import enqueue
from bot.core.links import Links
from bot.core.listing import Snapshot, Watch
from bot.core.monitoring import Reading
from bot.core.team import Team
from bot.features.cases.collections import CASES
from bot.features.cases.models.cases import Case, CloseReason
from bot.features.evidence.collections import EVIDENCE_ITEMS
from bot.features.evidence.models.items import EvidenceItem, EvidenceJob, EvidenceKind
from bot.features.watchlist.collections import WATCHES
from bot.settings import Settings
from tests.clocks import STEPS, Wall
from tests.fakes import FakeSource
from tests.unit.conftest import ASIN, OWN, THIEF, offer

BOUND = 20.0
"""Seconds in which what is due at once has happened, on a busy machine."""
BRISK = timedelta(milliseconds=50)
"""The period of what is periodic here."""
OFTEN = timedelta(milliseconds=200)
RAW = b"evidence"
PERIODIC = (
    *("retention", "snoozes", "digest", "sweep", "jobs"),
    *("clock", "outbox", "outages", "follow-ups"),
)


class SlowSource(FakeSource):
    """Answers when it is let."""

    def __init__(self) -> None:
        super().__init__(simulated=True)
        self.asked_for = asyncio.Event()
        self.let = asyncio.Event()

    async def read(self, watches: Sequence[Watch]) -> list[Reading]:
        self.asked_for.set()
        await self.let.wait()
        return await super().read(watches)


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> Wall:
    wall = Wall()
    monkeypatch.setattr("bot.bootstrap.application.utc_now", wall)
    every = EmbeddedScheduler.every

    def briskly(scheduler: EmbeddedScheduler, period: timedelta, name: str) -> None:
        every(scheduler, BRISK if name in PERIODIC else period, name)

    monkeypatch.setattr(EmbeddedScheduler, "every", briskly)
    return wall


@pytest.fixture
def source() -> SlowSource:
    return SlowSource()


@pytest.fixture
async def application(folder: Path, wall: Wall, source: SlowSource) -> AsyncIterator[Application]:
    """A running process with a closed case, whose evidence is kept for 30 days."""
    settings = Settings(_env_file=None).model_copy(
        update={
            "data_dir": folder / "data",
            "own_sellers": frozenset({OWN}),
            "check_every": OFTEN,
            "confirm_after": OFTEN / 2,
        }
    )
    async with AsyncExitStack() as stack:
        application = await stack.enter_async_context(
            open_application(settings, source, Links(), {})
        )
        at = wall() - timedelta(days=20)
        digest = await application.app.evidence.keep(RAW, {"at": at.isoformat()})
        file = Upload("photo.jpg", "image/jpeg", len(RAW), digest)
        async with application.app.store.transaction() as tx:
            case = Case(
                number=1,
                fingerprint="US/old",
                marketplace="US",
                opened_at=at,
                closed_at=at,
                open=False,
                reason=CloseReason.GONE,
            )
            tx.put(CASES, case)
            piece = EvidenceItem(case=case.key, place=1, at=at, kind=EvidenceKind.PHOTO, file=file)
            tx.put(EVIDENCE_ITEMS, piece)
            tx.put(TEAMS, Team(keep_days=30))
        await stack.enter_async_context(running(application))
        yield application


async def until(true: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(BOUND):
        while not await true():  # noqa: ASYNC110 (nothing to wait on but what people see)
            await asyncio.sleep(0.01)


async def posted(application: Application) -> list[str]:
    return [each.card.title for each in await application.app.store.page(WEB_MESSAGES, limit=1000)]


async def ticks_go_on(application: Application) -> None:
    """Wait until the periodic work has run twice more."""

    def ran() -> dict[str, datetime | None]:
        known = {each.name: each.succeeded_at for each in application.scheduler.health()}
        return {name: known[name] for name in PERIODIC}

    for _ in range(2):
        before = ran()

        async def all_again(before: dict[str, datetime | None] = before) -> bool:
            return not (before.items() & ran().items())

        await until(all_again)


@pytest.mark.parametrize("step", STEPS, ids=str)
async def test_after_a_step_work_goes_on_in_time_and_no_evidence_is_deleted(
    application: Application, wall: Wall, step: timedelta
) -> None:
    for by in (step, -step):
        wall.step(by)
        await ticks_go_on(application)
        async with application.app.store.transaction() as tx:
            enqueue(application.app, tx, EvidenceJob.DELETE, "no such piece")
            application.app.outbox.post(tx, f"note-{by}", Card(title=f"After {by}"))

        async def said_and_done(by: timedelta = by) -> bool:
            done = not await application.app.store.count(JOBS)
            return done and f"After {by}" in await posted(application)

        await until(said_and_done)
    assert await application.app.evidence.read(hashlib.sha256(RAW).hexdigest()) == RAW
    assert all(piece.here for piece in await application.app.store.page(EVIDENCE_ITEMS))


async def follow(application: Application) -> None:
    watch = Watch(asin=ASIN, marketplace="US", added_at=application.app.clock())
    async with application.app.store.transaction() as tx:
        tx.put(WATCHES, watch)
    application.monitor.follow(watch)


def shown(wall: Wall) -> Snapshot:
    offers = (offer(OWN, "24.90"), offer(THIEF, "18.70"))
    return Snapshot(asin=ASIN, marketplace="US", at=wall(), offers=offers, total=2, holders=(OWN,))


@pytest.mark.ci
@pytest.mark.parametrize("step", STEPS, ids=str)
async def test_after_a_step_a_product_is_looked_at_in_time(
    application: Application, wall: Wall, source: SlowSource, step: timedelta
) -> None:
    source.let.set()
    source.put(shown(wall))
    await follow(application)

    async def again() -> bool:
        return len(source.asked) > looks + 1

    for by in (timedelta(), step, -step):
        wall.step(by)
        source.put(shown(wall))
        looks = len(source.asked)
        await until(again)


@pytest.mark.parametrize("step", STEPS, ids=str)
async def test_a_step_during_a_request_loses_nothing(
    application: Application, wall: Wall, source: SlowSource, step: timedelta
) -> None:
    await follow(application)
    async with asyncio.timeout(BOUND):
        await source.asked_for.wait()
    wall.step(step)
    source.put(shown(wall))
    source.let.set()

    async def told() -> bool:
        return any("seller" in title for title in await posted(application))

    await until(told)
    assert any(case.open for case in await application.app.store.page(CASES))


@pytest.mark.parametrize("step", STEPS, ids=str)
async def test_what_is_held_goes_by_the_wall_and_holds_nothing_else(
    application: Application, wall: Wall, step: timedelta
) -> None:
    app = application.app
    quiet = Team(quiet_from=(wall().hour - 1) % 24, quiet_to=(wall().hour + 2) % 24)
    async with app.store.transaction() as tx:
        tx.put(TEAMS, quiet)
        app.outbox.post(tx, "held", Card(title="Held"), quiet=True)

    async def told(title: str) -> bool:
        return title in await posted(application)

    wall.step(step)
    async with app.store.transaction() as tx:
        app.outbox.post(tx, "now", Card(title="Now"))
    await until(lambda: told("Now"))
    await ticks_go_on(application)
    assert not await told("Held")
    wall.step(timedelta(hours=3))
    await until(lambda: told("Held"))
