"""How a table's documents are held: at hand as bytes, or cold in the log, with their places alone.

A cold document costs a short read of the file each time. Its key, its place and its indexed fields
stay in memory.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Mapping

from bot.errors import StoreError

Place = int
"""Where in the log a document's bytes stand. One number takes a third of what a tuple does: the
offset, then 32 bits of the length, then 32 bits of the CRC-32."""

_BITS = 32
_LOW = (1 << _BITS) - 1
_OFFSET = 2 * _BITS

Read = Callable[[int, int], bytes]
"""Returns the log's bytes from an offset on, so many. Raises StoreError."""


def place(offset: int, document: bytes) -> Place:
    """Return the place of a document that stands at the offset."""
    return offset << _OFFSET | len(document) << _BITS | zlib.crc32(document)


class Warm(dict[str, bytes]):
    """A table's documents by key, at hand."""

    def size(self, key: str) -> int | None:
        """Return the document's length in bytes, or None."""
        document = self.get(key)
        return None if document is None else len(document)

    def hold(self, key: str, document: bytes) -> None:
        """Put a document in the place of what is there."""
        self[key] = document

    def drop(self, key: str) -> None:
        """Remove the document."""
        del self[key]

    def copied(self) -> Mapping[str, bytes]:
        """Return the documents as they are now. Bytes never change, so this is cheap."""
        return dict(self)


class Cold(Mapping[str, bytes]):
    """A table's documents by key, read from the log when they are asked for.

    One that is not written yet is held as bytes.
    """

    def __init__(self, name: str, read: Read) -> None:
        """Begin empty; the table's name is for messages."""
        self._name = name
        self._read = read
        self._held: dict[str, bytes | Place] = {}
        self._since: dict[str, bytes | Place | None] | None = None
        """What changed since a copy was made for a compaction."""

    def __getitem__(self, key: str) -> bytes:
        """Return the document's bytes.

        Raises:
            StoreError: the disk refused, or gave other bytes than were written.
        """
        held = self._held[key]
        if isinstance(held, bytes):
            return held
        document = self._read(held >> _OFFSET, held >> _BITS & _LOW)
        if zlib.crc32(document) != held & _LOW:
            message = (
                f"Document {key!r} of {self._name!r} cannot be read: the disk damaged it. "
                "Stop Brandwarden, look at the disk, then run `python -m bot data repair`."
            )
            raise StoreError(message)
        return document

    def __iter__(self) -> Iterator[str]:
        """Go through the keys."""
        return iter(self._held)

    def __len__(self) -> int:
        """Count without reading."""
        return len(self._held)

    def __contains__(self, key: object) -> bool:
        """Tell whether there is such a key, without reading."""
        return key in self._held

    def size(self, key: str) -> int | None:
        """Return the document's length in bytes, or None; nothing is read."""
        held = self._held.get(key)
        if held is None:
            return None
        return len(held) if isinstance(held, bytes) else held >> _BITS & _LOW

    def hold(self, key: str, document: bytes | Place) -> None:
        """Put a document in the place of what is there: its bytes, or where the log has them."""
        self._held[key] = document
        if self._since is not None:
            self._since[key] = document

    def drop(self, key: str) -> None:
        """Remove the document."""
        del self._held[key]
        if self._since is not None:
            self._since[key] = None

    def copied(self) -> Mapping[str, bytes]:
        """Return the documents as they are now; what changes from now on is written down.

        They are read from the log as it is until `moved` or `stayed`.
        """
        self._since = {}
        copy = Cold(self._name, self._read)
        copy._held = dict(self._held)
        return copy

    def moved(self, places: dict[str, bytes | Place], by: int) -> None:
        """Take the places that the copy's documents have in a new log.

        What was written since the copy was made stands ``by`` bytes further there.
        """
        for key, held in (self._since or {}).items():
            if held is None:
                places.pop(key, None)
            else:
                places[key] = held if isinstance(held, bytes) else held + (by << _OFFSET)
        self._held = places
        self._since = None

    def stayed(self) -> None:
        """Forget that a copy was made."""
        self._since = None


Held = Warm | Cold
