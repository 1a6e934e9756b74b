"""A year of a team in virtual time: what it stores, what that takes in memory, and how it starts.

Real events, messages and days, on a real store; products that did not change are looked at once a
day, and what the other looks would add is added by arithmetic.
"""

from __future__ import annotations

import heapq
import itertools
import random
import resource
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TypeVar

import msgspec

from adapters.storage.tinydb import TinyStore
from bot.core.collections import TEAMS
from bot.core.files import Upload
from bot.core.forms import Answers
from bot.core.listing import Offer, Snapshot, Watch
from bot.core.money import Money
from bot.core.store import Collection
from bot.core.team import Team
from bot.errors import UserError
from bot.features.cases.collections import CASES
from bot.features.cases.models.cases import Case
from bot.features.checklists.collections import RUNS
from bot.features.checklists.models.definitions import ProofKind
from bot.features.checklists.models.runs import Answer
from bot.features.evidence.models.items import EvidenceKind
from bot.features.reports.collections import REPORTS
from bot.features.reports.models.reports import ReportState
from bot.features.watchlist.collections import SELLERS, WATCHES
from bot.features.watchlist.models.sellers import EVERYWHERE, Seller
from tests.soak.office import ANA, BEN, COLLECTED, OWN, Office

T = TypeVar("T", bound=msgspec.Struct)

PARTNERS = ("A2PARTNERONE01", "A2PARTNERTWO02")
WARM = [each for each in COLLECTED if not (each.cold or each.packed)]
BATCH = 20
AT_ONCE = 50
"""Documents that are weighed at a time: more would count as the memory of the program."""
AROUND = 40
"""About so many bytes a line of the log has besides the key and the document."""
UNCHANGED = 121
"""Bytes of the log that an unchanged check writes."""
CHECKS_A_MINUTE = 97
"""So many the quota allows for a thousand products of one marketplace."""
MONTH = 365 / 12
"""Days."""
PRODUCTS = (1, 1, 1, 1, 1, 1, 1, 2)
"""On how many of them a stranger may turn up."""
ORDER = "114-2718281-8284590"
RIGHT: tuple[Answers, Answers, Answers] = (
    {"kind": "trademark", "name": "ALDER & FINCH"},
    {"country": "US", "registration": "7123456", "status": "registered"},
    {"owner": "Alder & Finch Ltd", "classes": "21", "expires": "2034-01-01"},
)
SHOWN = 300
"""Characters of why a step could not be taken."""
COPY: tuple[Answers, Answers] = ({"matter": "doubt"}, {"seen": "copy", "grounds": "test-buy"})
DRAFT: Answers = {"draft": "yes"}
GONE: Answers = {"reason": "gone", "note": ""}
REPORTED: Answers = {"reason": "reported", "note": ""}
AMAZON_TAKES = 10
"""Days."""
PROOFS = {
    ProofKind.USERS: "ana@alderfinch.example (all permissions)\nben@alderfinch.example (inventory)",
    ProofKind.APPS: "Brandwarden\nParcel Insights",
    ProofKind.DATE: "2026-10-01",
    ProofKind.COUNT: "3",
}


@dataclass(frozen=True)
class Sizes:
    """How much happens."""

    watches: int = 1000
    cases_a_month: int = 300
    worked: float = 0.35
    """The part of the cases that is taken all the way to a report."""
    days: int = 365


class Month(msgspec.Struct, frozen=True, kw_only=True):
    """What there is at the end of a month. Sizes are in bytes."""

    month: int
    documents: dict[str, int]
    live: dict[str, int]
    stored: int
    """What lives, as the log has it: much of it is packed."""
    warm: int
    """What lives in memory; of the others their keys and places alone."""
    log: int
    """Of the file before it was written anew: at most `WASTE` times what lives."""
    memory: int
    cases: int
    refused: int
    """Steps that people could not take; there should be few."""
    seconds: float


Step = Callable[[], Awaitable[object]]


