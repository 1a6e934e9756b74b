"""A team with much of everything, and a store that counts what it hands out at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta
from typing import TypeVar

import msgspec

from bot.core.cards import Card
from bot.core.collections import (
    CHECKLIST_SCHEDULES,
    HANDLED,
    MEMBERS,
    OUTBOX,
    SESSIONS,
    Handled,
    Member,
)
from bot.core.dispatch.messages import Op, OutboxMessage
from bot.core.findings import SELLER, Severity
from bot.core.flows.sessions import FlowSession
from bot.core.labeled import AttackKind, Duty, Recommendation
from bot.core.listing import Watch, WatchStatus
from bot.core.permissions import Person
from bot.core.recurrence import ChecklistSchedule
from bot.core.store import Collection, Indexed, Place, Store, Transaction
from bot.features.attacks.collections import ATTACKS
from bot.features.attacks.models import Attack
from bot.features.cases.collections import AFFECTED, CASES, ENTRIES
from bot.features.cases.models.cases import Case, Entry, EntryKind
from bot.features.cases.models.signals import Affected, Signal
from bot.features.checklists.collections import DECISIONS, ITEM_STATUSES, RUNS
from bot.features.checklists.models.decisions import Decision
from bot.features.checklists.models.definitions import Area
from bot.features.checklists.models.runs import Answer, ItemStatus, Run
from bot.features.evidence.collections import EVIDENCE_ITEMS, EVIDENCE_LOGS
from bot.features.evidence.models.custody import EvidenceLog
from bot.features.evidence.models.items import EvidenceItem, EvidenceKind
from bot.features.letters.collections import LETTERS
from bot.features.letters.models.letters import Letter, LetterKind
from bot.features.reports.collections import REPORTS
from bot.features.reports.models.claims import Claim
from bot.features.reports.models.observations import Grounds
from bot.features.reports.models.reports import Report
from bot.features.rights.collections import BRAND_RIGHTS, RIGHTS_DOCUMENTS
from bot.features.rights.models import (
    BrandRight,
    BrandRightKind,
    RightsDocument,
    RightsDocumentKind,
)
from bot.features.training.collections import LEARNINGS
from bot.features.training.models import Learning
from bot.features.watchlist.collections import SELLERS, STATUSES, WATCHES
from bot.features.watchlist.models.sellers import EVERYWHERE, Seller
from tests.fakes import START
from tests.signals import with_signals

T = TypeVar("T", bound=msgspec.Struct)

MANY = 700
ANA = Person("ana", "Ana")
LONG_AGO = START - timedelta(days=40)
SOON = START + timedelta(days=1)
DAY = START.date().isoformat()


class Handed:
    """How many documents were handed out between two turns of the loop."""

    def __init__(self) -> None:
        self.all = 0
        self.most = 0
        self._now = 0

    def count(self, documents: int) -> None:
        """Count on until the loop comes round again."""
        if not self._now and documents:
            asyncio.get_running_loop().call_soon(self._turn)
        self.all += documents
        self._now += documents
        self.most = max(self.most, self._now)

    def _turn(self) -> None:
        self._now = 0


class CountedTransaction:
    """A transaction that counts what it hands out."""

    def __init__(self, tx: Transaction, handed: Handed) -> None:
        self._tx = tx
        self._handed = handed
        self.put = tx.put
        self.create = tx.create
        self.delete = tx.delete
        self.after = tx.after
        self.before = tx.before

    async def get(self, collection: Collection[T], key: str) -> T | None:
        self._handed.count(1)
        return await self._tx.get(collection, key)

    async def find(
        self,
        collection: Collection[T],
        index: str,
        value: Indexed,
        *,
        after: str = "",
        limit: int = 100,
        newest: bool = False,
    ) -> list[T]:
        found = await self._tx.find(
            collection, index, value, after=after, limit=limit, newest=newest
        )
        self._handed.count(len(found))
        return found

    @property
    def wrote(self) -> bool:
        return self._tx.wrote

    def names(self, word: str) -> bool:
        return self._tx.names(word)

    @property
    def written(self) -> tuple[Place, ...]:
        return self._tx.written


class CountedStore:
    """A store that counts what it hands out."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.handed = Handed()
        self.failed = store.failed
        self.count = store.count
        self.values = store.values
        self.follow = store.follow
        self.close = store.close
        self.compact = store.compact
        self.collections = store.collections

    def transaction(self) -> AbstractAsyncContextManager[Transaction]:
        return self._transaction()

    @asynccontextmanager
    async def _transaction(self) -> AsyncIterator[Transaction]:
        async with self._store.transaction() as tx:
            yield CountedTransaction(tx, self.handed)

    @property
    def failure(self) -> str:
        return self._store.failure

    @property
    def dead(self) -> bool:
        return self._store.dead

    @property
    def set_aside(self) -> int:
        return self._store.set_aside

    async def get(self, collection: Collection[T], key: str) -> T | None:
        self.handed.count(1)
        return await self._store.get(collection, key)

    async def find(
        self,
        collection: Collection[T],
        index: str,
        value: Indexed,
        *,
        after: str = "",
        skip: int = 0,
        limit: int = 100,
        newest: bool = False,
    ) -> list[T]:
        found = await self._store.find(
            collection, index, value, after=after, skip=skip, limit=limit, newest=newest
        )
        self.handed.count(len(found))
        return found

    async def page(
        self,
        collection: Collection[T],
        *,
        after: str = "",
        skip: int = 0,
        limit: int = 100,
        newest: bool = False,
    ) -> list[T]:
        found = await self._store.page(
            collection, after=after, skip=skip, limit=limit, newest=newest
        )
        self.handed.count(len(found))
        return found


