"""A new log of the same documents: its lines, and where cold documents come to stand in it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

import msgspec

from adapters.storage.changes import change_to, changes_in, note, note_pack
from adapters.storage.held import Cold, Held, Read
from adapters.storage.lines import AROUND
from adapters.storage.packs import groups, is_pack, pack


class Rewriting:
    """One compaction's view of the tables. It is made, and ended, where they are changed."""

    def __init__(self, tables: Mapping[str, Held], packed: Collection[str], read: Read) -> None:
        """Copy the tables: copies hold still for a thread."""
        self._tables = {name: table for name, table in tables.items() if isinstance(table, Cold)}
        self._copies = {name: table.copied() for name, table in tables.items()}
        self._anew = {name: Cold(name, read) for name in self._tables}
        self._packed = packed

    def payloads(self) -> Iterator[bytes]:
        """Return each line of the new log, and note where it has the cold documents.

        Raises:
            StoreError: a cold document cannot be read.
        """
        line = 0
        for name, documents in self._copies.items():
            packs = name in self._packed
            for payload in _packs(name, documents) if packs else _lines(name, documents):
                if name in self._anew:
                    self._note(payload, line)
                line += len(payload) + AROUND
                yield payload

    def _note(self, payload: bytes, line: int) -> None:
        if is_pack(payload):
            note_pack(payload, line, self._anew.__getitem__)
        else:
            note(changes_in(payload), payload, line, self._anew.__getitem__)

    def exchanged(self, by: int) -> None:
        """Tell the tables that the new log is in use.

        What was written since the copies were made stands ``by`` bytes further there.
        """
        for name, table in self._tables.items():
            table.moved(self._anew[name], by)

    def end(self) -> None:
        """Tell the tables that this is over, whatever came of it."""
        for table in self._tables.values():
            table.stayed()


def _lines(name: str, documents: Mapping[str, bytes]) -> Iterator[bytes]:
    for key, document in documents.items():
        yield msgspec.json.encode([change_to(name, key, document)])


def _packs(name: str, documents: Mapping[str, bytes]) -> Iterator[bytes]:
    # In the order of keys, in which they are asked for.
    for group in groups((key, documents[key]) for key in sorted(documents)):
        yield pack(name, group)
