"""Pages, finding by a field, and counting."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.core.store import Collection, Store
from bot.errors import StoreError
from tests.contracts.store.notes import (
    NOTES,
    Note,
    numbered,
    put,
    stored,
)


@pytest.mark.parametrize("newest", [False, True])
async def test_pages_follow_each_other_without_gap_or_overlap(store: Store, newest: bool) -> None:
    await put(store, *numbered(25))
    seen: list[str] = []
    while page := await store.page(NOTES, after=seen[-1] if seen else "", limit=10, newest=newest):
        assert len(page) <= 10
        seen += [note.name for note in page]
    expected = [note.name for note in numbered(25)]
    assert seen == (expected[::-1] if newest else expected)


@pytest.mark.parametrize("newest", [False, True])
async def test_found_pages_follow_each_other_too(store: Store, newest: bool) -> None:
    await put(store, *numbered(25))
    seen: list[str] = []
    while page := await store.find(
        NOTES, "open", True, after=seen[-1] if seen else "", limit=4, newest=newest
    ):
        seen += [note.name for note in page]
    expected = [note.name for note in numbered(25) if note.open]
    assert seen == (expected[::-1] if newest else expected)


async def test_a_page_may_continue_behind_a_key_that_is_gone(store: Store) -> None:
    await put(store, *numbered(5))
    async with store.transaction() as tx:
        tx.delete(NOTES, "002")
    assert [note.name for note in await store.page(NOTES, after="002")] == ["003", "004"]
    newest = await store.page(NOTES, after="002", newest=True)
    assert [note.name for note in newest] == ["001", "000"]


async def test_no_page_is_longer_than_its_limit(store: Store) -> None:
    await put(store, *numbered(120))
    assert len(await store.page(NOTES)) == 100
    assert len(await store.find(NOTES, "open", True, limit=7)) == 7
    assert await store.page(NOTES, limit=0) == []


@pytest.mark.parametrize("newest", [False, True])
@pytest.mark.parametrize("skip", [0, 1, 7, 24, 25, 90])
async def test_a_page_may_skip_so_many(store: Store, newest: bool, skip: int) -> None:
    await put(store, *numbered(25))
    names = [note.name for note in numbered(25)][:: -1 if newest else 1]
    page = await store.page(NOTES, skip=skip, limit=8, newest=newest)
    assert [note.name for note in page] == names[skip : skip + 8]
    opened = [note.name for note in numbered(25) if note.open][:: -1 if newest else 1]
    found = await store.find(NOTES, "open", True, skip=skip, limit=3, newest=newest)
    assert [note.name for note in found] == opened[skip : skip + 3]
    behind = await store.page(NOTES, after=names[4], skip=skip, limit=8, newest=newest)
    assert [note.name for note in behind] == names[5 + skip : 13 + skip]


async def test_the_values_of_a_field_come_once_each_and_in_order(store: Store) -> None:
    days = [datetime(2026, 11, day, tzinfo=UTC) for day in (3, 1, 2, 1)]
    await put(store, *(Note(name=f"n{place}", due=day) for place, day in enumerate(days)))
    await put(store, Note(name="never"))
    assert await store.values(NOTES, "due") == sorted(set(days))
    assert [note.name for note in await store.find(NOTES, "due", days[1])] == ["n1", "n3"]
    async with store.transaction() as tx:
        tx.put(NOTES, Note(name="n0", due=None))
        tx.delete(NOTES, "n2")
    assert await store.values(NOTES, "due") == [days[1]]
    with pytest.raises(StoreError, match="text"):
        await store.values(NOTES, "text")


@pytest.mark.parametrize("newest", [False, True])
async def test_a_transaction_goes_through_pages_as_it_left_them(store: Store, newest: bool) -> None:
    await put(store, *numbered(9))
    async with store.transaction() as tx:
        tx.delete(NOTES, "004")
        tx.put(NOTES, Note(name="003", open=True))
        tx.put(NOTES, Note(name="010", open=True))
        seen: list[str] = []
        while page := await tx.find(
            NOTES, "open", True, after=seen[-1] if seen else "", limit=2, newest=newest
        ):
            assert len(page) <= 2
            seen += [note.name for note in page]
    expected = ["000", "002", "003", "006", "008", "010"]
    assert seen == (expected[::-1] if newest else expected)


async def test_keys_sort_by_code_point(store: Store) -> None:
    names = ["Zebra", "apple", "a-1", "a1", "é", "ﬀ", "😀", "Äpfel", " "]
    await put(store, *(Note(name=name) for name in names))
    assert await stored(store) == sorted(names)


async def test_documents_are_found_by_text_number_and_truth_value(store: Store) -> None:
    await put(
        store,
        Note(name="a", size=3, author="U1"),
        Note(name="b", size=3, author=None),
        Note(name="c", size=0, author="U1", open=False),
    )

    async def found(index: str, value: str | int | bool) -> list[str]:
        return [note.name for note in await store.find(NOTES, index, value)]

    assert await found("size", 3) == ["a", "b"]
    assert await found("author", "U1") == ["a", "c"]
    assert await found("author", "") == []
    assert await found("open", False) == ["c"]
    assert await found("size", 4) == []


async def test_finding_follows_changes_and_removals(store: Store) -> None:
    await put(store, *numbered(4))
    await put(store, Note(name="000", open=False))
    async with store.transaction() as tx:
        tx.delete(NOTES, "002")
    assert await store.find(NOTES, "open", True) == []
    assert await store.count(NOTES, "open", True) == 0
    assert await store.count(NOTES, "open", False) == 3
    assert await store.count(NOTES) == 3


async def test_finding_by_a_field_without_index_is_an_error(store: Store) -> None:
    with pytest.raises(StoreError, match="text"):
        await store.find(NOTES, "text", "x")
    with pytest.raises(StoreError, match="text"):
        await store.count(NOTES, "text", "x")


async def test_a_collection_that_was_not_named_at_opening_is_an_error(store: Store) -> None:
    stranger = Collection[Note]("strangers", Note, lambda note: note.name)
    with pytest.raises(StoreError, match="strangers"):
        await store.get(stranger, "a")
    with pytest.raises(StoreError, match="strangers"):
        async with store.transaction() as tx:
            tx.put(stranger, Note(name="a"))
