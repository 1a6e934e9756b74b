"""A team in a year of checklists: its clock, its people, its restarts, and what came of it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from adapters.scheduling.cadence import CronCadences
from adapters.storage.tinydb import TinyStore
from bot.bootstrap.features import COLLECTIONS, FEATURES
from bot.core.channel_bindings import open_room
from bot.core.chat import MessageRef, Outgoing
from bot.core.collections import OUTBOX, TEAMS
from bot.core.context import AppContext, Brand
from bot.core.dispatch.dispatcher import OutboxDispatcher
from bot.core.interactions import Ask
from bot.core.labeled import Duty
from bot.core.links import Links
from bot.core.outbox import Outbox
from bot.core.resources import Resources
from bot.core.router import Router
from bot.core.store import Store
from bot.core.team import Team as Chosen
from bot.features.checklists.collections import DECISIONS, RUNS
from bot.features.checklists.models.definitions import Area, Checklist, Item
from bot.features.checklists.models.runs import Run, run_key
from bot.features.checklists.resources import CHECKLISTS
from bot.features.checklists.service.rounds import ChecklistJob
from checks.monitor import ListingMonitor
from checks.timing import PollingPolicy
from tests.fakes import FakeChat, FakeSource, MemoryEvidence, RecordingEngine, StoppedClock
from tests.unit.conftest import ANA, BEN, OWN, Team
from tests.unit.features.checklists.guarding import Killed, decision, mortal

ZONE = ZoneInfo("Europe/Berlin")
QUIET_FROM, QUIET_TO = 22, 7
STEP = timedelta(minutes=10)
PLANNED = (1, 2, 3, 6, 7, 8, 9, 10)
"""Hours of the day in which, or before which, something is planned."""
SETTINGS = Chosen(
    zone=ZONE.key,
    quiet_from=QUIET_FROM,
    quiet_to=QUIET_TO,
    duties={"account": ANA[0], "lead": BEN[0]},
)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """Return a moment on the wall in Berlin, in UTC."""
    return datetime.combine(day, time(hour, minute), ZONE).astimezone(UTC)


FIRST, LAST = date(2027, 10, 1), date(2028, 10, 1)
DOWN = (at(date(2028, 2, 12), 12), at(date(2028, 2, 15), 12))
"""Nobody runs the program from a Saturday to a Tuesday."""


def _list(id: str, title: str, cadence: str, *items: str) -> Checklist:
    return Checklist(
        id=id,
        title=title,
        area=Area.SECURITY,
        why="It matters.",
        section="Establish security measures",
        owner=Duty.ACCOUNT,
        cadence=cadence,
        items=tuple(Item(id=each, title=each.capitalize(), why="It matters.") for each in items),
    )


ASKED = (
    _list("weekly", "Account security", "0 9 * * mon", "users", "keys", "mailbox"),
    _list("monthly", "Brand registration", "0 9 1-7 * tue", "register", "roles"),
    _list("quarterly", "Supply chain", "0 10 1 1,4,7,10 *", "suppliers"),
    _list("yearly", "Trademarks", "0 9 29 2 *", "renewals"),
    _list("daily", "Night look", "30 2 * * *", "orders"),
)
DECISIONS_DUE = {
    1: (date(2027, 11, 2), 1),
    2: (date(2027, 11, 2), 3),
    3: (date(2028, 1, 8), 2),
    4: (date(2028, 2, 13), 2),
    5: (date(2028, 8, 31), 9),
}
"""By number: the day on which it is due, and at which asking somebody does it."""


class DatedChat(FakeChat):
    """A chat that knows when each message came."""

    def __init__(self, clock: StoppedClock) -> None:
        super().__init__()
        self._clock = clock
        self.came: dict[str, datetime] = {}

    async def post(self, message: Outgoing) -> MessageRef:
        assert message.key not in self.came, f"{message.key} came twice"
        self.came[message.key] = self._clock.now
        return await super().post(message)


class Year:
    """The year as it happens, ten minutes at a time."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.clock = StoppedClock()
        self.clock.now = at(FIRST, 0)
        self.chat = DatedChat(self.clock)
        self.restarts = 0
        self.deaths = 0
        self._folder = folder
        self._random = random.Random(seed)
        self._plans: dict[datetime, list[tuple[int, str]]] = {}
        self._met = 0
        self._pressed: list[str] = []
        self._asked: dict[int, int] = {}

    async def live(self) -> list[Run]:
        """Live through the year; return all its runs."""
        await self._open()
        async with self.team.app.store.transaction() as tx:
            tx.put(TEAMS, SETTINGS)
            for number, (due, _) in DECISIONS_DUE.items():
                tx.put(DECISIONS, decision(due, number))
        while self.clock.now < at(LAST, 0):
            if self.clock.now == DOWN[0]:
                self.clock.now = DOWN[1]
                await self._restart()
            await self._chance()
            await self._rounds.tick()
            await self._deliver()
            for number, item in self._plans.pop(self.clock.now, ()):
                await self._answer(number, item)
            self.clock.now = self._next()
        runs = await self.team.app.store.page(RUNS, limit=10_000)
        await self.team.app.store.close()
        return runs

    def _next(self) -> datetime:
        """Return the moment of the next look: every hour while nothing is planned."""
        local = self.clock.now.astimezone(ZONE)
        return self.clock.now + (STEP if local.hour in PLANNED or local.minute else 6 * STEP)

    async def _chance(self) -> None:
        """Now and then the program is started anew, or dies in the middle of a tick."""
        chance = self._random.random()
        if chance < 0.0006:
            await self._restart()
        elif chance < 0.01:
            place, after = self._random.randrange(3), self._random.random() < 0.5
            with suppress(Killed):
                await ChecklistJob(mortal(self.team.app, place, after=after)).tick()
                return
            self.deaths += 1
            await self._restart()

    async def _restart(self) -> None:
        self.restarts += 1
        await self.team.app.store.close()
        await self._open()

    async def _open(self) -> None:
        store = await TinyStore.open(self._folder, COLLECTIONS)
        await open_room(store, "web", "", "brand-alerts")
        self.team = _team(store, self.clock, self.chat)
        self.team.pressed = self._pressed
        self._rounds = ChecklistJob(self.team.app)

    async def _deliver(self) -> None:
        if not await self.team.app.store.count(OUTBOX):
            return
        await self.team.dispatcher.deliver()
        news = self.chat.order[self._met :]
        self._met = len(self.chat.order)
        for key in news:
            if key.startswith("K-") and "/" not in key:
                await self._plan(int(key.removeprefix("K-")))

    async def _plan(self, number: int) -> None:
        """Let people choose when they answer what of a run; some answer nothing."""
        run = await self.team.app.store.get(RUNS, run_key(number))
        assert run is not None
        if run.checklist == "decisions":
            for task in run.tasks:
                which = int(task.item.id.removeprefix("D-"))
                self._asked[which] = self._asked.get(which, 0) + 1
                if self._asked[which] == DECISIONS_DUE[which][1]:
                    self._later(number, task.item.id, days=0)
            return
        busy = self._random.choice((0, 0.5, 1) if run.checklist != "daily" else (0, 0, 1))
        for task in run.tasks:
            if self._random.random() < busy:
                days = 0 if run.checklist == "daily" else self._random.randrange(5)
                self._later(number, task.item.id, days)

    def _later(self, number: int, item: str, days: int) -> None:
        today = self.clock.now.astimezone(ZONE).date()
        moment = at(today + timedelta(days=days), self._random.randrange(11, 20))
        self._plans.setdefault(moment, []).append((number, item))

    async def _answer(self, number: int, item: str) -> None:
        """Press a button; one in ten finds a problem."""
        ref = f"{run_key(number)}/{item}"
        if not item.startswith("D-") and self._random.random() < 0.1:
            [reply] = await self.team.press("item-problem", ref)
            assert isinstance(reply, Ask), reply
            await self.team.submit(reply, {"wrong": "It is not as it should be"})
        else:
            await self.team.press("item-done", ref)


