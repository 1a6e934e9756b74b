"""A transaction is all or nothing, and reads what it wrote."""

from __future__ import annotations

import pytest

from bot.core.store import Store
from bot.errors import Conflict
from tests.contracts.store.notes import (
    COUNTERS,
    NOTES,
    Counter,
    Note,
    numbered,
    put,
    stored,
)


async def test_an_exception_drops_the_whole_transaction(store: Store) -> None:
    await put(store, Note(name="kept", text="old"))

    async def fail() -> None:
        async with store.transaction() as tx:
            tx.put(NOTES, Note(name="kept", text="new"))
            tx.put(NOTES, Note(name="other"))
            tx.put(COUNTERS, Counter("n", 1))
            raise LookupError

    with pytest.raises(LookupError):
        await fail()
    assert await store.page(NOTES) == [Note(name="kept", text="old")]
    assert await store.count(COUNTERS) == 0


async def test_nothing_is_visible_before_the_end(store: Store) -> None:
    async with store.transaction() as tx:
        tx.put(NOTES, Note(name="a"))
        assert await store.get(NOTES, "a") is None
        assert await store.count(NOTES) == 0
    assert await stored(store) == ["a"]


async def test_a_transaction_tells_whether_it_would_write(store: Store) -> None:
    async with store.transaction() as tx:
        await tx.get(NOTES, "a")
        assert not tx.wrote
        tx.delete(NOTES, "a")
        assert tx.wrote


async def test_a_transaction_tells_whether_what_it_would_write_holds_a_word(store: Store) -> None:
    await put(store, Note(name="a", text="old"))
    async with store.transaction() as tx:
        await tx.get(NOTES, "a")
        tx.put(NOTES, Note(name="b", text="a word"))
        assert tx.names("word")
        assert not tx.names("old")
        tx.delete(NOTES, "b")
        assert not tx.names("word")


async def test_a_transaction_tells_what_it_would_write_once_each(store: Store) -> None:
    await put(store, Note(name="a"))
    async with store.transaction() as tx:
        await tx.get(NOTES, "a")
        assert not tx.written
        tx.put(NOTES, Note(name="b"))
        tx.delete(NOTES, "a")
        tx.put(COUNTERS, Counter("n", 1))
        tx.put(NOTES, Note(name="b", text="again"))
        assert tx.written == (("notes", "b"), ("notes", "a"), ("counters", "n"))


async def test_a_transaction_knows_how_a_document_was_before_it(store: Store) -> None:
    await put(store, Note(name="a", text="old"), Note(name="b", text="old"))
    async with store.transaction() as tx:
        tx.put(NOTES, Note(name="a", text="new"))
        tx.delete(NOTES, "b")
        tx.put(NOTES, Note(name="c"))
        assert await tx.before(NOTES, "a") == Note(name="a", text="old")
        assert await tx.before(NOTES, "b") == Note(name="b", text="old")
        assert await tx.before(NOTES, "c") is None
        assert await tx.get(NOTES, "a") == Note(name="a", text="new")


async def test_what_was_looked_up_as_it_was_before_counts_as_read(store: Store) -> None:
    async def write() -> None:
        async with store.transaction() as tx:
            await tx.before(NOTES, "a")
            tx.put(NOTES, Note(name="b"))
            await put(store, Note(name="a", text="another"))

    with pytest.raises(Conflict):
        await write()


async def test_a_transaction_reads_what_it_wrote(store: Store) -> None:
    await put(store, Note(name="a", text="old"), Note(name="b"))
    async with store.transaction() as tx:
        tx.put(NOTES, Note(name="a", text="new"))
        tx.delete(NOTES, "b")
        tx.create(NOTES, Note(name="c"))
        assert await tx.get(NOTES, "a") == Note(name="a", text="new")
        assert await tx.get(NOTES, "b") is None
        assert await tx.get(NOTES, "c") == Note(name="c")
    assert await stored(store) == ["a", "c"]


async def test_finding_in_a_transaction_sees_what_it_wrote(store: Store) -> None:
    await put(store, *numbered(6))
    async with store.transaction() as tx:
        tx.put(NOTES, Note(name="000", open=False))
        tx.delete(NOTES, "002")
        tx.put(NOTES, Note(name="003", open=True))
        tx.put(NOTES, Note(name="0035", open=True))
        found = [note.name for note in await tx.find(NOTES, "open", True)]
        assert found == ["003", "0035", "004"]
        assert [note.name for note in await tx.find(NOTES, "open", True, limit=2)] == found[:2]
        assert [note.name for note in await tx.find(NOTES, "open", False)] == ["000", "001", "005"]


async def test_finding_fills_its_limit_from_behind_what_the_transaction_removed(
    store: Store,
) -> None:
    await put(store, *numbered(6))
    async with store.transaction() as tx:
        tx.delete(NOTES, "000")
        assert [note.name for note in await tx.find(NOTES, "open", True, limit=1)] == ["002"]


async def test_reading_twice_in_a_transaction_gives_the_same(store: Store) -> None:
    await put(store, Note(name="a", text="old"))
    reads: list[Note | None] = []

    async def read_twice() -> None:
        async with store.transaction() as tx:
            reads.append(await tx.get(NOTES, "a"))
            await put(store, Note(name="a", text="new"))
            reads.append(await tx.get(NOTES, "a"))

    with pytest.raises(Conflict):
        await read_twice()
    assert reads == [Note(name="a", text="old")] * 2


async def test_creating_what_the_same_transaction_removed_is_allowed(store: Store) -> None:
    await put(store, Note(name="a", text="old"))
    async with store.transaction() as tx:
        tx.delete(NOTES, "a")
        tx.create(NOTES, Note(name="a", text="new"))
    assert await store.get(NOTES, "a") == Note(name="a", text="new")
