"""A small document for tests of stores: everything that an index may hold, and a mutable list."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

import msgspec

from bot.core.listing import Watch
from bot.core.store import Collection, Store
from bot.features.cases.models.cases import Case

Open = Callable[[], Awaitable[Store]]
"""Opens a store on the same data at each call; the one before must be closed."""


class Note(msgspec.Struct, kw_only=True):
    name: str
    text: str = ""
    open: bool = True
    size: int = 0
    author: str | None = None
    due: datetime | None = None
    tags: list[str] = []


class Counter(msgspec.Struct, frozen=True):
    name: str
    value: int = 0


NOTES = Collection[Note]("notes", Note, lambda note: note.name, ("open", "size", "author", "due"))
COUNTERS = Collection[Counter]("counters", Counter, lambda counter: counter.name)
CASES = Collection[Case]("cases", Case, lambda case: case.key, ("open", "fingerprint"))
WATCHES = Collection[Watch]("watches", Watch, lambda watch: watch.key)

COLLECTIONS = (NOTES, COUNTERS, CASES, WATCHES)


async def put(store: Store, *notes: Note) -> None:
    async with store.transaction() as tx:
        for note in notes:
            tx.put(NOTES, note)


async def stored(store: Store) -> list[str]:
    return [note.name for note in await store.page(NOTES)]


def numbered(count: int) -> list[Note]:
    return [Note(name=f"{place:03d}", open=place % 2 == 0) for place in range(count)]
