"""The store: collections, transactions, and how documents of older versions come along."""

from __future__ import annotations

import enum
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar

import msgspec

from bot.errors import Conflict

T = TypeVar("T", bound=msgspec.Struct)


Indexed = str | int | bool | datetime
"""What an indexed field holds."""


class Naming(enum.Enum):
    """What it means that a document names bytes of the vault, by their SHA-256 in a field."""

    HOLDS = "holds"
    """They are kept for it."""
    SHOWS = "shows"
    """It shows what others hold, and lets it go when they do."""
    RECALLS = "recalls"
    """It tells what was: the bytes may be gone."""


class Collection(msgspec.Struct, Generic[T], frozen=True):
    """Documents of one type. A document's key is its own property; an index is a field's name.

    Fields that are indexed hold values of one type; what has None there is not in the index.
    """

    name: str
    type: type[T]
    key: Callable[[T], str]
    indexes: tuple[str, ...] = ()
    cold: bool = False
    """There are ever more of them, most are seldom read: a store need not keep them in memory."""
    packed: bool = False
    """They are cold, and hardly ever change: a store may press many into one."""
    audited: tuple[str, ...] = ()
    """Fields whose values stand in the audit record, as they were and as they are: numbers, days
    and what is chosen, never what people write."""
    naming: Naming = Naming.HOLDS
    """What a new collection names is kept, unless it says otherwise."""


Fields = dict[str, Any]
"""A stored document, read without knowing its type."""

Place = tuple[str, str]
"""A collection's name and the key of a document in it."""


class SplitDocument(msgspec.Struct, frozen=True):
    """What was part of a document and becomes one of its own."""

    collection: str
    key: str
    fields: Fields


def no_parts(_: str, __: Fields) -> Iterable[SplitDocument]:
    """Leave the document whole."""
    return ()


class Migration(msgspec.Struct, frozen=True):
    """How documents of a collection come to look as they do from a version of the schema on.

    ``change`` is pure. From a document's key and fields it makes those of the new version, or None
    where there is none any more. ``parts`` is pure too: what of those key and fields becomes
    documents of other collections, as these look in the new version. One document at which a step
    fails is set aside whole.
    """

    version: int
    """From 1; never changed once it was released."""
    collection: str
    change: Callable[[str, Fields], tuple[str, Fields] | None]
    parts: Callable[[str, Fields], Iterable[SplitDocument]] = no_parts


MOST_CHANGES = 50_000
"""So many changed documents are told one by one."""


class Changes:
    """Which documents of a collection changed since somebody looked: for what is derived of them.

    It is told of changes that may still be undone, so it may name a document that did not change.
    """

    def __init__(self, most: int = MOST_CHANGES) -> None:
        """Forget which they are once there are more than ``most``."""
        self._most = most
        self._keys: set[str] = set()

    def note(self, key: str) -> None:
        """Note that a document came, changed or went."""
        if len(self._keys) <= self._most:
            self._keys.add(key)

    def take(self) -> set[str] | None:
        """Return the keys since the last call, and begin anew; None: too many to tell apart."""
        keys, self._keys = self._keys, set()
        return keys if len(keys) <= self._most else None


class Transaction(Protocol):
    """Reads and writes that take effect together or not at all.

    Every document that was read by key, and every found one that is then written, is checked
    when the transaction ends: if another one changed it meanwhile, nothing is written and
    Conflict is raised. Reads see what this transaction wrote before. The end waits until all of
    it would survive a crash.
    """

    async def get(self, collection: Collection[T], key: str) -> T | None:
        """Return the document, or None."""
        ...

    async def before(self, collection: Collection[T], key: str) -> T | None:
        """Return the document as it was before this transaction, or None; it counts as read."""
        ...

    async def find(
        self,
        collection: Collection[T],
        index: str,
        value: Indexed,
        *,
        after: str = "",
        limit: int = 100,
        newest: bool = False,
    ) -> list[T]:
        """Return documents whose field has the value, by key; see `Store.find`."""
        ...

    def put(self, collection: Collection[T], document: T) -> None:
        """Write the document under its own key, new or in place of the old one."""
        ...

    def create(self, collection: Collection[T], document: T) -> None:
        """Write a document that must not exist yet, else the transaction ends in Conflict."""
        ...

    def delete(self, collection: Collection[T], key: str) -> None:
        """Remove the document, if it is there."""
        ...

    def after(self, effect: Callable[[], None]) -> None:
        """Do something once all of it is written: a restart must make up for it.

        Nothing is done if the transaction fails; one that is repeated has to ask for it again.
        """
        ...

    @property
    def wrote(self) -> bool:
        """Tell whether anything would be written."""
        ...

    def names(self, word: str) -> bool:
        """Tell whether a document that would be written holds the word, as it stands in JSON."""
        ...

    @property
    def written(self) -> tuple[Place, ...]:
        """The documents that would be written or removed, in the order in which it was asked."""
        ...


