"""Makes a small store of many: ``python -m tests.unit.adapters.storage.pick LOG... > NAME.jsonl``.

The logs are those that a version of the program left, for example in its own tests' folders. Of
each collection a few documents are taken, and those that show a field or a kind of value that was
not seen before.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec

from adapters.storage.changes import Change, changes_in
from adapters.storage.lines import seal, unseal
from adapters.storage.packs import is_pack

LEAST, MOST = 3, 8
"""Documents of one collection."""
LARGEST = 6_000
"""Bytes of one document."""


def shape(value: object, path: str = "") -> Iterator[str]:
    """Return where in a document there is what kind of value."""
    match value:
        case dict():
            for name, each in value.items():
                yield from shape(each, f"{path}.{name}")
        case list():
            for each in value:
                yield from shape(each, f"{path}[]")
        case _:
            yield f"{path} {type(value).__name__}"


def changes(log: Path) -> Iterator[Change]:
    """Return every document that was ever written to the log, also what was removed later."""
    for line in log.read_bytes().splitlines(keepends=True):
        payload = unseal(line)
        if payload is not None and not is_pack(payload):
            yield from changes_in(payload)


def pick(logs: list[Path]) -> Iterator[bytes]:
    """Return the lines of the small store."""
    seen: dict[str, set[str]] = {}
    taken: dict[str, set[str]] = {}
    for change in sorted((c for log in logs for c in changes(log)), key=lambda c: c.table):
        document = bytes(change.document)
        shapes = set(shape(msgspec.json.decode(document)))
        known = seen.setdefault(change.table, set())
        keys = taken.setdefault(change.table, set())
        fits = len(document) <= LARGEST and len(keys) < MOST and change.key not in keys
        if document != b"null" and fits and (shapes - known or len(keys) < LEAST):
            known |= shapes
            keys.add(change.key)
            yield seal(msgspec.json.encode([change]))


if __name__ == "__main__":
    sys.stdout.buffer.writelines(pick([Path(name) for name in sys.argv[1:]]))
