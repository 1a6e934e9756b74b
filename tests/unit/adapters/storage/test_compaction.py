"""Compaction: the log is written anew while work goes on, and nothing is lost."""

from __future__ import annotations

import asyncio
import errno
import itertools
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest
from structlog.testing import capture_logs
from tinydb import where

from adapters.storage import log as log_module
from adapters.storage import writing
from adapters.storage.lines import write_anew
from adapters.storage.log import Log, open_log
from adapters.storage.tables import LogDB
from adapters.storage.tinydb import FILE, TinyStore
from bot.errors import StoreError
from tests.contracts.store.notes import COLLECTIONS, NOTES, Note, numbered, put
from tests.patience import PATIENCE

SMALL = 20_000
"""Bytes from which these tests compact."""


def read(path: Path) -> list[bytes]:
    payloads: list[bytes] = []
    open_log(path, payloads.append).close()
    return payloads


def files(folder: Path) -> set[str]:
    return {entry.name for entry in folder.iterdir()}


async def rewrite_until_compacted(store: TinyStore) -> int:
    """Write one note again and again until the log gets shorter; return how often."""
    turns = 0
    with capture_logs() as said:
        while not said:
            turns += 1
            await put(store, Note(name="busy", size=turns, text="x" * 100))
    assert said[0]["event"] == "log compacted"
    return turns


async def test_a_wasteful_log_gets_short_again_and_keeps_everything(tmp_path: Path) -> None:
    store = await TinyStore.open(tmp_path, COLLECTIONS, compact_from=SMALL)
    await put(store, *numbered(30))
    turns = await rewrite_until_compacted(store)
    # What was written meanwhile stands in the new log, too: on a busy machine, much.
    while (tmp_path / FILE).stat().st_size >= SMALL:
        turns = await rewrite_until_compacted(store)
    before = await store.page(NOTES)
    await store.close()
    again = await TinyStore.open(tmp_path, COLLECTIONS)
    assert await again.page(NOTES) == before
    assert await again.get(NOTES, "busy") == Note(name="busy", size=turns, text="x" * 100)
    await again.close()
    assert files(tmp_path) == {FILE, "brandwarden.acknowledged"}


async def test_a_log_that_holds_little_else_than_live_data_is_left_alone(tmp_path: Path) -> None:
    store = await TinyStore.open(tmp_path, COLLECTIONS, compact_from=1000)
    with capture_logs() as said:
        for note in numbered(300):
            await put(store, note)
        await store.close()
    assert said == []


async def test_many_writers_lose_nothing_while_the_log_is_compacted(tmp_path: Path) -> None:
    store = await TinyStore.open(tmp_path, COLLECTIONS, compact_from=SMALL)

    async def work(name: str) -> None:
        for turn in range(150):
            await put(store, Note(name=name, size=turn, text="y" * 100))

    with capture_logs() as said:
        await asyncio.gather(*(work(f"worker-{number}") for number in range(8)))
        await store.close()
    assert [event["event"] for event in said].count("log compacted") >= 2
    again = await TinyStore.open(tmp_path, COLLECTIONS)
    assert [note.size for note in await again.page(NOTES)] == [149] * 8
    await again.close()


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Return what must be set before a compaction's new file is complete."""
    event = threading.Event()

    def gated(path: Path, payloads: list[bytes]) -> IO[bytes]:
        file = write_anew(path, payloads)
        assert event.wait(timeout=PATIENCE)
        return file

    monkeypatch.setattr(log_module, "write_anew", gated)
    return event


async def test_writing_does_not_wait_for_the_compaction(
    tmp_path: Path, gate: threading.Event
) -> None:
    path = tmp_path / "log"
    log = open_log(path, lambda _: None)
    log.append(b'"old"')
    compaction = asyncio.create_task(log.compact([b'"live"']))
    await asyncio.sleep(0)
    for number in range(3000):
        log.append(b'"meanwhile %04d %s"' % (number, b"z" * 50))
    await log.durable()
    assert not compaction.done()
    gate.set()
    await compaction
    log.append(b'"afterwards"')
    await log.durable()
    log.close()
    payloads = read(path)
    assert payloads[0] == b'"live"'
    assert len(payloads) == 3002
    assert payloads[-1] == b'"afterwards"'


