"""The disk: shared waiting, running full, failing, and a second process."""

from __future__ import annotations

import asyncio
import errno
import os
import resource
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from adapters.storage import log as log_module
from adapters.storage import writing
from adapters.storage.tables import LogDB
from adapters.storage.tinydb import FILE, TinyStore
from bot.errors import Conflict, DiskError, DiskFull, StoreError, StoreLocked
from tests.contracts.store.notes import COLLECTIONS, NOTES, Note, numbered, put, stored


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[TinyStore]:
    opened = await TinyStore.open(tmp_path, COLLECTIONS)
    yield opened
    await opened.close()


@pytest.fixture
def syncs(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list that grows with each fdatasync."""
    calls: list[int] = []
    real = os.fdatasync

    def counted(descriptor: int) -> None:
        calls.append(descriptor)
        real(descriptor)

    monkeypatch.setattr(os, "fdatasync", counted)
    return calls


@contextmanager
def full_disk(path: Path, room: int) -> Iterator[None]:
    """Let the kernel refuse every byte beyond ``room`` more of that file, as a full disk does."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + room, hard))
    try:
        # What is printed may go to a file too.
        with capture_logs():
            yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


async def reread(folder: Path) -> list[str]:
    again = await TinyStore.open(folder, COLLECTIONS)
    names = await stored(again)
    await again.close()
    return names


async def test_writers_that_wait_at_a_time_share_the_disk(
    store: TinyStore, syncs: list[int]
) -> None:
    await asyncio.gather(*(put(store, note) for note in numbered(100)))
    assert await store.count(NOTES) == 100
    assert 1 <= len(syncs) <= 3


async def test_each_write_alone_waits_for_the_disk(store: TinyStore, syncs: list[int]) -> None:
    for note in numbered(5):
        await put(store, note)
    assert len(syncs) == 5


async def test_reading_and_giving_up_do_not_touch_the_disk(
    store: TinyStore, syncs: list[int], tmp_path: Path
) -> None:
    before = (tmp_path / FILE).stat().st_size
    async with store.transaction() as tx:
        await tx.get(NOTES, "a")
        await tx.find(NOTES, "open", True)
    with pytest.raises(LookupError):
        async with store.transaction() as tx:
            raise LookupError
    assert syncs == []
    assert (tmp_path / FILE).stat().st_size == before


async def test_a_cancelled_writer_takes_no_other_with_it(store: TinyStore) -> None:
    writers = [asyncio.create_task(put(store, note)) for note in numbered(3)]
    await asyncio.sleep(0)
    writers[0].cancel()
    await asyncio.gather(*writers[1:])
    assert await stored(store) == ["000", "001", "002"]


@pytest.mark.parametrize("room", [0, 1, 40])
async def test_a_full_disk_refuses_the_change_and_keeps_the_rest(tmp_path: Path, room: int) -> None:
    store = await TinyStore.open(tmp_path, COLLECTIONS)
    await put(store, Note(name="a", text="old"))
    path = tmp_path / FILE
    before = path.read_bytes()
    with full_disk(path, room), pytest.raises(StoreError, match="Nothing was changed"):
        await put(store, Note(name="a", open=False, text="new"), Note(name="b"))
    assert path.read_bytes() == before
    assert await store.page(NOTES) == [Note(name="a", text="old")]
    assert await store.count(NOTES, "open", False) == 0
    await put(store, Note(name="c"))
    await store.close()
    assert await reread(tmp_path) == ["a", "c"]


async def test_a_half_written_line_that_stays_stops_all_writing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = await TinyStore.open(tmp_path, COLLECTIONS)
    await put(store, Note(name="a"))
    with monkeypatch.context() as patch, full_disk(tmp_path / FILE, 10):
        patch.setattr(os, "ftruncate", _fail)
        with pytest.raises(StoreError, match="Nothing was changed"):
            await put(store, Note(name="b"))
    with pytest.raises(StoreError, match="can no longer be saved"):
        await put(store, Note(name="c"))
    assert await stored(store) == ["a"]
    await store.close()
    assert await reread(tmp_path) == ["a"]


def _fail(*_: object) -> None:
    raise OSError(errno.EIO, os.strerror(errno.EIO))


async def test_a_failing_disk_acknowledges_nothing_and_stops_all_writing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = await TinyStore.open(tmp_path, COLLECTIONS)
    await put(store, Note(name="a"))
    with monkeypatch.context() as patch:
        patch.setattr(os, "fdatasync", _fail)
        outcomes = await asyncio.gather(
            *(put(store, note) for note in numbered(3)), return_exceptions=True
        )
    assert [type(outcome) for outcome in outcomes] == [DiskError] * 3
    assert await stored(store) == ["a"]
    assert await store.count(NOTES, "open", True) == 1
    with pytest.raises(StoreError, match=r"no longer be saved.*disk failed.*restart Brandwarden"):
        await put(store, Note(name="c"))
    with pytest.raises(StoreError, match="disk failed"):
        await store.close()
    assert "a" in await reread(tmp_path)


async def test_a_change_built_on_one_that_the_disk_lost_is_taken_back_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = await TinyStore.open(tmp_path, COLLECTIONS)
    await put(store, Note(name="a", text="kept"), Note(name="gone", open=False))

    async def add(text: str) -> None:
        async with store.transaction() as tx:
            note = await tx.get(NOTES, "a")
            assert note is not None
            tx.put(NOTES, Note(name="a", open=not note.open, text=note.text + text))
            tx.delete(NOTES, "gone")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fdatasync", _fail)
        await asyncio.gather(add(" 1"), add(" 2"), add(" 3"), return_exceptions=True)
    assert await store.page(NOTES) == [Note(name="a", text="kept"), Note(name="gone", open=False)]
    assert await store.count(NOTES, "open", False) == 1
    with pytest.raises(StoreError):
        await store.close()


async def test_a_failed_disk_is_told_in_one_place_for_good(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = await TinyStore.open(tmp_path, COLLECTIONS)
    failed = asyncio.create_task(store.failed())
    await put(store, Note(name="a"))
    assert (store.failure, store.dead, failed.done()) == ("", False, False)
    with monkeypatch.context() as patch:
        patch.setattr(os, "fdatasync", _fail)
        with pytest.raises(DiskError):
            await put(store, Note(name="b"))
    assert "disk failed" in await failed
    assert store.dead
    with pytest.raises(DiskError):
        await put(store, Note(name="c"))
    assert "can no longer be saved" in store.failure
    with pytest.raises(StoreError):
        await store.close()


async def test_a_full_disk_is_told_until_it_takes_changes_again(tmp_path: Path) -> None:
    store = await TinyStore.open(tmp_path, COLLECTIONS)
    with full_disk(tmp_path / FILE, 10):
        with pytest.raises(DiskFull):
            await put(store, Note(name="a"))
        assert "cannot be written" in await store.failed()
        assert not store.dead
    await put(store, Note(name="b"))
    assert store.failure == ""
    again = asyncio.create_task(store.failed())
    await asyncio.sleep(0)
    assert not again.done()
    again.cancel()
    await store.close()


async def test_what_is_no_fault_of_the_disk_is_no_failure(store: TinyStore) -> None:
    await put(store, Note(name="a"))
    with pytest.raises(Conflict):
        async with store.transaction() as tx:
            tx.create(NOTES, Note(name="a"))
    with pytest.raises(StoreError, match="'notes'"):
        await put(store, Note(name="b", size="large"))  # type: ignore[arg-type]  # that is the point
    assert store.failure == ""


async def test_a_full_disk_gets_a_shorter_log_and_the_change_a_second_try(tmp_path: Path) -> None:
    store = await TinyStore.open(tmp_path, COLLECTIONS)
    for turn in range(20):
        await put(store, Note(name="a", size=turn, text="x" * 100))
    with full_disk(tmp_path / FILE, 10):
        await asyncio.gather(*(put(store, note) for note in numbered(3)))
        assert store.failure == ""
    await store.close()
    assert await reread(tmp_path) == ["000", "001", "002", "a"]


async def test_a_full_disk_is_not_filled_with_compactions_that_cannot_help(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = await TinyStore.open(tmp_path, COLLECTIONS)
    for turn in range(20):
        await put(store, Note(name="a", size=turn, text="x" * 100))
    tries: list[None] = []

    def no_room(*_: object) -> None:
        tries.append(None)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(log_module, "write_anew", no_room)
    with full_disk(tmp_path / FILE, 10):
        for note in numbered(3):
            with pytest.raises(DiskFull):
                await put(store, note)
        assert len(tries) == 1
        monkeypatch.setattr(writing, "COMPACT_AGAIN", 0.0)
        monkeypatch.setattr(store._writer, "_compact_at", 0.0)
        with pytest.raises(DiskFull):
            await put(store, Note(name="b"))
        assert len(tries) == 2
    await store.close()


async def test_a_closed_store_refuses_to_write(tmp_path: Path) -> None:
    store = await TinyStore.open(tmp_path, COLLECTIONS)
    await store.close()
    await store.close()
    with pytest.raises(StoreError, match="closed"):
        await put(store, Note(name="a"))


OPENER = """
import asyncio, sys
from pathlib import Path
from adapters.storage.tinydb import TinyStore
from bot.errors import StoreLocked
try:
    asyncio.run(TinyStore.open(Path(sys.argv[1]), []))
except StoreLocked as error:
    print(error)
"""


async def test_a_second_process_is_refused_until_the_first_is_done(
    store: TinyStore, tmp_path: Path
) -> None:
    await put(store, Note(name="a"))

    def second() -> str:
        command = [sys.executable, "-c", OPENER, str(tmp_path)]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    assert "Another process is using this data folder" in await asyncio.to_thread(second)
    await store.close()
    assert await asyncio.to_thread(second) == ""


async def test_the_same_process_cannot_open_a_folder_twice_either(
    store: TinyStore, tmp_path: Path
) -> None:
    with pytest.raises(StoreLocked):
        await TinyStore.open(tmp_path, COLLECTIONS)
    await put(store, Note(name="a"))


async def test_changes_by_tinydbs_own_api_are_seen_by_the_store(tmp_path: Path) -> None:
    db = LogDB(tmp_path / FILE)
    store = TinyStore(db, COLLECTIONS, compact_from=1000)
    await put(store, *numbered(4))
    db.table("notes").update({"open": False})
    assert await store.count(NOTES, "open", False) == 4
    with pytest.raises(Conflict):
        await _read_while(store, db)
    with pytest.raises(StoreError, match="'notes'"):
        db.table("notes").update({"size": "large"})
    assert await store.count(NOTES, "size", 0) == 4
    await store.close()


async def _read_while(store: TinyStore, db: LogDB) -> None:
    async with store.transaction() as tx:
        await tx.get(NOTES, "000")
        db.table("notes").update({"text": "theirs"})
