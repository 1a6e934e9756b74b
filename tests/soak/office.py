"""The whole program in one thread and in virtual time, over a real store."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from adapters.scheduling.cadence import CronCadences
from adapters.storage.tinydb import FILE, TinyStore
from adapters.web.messages import COLLECTIONS as WEB_COLLECTIONS
from adapters.web.outbound import WebChat
from bot.bootstrap.application import STORE, WEB, WEB_CHANNEL
from bot.bootstrap.checklists import read_checklists
from bot.bootstrap.features import COLLECTIONS, FEATURES
from bot.core.channel_bindings import open_room
from bot.core.charts import CHART_PRINTER
from bot.core.clock_watch import ClockWatch, confirmed_time
from bot.core.context import AppContext, Brand
from bot.core.dispatch.dispatcher import OutboxDispatcher
from bot.core.files import Upload
from bot.core.forms import Answers
from bot.core.interactions import (
    AnyInteraction,
    Ask,
    Click,
    Command,
    Place,
    Reply,
    Submission,
)
from bot.core.jobs import JobRunner, job_runner
from bot.core.links import Links
from bot.core.outbox import Outbox
from bot.core.permissions import Person, Role
from bot.core.resources import Resources
from bot.core.router import Router
from bot.core.store import Collection
from bot.core.vault import NOTHING_KEPT, VaultHead
from bot.errors import StoreError, UserError
from bot.features.checklists.resources import CHECKLISTS
from bot.features.evidence.resources import CAMERA
from bot.features.reports.models.dossier import Dossier
from bot.features.reports.models.packets import Archived, Bundle
from bot.features.reports.resources import PACKER
from bot.features.reviews.resources import REVIEW_PRINTER
from bot.features.training.resources import LESSONS
from bot.features.training.texts.reading import read_lessons
from bot.settings import Settings
from checks.monitor import ListingMonitor
from checks.timing import PollingPolicy
from tests.fakes import FakeCamera, FakePrinter, FakeSource, RecordingEngine, StoppedClock

OWN = "A3ALDERFINCH01"
ANA, BEN = (Person("ana", "Ana"), Role.ADMIN), (Person("ben", "Ben"), Role.MEMBER)
WHERE = Place(chat=WEB, channel=WEB_CHANNEL)
PERIOD, CONFIRM = timedelta(minutes=10), timedelta(minutes=1)
BEGINNING = datetime(2026, 11, 1, tzinfo=UTC)
COLLECTED: tuple[Collection[Any], ...] = (*COLLECTIONS, *WEB_COLLECTIONS)


class Hashes:
    """Evidence of which nothing is kept but its hash: the vault is files, not memory."""

    async def keep(self, content: bytes, facts: Mapping[str, str]) -> str:
        assert facts
        return hashlib.sha256(content).hexdigest()

    async def keep_all(
        self, several: Sequence[tuple[bytes, Mapping[str, str]]]
    ) -> list[StoreError | None]:
        assert all(facts for _, facts in several)
        return [None] * len(several)

    async def forget(
        self, content: str, facts: Mapping[str, str], *, kept: int | None = None
    ) -> bool:
        assert content
        assert facts
        return kept is None

    async def kept_at(self, content: str) -> int:
        return len(content)

    async def listed(self, beginning: str) -> Mapping[str, int]:
        assert beginning
        return {}

    async def read(self, content: str) -> bytes:
        return content.encode()

    async def head(self) -> VaultHead:
        return NOTHING_KEPT

    async def verify(self, anchor: VaultHead = NOTHING_KEPT) -> list[str]:
        return []


class Packers:
    """Makes packets that hold nothing."""

    async def archive(self, bundle: Bundle) -> Archived:
        digest = hashlib.sha256(bundle.report.encode()).hexdigest()
        name = f"{bundle.case}-{bundle.report}.zip"
        return Archived(file=Upload(name, "application/zip", 400_000, digest), seal=digest)

    async def print(self, dossier: Dossier) -> bytes:
        return b"%PDF of " + dossier.report.encode()


@dataclass
class Office:
    """The program, its clock, and two people who press its buttons."""

    log: Path
    """The store's file."""
    store: TinyStore
    clock: StoppedClock
    source: FakeSource
    app: AppContext
    monitor: ListingMonitor
    router: Router
    dispatcher: OutboxDispatcher
    jobs: JobRunner
    periodic: Sequence[Callable[[], Awaitable[None]]]
    """What the timetable does again and again."""
    pressed: int = field(default=0)

    async def turn(self) -> None:
        """Do all that the timetable would do by now."""
        for work in self.periodic:
            await work()
        await self.settle()

    async def settle(self) -> None:
        """Do the jobs and send what is to be sent."""
        await self.jobs.tick()
        await self.dispatcher.deliver()

    async def press(
        self, action: str, ref: str, *steps: Answers, who: tuple[Person, Role] = BEN
    ) -> list[Reply]:
        """Press a button, and fill in what it asks."""
        person, role = who
        replies = await self._sent(
            Click(
                id=self._id(),
                who=person,
                role=role,
                where=WHERE,
                at=self.clock.now,
                action=action,
                ref=ref,
            )
        )
        return await self._fill_in(replies, steps, who)

    async def type(self, name: str, words: str, *steps: Answers) -> list[Reply]:
        """Type a command, and fill in what it asks."""
        person, role = ANA
        replies = await self._sent(
            Command(
                id=self._id(),
                who=person,
                role=role,
                where=WHERE,
                at=self.clock.now,
                name=name,
                text=words,
            )
        )
        return await self._fill_in(replies, steps, ANA)

    async def _fill_in(
        self, replies: list[Reply], steps: Sequence[Answers], who: tuple[Person, Role]
    ) -> list[Reply]:
        person, role = who
        for answers in steps:
            [ask] = replies
            if not isinstance(ask, Ask):
                raise UserError(repr(ask))
            replies = await self._sent(
                Submission(
                    id=self._id(),
                    who=person,
                    role=role,
                    where=WHERE,
                    at=self.clock.now,
                    session=ask.session,
                    step=ask.step,
                    answers=answers,
                )
            )
        await self.settle()
        if isinstance(replies[0], Ask):
            raise UserError(repr(replies))
        return replies

    async def _sent(self, interaction: AnyInteraction) -> list[Reply]:
        self.clock.advance(seconds=7)
        return await self.router.handle(interaction)

    def _id(self) -> str:
        self.pressed += 1
        return f"{self.clock.now:%j}-{self.pressed}"


