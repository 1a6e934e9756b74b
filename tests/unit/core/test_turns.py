"""However much a team has gathered, other work has its turn after every few hundred documents."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

import pytest
import structlog.testing

from bot.bootstrap.features import COMMANDS
from bot.bootstrap.timetable import schedule
from bot.core.channels import ChannelBinding
from bot.core.collections import CHANNEL_BINDINGS, JOBS, OUTBOX, TEAMS, Job
from bot.core.context import AppContext
from bot.core.disk_watch import DiskWatch
from bot.core.dispatch.dispatcher import OutboxDispatcher
from bot.core.dispatch.giving_up import drop_unconnected
from bot.core.forgetting import FORGET, VAULT, ForgetJob, release
from bot.core.interactions import Command
from bot.core.router import Router
from bot.core.scanning import AT_ONCE
from bot.core.scheduler import WorkHealth
from bot.core.team import Team as Settings
from bot.features.overview.service.suggestions import suggest
from bot.features.reviews.models.quarters import quarter_of
from bot.features.reviews.service.facts import gather
from checks.monitor import ListingMonitor
from checks.timing import PollingPolicy
from tests.fakes import FakeChat
from tests.unit.conftest import ANA, PLACE, Team
from tests.unit.features.cases.crowd import CountedStore, fill

MOST = 3 * AT_ONCE
"""A page, something read for each of its documents, and a few more for a card."""

LISTS = (
    "cases all 9999",
    "cases open 9999",
    "cases mine 9999",
    "attacks list 9999",
    "security all 9999",
    "security not-for-us 9999",
    "training lessons",
    "case 1",
    "evidence 1",
    "support C-1",
    "unwatch B000000007",
    f"authorize A{1:013d}",
)


class Periodic:
    """An engine that remembers what would run again and again."""

    def __init__(self) -> None:
        self.work: dict[str, Callable[[str], Awaitable[None]]] = {}
        self.names: list[str] = []

    def handle(self, name: str, work: Callable[[str], Awaitable[None]], label: str = "") -> None:
        self.work[name] = work

    def health(self) -> Sequence[WorkHealth]:
        return ()

    def every(self, period: timedelta, name: str) -> None:
        assert period
        self.names.append(name)

    def trigger(self, name: str, key: str = "") -> None:
        """Let it wait for its period."""


@dataclass
class Crowd:
    app: AppContext
    store: CountedStore
    scheduler: Periodic
    monitor: ListingMonitor
    router: Router

    async def most(self, work: Awaitable[object]) -> int:
        """Do the work; return how many documents were handed out between two turns at most."""
        await asyncio.sleep(0)
        self.store.handed.most = 0
        await work
        return self.store.handed.most


@pytest.fixture
async def crowd(team: Team) -> AsyncIterator[Crowd]:
    """Return a team with much of everything, and everything that its process does."""
    await fill(team.app.store)
    async with team.app.store.transaction() as tx:
        tx.put(TEAMS, Settings(keep_days=1))
        tx.put(CHANNEL_BINDINGS, ChannelBinding(chat="gone"))
    store, scheduler = CountedStore(team.app.store), Periodic()
    app = dataclasses.replace(team.app, store=store, scheduler=scheduler)
    monitor = ListingMonitor(
        app, team.source, PollingPolicy(timedelta(days=1), timedelta(minutes=1))
    )
    chat = FakeChat()
    dispatchers = (OutboxDispatcher(app, "gone", chat), OutboxDispatcher(app, "web", chat))
    schedule(scheduler, app, monitor, dispatchers, DiskWatch(app, {"web": chat}))
    yield Crowd(app, store, scheduler, monitor, Router(app, monitor))
    await monitor.stop()


PERIODIC = (
    *("clock", "disk", "tick", "outbox", "jobs", "snoozes", "escalations"),
    *("reminders", "digest", "sweep", "vault"),
    *("outages", "rounds", "lessons", "reviews", "follow-ups", "retention", "verify", "prices"),
    *("pictures", "trust", "titles", "skus"),
    *("listings", "pages", "problems", "account", "first looks", "conditions", "copycats"),
    "setup",
)


async def test_periodic_work_lets_others_have_their_turn(crowd: Crowd) -> None:
    assert tuple(crowd.scheduler.names) == PERIODIC
    most = {name: await crowd.most(crowd.scheduler.work[name]("")) for name in PERIODIC}
    assert _over(most) == {}
    assert most["outages"] > AT_ONCE, "what is read is counted"


async def test_sending_lets_others_have_their_turn(crowd: Crowd) -> None:
    assert AT_ONCE <= await crowd.most(crowd.scheduler.work["send"]("gone")) <= MOST


async def test_commands_let_others_have_their_turn(crowd: Crowd) -> None:
    typed = [*(spec.name for spec in COMMANDS), *LISTS]
    most = {text: await crowd.most(_type(crowd, text)) for text in typed}
    assert _over(most) == {}


async def test_completing_words_lets_others_have_their_turn(crowd: Crowd) -> None:
    kinds = ("product", "case", "seller", "stranger")
    most = {kind: await crowd.most(suggest(crowd.app, kind, "none such")) for kind in kinds}
    assert _over(most) == {}


async def test_a_start_lets_others_have_their_turn(crowd: Crowd) -> None:
    assert await crowd.most(crowd.monitor.load()) <= MOST
    assert await crowd.most(drop_unconnected(crowd.app)) <= MOST
    assert await crowd.app.store.count(OUTBOX) == 0


async def test_a_review_lets_others_have_their_turn(crowd: Crowd) -> None:
    quarter = quarter_of(crowd.app.clock().date())
    assert await crowd.most(gather(crowd.app, quarter)) <= MOST


async def test_deleting_evidence_lets_others_have_their_turn(crowd: Crowd) -> None:
    async with crowd.app.store.transaction() as tx:
        await release(crowd.app, tx, ["ab" * 32], "E-1")
    job = await crowd.app.store.get(JOBS, Job.key_of(FORGET, VAULT))
    assert job is not None
    assert await crowd.most(ForgetJob(crowd.app).run(job)) <= MOST


async def _type(crowd: Crowd, text: str) -> None:
    name, _, rest = text.partition(" ")
    who, role = ANA
    at = crowd.app.clock()
    # None of them fails, or it would have read nothing.
    with structlog.testing.capture_logs() as logs:
        await crowd.router.handle(
            Command(id=text, who=who, role=role, where=PLACE, at=at, name=name, text=rest)
        )
    assert not [each for each in logs if each["log_level"] == "error"], text


def _over(most: Mapping[str, int]) -> dict[str, int]:
    return {what: documents for what, documents in most.items() if documents > MOST}
