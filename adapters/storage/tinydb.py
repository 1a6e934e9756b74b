"""The embedded store: `bot.core.store.Store` on TinyDB over one log file."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from adapters.storage.schema import (
    QUARANTINE,
    bring_up_to_date,
    refuse_newer,
    schema_of,
)
from adapters.storage.shelf import Shelf, Value, cut
from adapters.storage.tables import LogDB
from adapters.storage.transaction import TinyTransaction
from adapters.storage.writing import Writer
from bot.core.store import Changes, Collection, Migration
from bot.errors import StoreError

T = TypeVar("T", bound=msgspec.Struct)

FILE = "brandwarden.jsonl"
COMPACT_FROM = 4 * 1024 * 1024
"""Bytes below which a log is left as it is."""
MANY = 100
"""A change of more documents takes a while."""


class TinyStore:
    """Documents of one team in one folder, for one process. `TinyStore.open` makes one.

    A change is visible to all as soon as its transaction is left, and durable when leaving it
    returns. The log keeps the order: whatever is durable, all before it is too.
    After a failure of the disk no more changes are taken, and those that it may not have are taken
    back; it may have them all the same, and then they are there after the restart.
    """

    def __init__(
        self, db: LogDB, collections: Iterable[Collection[Any]], compact_from: int
    ) -> None:
        """Index what the database holds. Blocks."""
        self._db = db
        self.collections = tuple(collections)
        self._shelves = {each.name: Shelf(db, each) for each in self.collections}
        self._writer = Writer(db, compact_from)

    @classmethod
    async def open(
        cls,
        folder: Path,
        collections: Iterable[Collection[Any]],
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
        collections: tuple[Collection[Any], ...],
        migrations: Sequence[Migration],
        compact_from: int,
    ) -> TinyStore:
        with ExitStack() as cleanup:
            cold = [each.name for each in collections if each.cold]
            packed = [each.name for each in collections if each.packed]
            db = LogDB(folder / FILE, cold, packed)
            cleanup.callback(db.close)
            if migrations:
                refuse_newer(folder, schema_of(db.documents), migrations)
            bring_up_to_date(db.documents, collections, migrations)
            store = cls(db, collections, compact_from)
            cleanup.pop_all()
            return store

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[TinyTransaction]:
        """Begin a transaction; see `bot.core.store.Store`."""
        work = TinyTransaction(self._shelf)
        yield work
        if work.changed > MANY:
            # From the check on nothing may come between, and it takes a while: others go first.
            await asyncio.sleep(0)
        work.check()
        if work.wrote:
            await self._writer.commit(work)
        for effect in work.effects:
            effect()

    @property
    def failure(self) -> str:
        """Why the last change could not be written; empty while the disk takes changes."""
        return self._writer.failure

    @property
    def dead(self) -> bool:
        """Tell whether no change is taken any more, until the program starts again."""
        return self._writer.dead

    async def failed(self) -> str:
        """Wait until a change could not be written; return why."""
        return await self._writer.failed()

    @property
    def live(self) -> int:
        """About how many bytes the log would have if it held each document once."""
        return self._db.live

    async def compact(self) -> bool:
        """Compact the log now, even if that saves little; see `bot.core.store.Store`."""
        return await self._writer.compact()

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
        skip: int = 0,
        limit: int = 100,
        newest: bool = False,
    ) -> list[T]:
        """Return documents whose field has the value; see `bot.core.store.Store`."""
        keys = self._shelf(collection.name).keys(index, value)
        page = cut(keys, after=after, skip=skip, limit=limit, newest=newest)
        return self._documents(collection, page)

    async def page(
        self,
        collection: Collection[T],
        *,
        after: str = "",
        skip: int = 0,
        limit: int = 100,
        newest: bool = False,
    ) -> list[T]:
        """Return documents of the collection by key; see `bot.core.store.Store`."""
        keys = self._shelf(collection.name).keys()
        page = cut(keys, after=after, skip=skip, limit=limit, newest=newest)
        return self._documents(collection, page)

    async def values(self, collection: Collection[T], index: str) -> Sequence[Value]:
        """Return what documents have in that field; see `bot.core.store.Store`."""
        return self._shelf(collection.name).values(index)

    def _documents(self, collection: Collection[T], keys: Iterable[str]) -> list[T]:
        shelf = self._shelf(collection.name)
        documents = (shelf.read(collection.type, key) for key in keys)
        return [document for document in documents if document is not None]

    async def count(self, collection: Collection[T], index: str = "", value: Value = "") -> int:
        """Return how many documents there are, or how many have the value in that field."""
        return len(self._shelf(collection.name).keys(index, value))

    def follow(self, collection: Collection[T]) -> Changes:
        """Return what notes which documents change; see `bot.core.store.Store`."""
        return self._shelf(collection.name).follow()

    def _shelf(self, collection: str) -> Shelf:
        try:
            return self._shelves[collection]
        except KeyError:
            message = f"The store was opened without the collection {collection!r}."
            raise StoreError(message) from None

    async def close(self) -> None:
        """Finish what is being written and let go of the folder.

        Raises:
            StoreError: the disk failed; what was written last may be lost.
        """
        await self._writer.settled()
        try:
            await self._db.durable()
        finally:
            self._db.close()
