"""What pictures tell besides what they show: kept in the originals, or dropped for good."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence

import msgspec

from bot.core.collections import SESSIONS, Job
from bot.core.context import AppContext
from bot.core.files import Upload
from bot.core.jobs import enqueue, take_off
from bot.core.scanning import each
from bot.core.scheduler import Work
from bot.core.store import Store, Transaction, run_in_transaction
from bot.core.undo.announcing import may_come_back
from bot.features.cases.models.cases import Case
from bot.features.evidence.collections import EVIDENCE_ITEMS
from bot.features.evidence.models.jobs import EvidenceJob
from bot.features.rights.collections import RIGHTS_DOCUMENTS
from bot.features.rights.models import RightsDocument


def settled(
    app: AppContext, tx: Transaction, case: Case, files: Sequence[Upload], *, keep: bool
) -> tuple[Upload, ...]:
    """Return the files as they are kept; what is not wanted of them is deleted."""
    kept = tuple(file.as_handed_in if keep else file.bare for file in files)
    left = {digest for file in files for digest in _digests(file)}
    for digest in sorted(left - {digest for file in kept for digest in _digests(file)}):
        enqueue(app, tx, EvidenceJob.DROP, f"{case.key}-{digest}")
        tx.after(lambda: app.scheduler.trigger(Work.JOBS))
    return kept


class DropJob:
    """Does the job of deleting bytes that a person did not want to be kept."""

    def __init__(self, app: AppContext, changes: asyncio.Lock) -> None:
        """Under ``changes`` no bytes are kept that a piece is yet to name."""
        self._app = app
        self._changes = changes

    async def run(self, job: Job) -> None:
        """Delete the bytes, unless somebody else needs them.

        Raises:
            StoreError: the disk refused.
        """
        async with self._changes:
            await forget_unneeded(self._app, {job.ref.rpartition("-")[2]}, "taken out")
        await run_in_transaction(self._app.store, lambda tx: take_off(tx, job))


async def forget_unneeded(app: AppContext, wanted: set[str], what: str) -> None:
    """Delete bytes unless a piece, a paper of the register or a form that is open names them.

    Raises:
        StoreError: the disk refused.
    """
    async for item in each(app.store, EVIDENCE_ITEMS):
        if item.here and item.file is not None:
            wanted -= _digests(item.file)
    async for paper in _papers(app.store):
        if paper.file is not None:
            wanted -= _digests(paper.file)
    async for session in each(app.store, SESSIONS):
        known = msgspec.json.encode((session.facts, session.answers)).decode()
        wanted -= {digest for digest in wanted if digest in known}
    facts = {"kind": what, "at": app.clock().isoformat()}
    for content in sorted(wanted):
        await app.evidence.forget(content, facts)


async def _papers(store: Store) -> AsyncIterator[RightsDocument]:
    """Give the papers of the register, and those that an Undo may bring back."""
    async for paper in each(store, RIGHTS_DOCUMENTS):
        yield paper
    async for paper in may_come_back(store, RIGHTS_DOCUMENTS):
        yield paper


def _digests(file: Upload) -> set[str]:
    return {file.content, file.shown, file.whole} - {""}