@asynccontextmanager
async def open_office(folder: Path) -> AsyncIterator[Office]:
    """Open the program over the data in the folder, at the beginning of its year."""
    clock, source = StoppedClock(), FakeSource(simulated=True)
    cadences, printer = CronCadences(), FakePrinter()
    clock.now = BEGINNING
    store = await TinyStore.open(folder / STORE, COLLECTED)
    app = AppContext(
        store=store,
        scheduler=RecordingEngine(),
        clock=clock,
        monotonic=clock.monotonic,
        brand=Brand(name="Alder & Finch", own_sellers=frozenset({OWN}), home="US", simulated=True),
        links=Links(),
        evidence=Hashes(),
        outbox=Outbox(clock, (WEB,), simulated=True),
        stale_after=timedelta(days=2),
        outage_after=timedelta(days=3),
        features=FEATURES,
        cadences=cadences,
        resources=Resources()
        .having(CHECKLISTS, read_checklists(Settings(_env_file=None), cadences))
        .having(LESSONS, read_lessons())
        .having(CAMERA, FakeCamera())
        .having(PACKER, Packers())
        .having(CHART_PRINTER, printer)
        .having(REVIEW_PRINTER, printer),
    )
    monitor = ListingMonitor(app, source, PollingPolicy(PERIOD, CONFIRM))
    chat = WebChat(store, clock, partial(confirmed_time, store))
    await open_room(store, WEB, "", WEB_CHANNEL)
    yield Office(
        log=folder / STORE / FILE,
        store=store,
        clock=clock,
        source=source,
        app=app,
        monitor=monitor,
        router=Router(app, monitor),
        dispatcher=OutboxDispatcher(app, WEB, chat),
        jobs=job_runner(app),
        periodic=(ClockWatch(app).tick, *(each.make(app).tick for each in FEATURES.periodic)),
    )
    await store.close()
