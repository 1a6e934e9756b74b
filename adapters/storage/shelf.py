"""One collection at hand: its documents by key, and by indexed field."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence
from functools import cache
from typing import TypeVar

import msgspec
from msgspec import structs

from adapters.storage.codec import decode
from adapters.storage.schema import Described
from adapters.storage.tables import LogDB
from bot.core.store import Changes, Indexed
from bot.errors import StoreError

T = TypeVar("T", bound=msgspec.Struct)

Value = Indexed
"""What an indexed field holds. A field that is None is not indexed."""
Values = tuple[Value | None, ...]


class Shelf:
    """A collection's documents, found without looking through all of them.

    Keys stand in sorted lists, those of each value too, so that a page costs what it returns.
    """

    def __init__(self, db: LogDB, collection: Described) -> None:
        """Build the indexes from what is stored, and follow each change from now on.

        Raises:
            StoreError: a stored document cannot be read.
            ValueError: an index names a field that the type does not have.
        """
        unknown = set(collection.indexes) - set(collection.type.__struct_fields__)
        if unknown:
            message = f"{collection.name!r} has no field for the indexes {sorted(unknown)}"
            raise ValueError(message)
        self.table = db.table(collection.name)
        self._collection = collection
        self._indexed = _indexed(collection.type, collection.indexes)
        self._stored = db.documents.table(collection.name)
        self._fields: dict[str, dict[Value, str | list[str]]]
        self._fields = {name: {} for name in self._indexed.__struct_fields__}
        self._none: Values = (None,) * len(self._fields)
        self._followers: list[Changes] = []
        for key in self._stored.ordered if self._fields else ():
            for field, value in zip(
                self._fields.values(), self._values(key, self._stored[key]), strict=True
            ):
                if value is not None:
                    self._enter(field, value, key)
        db.documents.watch(collection.name, self._follow)

    def keys(self, index: str = "", value: Value = "") -> Sequence[str]:
        """Return the sorted keys of all documents, or of those with the value in the field.

        Raises:
            StoreError: the collection has no such index.
        """
        if not index:
            return self._stored.ordered
        if index not in self._fields:
            message = f"{self._collection.name!r} has no index {index!r}."
            raise StoreError(message)
        found = self._fields[index].get(value, ())
        return (found,) if isinstance(found, str) else found

    def values(self, index: str) -> list[Value]:
        """Return what documents have in the field, each value once, the least first.

        Raises:
            StoreError: the collection has no such index.
        """
        self.keys(index, "")
        return sorted(self._fields[index])

    def read(self, kind: type[T], key: str) -> T | None:
        """Return a fresh copy of the document, or None."""
        data = self.table.encoded(key)
        return None if data is None else self.decode(kind, key, data)

    def decode(self, kind: type[T], key: str, data: bytes) -> T:
        """Return the document that the bytes hold. Raises StoreError."""
        return decode(data, kind, collection=self._collection.name, key=key)

    def follow(self) -> Changes:
        """Return what notes each change from now on."""
        changes = Changes()
        self._followers.append(changes)
        return changes

    def _values(self, key: str, data: bytes | None) -> Values:
        """Return what the indexed fields hold, in their order."""
        if data is None or not self._fields:
            return self._none
        return structs.astuple(self.decode(self._indexed, key, data))

    def _follow(self, key: str, before: bytes | None, after: bytes | None) -> None:
        # Both are decoded before anything is touched: an error leaves the indexes as they were.
        old, new = self._values(key, before), self._values(key, after)
        for changes in self._followers:
            changes.note(key)
        if old == new:
            return
        for field, was, now in zip(self._fields.values(), old, new, strict=True):
            if was != now:
                self._move(field, key, was, now)

    def _move(
        self, field: dict[Value, str | list[str]], key: str, old: Value | None, new: Value | None
    ) -> None:
        if old is not None:
            keys = field[old]
            if isinstance(keys, str) or len(keys) == 1:
                del field[old]
            else:
                del keys[bisect_left(keys, key)]
        if new is not None:
            self._enter(field, new, key)

    def _enter(self, field: dict[Value, str | list[str]], value: Value, key: str) -> None:
        """Note the key under the value. Most values have one, and a list of one takes 80 bytes."""
        known = field.setdefault(value, key)
        if isinstance(known, list):
            insort(known, key)
        elif known is not key:
            field[value] = sorted((known, key))


@cache
def _indexed(kind: type[msgspec.Struct], indexes: Sequence[str]) -> type[msgspec.Struct]:
    """Return a type that reads the indexed fields of a document and passes the rest over.

    To ask a type for its fields takes a fifth of a millisecond, and there are many collections.
    """
    fields: list[tuple[str, object, object]] = [
        (field.name, field.type, _default(field))
        for field in (structs.fields(kind) if indexes else ())
        if field.name in indexes
    ]
    return msgspec.defstruct("Indexed", fields, kw_only=True)


def _default(field: structs.FieldInfo) -> object:
    if field.default_factory is not msgspec.NODEFAULT:
        return msgspec.field(default_factory=field.default_factory)
    return msgspec.field(default=field.default)


def cut(
    keys: Sequence[str], *, after: str, limit: int, newest: bool, skip: int = 0
) -> Sequence[str]:
    """Return one page of sorted keys: what comes behind ``after``, ``newest`` last key first."""
    if newest:
        end = max(0, (bisect_left(keys, after) if after else len(keys)) - skip)
        return keys[max(0, end - limit) : end][::-1]
    start = bisect_right(keys, after) + skip
    return keys[start : start + limit]
