"""Deleting evidence: by hand, or when a case has been closed for long enough."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from functools import partial

from bot.core.clock_watch import confirmed_time
from bot.core.collections import Job
from bot.core.context import AppContext
from bot.core.jobs import take_off
from bot.core.permissions import Person
from bot.core.scanning import each
from bot.core.scheduler import Work
from bot.core.store import Transaction, run_in_transaction
from bot.features.cases.collections import CASES
from bot.features.cases.models.cases import Case
from bot.features.cases.service.lookup import require_case
from bot.features.evidence.collections import EVIDENCE_ITEMS, EVIDENCE_LOGS
from bot.features.evidence.models.events import EvidenceChanged
from bot.features.evidence.models.items import EvidenceItem
from bot.features.evidence.service.evidence import delete_item, items_of, require_item
from bot.features.evidence.service.hidden import forget_unneeded

OVERDUE = "the team keeps evidence so long after a case was closed, and no longer"


async def delete_evidence(
    app: AppContext, tx: Transaction, who: Person, key: str, why: str
) -> EvidenceItem:
    """Delete a piece that a person chose; whoever rests on it hears of it.

    Raises:
        UserError: there is no such piece, or it is deleted already.
    """
    item = await require_item(tx, key)
    case = await require_case(tx, item.case)
    await delete_item(app, tx, case, who, item, why)
    await app.tell(tx, EvidenceChanged(case))
    tx.after(lambda: app.scheduler.trigger(Work.JOBS))
    return item


class DeletionJob:
    """Does the job of deleting a piece's bytes."""

    def __init__(self, app: AppContext, changes: asyncio.Lock) -> None:
        """Under ``changes`` no bytes are kept that a piece is yet to name."""
        self._app = app
        self._changes = changes

    async def run(self, job: Job) -> None:
        """Delete the bytes, unless another piece or a paper of the register has the same ones.

        Raises:
            StoreError: the disk refused.
        """
        item = await self._app.store.get(EVIDENCE_ITEMS, job.ref)
        if item is not None:
            async with self._changes:
                await self._forget(item)
        await run_in_transaction(self._app.store, lambda tx: take_off(tx, job))

    async def _forget(self, item: EvidenceItem) -> None:
        if item.file is not None:
            await forget_unneeded(self._app, {item.file.content, item.file.shown}, item.label)


class Retention:
    """Deletes the evidence of cases that were closed long ago, if the team wants that."""

    def __init__(self, app: AppContext) -> None:
        """Work with the application."""
        self._app = app

    async def tick(self, _: str = "") -> None:
        """Delete what is kept too long, by a time that has come beyond doubt: it is for good."""
        team = await self._app.team()
        now = await confirmed_time(self._app.store)
        days = team.kept_days(now)
        if days is None:
            return
        before = now - timedelta(days=days)
        # Of cases without evidence nothing is to be deleted.
        async for log in each(self._app.store, EVIDENCE_LOGS):
            case = await self._app.store.get(CASES, log.case)
            if case and not case.open and case.closed_at and case.closed_at < before:
                await self._delete(case, before)

    async def _delete(self, case: Case, before: datetime) -> None:
        for item in await items_of(self._app.store, case.key):
            # A case may have been closed by a clock that was behind, after its evidence came.
            if item.here and item.at < before:
                await run_in_transaction(
                    self._app.store, partial(self._delete_one, case.key, item.key)
                )

    async def _delete_one(self, case: str, item: str, tx: Transaction) -> None:
        found, known = await tx.get(CASES, case), await tx.get(EVIDENCE_ITEMS, item)
        if found is not None and known is not None and known.here:
            await delete_item(self._app, tx, found, None, known, OVERDUE)
