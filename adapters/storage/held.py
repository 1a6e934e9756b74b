"""How a table's documents are held: at hand as bytes, or cold in the log, with their places alone.

A cold document costs a short read of the file each time, and one in a pack about 0.1 ms. Its key,
its place and its indexed fields stay in memory. ``live`` is about how many bytes the log would have
for the table if it held each document once; ``ordered`` are the keys, sorted.
"""

from __future__ import annotations

import zlib
from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec

from adapters.storage.packs import unpacked
from bot.errors import StoreError

Place = int
"""Where in the log a document stands, in one number, which takes a third of what a tuple does: the
offset, a bit that says whether that is a pack, 32 bits of the length, 32 bits of the CRC-32."""

_BITS = 32
_LOW = (1 << _BITS) - 1
_PACKED = 1 << 2 * _BITS
_OFFSET = 2 * _BITS + 1

_AROUND = 40
"""About so many bytes a line has besides the key and the document."""

Read = Callable[[int, int], bytes]
"""Returns the log's bytes from an offset on, so many. Raises StoreError."""


def place(offset: int, content: bytes, *, packed: bool = False) -> Place:
    """Return the place of a document, or of a pack's content, that stands at the offset."""
    flag = _PACKED if packed else 0
    return offset << _OFFSET | flag | len(content) << _BITS | zlib.crc32(content)


def weight(key: str, length: int) -> int:
    """Return about how many bytes the line of a document of that length has."""
    return len(key) + length + _AROUND


class Warm(dict[str, bytes]):
    """A table's documents by key, at hand."""

    def __init__(self) -> None:
        """Begin empty."""
        self.live = 0
        self.ordered: list[str] = []

    def mark(self, key: str) -> object:
        """Return what stays the same for as long as the document does; None if there is none."""
        return self.get(key)

    def hold(self, key: str, document: bytes) -> None:
        """Put a document in the place of what is there."""
        before = self.get(key)
        if before is None:
            insort(self.ordered, key)
        else:
            self.live -= weight(key, len(before))
        self[key] = document
        self.live += weight(key, len(document))

    def drop(self, key: str) -> None:
        """Remove the document, if it is there."""
        before = self.pop(key, None)
        if before is not None:
            del self.ordered[bisect_left(self.ordered, key)]
            self.live -= weight(key, len(before))

    def replayed(self) -> None:
        """Make up for what is left out for documents that are replayed."""
        self.ordered = sorted(self)
        self.live = sum(weight(key, len(document)) for key, document in self.items())

    def copied(self) -> Mapping[str, bytes]:
        """Return the documents as they are now. Bytes never change, so this is cheap."""
        return dict(self)


class Cold(Mapping[str, bytes]):
    """A table's documents by key, read from the log when they are asked for.

    One that is not written yet is held as bytes. Keys and what is held stand in two lists, in a
    third of what a dict takes: a new key moves what lies behind it, 20 microseconds for 50,000.
    """

    def __init__(self, name: str, read: Read) -> None:
        """Begin empty; the table's name is for messages."""
        self.live = 0
        self._name = name
        self._read = read
        self.ordered: list[str] = []
        self._held: list[bytes | Place] = []
        """What stands at each of the keys."""
        self._since: dict[str, bytes | Place | None] | None = None
        """What changed since a copy was made for a compaction."""
        self._pack: tuple[Place, Mapping[str, msgspec.Raw]] = 0, {}
        """The one that was read last: neighbours are often read together."""

    def __getitem__(self, key: str) -> bytes:
        """Return the document's bytes.

        Raises:
            StoreError: the disk refused, or gave other bytes than were written.
        """
        index, known = self._at(key)
        if not known:
            raise KeyError(key)
        held = self._held[index]
        if isinstance(held, bytes):
            return held
        if not held & _PACKED:
            return self._content(key, held)
        if self._pack[0] != held:
            self._pack = held, unpacked(self._content(key, held))
        return bytes(self._pack[1][key])

    def mark(self, key: str) -> object:
        """Return what stays the same for as long as the document does; None if there is none.

        A compaction changes it, too. Nothing is read.
        """
        index, known = self._at(key)
        return self._held[index] if known else None

    def _at(self, key: str) -> tuple[int, bool]:
        """Return where the key stands or would stand, and whether it is there."""
        if not self.ordered or self.ordered[-1] < key:
            return len(self.ordered), False
        index = bisect_left(self.ordered, key)
        return index, self.ordered[index] == key

    def _content(self, key: str, held: Place) -> bytes:
        content = self._read(held >> _OFFSET, held >> _BITS & _LOW)
        if zlib.crc32(content) != held & _LOW:
            message = (
                f"Document {key!r} of {self._name!r} cannot be read: the disk damaged it. "
                "Stop Brandwarden, check the disk, then run `.venv/bin/python -m bot data repair`."
            )
            raise StoreError(message)
        return content

    def __iter__(self) -> Iterator[str]:
        """Go through the keys."""
        return iter(self.ordered)

    def __len__(self) -> int:
        """Count without reading."""
        return len(self.ordered)

    def __contains__(self, key: object) -> bool:
        """Tell whether there is such a key, without reading."""
        return isinstance(key, str) and self._at(key)[1]

    def hold(self, key: str, document: bytes | Place) -> None:
        """Put a document in the place of what is there: its bytes, or where the log has them."""
        index, known = self._at(key)
        if known:
            self.live -= _weight(key, self._held[index])
            self._held[index] = document
        else:
            self.ordered.insert(index, key)
            self._held.insert(index, document)
        self.live += _weight(key, document)
        if self._since is not None:
            self._since[key] = document

    def hold_pack(self, keys: Iterable[str], pack: Place, weight: int) -> None:
        """Put a pack's documents in the place of what is there."""
        for key in keys:
            self.hold(key, pack)
        self.live += weight

    def drop(self, key: str) -> None:
        """Remove the document, if it is there."""
        index, known = self._at(key)
        if not known:
            return
        del self.ordered[index]
        self.live -= _weight(key, self._held.pop(index))
        if self._since is not None:
            self._since[key] = None

    def replayed(self) -> None:
        """Do nothing: all is known all the time."""

    def copied(self) -> Mapping[str, bytes]:
        """Return the documents as they are now; what changes from now on is written down.

        They are read from the log as it is until `moved` or `stayed`.
        """
        self._since = {}
        copy = Cold(self._name, self._read)
        copy.ordered, copy._held = [*self.ordered], [*self._held]
        return copy

    def moved(self, new: Cold, by: int) -> None:
        """Take the places that the copy's documents have in a new log.

        What was written since the copy was made stands ``by`` bytes further there.
        """
        since, self._since = self._since or {}, None
        self.ordered, self._held, self.live = new.ordered, new._held, new.live
        self._pack = 0, {}
        for key, held in since.items():
            if held is None:
                self.drop(key)
            else:
                self.hold(key, held if isinstance(held, bytes) else held + (by << _OFFSET))

    def stayed(self) -> None:
        """Forget that a copy was made."""
        self._since = None


def _weight(key: str, held: bytes | Place) -> int:
    """Return what is saved when it goes. In a pack nothing is, until there is another pack."""
    if isinstance(held, bytes):
        return weight(key, len(held))
    return 0 if held & _PACKED else weight(key, held >> _BITS & _LOW)


Held = Warm | Cold
