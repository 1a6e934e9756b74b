"""What it takes to write one document of 400 bytes durably, beside SQLite on the same disk.

And to read one that is not in memory: it holds up all other work.
"""

from __future__ import annotations

import asyncio
import random
import sqlite3
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec

from adapters.storage.tinydb import TinyStore
from bot.core.store import Collection
from tests.bench.measure import Measure, Peer, Row, Target, alternate, row
from tests.bench.staff import scratch

GROUP = "Write"
UNIT = "ms"
TEXT = 360
"""Characters in a document, so that it has about 400 bytes."""
AS_SQLITE = Target(2, of_ratio=True)
AS_SMALL = Target(1.3, of_ratio=True)
UNNOTICED = Target(1)
SQLITE = "SQLite, WAL, FULL"
LOADED_AT_ONCE = 5_000
UPSERT = "INSERT INTO notes VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET data = excluded.data"


@dataclass(frozen=True)
class Sizes:
    """How much is measured."""

    few: int = 1_000
    many: int = 50_000
    writers: int = 16
    writes: int = 32
    rounds: int = 60


class _Note(msgspec.Struct, frozen=True):
    key: str
    text: str


NOTES = Collection[_Note]("notes", _Note, lambda note: note.key)
COLD = msgspec.structs.replace(NOTES, name="cold", cold=True)
PACKED = msgspec.structs.replace(NOTES, name="packed", packed=True)
READ = {
    "read one from memory": NOTES,
    "read one from the log": COLD,
    "read one from a pack": PACKED,
}


async def measure(sizes: Sizes) -> list[Row]:
    """Write to a small and to a large store, alone and together, in turn with SQLite."""
    few, many = f"{sizes.few:,} documents", f"{sizes.many:,} documents"
    together = f"{many}, {sizes.writers} writers at once, per write"
    async with AsyncExitStack() as stack:
        small, little = await _opened(stack, sizes.few)
        large, much = await _opened(stack, sizes.many)
        mixed = await _readable(stack, sizes.many)
        measures = {
            few: _alone(small, sizes.few, sizes.writes),
            many: _alone(large, sizes.many, sizes.writes),
            together: _together(large, sizes),
            f"SQLite, {few}": _peer(little, sizes.few, sizes.writes),
            f"SQLite, {many}": _peer(much, sizes.many, sizes.writes),
            **{name: _read(mixed, each, sizes) for name, each in READ.items()},
        }
        took = await alternate(sizes.rounds, measures)
    beside_few, beside_many = (Peer(SQLITE, took[f"SQLite, {name}"]) for name in (few, many))
    return [
        row(GROUP, few, UNIT, took[few], beside_few, AS_SQLITE),
        row(GROUP, many, UNIT, took[many], beside_many, AS_SQLITE),
        row(GROUP, many, UNIT, took[many], Peer(few, took[few]), AS_SMALL),
        row(GROUP, together, UNIT, took[together], beside_many),
        row(GROUP, f"peer: SQLite, {many}", UNIT, took[f"SQLite, {many}"]),
        *(row(GROUP, name, UNIT, took[name], target=UNNOTICED) for name in READ),
    ]


async def _opened(stack: AsyncExitStack, documents: int) -> tuple[TinyStore, sqlite3.Connection]:
    folder = stack.enter_context(scratch())
    store = await _filled(folder, documents)
    stack.push_async_callback(store.close)
    return store, stack.enter_context(_sqlite(folder / "peer.db", documents))


async def _filled(folder: Path, documents: int) -> TinyStore:
    store = await TinyStore.open(folder / "store", (NOTES,))
    await _fill(store, NOTES, documents)
    return store


async def _fill(store: TinyStore, collection: Collection[_Note], documents: int) -> None:
    for start in range(0, documents, LOADED_AT_ONCE):
        async with store.transaction() as tx:
            for number in range(start, min(documents, start + LOADED_AT_ONCE)):
                tx.put(collection, _note(number))


async def _readable(stack: AsyncExitStack, documents: int) -> TinyStore:
    folder = stack.enter_context(scratch())
    store = await TinyStore.open(folder / "store", tuple(READ.values()))
    stack.push_async_callback(store.close)
    for collection in READ.values():
        await _fill(store, collection, documents)
    await store.compact()
    return store


@contextmanager
def _sqlite(path: Path, documents: int) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = FULL")
        database.execute("CREATE TABLE notes (key TEXT PRIMARY KEY, data BLOB) WITHOUT ROWID")
        database.execute("BEGIN")
        database.executemany(UPSERT, (_encoded(number) for number in range(documents)))
        database.execute("COMMIT")
        yield database


def _alone(store: TinyStore, documents: int, writes: int) -> Measure:
    async def measured() -> float:
        notes = [_note(number) for number in _chosen(documents, writes)]
        before = time.perf_counter()
        for note in notes:
            await _write(store, note)
        return 1000 * (time.perf_counter() - before) / writes

    return measured


def _read(store: TinyStore, collection: Collection[_Note], sizes: Sizes) -> Measure:
    async def measured() -> float:
        keys = [f"{number:08d}" for number in _chosen(sizes.many, sizes.writes)]
        before = time.perf_counter()
        for key in keys:
            await store.get(collection, key)
        return 1000 * (time.perf_counter() - before) / sizes.writes

    return measured


def _together(store: TinyStore, sizes: Sizes) -> Measure:
    async def writer(notes: list[_Note]) -> None:
        for note in notes:
            await _write(store, note)

    async def measured() -> float:
        notes = [_note(number) for number in _chosen(sizes.many, sizes.writes)]
        before = time.perf_counter()
        shares = [notes[place :: sizes.writers] for place in range(sizes.writers)]
        await asyncio.gather(*(writer(share) for share in shares))
        return 1000 * (time.perf_counter() - before) / sizes.writes

    return measured


def _peer(database: sqlite3.Connection, documents: int, writes: int) -> Measure:
    async def measured() -> float:
        notes = [_encoded(number) for number in _chosen(documents, writes)]
        before = time.perf_counter()
        for note in notes:
            database.execute(UPSERT, note)
        return 1000 * (time.perf_counter() - before) / writes

    return measured


async def _write(store: TinyStore, note: _Note) -> None:
    async with store.transaction() as tx:
        tx.put(NOTES, note)


def _chosen(documents: int, writes: int) -> list[int]:
    """Choose documents anywhere, each at most once, so that no two writers want the same."""
    return random.sample(range(documents), writes)


def _note(number: int) -> _Note:
    # Another text each time: a document that stays as it is would not be written.
    return _Note(f"{number:08d}", random.randbytes(TEXT // 2).hex())


def _encoded(number: int) -> tuple[str, bytes]:
    note = _note(number)
    return note.key, msgspec.json.encode(note)
