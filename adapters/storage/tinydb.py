"""The embedded store: `bot.ports.Store` on TinyDB over one log file."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path
from typing import TypeVar

import msgspec
import structlog

from adapters.storage.schema import (
    QUARANTINE,
    Described,
    bring_up_to_date,
    refuse_newer,
    schema_of,
)
from adapters.storage.shelf import Shelf, Value, cut
from adapters.storage.tables import LogDB
from adapters.storage.transaction import TinyTransaction
from bot.errors import StoreError
from bot.ports import Collection, Migration

T = TypeVar("T", bound=msgspec.Struct)

log = structlog.get_logger(__name__)

FILE = "brandwarden.jsonl"
COMPACT_FROM = 4 * 1024 * 1024
"""Bytes below which a log is left as it is."""
WASTE = 4
"""A log so many times as long as what it holds is written anew."""


class TinyStore:
    """Documents of one team in one folder, for one process. `TinyStore.open` makes one.

    A change is visible to all as soon as its transaction is left, and durable when leaving it
    returns. The log keeps the order: whatever is durable, all before it is too.
    After a failure of the disk (StoreError, and no more changes are taken) a change may be visible
    that is gone after the restart.
    """

    def __init__(self, db: LogDB, collections: Iterable[Described], compact_from: int) -> None:
        """Index what the database holds. Blocks."""
        self._db = db
        self._shelves = {each.name: Shelf(db, each) for each in collections}
        self._compact_from = compact_from
        self._compaction: asyncio.Task[None] | None = None

    @classmethod
    async def open(
        cls,
        folder: Path,
        collections: Iterable[Described],
        *,
        migrations: Sequence[Migration] = (),
        compact_from: int = COMPACT_FROM,
    ) -> TinyStore:
        """Open or create the data in the folder; what an older version wrote is migrated.

        A document that cannot be read is set aside, and `set_aside` counts it.

        Raises:
            StoreLocked: another process uses the folder.
            StoreError: the data is damaged or of a newer version, or the disk refuses; the message
                says what to do.
        """
        described = tuple(collections)
        return await asyncio.to_thread(cls._load, folder, described, migrations, compact_from)

    @classmethod
    def _load(
        cls,
        folder: Path,
        collections: tuple[Described, ...],
        migrations: Sequence[Migration],
        compact_from: int,
    ) -> TinyStore:
        with ExitStack() as cleanup:
            db = LogDB(folder / FILE)
            cleanup.callback(db.close)
            if migrations:
                refuse_newer(folder, schema_of(db.documents), migrations)
            bring_up_to_date(db.documents, collections, migrations)
            store = cls(db, collections, compact_from)
            cleanup.pop_all()
            return store

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[TinyTransaction]:
        """Begin a transaction; see `bot.ports.Store`."""
        work = TinyTransaction(self._shelf)
        yield work
        work.check()
        if work.wrote:
            self._write(work)
            await self._db.durable()

    def _write(self, work: TinyTransaction) -> None:
        with self._db.atomic():
            for shelf, key, data in work.changes():
                shelf.table.replace(key, data)
        wasteful = self._db.size > max(self._compact_from, WASTE * self._db.live)
        if wasteful and self._compaction is None:
            self._compaction = asyncio.create_task(self._compact())

    async def _compact(self) -> None:
        before = self._db.size
        try:
            await self._db.compact()
            log.info("log compacted", before=before, after=self._db.size)
        except StoreError as error:
            # The disk may be full for days: the next try comes when the log has doubled.
            self._compact_from = 2 * self._db.size
            log.warning("log not compacted", bytes=before, error=str(error))
        finally:
            self._compaction = None

    @property
    def set_aside(self) -> int:
        """How many documents could not be read and were set aside."""
        return len(self._db.documents.table(QUARANTINE))

    async def get(self, collection: Collection[T], key: str) -> T | None:
        """Return the document, or None."""
        return self._shelf(collection.name).read(collection.type, key)

    async def find(
        self,
        collection: Collection[T],
        index: str,
        value: Value,
        *,
        after: str = "",
        limit: int = 100,
        newest: bool = False,
    ) -> list[T]:
        """Return documents whose field has the value; see `bot.ports.Store`."""
        keys = self._shelf(collection.name).keys(index, value)
        return self._documents(collection, cut(keys, after=after, limit=limit, newest=newest))

    async def page(
        self, collection: Collection[T], *, after: str = "", limit: int = 100, newest: bool = False
    ) -> list[T]:
        """Return documents of the collection by key; see `bot.ports.Store`."""
        keys = self._shelf(collection.name).keys()
        return self._documents(collection, cut(keys, after=after, limit=limit, newest=newest))

    def _documents(self, collection: Collection[T], keys: Iterable[str]) -> list[T]:
        shelf = self._shelf(collection.name)
        documents = (shelf.read(collection.type, key) for key in keys)
        return [document for document in documents if document is not None]

    async def count(self, collection: Collection[T], index: str = "", value: Value = "") -> int:
        """Return how many documents there are, or how many have the value in that field."""
        return len(self._shelf(collection.name).keys(index, value))

    def _shelf(self, collection: str) -> Shelf:
        try:
            return self._shelves[collection]
        except KeyError:
            message = f"The store was opened without a collection {collection!r}."
            raise StoreError(message) from None

    async def close(self) -> None:
        """Finish what is being written and let go of the folder.

        Raises:
            StoreError: the disk failed; what was written last may be lost.
        """
        if self._compaction is not None:
            await self._compaction
        try:
            await self._db.durable()
        finally:
            self._db.close()
