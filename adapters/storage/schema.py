"""Which version of the program wrote the data, and how older documents come to look like today's.

The store keeps a record of its own: the schema's version, by which migrations are chosen, and a
fingerprint of the types. Where either is another than the program's, documents are migrated and
each is read once. One that cannot be read is set aside and the store opens without it; the next
version that can read it puts it back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import msgspec
import structlog

from adapters.storage.codec import decode, encode
from adapters.storage.documents import LogStorage
from bot.core.store import Fields, Migration, SplitDocument
from bot.errors import StoreError

log = structlog.get_logger(__name__)

SCHEMA = "schema"
QUARANTINE = "quarantine"
"""Tables of the store's own."""
_RECORD = "this"


class Described(Protocol):
    """What the store must know of a `bot.core.store.Collection`, whatever its documents are."""

    @property
    def name(self) -> str:
        """The collection's name."""

    @property
    def type(self) -> type[msgspec.Struct]:
        """What its documents are."""

    @property
    def indexes(self) -> tuple[str, ...]:
        """The fields by which documents are found."""

    @property
    def cold(self) -> bool:
        """Whether its documents need not be kept in memory."""

    @property
    def packed(self) -> bool:
        """Whether they need not be kept as they are written either."""


class Schema(msgspec.Struct, frozen=True):
    """The store's record of how its documents look."""

    version: int = 0
    """That of the newest migration; 0 before there were any."""
    types: str = ""
    """Fingerprint of the types that all documents were last read with."""


class SetAside(msgspec.Struct, frozen=True, kw_only=True):
    """A document that could not be read, kept as it was."""

    collection: str
    key: str
    why: str
    version: int
    """That of the schema when it was written."""
    document: msgspec.Raw


def schema_of(documents: LogStorage) -> Schema:
    """Return the record, or that of a store from before there were any."""
    data = documents.table(SCHEMA).get(_RECORD)
    return Schema() if data is None else decode(data, Schema, collection=SCHEMA, key=_RECORD)


def set_aside(documents: LogStorage) -> Iterator[SetAside]:
    """Return what was set aside."""
    for key, data in list(documents.table(QUARANTINE).items()):
        yield decode(data, SetAside, collection=QUARANTINE, key=key)


def refuse_newer(path: Path, schema: Schema, migrations: Sequence[Migration]) -> None:
    """Refuse data whose documents this program may misread.

    Raises:
        StoreError: a newer version wrote it.
    """
    newest = newest_of(migrations)
    if schema.version > newest:
        message = (
            f"{path} was written by a newer Brandwarden (schema {schema.version}; this one reads "
            f"up to {newest}). Start that version, or restore a backup from before the update: "
            "`.venv/bin/python -m bot data restore DIR`."
        )
        raise StoreError(message)


def newest_of(migrations: Iterable[Migration]) -> int:
    """Return the version to which the migrations lead."""
    return max((step.version for step in migrations), default=0)


def bring_up_to_date(
    documents: LogStorage, collections: Sequence[Described], migrations: Sequence[Migration]
) -> None:
    """Migrate what an older version wrote, and set aside what cannot be read. Blocks.

    Raises:
        StoreError: the disk refuses; nothing was changed.
    """
    known = schema_of(documents)
    wanted = Schema(
        max(known.version, newest_of(migrations)),
        _fingerprint(tuple(each.type for each in collections)),
    )
    if known == wanted:
        return
    with documents.atomic():
        update = _Update(documents, migrations, known.version)
        update.put_back()
        update.migrate()
        update.check(collections)
        documents.change(SCHEMA, _RECORD, encode(wanted))
    if update.aside:
        first = update.aside[0]
        name = f"{first.key!r} of {first.collection!r}"
        log.warning("documents set aside", documents=len(update.aside), first=name, why=first.why)


@lru_cache
def _fingerprint(types: tuple[type[msgspec.Struct], ...]) -> str:
    _, components = msgspec.json.schema_components(types)
    return hashlib.sha256(msgspec.json.encode(components, order="sorted")).hexdigest()[:16]


class _Update:
    """One way from what is stored to what the program reads, inside one atomic change."""

    def __init__(
        self, documents: LogStorage, migrations: Sequence[Migration], version: int
    ) -> None:
        self._documents = documents
        self._steps = sorted(migrations, key=lambda step: step.version)
        self._version = version
        self.aside: list[SetAside] = []

    def put_back(self) -> None:
        """Give what was set aside another try, unless there is another document in its place."""
        for each in set_aside(self._documents):
            if each.key not in self._documents.table(each.collection):
                self._documents.change(QUARANTINE, _place(each), None)
                self._take(each.collection, each.key, bytes(each.document), each.version)

    def migrate(self) -> None:
        """Take all documents through the steps that are newer than they are."""
        for name in {step.collection for step in self._steps if step.version > self._version}:
            for key, data in _each(self._documents.table(name)):
                self._take(name, key, data, self._version)

    def _take(self, name: str, key: str, data: bytes, version: int) -> None:
        steps = [s for s in self._steps if s.collection == name and s.version > version]
        try:
            migrated, parts = _through(steps, key, data, name) if steps else ((key, data), [])
        except (StoreError, LookupError, TypeError, ValueError) as error:
            self._set_aside(name, key, data, version, error)
            return
        if migrated is None or migrated[0] != key:
            self._documents.change(name, key, None)
        if migrated is not None:
            self._documents.change(name, *migrated)
        for at, part in parts:
            self._take(part.collection, part.key, encode(part.fields), at)

    def check(self, collections: Iterable[Described]) -> None:
        """Read every document once."""
        for each in collections:
            for key, data in _each(self._documents.table(each.name)):
                try:
                    decode(data, each.type, collection=each.name, key=key)
                except StoreError as error:
                    self._set_aside(each.name, key, data, newest_of(self._steps), error)

    def _set_aside(self, name: str, key: str, data: bytes, version: int, why: Exception) -> None:
        each = SetAside(
            collection=name, key=key, why=str(why), version=version, document=msgspec.Raw(data)
        )
        self.aside.append(each)
        self._documents.change(QUARANTINE, _place(each), encode(each))
        self._documents.change(name, key, None)


def _each(documents: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Go through documents while they are changed, without holding all of them at once."""
    return ((key, documents[key]) for key in list(documents))


def _place(each: SetAside) -> str:
    """Return its key: one for each document, however often one of that name is set aside."""
    content = hashlib.sha256(bytes(each.document)).hexdigest()[:8]
    return f"{each.collection} {each.key} {content}"


def _through(
    steps: Iterable[Migration], key: str, data: bytes, name: str
) -> tuple[tuple[str, bytes] | None, list[tuple[int, SplitDocument]]]:
    """Return what the document became, and its parts with the version that they look like."""
    fields = decode(data, Fields, collection=name, key=key)
    parts: list[tuple[int, SplitDocument]] = []
    for step in steps:
        parts += [(step.version, part) for part in step.parts(key, fields)]
        changed = step.change(key, fields)
        if changed is None:
            return None, parts
        key, fields = changed
    return (key, encode(fields)), parts
