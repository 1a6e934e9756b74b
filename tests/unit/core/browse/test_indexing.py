"""What is kept at hand of rows: it misses no change, and reads nothing twice."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from pathlib import Path
from typing import cast

import msgspec
import pytest

from adapters.storage.tinydb import TinyStore
from bot.core.browse.indexing import RowIndex
from bot.core.browse.models import RowMark, TableRow
from bot.core.browse.table import BrowseTable, Followed
from bot.core.context import AppContext
from bot.core.scanning import each
from bot.core.store import Changes, Collection
from bot.errors import StoreError


class Thing(msgspec.Struct, frozen=True):
    key: str
    color: str


THINGS = Collection[Thing]("things", Thing, lambda thing: thing.key)


class FakeApp:
    """An app that has a store alone, and a table whose reading may fail."""

    def __init__(self, store: TinyStore) -> None:
        self.store = store
        self.read: list[str] = []
        self.broken = False

    def index(self) -> RowIndex:
        table = BrowseTable(
            name="things",
            title=str,
            columns=tuple,
            keys=self._keys,
            follows=(Followed(THINGS, self._rows),),
            mark=self._mark,
            show=self._show,
        )
        return RowIndex(cast("AppContext", self), table)

    async def _keys(self, _: AppContext) -> AsyncIterator[str]:
        async for thing in each(self.store, THINGS):
            yield thing.key

    async def _rows(self, _: AppContext, key: str) -> Iterable[str]:
        return (key,)

    async def _mark(self, _: AppContext, key: str) -> RowMark | None:
        if self.broken:
            raise StoreError
        self.read.append(key)
        thing = await self.store.get(THINGS, key)
        return RowMark(key=key, sorts=(), tags=(f"color={thing.color}",)) if thing else None

    async def _show(self, _: AppContext, __: Sequence[str]) -> Sequence[TableRow]:
        return ()


@pytest.fixture
async def app(tmp_path: Path) -> AsyncIterator[FakeApp]:
    store = await TinyStore.open(tmp_path, (THINGS,))
    yield FakeApp(store)
    await store.close()


async def put(app: FakeApp, *things: Thing) -> None:
    async with app.store.transaction() as tx:
        for thing in things:
            tx.put(THINGS, thing)


async def found(index: RowIndex) -> list[str]:
    return sorted(mark.key for mark in await index.marks())


async def test_only_what_changed_is_read_again(app: FakeApp) -> None:
    await put(app, Thing("a", "red"), Thing("b", "blue"))
    index = app.index()
    assert await found(index) == ["a", "b"]
    await put(app, Thing("b", "red"), Thing("c", "red"))
    async with app.store.transaction() as tx:
        tx.delete(THINGS, "a")
    app.read.clear()
    assert await found(index) == ["b", "c"]
    assert app.read == ["a", "b", "c"]
    assert index.values("color") == ["red"]
    app.read.clear()
    assert await found(index) == ["b", "c"]
    assert app.read == []


async def test_after_a_failure_all_is_read_so_that_nothing_is_missed(app: FakeApp) -> None:
    await put(app, Thing("a", "red"), Thing("b", "blue"))
    index = app.index()
    await index.marks()
    await put(app, Thing("b", "red"))
    app.broken = True
    with pytest.raises(StoreError):
        await index.marks()
    app.broken = False
    await index.marks()
    assert index.values("color") == ["red"]


def test_too_many_changes_are_one() -> None:
    changes = Changes(2)
    for key in "abab":
        changes.note(key)
    assert changes.take() == {"a", "b"}
    for key in "abcd":
        changes.note(key)
    assert changes.take() is None
    assert changes.take() == set()
