"""What happens because time passes: snoozes end, the digest comes, old things are swept out."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from bot.app.casebook import record
from bot.app.collections import CASES, COUNTERS, ENTRIES, HANDLED, SESSIONS, Counter
from bot.app.desk import Desk
from bot.app.digest import digest
from bot.app.transact import transact
from bot.domain.cases import Case, EntryKind
from bot.domain.casework import wake
from bot.ports import Transaction

OPEN_CASES = 10_000
SWEPT_AT_ONCE = 500
KEPT_DAYS = 2
"""How long an interaction is known as done; no chat delivers one again after that."""
SWEPT_DAYS = 30
"""So many days further back it is looked for what is to be forgotten."""
SESSIONS_KEPT = timedelta(days=30)
DIGEST = "digest"


class Calendar:
    """Looks at the clock now and then."""

    def __init__(self, desk: Desk) -> None:
        """Work on the desk."""
        self._desk = desk
        self._swept_to = ""

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
            await record(self._desk, tx, case, [turn])

    async def _missed(self, case: Case) -> list[str]:
        """Return what happened since the snooze began and the thread was not told."""
        before = f"{case.key}-{case.snoozed_after:06d}"
        entries = await self._desk.store.find(ENTRIES, "case", case.key, after=before, limit=1000)
        happened = (EntryKind.SIGNAL, EntryKind.ENDED)
        return [entry.text for entry in entries if entry.kind in happened]

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
            since = self._desk.clock() - timedelta(days=today - last.value)
            card = await digest(self._desk, tx, since)
            self._desk.outbox.post(tx, f"digest-{local.date()}", card)

    async def _sweep(self, now: datetime) -> None:
        """Forget interactions and forms that nobody will come back to."""
        gone: list[str] = []
        for days in range(KEPT_DAYS + 1, KEPT_DAYS + SWEPT_DAYS):
            day = (now - timedelta(days=days)).date().isoformat()
            found = await self._desk.store.find(HANDLED, "day", day, limit=SWEPT_AT_ONCE)
            gone += [done.id for done in found]
        some = await self._desk.store.page(SESSIONS, after=self._swept_to, limit=SWEPT_AT_ONCE)
        self._swept_to = some[-1].key if some else ""
        old = [session.key for session in some if now - session.started_at > SESSIONS_KEPT]
        async with self._desk.store.transaction() as tx:
            for key in gone:
                tx.delete(HANDLED, key)
            for key in old:
                tx.delete(SESSIONS, key)


def _overslept(case: Case, now: datetime) -> bool:
    return case.snoozed_until is not None and not case.snoozed(now)
