"""A transaction of the embedded store: what it read, and what it would write."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeVar, cast

import msgspec

from adapters.storage.codec import encode
from adapters.storage.shelf import Shelf, Value, cut
from bot.core.store import Collection, Place
from bot.errors import Conflict, StoreError

T = TypeVar("T", bound=msgspec.Struct)


class _Seen(NamedTuple):
    """A document as it was read."""

    data: bytes | None
    mark: object
    """While this is the same, so is the document: it need not be read again to be compared."""


class TinyTransaction:
    """Reads and writes that take effect together; see `bot.core.store.Transaction`.

    It remembers the bytes of what it read. Were they the same at the end, nobody changed the
    document meanwhile, or it was changed back: either way what was concluded from it holds.
    """

    def __init__(self, shelf: Callable[[str], Shelf]) -> None:
        """Read from the shelves that the function finds by a collection's name."""
        self._shelf = shelf
        self._read: dict[Place, _Seen] = {}
        self._found: dict[Place, _Seen] = {}
        self._written: dict[Place, bytes | None] = {}
        self._decoded: dict[Place, tuple[bytes, msgspec.Struct]] = {}
        self.effects: list[Callable[[], None]] = []
        """What is done once all of it is written."""

    async def get(self, collection: Collection[T], key: str) -> T | None:
        """Return the document, or None."""
        place = (collection.name, key)
        shelf = self._shelf(collection.name)
        data = self._written[place] if place in self._written else self._see(shelf, place)
        return None if data is None else self._decode(shelf, collection, key, data)

    async def before(self, collection: Collection[T], key: str) -> T | None:
        """Return the document as it was before this transaction, or None; it counts as read."""
        shelf = self._shelf(collection.name)
        data = self._see(shelf, (collection.name, key))
        return None if data is None else shelf.decode(collection.type, key, data)

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
        """Return documents whose field has the value, by key; see `bot.core.store.Store`."""
        shelf = self._shelf(collection.name)
        own = {key: data for (name, key), data in self._written.items() if name == collection.name}
        # So many suffice, even if this transaction rewrote or removed the first of them.
        keys = shelf.keys(index, value)
        stored = cut(keys, after=after, limit=limit + len(own), newest=newest)
        found = {key: self._remember(shelf, collection, key) for key in stored if key not in own}
        for key, data in own.items():
            document = None if data is None else self._decode(shelf, collection, key, data)
            if document is not None and getattr(document, index) == value:
                found[key] = document
        page = cut(sorted(found), after=after, limit=limit, newest=newest)
        return [found[key] for key in page]

    def _see(self, shelf: Shelf, place: Place) -> bytes | None:
        """Return the document's bytes as they were when it was read first."""
        if place not in self._read:
            _, key = place
            self._read[place] = _Seen(shelf.table.encoded(key), shelf.table.mark(key))
        return self._read[place].data

    def _remember(self, shelf: Shelf, collection: Collection[T], key: str) -> T:
        data = shelf.table.encoded(key)
        if data is None:
            message = f"The index of {collection.name!r} lists {key!r}, which does not exist."
            raise StoreError(message)
        self._found.setdefault((collection.name, key), _Seen(data, shelf.table.mark(key)))
        return self._decode(shelf, collection, key, data)

    def _decode(self, shelf: Shelf, collection: Collection[T], key: str, data: bytes) -> T:
        """Decode each document once: none is ever changed, so all who ask may share it."""
        place = (collection.name, key)
        known = self._decoded.get(place)
        if known is not None and known[0] == data:
            return cast("T", known[1])
        document = shelf.decode(collection.type, key, data)
        self._decoded[place] = (data, document)
        return document

    def put(self, collection: Collection[T], document: T) -> None:
        """Write the document under its own key, new or in place of the old one."""
        self._write(self._place(collection, document), document)

    def create(self, collection: Collection[T], document: T) -> None:
        """Write a document that must not exist yet, else the transaction ends in Conflict."""
        place = self._place(collection, document)
        if self._written.get(place) is not None:
            raise Conflict(_exists(place))
        if place not in self._written:
            self._read[place] = _Seen(None, None)
        self._write(place, document)

    def _write(self, place: Place, document: msgspec.Struct) -> None:
        """Keep the document beside its bytes: who asks for it again need not decode them."""
        data = self._written[place] = encode(document)
        self._decoded[place] = (data, document)

    def _place(self, collection: Collection[T], document: T) -> Place:
        self._shelf(collection.name)
        key = collection.key(document)
        if not key:
            message = f"A document of {collection.name!r} has no key."
            raise StoreError(message)
        return collection.name, key

    def delete(self, collection: Collection[T], key: str) -> None:
        """Remove the document, if it is there."""
        self._shelf(collection.name)
        self._written[collection.name, key] = None

    def after(self, effect: Callable[[], None]) -> None:
        """Do something once all of it is written."""
        self.effects.append(effect)

    @property
    def changed(self) -> int:
        """How many documents would be written or removed."""
        return len(self._written)

    @property
    def wrote(self) -> bool:
        """Tell whether anything would be written."""
        return bool(self._written)

    def names(self, word: str) -> bool:
        """Tell whether a document that would be written holds the word, as it stands in JSON."""
        sought = word.encode()
        return any(data is not None and sought in data for data in self._written.values())

    @property
    def written(self) -> tuple[Place, ...]:
        """The documents that would be written or removed, in the order in which it was asked."""
        return tuple(self._written)

    def changes(self) -> Iterator[tuple[Shelf, str, bytes | None]]:
        """Return what to write; None where a document is removed."""
        for (name, key), data in self._written.items():
            yield self._shelf(name), key, data

    def check(self) -> None:
        """Compare what was read with what is there now.

        A document that was found counts as read if it is written: it was changed as it was found.

        Raises:
            Conflict: somebody changed a document meanwhile; names it.
        """
        found = {place: seen for place, seen in self._found.items() if place in self._written}
        for place, seen in {**found, **self._read}.items():
            name, key = place
            table = self._shelf(name).table
            if table.mark(key) == seen.mark:
                continue
            now = table.encoded(key)
            if now == seen.data:
                continue
            if seen.data is None:
                raise Conflict(_exists(place))
            done = "removed" if now is None else "changed"
            message = f"Document {key!r} of {name!r} was just {done}. Check it, then try again."
            raise Conflict(message)


def _exists(place: Place) -> str:
    name, key = place
    return f"Document {key!r} of {name!r} already exists. Check it, then try again."
