"""Looks through the data: every document, what was set aside, and the evidence with its chain."""

from __future__ import annotations

import tempfile
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TypeVar

import msgspec

from adapters.capture.files import FileEvidence
from adapters.storage.codec import decode
from adapters.storage.copying import copy_log
from adapters.storage.schema import refuse_newer, schema_of, set_aside
from adapters.storage.tables import LogDB
from adapters.storage.tinydb import FILE
from bot.bootstrap.application import EVERYTHING, EVIDENCE, STORE
from bot.bootstrap.features import MIGRATIONS
from bot.core.files import Upload
from bot.core.store import Collection
from bot.core.vault import NOTHING_KEPT, VaultHead
from bot.errors import StoreError
from bot.features.cases.models.cases import Entry
from bot.features.evidence.collections import CUSTODY, EVIDENCE_LOGS, VAULT_ANCHORS
from bot.features.evidence.models.custody import VAULT, CustodyEntry, Stamp, broken

T = TypeVar("T", bound=msgspec.Struct)


class Checkup(msgspec.Struct, frozen=True, kw_only=True):
    """What was found in the data."""

    schema: int
    documents: dict[str, int]
    """By collection."""
    set_aside: int
    evidence: int
    """Files of evidence that documents name."""
    unnamed: tuple[str, ...] = ()
    """SHA-256 of files of evidence that no entry of the custody log names."""
    wrong: tuple[str, ...]
    """A sentence for each thing that is not in order."""


async def check_data(data: Path) -> Checkup:
    """Look through the data without changing it, also while the program runs.

    Raises:
        StoreError: the store is damaged or of a newer version, or the disk refuses.
    """
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / FILE
        copy_log(data / STORE / FILE, copy)
        return await check_copy(copy, FileEvidence(data / EVIDENCE))


async def check_copy(log: Path, evidence: FileEvidence, known: Iterable[str] = ()) -> Checkup:
    """Look through a copy of the log that nobody writes to, and the evidence that belongs to it.

    ``known`` is what is known to be wrong already.

    Raises:
        StoreError: the store is damaged or of a newer version, or the disk refuses.
    """
    with LogDB(log) as db:
        schema = schema_of(db.documents)
        refuse_newer(log, schema, MIGRATIONS)
        # Documents of an older version are migrated when the program starts, not here.
        unread, names = _read_all(db) if schema.version else ([], {})
        aside = [
            f"Record {each.key!r} in {each.collection!r} was set aside: {each.why}"
            for each in set_aside(db.documents)
        ]
        anchor, chains = (_anchor(db), _case_chains(db)) if schema.version else (NOTHING_KEPT, [])
        documents = {name: len(held) for name, held in sorted(db.documents.read().items())}
    missing = [f"Evidence {each} of {names[each]} is missing." for each in evidence.missing(names)]
    chain = await _twice(partial(evidence.verify, anchor))
    wrong = (*known, *unread, *aside, *chain, *chains, *missing)
    return Checkup(
        schema=schema.version,
        documents=documents,
        set_aside=len(aside),
        evidence=len(names),
        unnamed=tuple(await _twice(evidence.unnamed)),
        wrong=tuple(dict.fromkeys(wrong)),
    )


def _read_all(db: LogDB) -> tuple[list[str], dict[str, str]]:
    """Return what cannot be read, and by SHA-256 the first document that names evidence."""
    unread: list[str] = []
    names: dict[str, str] = {}
    for collection in EVERYTHING:
        for key, data in db.documents.table(collection.name).items():
            try:
                document = decode(data, collection.type, collection=collection.name, key=key)
            except StoreError as error:
                unread.append(str(error))
                continue
            for digest in named(document):
                names.setdefault(digest, f"{collection.name} {key}")
    return unread, names


def _anchor(db: LogDB) -> VaultHead:
    """Return the entry of the vault's log that was told to people last."""
    kept = _readable(db, VAULT_ANCHORS)
    return next((anchor.head for anchor in kept if anchor.name == VAULT), NOTHING_KEPT)


def _case_chains(db: LogDB) -> list[str]:
    """Return what is wrong with the custody logs of cases, which the store keeps."""
    entries: dict[str, list[CustodyEntry]] = {}
    for entry in sorted(_readable(db, CUSTODY), key=lambda entry: entry.key):
        entries.setdefault(entry.case, []).append(entry)
    counts = {log.case: log.entries for log in _readable(db, EVIDENCE_LOGS)}
    return [
        f"Custody log of case {case}: {sentence}"
        for case in sorted({*entries, *counts})
        for sentence in broken(entries.get(case, []), counts.get(case, 0))
    ]


def _readable(db: LogDB, collection: Collection[T]) -> Iterator[T]:
    """Give the documents of a collection; those that cannot be read are told elsewhere."""
    for key, data in db.documents.table(collection.name).items():
        with suppress(StoreError):
            yield decode(data, collection.type, collection=collection.name, key=key)


async def _twice(look: Callable[[], Awaitable[list[str]]]) -> list[str]:
    """Return what is found at a second look too: evidence may be kept or deleted meanwhile.

    So may an entry, which follows its file.
    """
    first = await look()
    again = set(await look()) if first else set()
    return [each for each in first if each in again]


def named(value: object) -> Iterator[str]:
    """Return the SHA-256 of all bytes that the document, or something in it, names."""
    if isinstance(value, msgspec.Struct):
        yield from filter(None, _own(value))
        for field in value.__struct_fields__:
            yield from named(getattr(value, field))
    elif isinstance(value, tuple | list):
        for each in value:
            yield from named(each)
    elif isinstance(value, dict):
        for each in value.values():
            yield from named(each)


def _own(value: msgspec.Struct) -> tuple[str, ...]:
    match value:
        case Upload():
            return value.content, value.copy
        case Stamp():
            return (value.token,)
        case Entry():
            return (value.evidence,)
    return ()
