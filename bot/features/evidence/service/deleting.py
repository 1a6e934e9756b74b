"""Deleting evidence, by hand or long after its case; and removing the words of its entries."""

from __future__ import annotations

import hmac
import secrets
from datetime import UTC, datetime, timedelta
from functools import partial

import msgspec

from bot.core.clock_watch import confirmed_time
from bot.core.collections import Job
from bot.core.context import AppContext
from bot.core.forgetting import release
from bot.core.jobs import take_off
from bot.core.permissions import Person
from bot.core.removed_words import REMOVED
from bot.core.scanning import each_found, each_page_found
from bot.core.store import Transaction, run_in_transaction
from bot.features.cases.collections import CASES, ENTRIES
from bot.features.cases.models.cases import Case
from bot.features.cases.models.events import WordsRemoved
from bot.features.cases.service.lookup import require_case
from bot.features.cases.service.profiles import forget_profile
from bot.features.cases.service.redacting import let_go
from bot.features.evidence.collections import EVIDENCE_ITEMS, EVIDENCE_LOGS
from bot.features.evidence.models.custody import OVERDUE, CustodyAction, EvidenceLog
from bot.features.evidence.models.events import EvidenceOverdue
from bot.features.evidence.models.items import MACHINE_WORDED, EvidenceItem
from bot.features.evidence.service.comparing import drop_with, take_out_words
from bot.features.evidence.service.ended_plans import remove_kept_place
from bot.features.evidence.service.evidence import delete_item, items_of, log_deed, require_item
from bot.features.evidence.service.planning import end_with, remove_place

EVERY = timedelta(days=1)


async def delete_evidence(
    app: AppContext, tx: Transaction, who: Person, key: str, why: str
) -> EvidenceItem:
    """Delete a piece that a person chose, with the comparison that shows it.

    Raises:
        UserError: there is no such piece, or it is deleted already.
    """
    item = await require_item(tx, key)
    case = await require_case(tx, item.case)
    await drop_with(app, tx, case, item)
    await delete_item(app, tx, case, who, item, why)
    return item


class LeftToTheSweep:
    """Ends the job that an earlier version asked for: a file that nothing names is swept."""

    def __init__(self, app: AppContext) -> None:
        """Work with the application."""
        self._app = app

    async def run(self, job: Job) -> None:
        """Remove the job from the queue."""
        await run_in_transaction(self._app.store, lambda tx: take_off(tx, job))


class Retention:
    """Deletes what belongs to cases that were closed long ago, if the team wants that.

    The evidence goes, the raw answers that findings rest on, what the seller's page says, a plan
    of a test buy, and whatever features make of it.
    """

    def __init__(self, app: AppContext) -> None:
        """Look through all closed cases once after a start."""
        self._app = app
        self._looked = 0, datetime.fromtimestamp(0, UTC)
        """The retention period at the last look, in days, and the time of that look."""

    async def tick(self, _: str = "") -> None:
        """Delete what is past its retention period, by a confirmed time: it cannot be undone."""
        team = await self._app.team()
        now = await confirmed_time(self._app.store)
        days = team.kept_days(now)
        if days is None:
            return
        before_days, looked = self._looked
        if before_days == days and timedelta() <= now - looked < EVERY:
            return
        before = now - timedelta(days=days)
        async for case in each_found(self._app.store, CASES, "open", value=False):
            if case.closed_at and case.closed_at < before and await self._left(case):
                await self._clear(case, before)
        self._looked = days, now

    async def _left(self, case: Case) -> bool:
        """Tell whether anything may be left of the case; it may have been closed once more."""
        log = await self._app.store.get(EVIDENCE_LOGS, case.key)
        return log is None or log.cleared != case.closed_at

    async def _clear(self, case: Case, before: datetime) -> None:
        store, whole = self._app.store, True
        for item in await items_of(store, case.key):
            # A case may have been closed by a clock that was behind, after its evidence came.
            if item.here and item.at < before:
                await run_in_transaction(store, partial(self._delete_one, case, item.key))
            whole = whole and (not item.here or item.at < before)
        async for page in each_page_found(store, ENTRIES, "case", case.key):
            answers = {entry.evidence for entry in page if entry.evidence and entry.at < before}
            if answers:
                await run_in_transaction(store, partial(self._let_go, case, answers))
        if whole:
            await run_in_transaction(store, partial(self._end, case))

    async def _delete_one(self, case: Case, item: str, tx: Transaction) -> None:
        found, known = await _unchanged(tx, case), await tx.get(EVIDENCE_ITEMS, item)
        if found is not None and known is not None and known.here:
            await drop_with(self._app, tx, found, known)
            await delete_item(self._app, tx, found, None, known, OVERDUE)

    async def _let_go(self, case: Case, answers: set[str], tx: Transaction) -> None:
        if await _unchanged(tx, case) is None:
            return
        await let_go(tx, case.key, answers)
        await release(self._app, tx, sorted(answers), f"{case.label} Amazon data")

    async def _end(self, case: Case, tx: Transaction) -> None:
        found = await _unchanged(tx, case)
        if found is None:
            return
        await forget_profile(self._app, tx, found)
        await end_with(self._app, tx, found)
        await self._app.tell(tx, EvidenceOverdue(found))
        log = await tx.get(EVIDENCE_LOGS, case.key) or EvidenceLog(case=case.key)
        tx.put(EVIDENCE_LOGS, msgspec.structs.replace(log, cleared=case.closed_at))


async def _unchanged(tx: Transaction, case: Case) -> Case | None:
    """Return the case as it is now; None where it was opened again since, or closed once more."""
    found = await tx.get(CASES, case.key)
    return found if found is not None and found.closed_at == case.closed_at else None


async def remove_words(app: AppContext, tx: Transaction, event: WordsRemoved) -> None:
    """Remove what the entry showed: captions, differences, a plan's delivery label."""
    await remove_place(app, tx, event)
    await remove_kept_place(tx, event)
    told = {fact.label for fact in event.entry.facts}
    for item in await items_of(tx, event.case.key):
        if item.label in told and item.here and item.kind not in MACHINE_WORDED:
            tx.put(EVIDENCE_ITEMS, msgspec.structs.replace(item, caption=REMOVED))
    says = f"the text of entry {event.entry.place} was removed: {event.why}"
    await take_out_words(tx, event.case, event.entry)
    await log_removal(app, tx, event.case.key, event.who, event.entry.words, says)


async def log_removal(
    app: AppContext, tx: Transaction, case: str, who: Person, words: str, says: str
) -> None:
    """Enter in the case's custody log that words were removed.

    The entry names them by a hash under a key that is kept nowhere: it shows that words were
    removed, and no one can find out from it which.
    """
    key = secrets.token_bytes(32)
    digest = hmac.digest(key, words.encode(errors="replace"), "sha256").hex()
    await log_deed(app, tx, case, who, CustodyAction.REDACTED, digest, says)
