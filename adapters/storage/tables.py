"""TinyDB over the log: its whole API, with writes that cost the same however much is stored.

TinyDB reads and writes the whole database at each call. Here `LogTable` overrides the two methods
through which everything passes: what is read is decoded one document at a time, and of what is
written only the documents that were touched go into the log. Keys are text.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, MutableMapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TypeVar, cast

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table
from tinydb.utils import LRUCache

from adapters.storage.codec import decode, encode
from adapters.storage.documents import LogStorage

K = TypeVar("K")
V = TypeVar("V")

Fields = dict[str, object]
"""A document as TinyDB's callers see it."""


class Reading(Mapping[str, Fields]):
    """A table's documents, each decoded when it is looked at: every reader gets a copy."""

    def __init__(self, table: str, stored: Mapping[str, bytes]) -> None:
        """Look at what is stored; nothing is copied."""
        self._table = table
        self._stored = stored

    def __getitem__(self, key: str) -> Fields:
        """Decode one document."""
        return decode(self._stored[key], Fields, collection=self._table, key=key)

    def __contains__(self, key: object) -> bool:
        """Tell whether there is such a key, without decoding."""
        return key in self._stored

    def __iter__(self) -> Iterator[str]:
        """Go through the keys; documents may come and go meanwhile."""
        return (key for key in list(self._stored) if key in self._stored)

    def __len__(self) -> int:
        """Count without decoding."""
        return len(self._stored)


class Overlay(MutableMapping[str, Fields]):
    """A table as an updater sees it. What it touches is a copy; `changes` tells what became."""

    def __init__(self, stored: Reading) -> None:
        """Lie over what is stored, which stays as it is."""
        self._stored = stored
        self._touched: dict[str, Fields | None] = {}

    def __getitem__(self, key: str) -> Fields:
        """Return the copy that may be changed in place."""
        if key not in self._touched:
            self._touched[key] = self._stored[key]
        document = self._touched[key]
        if document is None:
            raise KeyError(key)
        return document

    def __setitem__(self, key: str, document: Fields) -> None:
        """Put a document in the place of whatever was there."""
        self._touched[key] = document

    def __delitem__(self, key: str) -> None:
        """Remove a document that is there."""
        if key not in self:
            raise KeyError(key)
        self._touched[key] = None

    def __contains__(self, key: object) -> bool:
        """Tell whether there is such a key, without decoding."""
        if key in self._touched:
            return self._touched[key] is not None
        return key in self._stored

    def __iter__(self) -> Iterator[str]:
        """Go through the keys, the new ones last."""
        yield from (key for key in self._stored if key in self)
        yield from [key for key in self._touched if key in self and key not in self._stored]

    def __len__(self) -> int:
        """Count what would be there."""
        return sum(1 for _ in self)

    def clear(self) -> None:
        """Remove everything, without decoding it first."""
        self._touched = dict.fromkeys(self)

    def changes(self) -> Iterator[tuple[str, bytes | None]]:
        """Return the touched documents, encoded; None for the removed ones."""
        for key, document in self._touched.items():
            yield key, None if document is None else encode(document)


class _Forgetful(LRUCache[K, V]):
    """TinyDB's cache of queries, without memory: it would hand one dict to two callers."""

    def set(self, key: K, value: V) -> None:
        """Keep nothing."""


class LogTable(Table):
    """A table whose keys (TinyDB's ``doc_id``) are text.

    Insert ``Document(fields, doc_id="US-B0EXAMPLE1")`` to choose the key; a plain dict gets the
    next free number, as text.
    """

    document_id_class = str  # type: ignore[assignment]  # TinyDB declares int but takes any type
    query_cache_class = _Forgetful
    _next_id: int | None  # type: ignore[assignment]  # TinyDB declares None and keeps a number

    def __init__(
        self, storage: Storage, name: str, cache_size: int = 0, persist_empty: bool = False
    ) -> None:
        """Stand on a `LogStorage`; the other arguments are TinyDB's own."""
        if not isinstance(storage, LogStorage):
            message = f"A LogTable needs a LogStorage, not {type(storage).__name__}."
            raise TypeError(message)
        self._documents = storage
        super().__init__(storage, name, cache_size, persist_empty)

    def encoded(self, key: str) -> bytes | None:
        """Return the document's bytes, for a typed decode; None if there is none."""
        return self._documents.table(self.name).get(key)

    def mark(self, key: str) -> object:
        """Return what stays the same for as long as the document does; see `held`."""
        return self._documents.table(self.name).mark(key)

    def _get_next_id(self) -> str:
        if self._next_id is None:
            keys = self._documents.table(self.name)
            self._next_id = 1 + max((int(key) for key in keys if key.isdecimal()), default=0)
        self._next_id += 1
        return str(self._next_id - 1)

    def _read_table(self) -> Reading:  # type: ignore[override]  # it is only ever read
        return Reading(self.name, self._documents.table(self.name))

    def _update_table(self, updater: Callable[[Overlay], None]) -> None:  # type: ignore[override]  # TinyDB declares dict and uses a mapping
        overlay = Overlay(self._read_table())
        updater(overlay)
        with self._documents.atomic():
            for key, document in overlay.changes():
                self._documents.change(self.name, key, document)


class LogDB(TinyDB):
    """A TinyDB database in one log file. ``db.table("cases")`` is where its API begins."""

    table_class = LogTable

    def __init__(
        self, path: Path, cold: Collection[str] = (), packed: Collection[str] = ()
    ) -> None:
        """Open or create the log at ``path`` and read all of it. Blocks.

        Which tables are ``cold`` or ``packed``, `LogStorage` explains.

        Raises:
            StoreLocked: another process has a log in this folder open.
            StoreError: a line in the middle is damaged, or the disk refuses.
        """
        self.documents = LogStorage(path, cold, packed)
        super().__init__(storage=lambda: self.documents)

    def table(self, name: str, **options: int) -> LogTable:
        """Return the table of that name; it comes to be with its first document."""
        return cast("LogTable", super().table(name, **options))

    def atomic(self) -> AbstractContextManager[None]:
        """Make all changes inside the block one line of the log: all of them or none.

        Nothing may be awaited inside: whatever else ran meanwhile would become part of it.

        Raises:
            StoreError: on leaving; the disk refused and nothing was changed.
        """
        return self.documents.atomic()

    def drop_table(self, name: str) -> None:
        """Remove a table with all its documents."""
        self.table(name).truncate()
        self._tables.pop(name)

    def drop_tables(self) -> None:
        """Remove all tables, in one step."""
        with self.atomic():
            for name in self.tables():
                self.drop_table(name)

    @property
    def size(self) -> int:
        """The length of the log in bytes."""
        return self.documents.size

    @property
    def live(self) -> int:
        """About how many bytes the log would have if it held each document once."""
        return self.documents.live

    @property
    def dead(self) -> bool:
        """Tell whether the disk failed so that nothing more is taken."""
        return self.documents.dead

    async def durable(self) -> None:
        """Wait until every change so far would survive a crash. Raises StoreError."""
        await self.documents.durable()

    async def compact(self) -> None:
        """Write the log anew with each document once, while other work goes on.

        Raises:
            StoreError: the disk refused.
        """
        await self.documents.compact()