class Store(Protocol):
    """Documents by collection and key, kept safe."""

    def transaction(self) -> AbstractAsyncContextManager[Transaction]:
        """Begin a transaction; leaving the block writes it, an exception drops it.

        Raises:
            Conflict: on leaving, if a document that was read or created changed meanwhile.
            DiskError: on leaving, if the disk did not take it; nothing was changed.
            StoreError: on leaving, if it could not be written for another reason.
        """
        ...

    @property
    def failure(self) -> str:
        """Why the last change could not be written; empty while changes are taken."""
        ...

    @property
    def dead(self) -> bool:
        """Tell whether no change is taken any more, until the program starts again."""
        ...

    async def failed(self) -> str:
        """Wait until a change could not be written; return why. Returns at once meanwhile."""
        ...

    @property
    def set_aside(self) -> int:
        """How many documents could not be read and were set aside when the data was opened."""
        ...

    async def get(self, collection: Collection[T], key: str) -> T | None:
        """Return the document, or None."""
        ...

    async def find(
        self,
        collection: Collection[T],
        index: str,
        value: Indexed,
        *,
        after: str = "",
        skip: int = 0,
        limit: int = 100,
        newest: bool = False,
    ) -> list[T]:
        """Return documents whose field has the value, by key, ``newest`` last key first.

        ``after`` continues behind a key of the page before; ``skip`` passes over so many more,
        which are not read. To go through all of them, see `bot.core.scanning`.
        """
        ...

    async def page(
        self,
        collection: Collection[T],
        *,
        after: str = "",
        skip: int = 0,
        limit: int = 100,
        newest: bool = False,
    ) -> list[T]:
        """Return documents of the collection by key, as ``find`` does."""
        ...

    async def values(self, collection: Collection[T], index: str) -> Sequence[Indexed]:
        """Return what the documents have in that field, each value once, the least first.

        So what is due by a time is found without looking at what is not.
        """
        ...

    async def count(self, collection: Collection[T], index: str = "", value: Indexed = "") -> int:
        """Return how many documents there are, or how many have the value in that field."""
        ...

    def follow(self, collection: Collection[T]) -> Changes:
        """Return what notes from now on which documents of the collection change.

        It costs nothing but memory, lives as long as the store, and misses no change.
        """
        ...

    @property
    def collections(self) -> Sequence[Collection[Any]]:
        """All that it keeps, of features and adapters alike."""
        ...

    async def compact(self) -> bool:
        """Let the disk have nothing any more of what was deleted or overwritten before this call.

        Returns False if the disk did not take it: all stays as it is, and may be tried later.
        """
        ...

    async def close(self) -> None:
        """Finish what is being written and let go of the data."""
        ...


R = TypeVar("R")

TRIES = 5
"""After so many collisions in a row something is wrong, and the last one is raised."""


async def run_in_transaction(store: Store, work: Callable[[Transaction], Awaitable[R]]) -> R:
    """Do the work in a transaction, from the beginning again after each Conflict.

    Raises:
        Conflict: others were quicker every time.
    """
    for _ in range(TRIES - 1):
        try:
            return await _once(store, work)
        except Conflict:
            continue
    return await _once(store, work)


async def _once(store: Store, work: Callable[[Transaction], Awaitable[R]]) -> R:
    async with store.transaction() as tx:
        return await work(tx)
