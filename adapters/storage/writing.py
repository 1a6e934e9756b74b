"""Writing transactions to the log: what a full or failing disk means, when the log is shortened.

The one place that knows whether the disk takes changes.
"""

from __future__ import annotations

import asyncio
import time

import structlog

from adapters.storage.memory import trim_memory
from adapters.storage.tables import LogDB
from adapters.storage.transaction import TinyTransaction
from bot.errors import DiskError, DiskFull, StoreError

log = structlog.get_logger(__name__)

WASTE = 2.5
"""A log this many times as long as its live documents is compacted: the rest delays a start."""
ROOM = 1.5
"""On a full disk this much is enough."""
COMPACT_AGAIN = 600.0
"""Seconds after a failed compaction until the next try."""


class Writer:
    """Writes to one database. ``failure`` says why the last change could not be written."""

    def __init__(self, db: LogDB, compact_from: int) -> None:
        """Leave a log as it is below so many bytes."""
        self._db = db
        self._compact_from = compact_from
        self._compact_at = 0.0
        self._compaction: asyncio.Task[None] | None = None
        self._compacted = 0
        """How often."""
        self._failed = asyncio.Event()
        self.failure = ""

    @property
    def dead(self) -> bool:
        """Tell whether no change is taken any more, until the program starts again."""
        return self._db.dead

    async def failed(self) -> str:
        """Wait until a change could not be written; return why."""
        await self._failed.wait()
        return self.failure

    async def commit(self, work: TinyTransaction) -> None:
        """Write what the transaction changes, and wait until it would survive a crash.

        A full disk gets a shorter log, where that helps, and a second try.

        Raises:
            Conflict: a document that was read was changed while room was made.
            DiskError: the disk refused; nothing was changed.
            StoreError: a document does not fit its collection.
        """
        try:
            try:
                self._write(work)
            except DiskFull:
                if not await self._make_room():
                    raise
                work.check()
                self._write(work)
            await self._db.durable()
        except DiskError as error:
            self._fail(error)
            raise
        self._recover()

    def _write(self, work: TinyTransaction) -> None:
        with self._db.atomic():
            for shelf, key, data in work.changes():
                self._db.documents.change(shelf.table.name, key, data)
        if self._db.size > self._compact_from and self._db.size > WASTE * self._db.live:
            self._begin_compaction()

    async def compact(self) -> bool:
        """Compact the log as it is now; tell whether that was done.

        A failure is logged and leaves the log unchanged.
        """
        # One that is under way began with less.
        await self.settled()
        done = self._compacted
        self._begin_compaction()
        await self.settled()
        return self._compacted > done

    def _begin_compaction(self) -> None:
        if self._compaction is None and time.monotonic() >= self._compact_at:
            self._compaction = asyncio.create_task(self._compact())

    async def _make_room(self) -> bool:
        """Write the log anew if it is much longer than needed; tell whether that made room."""
        before = self._db.size
        if before > ROOM * self._db.live:
            await self.compact()
        return self._db.size < before

    async def _compact(self) -> None:
        before = self._db.size
        try:
            await self._db.compact()
            self._compacted += 1
            log.info("log compacted", before=before, after=self._db.size)
            await asyncio.to_thread(trim_memory)
        except StoreError as error:
            # What was in the way, perhaps a full disk, may be gone later.
            self._compact_at = time.monotonic() + COMPACT_AGAIN
            log.warning("log not compacted", bytes=before, error=str(error))
            if self.dead:
                self._fail(error)
        finally:
            self._compaction = None

    async def settled(self) -> None:
        """Wait for a compaction that is under way."""
        if self._compaction is not None:
            await asyncio.shield(self._compaction)

    def _fail(self, error: StoreError) -> None:
        told, self.failure = self.failure, str(error)
        self._failed.set()
        # Last: the log may go to the same disk.
        if not told:
            log.error("changes cannot be written", error=self.failure, dead=self.dead)

    def _recover(self) -> None:
        if self.failure and not self.dead:
            log.info("changes can be written again")
            self.failure = ""
            self._failed.clear()