async def put_all(store: Store, collection: Collection[T], documents: Sequence[T]) -> None:
    async with store.transaction() as tx:
        for document in documents:
            tx.put(collection, document)


async def fill(store: Store, many: int = MANY) -> None:
    """Store so many of everything that a team gathers."""
    numbers = range(1, many + 1)
    await put_all(store, WATCHES, [_watch(number) for number in numbers])
    await put_all(store, STATUSES, [_status(number) for number in numbers])
    await put_all(
        store, SELLERS, [Seller(id=_seller(n), authorised=(EVERYWHERE,)) for n in numbers]
    )
    cases = [_various(number) for number in range(1, 2 * many + 1)]
    await put_all(store, CASES, cases)
    await put_all(store, AFFECTED, [_affected(case) for case in cases])
    await put_all(store, ENTRIES, [_entry(cases[0].key, number) for number in numbers])
    await put_all(store, EVIDENCE_ITEMS, [_piece(case.key, 1) for case in cases])
    logs = [EvidenceLog(case=case.key, items=1) for case in cases]
    await put_all(store, EVIDENCE_LOGS, logs)
    await put_all(store, REPORTS, [report_of(number) for number in numbers])
    await put_all(store, LETTERS, [_letter(number) for number in numbers])
    await put_all(store, ATTACKS, [_attack(number) for number in numbers])
    await put_all(store, BRAND_RIGHTS, [_right(number) for number in numbers])
    papers = [
        RightsDocument(number=n, kind=RightsDocumentKind.INVOICE, name=f"P{n}") for n in numbers
    ]
    await put_all(store, RIGHTS_DOCUMENTS, papers)
    await put_all(store, RUNS, [_run(number) for number in numbers])
    await put_all(store, CHECKLIST_SCHEDULES, [_agenda(number) for number in numbers])
    await put_all(store, ITEM_STATUSES, [_standing(number) for number in numbers])
    await put_all(store, DECISIONS, [_decision(number) for number in numbers])
    await put_all(store, MEMBERS, [Member(f"m{number}") for number in numbers])
    await put_all(store, LEARNINGS, [_learning(number) for number in numbers])
    await put_all(store, HANDLED, [Handled(f"h{n}", _days_ago(5)) for n in numbers])
    sessions = [_session(number) for number in numbers]
    await put_all(store, SESSIONS, sessions)
    await put_all(store, OUTBOX, [_row(number) for number in numbers])


def _days_ago(days: int) -> str:
    return (START - timedelta(days=days)).date().isoformat()


def _seller(number: int) -> str:
    return f"A{number:013d}"


def _watch(number: int) -> Watch:
    return Watch(asin=f"B{number:09d}", marketplace="US", added_at=LONG_AGO)


