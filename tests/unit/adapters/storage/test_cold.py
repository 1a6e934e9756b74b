"""Cold collections: documents stay in the log, and nobody notices but the memory."""

from __future__ import annotations

import asyncio
import errno
import gc
import os
import tempfile
import threading
import tracemalloc
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from structlog.testing import capture_logs

from adapters.storage import log as log_module
from adapters.storage import packs
from adapters.storage.lines import write_anew
from adapters.storage.tables import LogDB
from adapters.storage.tinydb import FILE, TinyStore
from bot.core.store import Collection
from bot.errors import DiskError, StoreError
from tests.contracts.store.notes import COLLECTIONS, NOTES, Note, numbered, put
from tests.patience import PATIENCE

COLD: Sequence[Collection[Any]] = [replace(each, cold=True) for each in COLLECTIONS]
LARGE = 10_000
"""Bytes of a note."""
MANY = 500

Documents = dict[tuple[str, str], bytes]
Step = tuple[str, Documents]

TABLES = ("cold", "packed", "warm")
tables = st.sampled_from(TABLES)
keys = st.sampled_from(["a", "b", "é{}", '"\u2028', "null"])
bodies = st.sampled_from([b"{}", b'{"a":1}', b'{"a":"null"}', b"1", b'{"key":"a"}', b""])
changes = st.dictionaries(st.tuples(tables, keys), bodies, min_size=1, max_size=4)
steps = st.tuples(st.sampled_from(["write", "write", "undo", "compact", "open"]), changes)


def written(db: LogDB, wanted: Documents) -> None:
    for (table, key), body in wanted.items():
        db.documents.change(table, key, body or None)


def held(db: LogDB) -> Documents:
    return {
        (table, key): body for table in TABLES for key, body in db.documents.table(table).items()
    }


@settings(deadline=None)
@given(st.lists(steps, max_size=12))
async def test_whatever_happens_the_documents_are_those_that_were_written(
    done: list[Step],
) -> None:
    expected: Documents = {}
    with tempfile.TemporaryDirectory() as folder, patch.object(packs, "SIZE", 20):
        db = LogDB(Path(folder) / FILE, ["cold"], ["packed"])
        for what, wanted in done:
            if what == "undo":
                undone(db, wanted)
            elif what == "compact":
                compaction = asyncio.create_task(db.compact())
                await asyncio.sleep(0)
                expected = changed(db, expected, wanted)
                await compaction
            elif what == "open":
                db.close()
                db = LogDB(Path(folder) / FILE, ["cold"], ["packed"])
            else:
                expected = changed(db, expected, wanted)
            assert held(db) == expected
        db.close()


def undone(db: LogDB, wanted: Documents) -> None:
    with suppress(LookupError), db.atomic():
        written(db, wanted)
        raise LookupError


def changed(db: LogDB, expected: Documents, wanted: Documents) -> Documents:
    with db.atomic():
        written(db, wanted)
    return {place: body for place, body in (expected | wanted).items() if body}


@pytest.mark.ci
async def test_the_memory_holds_none_of_them(tmp_path: Path) -> None:
    store = await TinyStore.open(tmp_path, COLD)
    await put(store, *(Note(name=str(number), text="x" * LARGE) for number in range(MANY)))
    await store.close()
    del store
    warm, cold = await memory_of(tmp_path, COLLECTIONS), await memory_of(tmp_path, COLD)
    assert warm > MANY * LARGE
    assert cold < MANY * LARGE / 10


async def memory_of(folder: Path, collections: Sequence[Collection[Any]]) -> int:
    gc.collect()
    tracemalloc.start()
    try:
        store = await TinyStore.open(folder, collections)
        gc.collect()
        held_now, _ = tracemalloc.get_traced_memory()
        await store.close()
        return held_now
    finally:
        tracemalloc.stop()


