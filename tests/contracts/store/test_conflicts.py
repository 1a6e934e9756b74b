"""Whoever changes what somebody else changed meanwhile gets a Conflict."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import msgspec
import pytest

from bot.core.store import Store, Transaction, run_in_transaction
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

MANY = 300


async def rewrite(store: Store) -> None:
    await put(store, Note(name="a", text="theirs"))


async def remove(store: Store) -> None:
    async with store.transaction() as tx:
        tx.delete(NOTES, "a")


async def read_by_key(tx: Transaction) -> None:
    await tx.get(NOTES, "a")


async def find_and_write(tx: Transaction) -> None:
    for note in await tx.find(NOTES, "open", True):
        tx.put(NOTES, Note(name=note.name, text="ours"))


async def read_what_is_absent(tx: Transaction) -> None:
    assert await tx.get(NOTES, "b") is None


async def write_b(store: Store) -> None:
    await put(store, Note(name="b"))


@pytest.mark.parametrize(
    ("look", "meanwhile"),
    [
        (read_by_key, rewrite),
        (read_by_key, remove),
        (find_and_write, rewrite),
        (find_and_write, remove),
        (read_what_is_absent, write_b),
    ],
)
async def test_a_change_to_what_was_read_is_a_conflict_and_nothing_is_written(
    store: Store,
    look: Callable[[Transaction], Awaitable[None]],
    meanwhile: Callable[[Store], Awaitable[None]],
) -> None:
    await put(store, Note(name="a", text="first"))

    async def work() -> None:
        async with store.transaction() as tx:
            await look(tx)
            tx.put(COUNTERS, Counter("n", 1))
            await meanwhile(store)

    with pytest.raises(Conflict, match="notes"):
        await work()
    assert await store.count(COUNTERS) == 0
    left = await store.get(NOTES, "a")
    assert left is None or left.text in ("first", "theirs")


async def test_a_transaction_that_only_read_learns_that_it_is_stale(store: Store) -> None:
    await put(store, Note(name="a"))

    async def read() -> None:
        async with store.transaction() as tx:
            await tx.get(NOTES, "a")
            await rewrite(store)

    with pytest.raises(Conflict):
        await read()


async def test_a_change_to_what_was_only_found_is_no_conflict(store: Store) -> None:
    await put(store, Note(name="a"))
    async with store.transaction() as tx:
        assert len(await tx.find(NOTES, "open", True)) == 1
        tx.put(COUNTERS, Counter("n", 1))
        await rewrite(store)
    assert await store.count(COUNTERS) == 1


async def test_a_change_to_something_else_is_no_conflict(store: Store) -> None:
    await put(store, Note(name="a"))
    async with store.transaction() as tx:
        await tx.get(NOTES, "a")
        tx.put(NOTES, Note(name="a", text="ours"))
        await write_b(store)
    assert await stored(store) == ["a", "b"]


async def test_writing_without_reading_is_no_conflict(store: Store) -> None:
    async with store.transaction() as tx:
        tx.put(NOTES, Note(name="a", text="ours"))
        await rewrite(store)
    assert await store.get(NOTES, "a") == Note(name="a", text="ours")


async def test_creating_what_exists_is_a_conflict_that_names_it(store: Store) -> None:
    await put(store, Note(name="a", text="first"))

    async def create() -> None:
        async with store.transaction() as tx:
            tx.put(NOTES, Note(name="b"))
            tx.create(NOTES, Note(name="a", text="second"))

    with pytest.raises(Conflict, match="'a' of 'notes' already exists"):
        await create()
    assert await store.page(NOTES) == [Note(name="a", text="first")]


async def test_creating_what_was_read_and_exists_is_a_conflict(store: Store) -> None:
    await put(store, Note(name="a"))

    async def create() -> None:
        async with store.transaction() as tx:
            assert await tx.get(NOTES, "a") is not None
            tx.create(NOTES, Note(name="a", text="second"))

    with pytest.raises(Conflict):
        await create()


async def test_creating_what_the_same_transaction_wrote_is_a_conflict(store: Store) -> None:

    async def create() -> None:
        async with store.transaction() as tx:
            tx.put(NOTES, Note(name="a"))
            tx.create(NOTES, Note(name="a", text="second"))

    with pytest.raises(Conflict):
        await create()
    assert await stored(store) == []


async def test_of_two_that_create_the_same_one_wins(store: Store) -> None:
    both = asyncio.Barrier(2)

    async def create(text: str) -> None:
        async with store.transaction() as tx:
            assert await tx.get(NOTES, "a") is None
            await both.wait()
            tx.create(NOTES, Note(name="a", text=text))

    outcomes = await asyncio.gather(create("one"), create("two"), return_exceptions=True)
    assert [type(outcome) for outcome in outcomes].count(Conflict) == 1
    winner = ("one", "two")[outcomes.index(None)]
    assert await store.page(NOTES) == [Note(name="a", text=winner)]


async def test_racing_increments_that_repeat_after_a_conflict_all_count(store: Store) -> None:
    conflicts = 0

    async def increment() -> bool:
        async with store.transaction() as tx:
            counter = await tx.get(COUNTERS, "n") or Counter("n")
            await asyncio.sleep(0)
            tx.put(COUNTERS, Counter("n", counter.value + 1))
        return True

    async def insist() -> None:
        nonlocal conflicts
        done = False
        while not done:
            try:
                done = await increment()
            except Conflict:
                conflicts += 1

    await asyncio.gather(*(insist() for _ in range(20)))
    assert await store.get(COUNTERS, "n") == Counter("n", 20)
    assert conflicts > 0


async def test_a_change_of_many_documents_is_refused_whole_if_one_changed_before_it_was_made(
    store: Store,
) -> None:
    """Others may have their turn before a long change: what they did is seen."""
    await put(store, *numbered(MANY))

    async def change_all() -> None:
        async with store.transaction() as tx:
            for note in numbered(MANY):
                await tx.get(NOTES, note.name)
                tx.put(NOTES, msgspec.structs.replace(note, size=1))
            others.append(asyncio.create_task(put(store, Note(name="000", size=2))))

    others: list[asyncio.Task[None]] = []
    try:
        await change_all()
        sizes = {1}
    except Conflict:
        sizes = {0}
    await asyncio.gather(*others)
    assert {note.size for note in await store.page(NOTES, after="000", limit=MANY)} == sizes
    first = await store.get(NOTES, "000")
    assert first is not None
    assert first.size == 2


async def test_effects_follow_what_was_written_in_their_order(store: Store) -> None:
    done: list[str] = []
    async with store.transaction() as tx:
        tx.after(lambda: done.append("first"))
        tx.after(lambda: done.append("second"))
        tx.put(NOTES, Note(name="a"))
        assert not done
    assert done == ["first", "second"]


async def test_a_transaction_that_fails_has_no_effects(store: Store) -> None:
    done: list[str] = []

    async def refused() -> None:
        async with store.transaction() as tx:
            tx.after(lambda: done.append("refused"))
            message = "no"
            raise LookupError(message)

    async def stale() -> None:
        async with store.transaction() as tx:
            await tx.get(NOTES, "a")
            tx.after(lambda: done.append("stale"))
            await rewrite(store)

    await put(store, Note(name="a"))
    with pytest.raises(LookupError):
        await refused()
    with pytest.raises(Conflict):
        await stale()
    assert not done


async def test_a_repeated_transaction_has_the_effects_of_its_last_try(store: Store) -> None:
    await put(store, Note(name="a"))
    tries: list[int] = []
    done: list[int] = []

    async def work(tx: Transaction) -> None:
        tries.append(len(tries))
        number = tries[-1]
        await tx.get(NOTES, "a")
        tx.after(lambda: done.append(number))
        if number == 0:
            await rewrite(store)

    await run_in_transaction(store, work)
    assert (tries, done) == ([0, 1], [1])
