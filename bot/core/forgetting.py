"""Forgetting files that a person, or the team's retention, had deleted: soon, and for good.

Who lets bytes go says so in the transaction that takes their name out of its documents. A job then
deletes what no other document holds, and takes it out of messages that only show it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from functools import partial
from typing import Any

import msgspec

from bot.core.collections import RELEASED, UNDOABLES, UPKEEP, Job, Released, Upkeep
from bot.core.context import AppContext
from bot.core.job_handlers import JobHandler
from bot.core.jobs import enqueue, take_off, tell_channel
from bot.core.naming import named, without
from bot.core.scanning import each
from bot.core.scheduler import Work
from bot.core.store import Collection, Naming, Store, Transaction, run_in_transaction

FORGET = "forget"
VAULT = "vault"
"""The job's kind, and what it is about."""
TO_COMPACT = "to compact"
FAILED = "Deleted files are still on the disk"
REMEDY = "Check the disk that holds the data folder. Brandwarden tries again every day."


async def release(app: AppContext, tx: Transaction, contents: Iterable[str], what: str) -> None:
    """Let go of bytes that the transaction's documents do not name any more.

    ``what`` says for the log of custody what it was, such as ``E-3``; no words of people.

    Raises:
        StoreError: the disk refused.
    """
    for content in filter(None, contents):
        if kept := await app.evidence.kept_at(content):
            tx.put(RELEASED, Released(content=content, what=what, kept=kept))
    enqueue(app, tx, FORGET, VAULT)
    ask_compaction(app, tx)
    tx.after(lambda: app.scheduler.trigger(Work.JOBS))


def ask_compaction(app: AppContext, tx: Transaction) -> None:
    """Have the log of the store written anew soon: people had something deleted."""
    tx.put(UPKEEP, Upkeep(TO_COMPACT, app.clock()))


class ForgetJob:
    """Does the job: deletes what was let go, unless somebody else holds it."""

    def __init__(self, app: AppContext) -> None:
        """Work with the application."""
        self._app = app

    async def run(self, job: Job) -> None:
        """Delete the bytes. Whatever is broken off is done once more.

        Raises:
            StoreError: the disk refused.
        """
        store = self._app.store
        released = [found async for found in each(store, RELEASED)]
        let_go = {found.content for found in released}
        async for document in documents(store, Naming.HOLDS):
            let_go.difference_update(named(document))
        # What was removed meanwhile stood nowhere when it was looked for there: Undo holds it now.
        async for act in each(store, UNDOABLES):
            let_go.difference_update(named(act))
        await self._take_out(let_go)
        facts = {"at": self._app.clock().isoformat()}
        for found in released:
            if found.content in let_go:
                about = {"kind": found.what, **facts}
                await self._app.evidence.forget(found.content, about, kept=found.kept)
        await run_in_transaction(store, partial(self._end, job, released))

    async def _take_out(self, gone: set[str]) -> None:
        """Take files that go out of what shows them."""
        store = self._app.store
        for collection in _of(store, Naming.SHOWS):
            async for document in each(store, collection):
                if not gone.isdisjoint(named(document)):
                    key = collection.key(document)
                    await run_in_transaction(store, partial(_take_out, collection, key, gone))

    async def _end(self, job: Job, done: Iterable[Released], tx: Transaction) -> None:
        for found in done:
            # What was let go once more meanwhile is done by the next job.
            if await tx.get(RELEASED, found.content) == found:
                tx.delete(RELEASED, found.content)
        await take_off(tx, job)


async def _take_out(collection: Collection[Any], key: str, gone: set[str], tx: Transaction) -> None:
    document = await tx.get(collection, key)
    if document is not None:
        tx.put(collection, without(document, gone))


async def documents(store: Store, *naming: Naming) -> AsyncIterator[msgspec.Struct]:
    """Return all documents that name bytes in one of these ways, with turns for other work."""
    for collection in _of(store, *naming):
        async for document in each(store, collection):
            yield document


def _of(store: Store, *naming: Naming) -> list[Collection[Any]]:
    return [collection for collection in store.collections if collection.naming in naming]


def jobs(app: AppContext) -> dict[str, JobHandler]:
    """Return what does the job."""

    async def gave_up(tx: Transaction, job: Job, why: str) -> None:
        tell_channel(app, tx, job, FAILED, f"{why} {REMEDY}")

    return {FORGET: JobHandler(ForgetJob(app).run, gave_up=gave_up)}