async def test_they_are_read_and_changed_while_the_log_is_written_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = threading.Event()

    def gated(path: Path, payloads: list[bytes]) -> IO[bytes]:
        file = write_anew(path, payloads)
        assert gate.wait(timeout=PATIENCE)
        return file

    monkeypatch.setattr(log_module, "write_anew", gated)
    db = LogDB(tmp_path / FILE, ["cold"], ["packed"])
    before = {("cold", str(number)): b'{"a":%d}' % number for number in range(100)}
    meanwhile = {("cold", "1"): b'{"new":1}', ("cold", "2"): b"", ("cold", "new"): b'{"new":2}'}
    expected = changed(db, {}, before)
    compaction = asyncio.create_task(db.compact())
    await asyncio.sleep(0)
    expected = changed(db, expected, meanwhile)
    assert held(db) == expected
    gate.set()
    await compaction
    assert held(db) == expected
    db.close()
    again = LogDB(tmp_path / FILE, ["cold"], ["packed"])
    assert held(again) == expected
    again.close()


async def test_a_compaction_that_fails_leaves_them_where_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(path: Path, payloads: list[bytes]) -> IO[bytes]:
        raise OSError(28, f"no space for {path} and {len(list(payloads))} lines")

    db = LogDB(tmp_path / FILE, ["cold"], ["packed"])
    expected = changed(db, {}, {("cold", "a"): b'{"a":1}', ("cold", "b"): b"{}"})
    monkeypatch.setattr(log_module, "write_anew", refused)
    with pytest.raises(StoreError):
        await db.compact()
    expected = changed(db, expected, {("cold", "a"): b'{"a":2}'})
    assert held(db) == expected
    db.close()


async def test_a_document_that_was_damaged_on_the_disk_is_refused_and_the_others_are_read(
    tmp_path: Path,
) -> None:
    store = await TinyStore.open(tmp_path, COLD)
    await put(store, *numbered(3))
    spoil(tmp_path / FILE, b'"name":"001"')
    with pytest.raises(StoreError, match=r"'001' of 'notes'.* data repair"):
        await store.get(NOTES, "001")
    with pytest.raises(StoreError, match="data repair"):
        await store.page(NOTES)
    with pytest.raises(StoreError, match="data repair"):
        await put(store, Note(name="001", text="new"), Note(name="004"))
    assert await store.get(NOTES, "002") == numbered(3)[2]
    assert await store.get(NOTES, "004") is None
    await store.close()


async def test_damage_is_never_copied_under_a_new_checksum(tmp_path: Path) -> None:
    db = LogDB(tmp_path / FILE, ["cold"], ["packed"])
    changed(db, {}, {("cold", "a"): b'{"a":1}', ("cold", "b"): b'{"b":1}'})
    spoil(tmp_path / FILE, b'{"b":1}')
    with pytest.raises(StoreError, match="data repair"):
        await db.compact()
    changed(db, {}, {("cold", "c"): b'{"c":1}'})
    db.close()
    with pytest.raises(StoreError, match="line 1 is damaged"):
        LogDB(tmp_path / FILE, ["cold"], ["packed"])


def spoil(path: Path, content: bytes) -> None:
    """Change one byte in the middle of that content, as a failing disk does."""
    with path.open("r+b") as file:
        file.seek(path.read_bytes().index(content) + len(content) // 2)
        file.write(b"~")


async def test_what_a_failed_disk_may_not_have_is_taken_back_without_reading_from_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = await TinyStore.open(tmp_path, COLD)
    await put(store, Note(name="a", text="old"), Note(name="b"), Note(name="c"))

    def failed(*_: int) -> bytes:
        raise OSError(errno.EIO, "Input/output error")

    def failed_for_good(_: int) -> None:
        monkeypatch.setattr(os, "pread", failed)
        failed()

    real = os.pread
    monkeypatch.setattr(os, "fdatasync", failed_for_good)

    async def change() -> None:
        async with store.transaction() as tx:
            tx.put(NOTES, Note(name="a", text="new", open=False))
            tx.delete(NOTES, "b")

    with capture_logs(), pytest.raises(DiskError):
        await change()
    assert await store.count(NOTES, "open", False) == 0
    monkeypatch.setattr(os, "pread", real)
    assert [note.text for note in await store.page(NOTES)] == ["old", "", ""]
    monkeypatch.undo()
    with pytest.raises(StoreError):
        await store.close()


async def test_a_disk_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    store = await TinyStore.open(tmp_path, COLD)
    await put(store, *numbered(3))
    (tmp_path / FILE).write_bytes(b"")
    with pytest.raises(StoreError, match="shorter than it was"):
        await store.get(NOTES, "001")
    assert await store.count(NOTES) == 3
    await store.close()
