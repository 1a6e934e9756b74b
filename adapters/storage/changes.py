"""What lines of the log say of documents, and where in them cold documents stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import msgspec

from adapters.storage.held import Cold, Held, Warm, place, weight
from adapters.storage.lines import begin_of
from adapters.storage.packs import content, opened

_NULL = b"null"
_GONE = msgspec.Raw(_NULL)

Tables = Callable[[str], Held]
"""Finds a table by its name."""


class Change(msgspec.Struct, array_like=True, frozen=True):
    """One document of a transaction as the log writes it: ``["cases","00000012",{...}]``."""

    table: str
    key: str
    document: msgspec.Raw
    """The document, or null where it was removed."""


_decoder = msgspec.json.Decoder(list[Change])


def changes_in(payload: bytes) -> list[Change]:
    """Return what a line's payload says. Raises msgspec.MsgspecError."""
    return _decoder.decode(payload)


def change_to(table: str, key: str, after: bytes | None) -> Change:
    """Return how the log says that a document was put there, or removed."""
    return Change(table, key, _GONE if after is None else msgspec.Raw(after))


def restore(changes: Sequence[Change], payload: bytes, line: int, tables: Tables) -> None:
    """Make the tables what the line that begins there says; see `Warm.replayed`."""
    at = 0
    for change in changes:
        table, document = tables(change.table), bytes(change.document)
        if isinstance(table, Warm):
            # Most lines are of these, and a long log has half a million.
            if document == _NULL:
                table.pop(change.key, None)
            else:
                table[change.key] = document
        elif document == _NULL:
            table.drop(change.key)
        else:
            at = _hold(table, change.key, document, payload, at, line)


def note(changes: Sequence[Change], payload: bytes, line: int, tables: Tables) -> None:
    """Note where the payload of the line that begins there has the cold documents."""
    at = 0
    for change in changes:
        table = tables(change.table)
        if isinstance(table, Cold) and (document := bytes(change.document)) != _NULL:
            at = _hold(table, change.key, document, payload, at, line)


def _hold(table: Cold, key: str, document: bytes, payload: bytes, at: int, line: int) -> int:
    """Note where in the payload, from ``at`` on, the document stands; return that."""
    # Should the same bytes stand in front of it, in a key, they say the same.
    at = payload.index(document, at)
    table.hold(key, place(begin_of(line) + at, document))
    return at


def note_pack(payload: bytes, line: int, tables: Tables) -> None:
    """Take in the documents of a pack whose line begins there. Raises msgspec.MsgspecError."""
    name, documents = opened(payload)
    table = tables(name)
    if isinstance(table, Cold):
        hold_pack(table, documents, payload, line)
    else:
        for key, document in documents.items():
            table.hold(key, bytes(document))


def hold_pack(table: Cold, keys: Iterable[str], payload: bytes, line: int) -> None:
    """Note where the payload of the line that begins there has the pack of these documents."""
    offset, text = content(payload)
    pack = place(begin_of(line) + offset, text, packed=True)
    table.hold_pack(keys, pack, weight("", len(payload)))