def _team(store: Store, clock: StoppedClock, chat: FakeChat) -> Team:
    scheduler, source = RecordingEngine(), FakeSource(simulated=True)
    app = AppContext(
        store=store,
        scheduler=scheduler,
        clock=clock,
        monotonic=clock.monotonic,
        brand=Brand(name="Alder & Finch", own_sellers=frozenset({OWN}), home="US", simulated=True),
        links=Links(),
        evidence=MemoryEvidence(),
        outbox=Outbox(clock, ("web",), simulated=True),
        stale_after=timedelta(minutes=30),
        features=FEATURES,
        cadences=CronCadences(),
        resources=Resources().having(CHECKLISTS, ASKED),
    )
    monitor = ListingMonitor(
        app, source, PollingPolicy(timedelta(minutes=10), timedelta(minutes=1))
    )
    router, dispatcher = Router(app, monitor), OutboxDispatcher(app, "web", chat)
    return Team(app, clock, scheduler, chat, source, monitor, router, dispatcher)


def expected(id: str) -> Iterator[datetime]:
    """Return the moments of a checklist on the wall, by the calendar alone."""
    day = FIRST
    while day < LAST:
        tuesday = day.weekday() == 1 and day.day <= 7
        quarter = day.day == 1 and day.month in (1, 4, 7, 10)
        moments = {
            "weekly": at(day, 9) if day.weekday() == 0 else None,
            "monthly": at(day, 9) if tuesday else None,
            "quarterly": at(day, 10) if quarter else None,
            "yearly": at(day, 9) if (day.month, day.day) == (2, 29) else None,
            # Half past two, and on the day that has none an hour later.
            "daily": at(day, 2, 30),
        }
        moment = moments[id]
        if moment is not None:
            yield moment
        day += timedelta(days=1)
