"""A new log of the same documents: its lines, and where cold documents come to stand in it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

import msgspec

from adapters.storage.changes import change_to, hold_pack, note
from adapters.storage.held import Cold, Held, Read
from adapters.storage.lines import AROUND
from adapters.storage.packs import groups, pack


class Rewriting:
    """One compaction's view of the tables. It is made, and ended, where they are changed."""

    def __init__(self, tables: Mapping[str, Held], packed: Collection[str], read: Read) -> None:
        """Copy the tables: copies hold still for a thread."""
        self._tables = {name: table for name, table in tables.items() if isinstance(table, Cold)}
        self._copies = {name: table.copied() for name, table in tables.items()}
        self._new = {name: Cold(name, read) for name in self._tables}
        self._packed = packed
        self._line = 0
        """Where the next line begins."""

    def payloads(self) -> Iterator[bytes]:
        """Return each line of the new log, and note where it has the cold documents.

        Raises:
            StoreError: a cold document cannot be read.
        """
        for name, documents in self._copies.items():
            if name in self._packed:
                yield from self._packs(name, documents)
            else:
                yield from self._lines(name, documents)

    # Documents keep their very keys: others would take memory beside those of the indexes.

    def _packs(self, name: str, documents: Mapping[str, bytes]) -> Iterator[bytes]:
        for group in groups(documents.items()):
            payload = pack(name, group)
            hold_pack(self._new[name], group, payload, self._line)
            yield self._written(payload)

    def _lines(self, name: str, documents: Mapping[str, bytes]) -> Iterator[bytes]:
        for key, document in documents.items():
            changes = [change_to(name, key, document)]
            payload = msgspec.json.encode(changes)
            if name in self._new:
                note(changes, payload, self._line, self._new.__getitem__)
            yield self._written(payload)

    def _written(self, payload: bytes) -> bytes:
        self._line += len(payload) + AROUND
        return payload

    def exchanged(self, by: int) -> None:
        """Tell the tables that the new log is in use.

        What was written since the copies were made stands ``by`` bytes further there.
        """
        for name, table in self._tables.items():
            table.moved(self._new[name], by)

    def end(self) -> None:
        """Tell the tables that this is over, whatever came of it."""
        for table in self._tables.values():
            table.stayed()