@dataclass
class Year:
    """What happens at the office, day by day."""

    office: Office
    sizes: Sizes
    chance: random.Random = field(default_factory=lambda: random.Random(7))
    refused: list[str] = field(default_factory=list)
    _plans: list[tuple[float, int, Step]] = field(default_factory=list)
    _number: itertools.count[int] = field(default_factory=itertools.count)
    _offers: dict[str, dict[str, int]] = field(default_factory=dict)
    """What each seller of a product asks, in cents: Amazon's own memory is not the program's."""
    _busy: set[str] = field(default_factory=set)
    _cases: int = 0

    async def live(self, report: Callable[[Month], None]) -> None:
        """Live through the year; report each month as it ends."""
        begun = time.perf_counter()
        await self._begin()
        for day in range(self.sizes.days):
            await self._day(day)
            month = int((day + 1) / MONTH)
            if month > int(day / MONTH):
                report(await self._measured(month, time.perf_counter() - begun))

    async def _begin(self) -> None:
        office = self.office
        sellers = [Seller(id=each, authorised=(EVERYWHERE,)) for each in PARTNERS]
        team = Team(zone="Europe/Berlin", duties={"account": ANA[0], "lead": BEN[0]})
        watches = [self._watch(number) for number in range(self.sizes.watches)]
        async with office.store.transaction() as tx:
            tx.put(TEAMS, team)
            for seller in sellers:
                tx.put(SELLERS, seller)
            for watch in watches:
                tx.put(WATCHES, watch)
        await office.monitor.load()
        for watch in watches:
            sold = (OWN, *PARTNERS)
            self._offers[watch.asin] = {each: 2499 + place for place, each in enumerate(sold)}
        await office.type("rights", "add", *RIGHT)

    def _watch(self, number: int) -> Watch:
        return Watch(
            asin=f"B{number:09}",
            marketplace="US",
            title=f"Alder & Finch Maple Serving Tray No. {number}, 40 x 30 cm, with handles",
            floor=_usd(1500),
            sku=f"AF-{number:05}",
            daily_units=number % 40 or None,
            added_by="import",
            added_at=self.office.clock.now,
        )

    async def _day(self, day: int) -> None:
        office = self.office
        midnight = office.clock.now
        await self._look(sorted(self._offers))
        self._plan_day(day)
        for hour in range(24):
            until = midnight + timedelta(hours=hour + 1)
            while self._plans and self._plans[0][0] < until.timestamp():
                at, _, step = heapq.heappop(self._plans)
                office.clock.advance(seconds=max(0.0, at - office.clock.now.timestamp()))
                await self._take(step)
            office.clock.advance(seconds=max(0.0, (until - office.clock.now).total_seconds()))
            await office.turn()
            await self._answer_checklists()
            office.app.scheduler.triggered.clear()  # type: ignore[attr-defined]  # a RecordingEngine
        office.source.asked.clear()
        office.clock.now = midnight + timedelta(days=1)

    async def _take(self, step: Step) -> None:
        try:
            await step()
        except UserError as error:
            self.refused.append(str(error)[:SHOWN])

    def _plan_day(self, day: int) -> None:
        share = self.sizes.cases_a_month / MONTH
        for _ in range(int((day + 1) * share) - int(day * share)):
            free = sorted(self._offers.keys() - self._busy)
            asins = self.chance.sample(free, min(len(free), self.chance.choice(PRODUCTS)))
            self._busy |= {*asins}
            self._in(self.chance.uniform(0, 20), partial(self._stranger_comes, asins))

    def _in(self, hours: float, step: Step) -> None:
        at = self.office.clock.now.timestamp() + 3600 * hours
        heapq.heappush(self._plans, (at, next(self._number), step))

    async def _stranger_comes(self, asins: list[str]) -> None:
        seller = f"A{next(self._number):013}"
        for asin in asins:
            self._offers[asin][seller] = 1870
        await self._look(asins)
        [*found] = await self.office.store.find(CASES, "seller", seller, limit=1)
        self._cases += len(found)
        stays = self.chance.uniform(20, 90)
        if self.chance.random() < 0.5:
            self._in(self.chance.uniform(1, stays), partial(self._price_moves, seller, asins))
        self._in(stays, partial(self._stranger_goes, seller, asins))
        for case in found:
            self._in(1, partial(self.office.press, "acknowledge", case.key))
            if self.chance.random() < self.sizes.worked:
                self._in(2, partial(self._work, case))
                self._in(stays + 24 * AMAZON_TAKES, partial(self._close, case.key, REPORTED))
            elif self.chance.random() < 0.95:
                self._in(stays + self.chance.uniform(1, 48), partial(self._close, case.key, GONE))

    async def _price_moves(self, seller: str, asins: list[str]) -> None:
        for asin in asins:
            # The newest price stands last, as Amazon might list it.
            self._offers[asin].pop(seller, None)
            self._offers[asin][seller] = self.chance.randrange(1600, 2300)
        await self._look(asins)

    async def _stranger_goes(self, seller: str, asins: list[str]) -> None:
        for asin in asins:
            self._offers[asin].pop(seller, None)
        for _ in range(3):
            await self._look(asins)
            self.office.clock.advance(minutes=2)
        self._busy -= {*asins}

    async def _look(self, asins: list[str]) -> None:
        office = self.office
        for start in range(0, len(asins), BATCH):
            watches = []
            for asin in asins[start : start + BATCH]:
                office.source.put(self._snapshot(asin))
                watch = await office.store.get(WATCHES, f"US-{asin}")
                assert watch is not None
                watches.append(watch)
            await office.monitor.check(watches)
            office.source.results.clear()
        await office.dispatcher.deliver()

    def _snapshot(self, asin: str) -> Snapshot:
        offers = tuple(_offer(seller, cents) for seller, cents in self._offers[asin].items())
        cheapest = min(offers, key=lambda each: each.price.amount)
        now = self.office.clock.now
        return Snapshot(
            asin=asin,
            marketplace="US",
            at=now,
            offers=offers,
            total=len(offers),
            holders=(cheapest.seller,),
            digest=f"{now.timestamp():032.6f}{asin:>032}".replace(".", "0").replace(" ", "0")[:64],
        )

    async def _work(self, case: Case) -> None:
        """Collect everything, draft, confirm, file, and enter what Amazon said."""
        press, today = self.office.press, self.office.clock.now.date().isoformat()
        which: Answers = {"asin": case.asins[0]} if len(case.asins) > 1 else {}
        await press("collect", case.key, {"what": "capture", **which})
        bought: Answers = {
            "order": ORDER,
            "seller": case.seller,
            "sold_by": "",
            "asin": case.asins[0],
            "price": "18.70",
            "ordered": today,
            "arrived": today,
            "result": "different",
            "files": (),
            "observed": "The logo is printed; on the genuine product it is cast into the iron. "
            "The batch mark under the handle is missing.",
            "verified": "Compared side by side with one of our batch 7731 under a lens.",
        }
        what: Answers = {"what": EvidenceKind.TEST_BUY.value, **which}
        await press("collect", case.key, what, *[bought] * 3)
        for kind in (EvidenceKind.RECEIVED, EvidenceKind.GENUINE):
            digest = await self.office.app.evidence.keep(kind.value.encode(), {"at": "now"})
            file = Upload(f"{kind.value}.png", "image/png", 45_000, digest)
            shown: Answers = {"files": (file,), "caption": "The logo"}
            await press("collect", case.key, {"what": kind.value, **which}, shown)
        sold = f"112-3141502-2653589 {today} {case.asins[0]} 9"
        typed: Answers = {"files": (), "typed": sold, "none": ""}
        await press("collect", case.key, {"what": EvidenceKind.ORDERS.value, **which}, typed)
        products: Answers = {"asins": tuple(case.asins)}
        await press("report", case.key, *COPY, *([products] if which else []), DRAFT)
        [report] = await self.office.store.find(REPORTS, "case", case.key)
        await press("confirm-report", report.key, who=ANA)
        self._in(1, partial(press, "report-filed", report.key, {"complaint": f"{case.number:010}"}))
        self._in(24 * (AMAZON_TAKES - 1), partial(self._amazon_answers, report.key))

    async def _close(self, key: str, answers: Answers) -> None:
        case = await self.office.store.get(CASES, key)
        if case is not None and case.open:
            await self.office.press("close", key, answers, who=ANA)

    async def _amazon_answers(self, key: str) -> None:
        report = await self.office.store.get(REPORTS, key)
        if report is not None and report.state is ReportState.FILED:
            outcome: Answers = {"outcome": "accepted", "refusal": "", "words": ""}
            await self.office.press("report-answer", key, outcome)

    async def _answer_checklists(self) -> None:
        if not 9 <= self.office.clock.now.hour < 11:
            return
        for run in await self.office.store.find(RUNS, "open", value=True, limit=20):
            for task in run.tasks:
                if task.answer is Answer.OPEN:
                    proof = PROOFS.get(task.item.proof)
                    steps: list[Answers] = [{"proof": proof}] if proof else []
                    with suppress(UserError):
                        await self.office.press("item-done", f"{run.key}/{task.item.id}", *steps)

    async def _measured(self, month: int, seconds: float) -> Month:
        log = self.office.log.stat().st_size
        # All checks of a day would have made the store do this every few days.
        await self.office.store.compact()
        # Before the harness reads all there is, which the program never does.
        taken = memory()
        documents: dict[str, int] = {}
        live: dict[str, int] = {}
        for collection in COLLECTED:
            count, size = await _weighed(self.office.store, collection)
            if count:
                documents[collection.name], live[collection.name] = count, size
        return Month(
            month=month,
            documents=documents,
            live=live,
            warm=sum(live.get(each.name, 0) for each in WARM),
            stored=self.office.store.live,
            log=log,
            memory=taken,
            cases=self._cases,
            refused=len(self.refused),
            seconds=seconds,
        )


async def _weighed(store: TinyStore, collection: Collection[T]) -> tuple[int, int]:
    """Return how many documents the collection has, and what they take as the store counts it."""
    after, count, size = "", 0, 0
    while found := await store.page(collection, after=after, limit=AT_ONCE):
        count += len(found)
        for document in found:
            after = collection.key(document)
            size += len(msgspec.json.encode(document)) + len(after) + AROUND
    return count, size


def _usd(cents: int) -> Money:
    return Money(Decimal(cents) / 100, "USD")


def _offer(seller: str, cents: int) -> Offer:
    return Offer(
        seller=seller,
        price=_usd(cents),
        shipping=_usd(0),
        fba=True,
        prime=True,
        feedback_count=1200,
        positive_percent=97,
        ships_from="US",
    )


def memory() -> int:
    """Return the bytes of memory that this process has now."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return 1024 * int(line.split()[1])
    return 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
