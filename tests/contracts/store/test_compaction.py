"""What was deleted or overwritten can be had off the disk, and nothing else is lost by that."""

from __future__ import annotations

import asyncio

import pytest

from bot.core.store import Store
from tests.contracts.store.notes import COLLECTIONS, NOTES, Note, Open, numbered, put


@pytest.mark.parametrize("number", [0, 1, 300])
async def test_a_compaction_keeps_what_is_there(reopen: Open, number: int) -> None:
    store = await reopen()
    await put(store, Note(name="gone", text="deleted"), Note(name="kept", text="old"))
    await put(store, Note(name="kept", text="new"), *numbered(number))
    async with store.transaction() as tx:
        tx.delete(NOTES, "gone")
    assert await store.compact()
    before = await store.page(NOTES, limit=1000)
    await store.close()
    store = await reopen()
    assert await store.page(NOTES, limit=1000) == before
    assert await store.get(NOTES, "kept") == Note(name="kept", text="new")
    assert await store.get(NOTES, "gone") is None
    await store.close()


async def test_what_is_written_meanwhile_is_kept(store: Store) -> None:
    await put(store, *numbered(100))
    done, *_ = await asyncio.gather(
        store.compact(), *(put(store, Note(name=f"x{place}")) for place in range(50))
    )
    assert done
    assert len(await store.page(NOTES, limit=1000)) == 150


async def test_a_store_tells_what_it_keeps(store: Store) -> None:
    assert [each.name for each in store.collections] == [each.name for each in COLLECTIONS]