async def test_closing_waits_for_the_compaction(tmp_path: Path, gate: threading.Event) -> None:
    store = await TinyStore.open(tmp_path, COLLECTIONS, compact_from=100)
    for turn in range(20):
        await put(store, Note(name="a", size=turn))
    closing = asyncio.create_task(store.close())
    await asyncio.sleep(0)
    assert not closing.done()
    gate.set()
    await closing
    assert len(read(tmp_path / FILE)) < 20


async def test_a_compaction_that_is_asked_for_covers_what_came_while_another_ran(
    tmp_path: Path, gate: threading.Event
) -> None:
    store = await TinyStore.open(tmp_path, COLLECTIONS, compact_from=100)
    for turn in range(500):
        await put(store, Note(name="a", size=turn))
    asked = asyncio.create_task(store.compact())
    await asyncio.sleep(0)
    gate.set()
    await asked
    await store.close()
    assert len(read(tmp_path / FILE)) < 20


async def _append_and_wait(log: Log, line: bytes) -> None:
    log.append(line)
    await log.durable()


@contextmanager
def before_each_disk_call(look: Callable[[], None]) -> Iterator[None]:
    """Call ``look`` before each call by which the log makes something last."""

    def looking(real: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object) -> object:
            look()
            return real(*arguments)

        return call

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fdatasync", looking(os.fdatasync))
        patch.setattr(os, "fsync", looking(os.fsync))
        patch.setattr(Path, "replace", looking(Path.replace))
        yield


async def test_a_crash_at_any_step_finds_one_whole_file(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    log = open_log(folder / "log", lambda _: None)
    await _append_and_wait(log, b'"a"')
    acknowledged = [b'"a"']
    copies: list[tuple[Path, list[bytes]]] = []
    numbers = itertools.count()

    def copy() -> None:
        expected = list(acknowledged)
        target = tmp_path / f"copy-{next(numbers)}"
        shutil.copytree(folder, target)
        copies.append((target, expected))

    with before_each_disk_call(copy):
        compaction = asyncio.create_task(log.compact([b'"a"']))
        await asyncio.sleep(0)  # it begins now: what is appended from here on is carried over
        while not compaction.done():
            line = b'"%d"' % len(acknowledged)
            await _append_and_wait(log, line)
            acknowledged.append(line)
    log.close()
    copy()
    assert len(copies) >= 5
    for target, expected in copies:
        payloads = read(target / "log")
        assert payloads[: len(expected)] == expected


def _no_space(*_: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


async def test_a_full_disk_leaves_the_old_file_in_use_until_a_later_try(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "COMPACT_AGAIN", 0.0)
    store = await TinyStore.open(tmp_path, COLLECTIONS, compact_from=1000)
    with monkeypatch.context() as patch, capture_logs() as said:
        patch.setattr(log_module, "write_anew", _no_space)
        while not said:
            await put(store, Note(name="a", size=(tmp_path / FILE).stat().st_size))
    assert said[0]["event"] == "log not compacted"
    turns = await rewrite_until_compacted(store)
    await store.close()
    again = await TinyStore.open(tmp_path, COLLECTIONS)
    busy = await again.get(NOTES, "busy")
    await again.close()
    assert busy is not None
    assert busy.size == turns


async def test_a_failure_in_the_exchange_stops_all_writing_and_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "log"
    log = open_log(path, lambda _: None)
    await _append_and_wait(log, b'"a"')
    monkeypatch.setattr(Path, "replace", _no_space)
    with pytest.raises(StoreError, match="can no longer be saved"):
        await log.compact([b'"a"'])
    with pytest.raises(StoreError, match="can no longer be saved"):
        log.append(b'"b"')
    log.close()
    assert read(path) == [b'"a"']


def test_what_a_killed_compaction_left_is_cleared_away(tmp_path: Path) -> None:
    (tmp_path / "log.new").write_bytes(b"half")
    read(tmp_path / "log")
    assert files(tmp_path) == {"log", "log.acknowledged"}


async def test_a_database_can_be_compacted_on_request(tmp_path: Path) -> None:
    db = LogDB(tmp_path / "log")
    for turn in range(50):
        db.table("notes").upsert({"name": "a", "turn": turn}, where("name") == "a")
    assert db.size > 5 * db.live
    await db.compact()
    assert db.size < 2 * db.live
    db.close()
