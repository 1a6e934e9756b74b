"""Documents come back as they were put, also after reopening."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.listing import Watch
from bot.core.store import Store
from bot.errors import StoreError
from bot.features.cases.models.cases import Case
from tests.contracts.store import documents
from tests.contracts.store.notes import (
    CASES,
    COUNTERS,
    NOTES,
    WATCHES,
    Counter,
    Note,
    Open,
    numbered,
    put,
    stored,
)
from tests.strategies import examples


@examples(30)
@given(
    st.lists(documents.cases, max_size=5, unique_by=lambda case: case.key),
    st.lists(documents.watches, max_size=5, unique_by=lambda watch: watch.key),
)
async def test_documents_come_back_as_they_were_also_after_reopening(
    fresh: Callable[[], Open], cases: list[Case], watches: list[Watch]
) -> None:
    reopen = fresh()
    store = await reopen()
    async with store.transaction() as tx:
        for case in cases:
            tx.put(CASES, case)
        for watch in watches:
            tx.put(WATCHES, watch)
    await _expect(store, cases, watches)
    await store.close()
    again = await reopen()
    await _expect(again, cases, watches)
    await again.close()


async def _expect(store: Store, cases: list[Case], watches: list[Watch]) -> None:
    assert await store.page(CASES) == sorted(cases, key=lambda case: case.key)
    assert await store.page(WATCHES) == sorted(watches, key=lambda watch: watch.key)
    for case in cases:
        assert await store.get(CASES, case.key) == case
        assert case in await store.find(CASES, "fingerprint", case.fingerprint)
    for watch in watches:
        assert await store.get(WATCHES, watch.key) == watch


async def test_what_is_not_there_reads_as_none(store: Store) -> None:
    assert await store.get(NOTES, "nowhere") is None
    async with store.transaction() as tx:
        assert await tx.get(NOTES, "nowhere") is None


async def test_changing_a_returned_document_changes_nothing_stored(store: Store) -> None:
    note = Note(name="a", tags=["first"])
    async with store.transaction() as tx:
        tx.put(NOTES, note)
        note.tags.append("after the put")
        own = await tx.get(NOTES, "a")
        assert own is not None
        own.tags.append("after the get")
    for read in (await store.get(NOTES, "a"), *await store.page(NOTES)):
        assert read is not None
        assert read.tags == ["first"]
        read.tags.append("later")
    assert await store.page(NOTES) == [Note(name="a", tags=["first"])]


async def test_everything_is_there_after_reopening(reopen: Open) -> None:
    store = await reopen()
    await put(store, *numbered(20))
    async with store.transaction() as tx:
        tx.delete(NOTES, "003")
        tx.put(NOTES, Note(name="004", open=False, text="changed"))
        tx.put(COUNTERS, Counter("cases", 7))
    before = await store.page(NOTES), await store.find(NOTES, "open", True)
    await store.close()
    again = await reopen()
    assert (await again.page(NOTES), await again.find(NOTES, "open", True)) == before
    assert await again.count(NOTES) == 19
    assert await again.count(NOTES, "open", True) == 9
    assert await again.get(COUNTERS, "cases") == Counter("cases", 7)
    await again.close()


async def test_a_document_that_cannot_be_stored_is_refused(store: Store) -> None:
    for note in (Note(name="a", text="\ud800"), Note(name="")):
        with pytest.raises(StoreError):
            await put(store, Note(name="b"), note)
    assert await stored(store) == []


async def test_many_transactions_at_once_are_all_kept(reopen: Open) -> None:
    store = await reopen()
    await asyncio.gather(*(put(store, note) for note in numbered(200)))
    await store.close()
    again = await reopen()
    assert await again.count(NOTES) == 200
    await again.close()


async def test_what_was_removed_stays_away_after_reopening(reopen: Open) -> None:
    store = await reopen()
    await put(store, Note(name="a", text="first"))
    async with store.transaction() as tx:
        tx.delete(NOTES, "a")
    await store.close()
    again = await reopen()
    assert await again.get(NOTES, "a") is None
    await put(again, Note(name="a", text="second"))
    await again.close()
    third = await reopen()
    assert await third.get(NOTES, "a") == Note(name="a", text="second")
    await third.close()
