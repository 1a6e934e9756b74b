"""A team over a real store, with a stopped clock and a chat that remembers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from adapters.scheduling.cadence import CronCadences
from adapters.storage.tinydb import TinyStore
from bot.bootstrap.features import COLLECTIONS, FEATURES
from bot.core.cards import Field
from bot.core.channel_bindings import open_room
from bot.core.charts import CHART_PRINTER
from bot.core.clock_watch import ClockWatch
from bot.core.collections import UNDOABLES
from bot.core.context import AppContext, Brand
from bot.core.dispatch.dispatcher import OutboxDispatcher
from bot.core.flows.confirming import CONFIRM_ACT
from bot.core.forms import Answers
from bot.core.intake import Intake
from bot.core.interactions import (
    Ask,
    Chosen,
    Click,
    Command,
    Notice,
    Place,
    Post,
    Reply,
    Submission,
    Update,
)
from bot.core.jobs import job_runner
from bot.core.links import Links
from bot.core.listing import Offer, Snapshot, Watch
from bot.core.money import Money
from bot.core.outbox import Outbox
from bot.core.permissions import Person, Role
from bot.core.resources import Resources
from bot.core.router import Router
from bot.core.team import Team as TeamSettings
from bot.core.when import moment
from bot.errors import StoreError
from bot.features.evidence.resources import CAMERA
from bot.features.reports.resources import PACKER
from bot.features.reviews.resources import REVIEW_PRINTER
from bot.features.watchlist.collections import WATCHES
from checks.monitor import ListingMonitor
from checks.timing import PollingPolicy
from tests.fakes import (
    FakeCamera,
    FakeChat,
    FakePacker,
    FakePrinter,
    FakeSource,
    MemoryEvidence,
    RecordingEngine,
    StoppedClock,
)

OWN = "A3ALDERFINCH01"
THIEF = "A1QX7ZP9KD4W2M"
ASIN = "B0ALDER001"
SECOND = "B0ALDER002"

ANA = (Person("ana", "Ana"), Role.ADMIN)
BEN = (Person("ben", "Ben"), Role.MEMBER)
VIK = (Person("vik", "Vik"), Role.VIEWER)
EVE = (Person("eve", "Eve"), Role.NOBODY)

PLACE = Place(chat="web", channel="brand-alerts")


def usd(amount: str) -> Money:
    return Money(Decimal(amount), "USD")


def offer(seller: str, price: str, *, fba: bool = True) -> Offer:
    return Offer(seller=seller, price=usd(price), shipping=usd("0"), fba=fba)


@dataclass
class Team:
    """The team at work: everything a test presses, and everything it sees."""

    app: AppContext
    clock: StoppedClock
    scheduler: RecordingEngine
    chat: FakeChat
    source: FakeSource
    monitor: ListingMonitor
    router: Router
    dispatcher: OutboxDispatcher
    camera: FakeCamera = field(default_factory=FakeCamera)
    packer: FakePacker = field(default_factory=lambda: FakePacker(MemoryEvidence()))
    printer: FakePrinter = field(default_factory=FakePrinter)
    pressed: list[str] = field(default_factory=list)

    async def look(self, *offers: Offer, asin: str = ASIN, holder: str = OWN) -> None:
        """Let the marketplace show these offers, and look at it."""
        self.source.put(
            Snapshot(
                asin=asin,
                marketplace="US",
                at=self.clock.now,
                offers=offers,
                total=len(offers),
                holders=(holder,) if holder else (),
                digest="ab" * 32,
            )
        )
        watch = await self.app.store.get(WATCHES, f"US-{asin}")
        assert watch is not None
        await self.monitor.check([watch])
        await self.dispatcher.deliver()

    async def poll(self) -> None:
        """Ask for all that is due, until nothing is."""
        await self.monitor.tick()
        await self.monitor.settle()

    def _id(self) -> str:
        self.pressed.append("")
        return f"i{len(self.pressed)}"

    async def type(
        self,
        text: str,
        who: tuple[Person, Role] = ANA,
        id: str = "",
        where: Place = PLACE,
        *,
        yes: bool = True,
    ) -> list[Reply]:
        """Type a command; unless ``yes`` is off, say yes where that is all that is asked."""
        name, _, rest = text.removeprefix("/").partition(" ")
        person, role = who
        command = Command(
            id=id or self._id(),
            who=person,
            role=role,
            where=where,
            at=self.clock.now,
            name=name,
            text=rest,
        )
        replies = await self._answered(await self.router.handle(command))
        return await self._confirmed(replies, who) if yes else replies

    async def press(
        self,
        action: str,
        ref: str,
        who: tuple[Person, Role] = ANA,
        id: str = "",
        *,
        yes: bool = True,
    ) -> list[Reply]:
        """Press a button; unless ``yes`` is off, say yes where that is all that is asked."""
        person, role = who
        click = Click(
            id=id or self._id(),
            who=person,
            role=role,
            where=PLACE,
            at=self.clock.now,
            action=action,
            ref=ref,
        )
        replies = await self._answered(await self.router.handle(click))
        return await self._confirmed(replies, who) if yes else replies

    async def _confirmed(self, replies: list[Reply], who: tuple[Person, Role]) -> list[Reply]:
        match replies:
            case [Ask(form=form) as ask] if form.id == CONFIRM_ACT.id:
                return await self.submit(ask, {}, who)
        return replies

    async def submit(
        self,
        ask: Ask,
        answers: Answers,
        who: tuple[Person, Role] = ANA,
        id: str = "",
        files: Intake | None = None,
        people: tuple[Chosen, ...] = (),
    ) -> list[Reply]:
        person, role = who
        submission = Submission(
            id=id or self._id(),
            who=person,
            role=role,
            where=PLACE,
            at=self.clock.now,
            session=ask.session,
            step=ask.step,
            answers=answers,
            people=people,
        )
        return await self._answered(await self.router.handle(submission, files))

    async def authorise(
        self, seller: str, *asins: str, who: tuple[Person, Role] = ANA
    ) -> list[Reply]:
        """Go through the form of /authorise."""
        ask = asked(await self.type(f"/authorize {seller}", who))
        where = "list" if asins else "all"
        return await self.submit(ask, {"where": where, "products": " ".join(asins)}, who)

    async def authorise_on_case(self, case: str) -> list[Reply]:
        """Press the button of a case, and trust its seller on its products."""
        return await self.submit(asked(await self.press("authorise", case)), {"where": "case"})

    def announced(self) -> list[str]:
        """Return the titles of the announced acts, in their order."""
        return [self.chat.cards[key].title for key in self.chat.order if key.startswith("act-")]

    async def undo(self, who: tuple[Person, Role] = ANA) -> list[Reply]:
        """Press Undo under the newest announced act."""
        newest = [key for key in self.chat.order if key.startswith("act-")][-1]
        return await self.press("undo", newest.removeprefix("act-"), who)

    async def undo_last(self, who: tuple[Person, Role] = ANA) -> list[Reply]:
        """Press Undo on what was done last, wherever that is told."""
        [act] = await self.app.store.page(UNDOABLES, limit=1, newest=True)
        return await self.press("undo", act.key, who)

    async def work(self) -> None:
        """Do the jobs that are due."""
        await job_runner(self.app).tick()
        await self.dispatcher.deliver()

    async def _answered(self, replies: list[Reply]) -> list[Reply]:
        await self.dispatcher.deliver()
        return replies


@pytest.fixture
async def team(tmp_path: Path) -> AsyncIterator[Team]:
    async with opened_team(tmp_path) as team:
        yield team


@asynccontextmanager
async def opened_team(folder: Path, resources: Resources | None = None) -> AsyncIterator[Team]:
    store = await TinyStore.open(folder, COLLECTIONS)
    clock, scheduler = StoppedClock(), RecordingEngine()
    chat, source = FakeChat(), FakeSource(simulated=True)
    evidence, camera = MemoryEvidence(), FakeCamera()
    packer, printer = FakePacker(evidence), FakePrinter()
    app = AppContext(
        store=store,
        scheduler=scheduler,
        clock=clock,
        monotonic=clock.monotonic,
        brand=Brand(name="Alder & Finch", own_sellers=frozenset({OWN}), home="US", simulated=True),
        links=Links(),
        evidence=evidence,
        outbox=Outbox(clock, ("web",), simulated=True),
        stale_after=timedelta(minutes=30),
        features=FEATURES,
        cadences=CronCadences(),
        resources=(resources or Resources())
        .having(CAMERA, camera)
        .having(PACKER, packer)
        .having(CHART_PRINTER, printer)
        .having(REVIEW_PRINTER, printer),
    )
    monitor = ListingMonitor(
        app, source, PollingPolicy(timedelta(minutes=10), timedelta(minutes=1))
    )
    dispatcher = OutboxDispatcher(app, "web", chat)
    await open_room(store, "web", "", "brand-alerts")
    for asin in (ASIN, SECOND):
        watch = Watch(
            asin=asin,
            marketplace="US",
            title=f"Pan {asin[-1]}",
            floor=usd("15"),
            daily_units=12,
            added_at=clock.now,
        )
        async with store.transaction() as tx:
            tx.put(WATCHES, watch)
    await monitor.load()
    router = Router(app, monitor)
    tools = (camera, packer, printer)
    yield Team(app, clock, scheduler, chat, source, monitor, router, dispatcher, *tools)
    try:
        await store.close()
    except StoreError:
        # A test broke the disk.
        assert store.dead


async def confirmed_after(team: Team, **by: float) -> None:
    """Let time pass while the program runs, so that nothing speaks against the clock."""
    watch = ClockWatch(team.app)
    await watch.tick()
    team.clock.advance(days=1)
    team.clock.step(days=-1)
    await watch.tick()
    team.clock.advance(**by)
    await watch.tick()


def notice(replies: list[Reply]) -> str:
    [reply] = replies
    assert isinstance(reply, Notice), reply
    return reply.text


def card_text(replies: list[Reply]) -> str:
    [reply] = [reply for reply in replies if reply not in undo_offers(replies)]
    assert isinstance(reply, Post | Update), reply
    card = reply.card
    fields = "\n".join(map(field_text, card.fields))
    first = f"{card.title}\n{card.gist}" if card.gist else card.title
    return f"{first}\n{card.body}\n{fields}\n{card.footer}"


def field_text(field: Field) -> str:
    """Return a field as a reader in UTC sees it."""
    at = moment(field.at, TeamSettings()) if field.at else ""
    return " ".join(filter(None, (f"{field.label}: {field.value}".strip(), at)))


def undo_offers(replies: list[Reply]) -> list[Reply]:
    """Return what offers Undo to the person alone who did something."""
    cards = [reply for reply in replies if isinstance(reply, Post)]
    return [each for each in cards if [b.action for b in each.card.buttons] == ["undo"]]


def asked(replies: list[Reply]) -> Ask:
    [reply] = replies
    assert isinstance(reply, Ask), reply
    return reply