def _status(number: int) -> WatchStatus:
    return WatchStatus(key=_watch(number).key, tried_at=START, seen_at=START)


def case_of(number: int, *, is_open: bool = True, severity: Severity = Severity.WARNING) -> Case:
    """Return a case about a seller of its own; its product is stored apart."""
    case = Case(
        number=number,
        fingerprint=f"US/{_seller(number)}",
        marketplace="US",
        seller=_seller(number),
        opened_at=LONG_AGO,
        open=is_open,
        closed_at=None if is_open else LONG_AGO,
    )
    return with_signals(case, _signal(number, severity))[0]


def _various(number: int) -> Case:
    """Return a case of Ana's: every other one is open, and of these a third awake."""
    is_open = number % 2 == 1
    until = SOON if is_open and number % 3 else None
    case = case_of(number, is_open=is_open)
    return msgspec.structs.replace(case, assignee=ANA, assignee_id=ANA.id, snoozed_until=until)


def _affected(case: Case) -> Affected:
    [on] = with_signals(case, _signal(case.number, Severity.WARNING))[1]
    return on


def _signal(number: int, severity: Severity) -> Signal:
    asin = _watch(number).asin
    return Signal(kind=SELLER, asin=asin, headline="It", severity=severity, since=LONG_AGO)


def _entry(case: str, place: int) -> Entry:
    return Entry(case=case, place=place, at=START, day=DAY, kind=EntryKind.NOTE, text="It")


def _piece(case: str, place: int) -> EvidenceItem:
    return EvidenceItem(case=case, place=place, at=LONG_AGO, kind=EvidenceKind.PHOTO)


def report_of(number: int) -> Report:
    """Return a draft on the first case."""
    return Report(
        number=number,
        case=case_of(1).key,
        recommendation=Recommendation.POLICY,
        claim=next(iter(Claim)),
        marketplace="US",
        asins=(_watch(number).asin,),
        seller=_seller(number),
        grounds=Grounds.SUSPICION,
        drafted_at=LONG_AGO,
        drafted_by=ANA,
    )


def _letter(number: int) -> Letter:
    return Letter(
        number=number,
        kind=LetterKind.BUYER,
        situation="counterfeit-received",
        text="Hello",
        written_by=ANA,
        written_at=LONG_AGO,
    )


def _attack(number: int) -> Attack:
    return Attack(
        number=number,
        kind=AttackKind.PHISHING,
        began_at=LONG_AGO,
        marketplace="US",
        case=number,
        logged_by=ANA,
        logged_at=LONG_AGO,
    )


def _right(number: int) -> BrandRight:
    return BrandRight(number=number, kind=BrandRightKind.COPYRIGHT, name=f"R{number}", country="*")


def _run(number: int) -> Run:
    return Run(
        number=number,
        checklist="weekly",
        title="Weekly",
        area=next(iter(Area)),
        duty=Duty.LEAD,
        planned_at=LONG_AGO,
        posted_at=LONG_AGO,
        tasks=(),
        due_at=SOON,
    )


def _agenda(number: int) -> ChecklistSchedule:
    return ChecklistSchedule(
        checklist=f"list-{number}",
        cadence="0 9 * * mon",
        zone="UTC",
        next_at=SOON,
        counted_at=START,
    )


def _standing(number: int) -> ItemStatus:
    return ItemStatus(checklist="weekly", item=f"i{number}", answer=Answer.DONE, at=LONG_AGO)


def _decision(number: int) -> Decision:
    return Decision(
        number=number,
        review="000001",
        text="Do it",
        owner=ANA,
        due=START.date() + timedelta(days=9),
        decided_by=ANA,
        decided_at=LONG_AGO,
    )


def _learning(number: int) -> Learning:
    person = Person(f"m{number}", f"M{number}")
    return Learning(person=person, lesson="first", answered_at=LONG_AGO, right=True, who=person.id)


def _session(number: int) -> FlowSession:
    return FlowSession(
        id=f"s{number}", flow="note", version=1, started_at=LONG_AGO, started_by="ana"
    )


def _row(number: int) -> OutboxMessage:
    return OutboxMessage(
        chat="gone",
        sequence=f"{number:020d}",
        message=f"m{number}",
        op=Op.POST,
        card=Card(title="It"),
        written_at=START,
    )
