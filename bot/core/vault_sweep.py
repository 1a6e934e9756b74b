"""Mark and sweep: files that no document names are deleted, however they came to be left behind.

A refused form, a broken-off job or a message that is gone leaves bytes that nobody names. Once a
day all documents are looked through. A file that none of them names is noted, and deleted when
that was so all the time for a while, and it was not kept anew. So neither a clock that jumps, nor
a form that is being sent, nor a kill at any moment costs a file that is needed.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

import structlog

from bot.core.clock_watch import confirmed_time
from bot.core.collections import JOBS, RELEASED, UNNAMED, UPKEEP, Job, UnnamedFile, Upkeep
from bot.core.context import AppContext
from bot.core.forgetting import FORGET, TO_COMPACT, VAULT, documents
from bot.core.jobs import enqueue
from bot.core.naming import named
from bot.core.scanning import each
from bot.core.scheduler import Work
from bot.core.store import Naming, Transaction, run_in_transaction

log = structlog.get_logger(__name__)

EVERY = timedelta(days=1)
GRACE = timedelta(days=7)
"""So long a file is named by nothing before it is deleted."""
SWEPT = "swept"
WHY = "not used by any record"


class VaultSweep:
    """Deletes files that nothing needs, and writes the store anew after people had it delete."""

    def __init__(self, app: AppContext) -> None:
        """Work with the application."""
        self._app = app

    async def tick(self, _: str = "") -> None:
        """Do what is due, by the time that is sure.

        Raises:
            StoreError: the disk refused.
        """
        await self._compact()
        now = await confirmed_time(self._app.store)
        last = await self._app.store.get(UPKEEP, SWEPT)
        if last is not None and timedelta() <= now - last.at < EVERY:
            return
        await self._go_on_forgetting()
        if self._app.store.set_aside:
            # What cannot be read may name files that a later version needs.
            log.warning("files not swept", set_aside=self._app.store.set_aside)
        else:
            await self._sweep(now)
        await run_in_transaction(self._app.store, partial(_note, Upkeep(SWEPT, now)))

    async def _compact(self) -> None:
        due = await self._app.store.get(UPKEEP, TO_COMPACT)
        if due is not None and await self._app.store.compact():
            await run_in_transaction(self._app.store, partial(_done, due))

    async def _go_on_forgetting(self) -> None:
        """Try once more what a full or failing disk refused."""
        store = self._app.store
        waiting = await store.get(JOBS, Job.key_of(FORGET, VAULT))
        if waiting is None and await store.count(RELEASED):

            async def ask(tx: Transaction) -> None:
                enqueue(self._app, tx, FORGET, VAULT)

            await run_in_transaction(store, ask)
            self._app.scheduler.trigger(Work.JOBS)

    async def _sweep(self, now: datetime) -> None:
        # Half the length: there may be hundreds of thousands.
        marked: set[bytes] = set()
        async for document in documents(self._app.store, Naming.HOLDS, Naming.SHOWS):
            marked.update(map(bytes.fromhex, named(document)))
        for shelf in range(256):
            await self._sweep_shelf(f"{shelf:02x}", marked, now)

    async def _sweep_shelf(self, beginning: str, marked: set[bytes], now: datetime) -> None:
        files = await self._app.evidence.listed(beginning)
        unnamed = {each: at for each, at in files.items() if bytes.fromhex(each) not in marked}
        noted = await self._noted(beginning)
        old = [note for key, note in noted.items() if unnamed.get(key) == note.kept]
        due = [note for note in old if now - note.since >= GRACE]
        facts = {"kind": WHY, "at": self._app.clock().isoformat()}
        for note in due:
            await self._app.evidence.forget(note.content, facts, kept=note.kept)
        gone = {note.content for note in due}
        known = {note.content for note in old}
        fresh = [UnnamedFile(key, now, at) for key, at in unnamed.items() if key not in known]
        over = [key for key in noted if key in gone or key not in known]
        if fresh or over:
            await run_in_transaction(self._app.store, partial(_write, fresh, over))

    async def _noted(self, beginning: str) -> dict[str, UnnamedFile]:
        found: dict[str, UnnamedFile] = {}
        async for note in each(self._app.store, UNNAMED, after=beginning):
            if not note.content.startswith(beginning):
                break
            found[note.content] = note
        return found


async def _write(fresh: list[UnnamedFile], over: list[str], tx: Transaction) -> None:
    for key in over:
        tx.delete(UNNAMED, key)
    for note in fresh:
        tx.put(UNNAMED, note)


async def _note(upkeep: Upkeep, tx: Transaction) -> None:
    tx.put(UPKEEP, upkeep)


async def _done(upkeep: Upkeep, tx: Transaction) -> None:
    # What was asked for meanwhile is still to be done.
    if await tx.get(UPKEEP, upkeep.name) == upkeep:
        tx.delete(UPKEEP, upkeep.name)
