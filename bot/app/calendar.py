"""What happens because time passes: snoozes end, the digest comes, old things are swept out."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from bot.app.casebook import record
from bot.app.collections import CASES, COUNTERS, ENTRIES, HANDLED, SESSIONS, Counter
from bot.app.desk import Desk
from bot.app.digest import todays_digest
from bot.app.transact import transact
from bot.domain.cases import Case, EntryKind
from bot.domain.casework import wake
from bot.ports import Transaction

OPEN_CASES = 10_000
SWEPT_AT_ONCE = 500
KEPT = timedelta(days=2)
"""How long an interaction is known as done; no chat delivers one again after that."""
SESSIONS_KEPT = timedelta(days=30)
DIGEST = "digest"


class Calendar:
    """Looks at the clock now and then."""

    def __init__(self, desk: Desk) -> None:
        """Work on the desk."""
        self._desk = desk

    async def tick(self, _: str = "") -> None:
        """Do all that is due."""
        now = self._desk.clock()
        await self._wake(now)
        await transact(self._desk.store, self._digest)
        await self._sweep(now)
        self._desk.engine.kick("outbox")

    async def _wake(self, now: datetime) -> None:
        cases = await self._desk.store.find(CASES, "open", value=True, limit=OPEN_CASES)
        for case in cases:
            if _overslept(case, now):
                await transact(self._desk.store, partial(self._wake_one, case.key, now))

    async def _wake_one(self, key: str, now: datetime, tx: Transaction) -> None:
        case = await tx.get(CASES, key)
        if case is not None and case.open and _overslept(case, now):
            turn = wake(case, now, await self._missed(case))
            await record(self._desk, tx, [turn])

    async def _missed(self, case: Case) -> int:
        """Count what happened since the snooze began and the thread was not told."""
        before = f"{case.key}-{case.snoozed_after:06d}"
        entries = await self._desk.store.find(ENTRIES, "case", case.key, after=before, limit=1000)
        return sum(entry.kind in (EntryKind.SIGNAL, EntryKind.ENDED) for entry in entries)

    async def _digest(self, tx: Transaction) -> None:
        """Post the digest once a day; the day it was last posted is a number in the store."""
        team = await self._desk.team(tx)
        local = team.local(self._desk.clock())
        today = local.date().toordinal()
        last = await tx.get(COUNTERS, DIGEST)
        if last is not None and (last.value >= today or local.hour < team.digest_hour):
            return
        tx.put(COUNTERS, Counter(DIGEST, today))
        if last is not None:
            card = await todays_digest(self._desk, tx)
            self._desk.outbox.post(tx, f"digest-{local.date()}", team.channel, card)

    async def _sweep(self, now: datetime) -> None:
        day = (now - KEPT).date().isoformat()
        handled = await self._desk.store.page(HANDLED, limit=SWEPT_AT_ONCE)
        sessions = await self._desk.store.page(SESSIONS, limit=SWEPT_AT_ONCE)
        async with self._desk.store.transaction() as tx:
            for done in handled:
                if done.day < day:
                    tx.delete(HANDLED, done.id)
            for session in sessions:
                if now - session.started_at > SESSIONS_KEPT:
                    tx.delete(SESSIONS, session.key)


def _overslept(case: Case, now: datetime) -> bool:
    return case.snoozed_until is not None and not case.snoozed(now)
