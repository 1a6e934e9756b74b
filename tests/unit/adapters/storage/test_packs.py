"""Packs: documents that hardly ever change, pressed together when the log is written anew."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from adapters.storage.changes import changes_in
from adapters.storage.packs import SIZE, pack
from adapters.storage.repair import repair
from adapters.storage.tables import LogDB
from adapters.storage.tinydb import FILE, TinyStore
from bot.core.store import Collection
from bot.errors import StoreError
from tests.contracts.store.notes import COLLECTIONS, NOTES, Note, put

PACKED: Sequence[Collection[Any]] = [replace(each, packed=True) for each in COLLECTIONS]
MANY = 1000
TEXT = "Unknown seller A3EXAMPLE offers the Maple Serving Tray at USD 21.30, 14 % below us. "
NAMES = [f"{number:04d}" for number in range(MANY)]


def body(number: int) -> bytes:
    return msgspec.json.encode({"text": TEXT * 3, "number": number})


@pytest.fixture
async def path(tmp_path: Path) -> Path:
    """Return a log in which many documents are packed."""
    log = tmp_path / FILE
    db = LogDB(log, packed=["notes"])
    with db.atomic():
        for number, name in enumerate(NAMES):
            db.documents.change("notes", name, body(number))
    await db.compact()
    db.close()
    return log


def size_of(log: Path) -> int:
    return log.stat().st_size


def lines_of(log: Path) -> list[bytes]:
    return log.read_bytes().splitlines(keepends=True)


def spoil(log: Path, offset: int) -> None:
    """Change one byte, as a failing disk does."""
    with log.open("r+b") as file:
        file.seek(offset)
        file.write(b"~")


def held(db: LogDB) -> dict[str, bytes]:
    return dict(db.documents.table("notes").items())


async def test_a_packed_log_is_small_and_holds_the_same(path: Path) -> None:
    wanted = {name: body(number) for number, name in enumerate(NAMES)}
    assert size_of(path) < sum(map(len, wanted.values())) / 5
    for packed in (["notes"], []):
        db = LogDB(path, packed=packed)
        assert held(db) == wanted
        db.close()


async def test_what_changes_takes_the_place_of_what_is_packed(path: Path) -> None:
    for _ in range(2):
        db = LogDB(path, packed=["notes"])
        with db.atomic():
            db.documents.change("notes", "0500", b'{"new":1}')
            db.documents.change("notes", "0501", None)
        assert db.documents.table("notes")["0500"] == b'{"new":1}'
        assert "0501" not in held(db)
        assert held(db)["0499"] == body(499)
        await db.compact()
        assert len(held(db)) == MANY - 1
        db.close()


async def test_a_document_is_a_read_of_one_pack_and_so_are_its_neighbours(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads: list[int] = []
    real = os.pread

    def counted(descriptor: int, length: int, offset: int) -> bytes:
        reads.append(length)
        return real(descriptor, length, offset)

    db = LogDB(path, packed=["notes"])
    monkeypatch.setattr(os, "pread", counted)
    for name in NAMES[500:510]:
        assert db.documents.table("notes")[name] == body(int(name))
    assert 1 <= len(reads) <= 2
    assert max(reads) < SIZE
    db.close()


async def test_what_lives_is_what_the_log_has_once_it_is_written_anew(path: Path) -> None:
    db = LogDB(path, packed=["notes"])
    size = size_of(path)
    assert db.live == pytest.approx(size, rel=0.05)
    for turn in range(20):
        with db.atomic():
            for name in NAMES[:30]:
                db.documents.change("notes", name, b'{"turn":%d}' % turn)
    assert size < db.live < db.size
    await db.compact()
    assert db.live == pytest.approx(db.size, rel=0.05)
    with db.atomic():
        for name in NAMES:
            db.documents.change("notes", name, None)
    await db.compact()
    assert db.live == db.size == 0
    db.close()


async def test_documents_keep_their_keys_when_the_log_is_written_anew(path: Path) -> None:
    """Others would take memory beside those that the indexes have."""
    db = LogDB(path, packed=["notes"])
    before = {id(name) for name in db.documents.table("notes")}
    await db.compact()
    assert {id(name) for name in db.documents.table("notes")} == before
    db.close()


def test_a_version_that_knows_no_packs_refuses_the_log() -> None:
    with pytest.raises(msgspec.MsgspecError):
        changes_in(pack("notes", {"a": b"{}"}))


async def test_a_damaged_pack_is_refused_while_in_use_and_named_by_a_repair(path: Path) -> None:
    db = LogDB(path, packed=["notes"])
    lines = lines_of(path)
    spoil(path, len(lines[0]) + len(lines[1]) // 2)
    assert db.documents.table("notes")["0000"] == body(0)
    with pytest.raises(StoreError, match="data repair"):
        held(db)
    with pytest.raises(StoreError, match="data repair"):
        await db.compact()
    db.close()
    with pytest.raises(StoreError, match="line 2 is damaged"):
        LogDB(path, packed=["notes"])
    repaired = repair(path)
    assert repaired.saved == len(lines) - 1
    [lost] = repaired.lost
    [named] = lost.documents
    first, last = named.removeprefix("notes ").split(" to ")
    db = LogDB(path, packed=["notes"])
    assert sorted({*NAMES} - {*held(db)}) == [name for name in NAMES if first <= name <= last]
    db.close()


@pytest.mark.ci
async def test_a_store_finds_packed_documents_and_changes_them(tmp_path: Path) -> None:
    store = await TinyStore.open(tmp_path, PACKED)
    for turn in range(10):
        await put(store, *(Note(name=name, size=turn, text=TEXT) for name in NAMES))
    await store.compact()
    await store.close()
    store = await TinyStore.open(tmp_path, PACKED)
    assert store.live < MANY * len(TEXT)
    assert len(await store.find(NOTES, "size", 9, limit=MANY)) == MANY
    async with store.transaction() as tx:
        note = await tx.get(NOTES, "0007")
        assert note is not None
        tx.put(NOTES, replace(note, size=100))
    assert [each.name for each in await store.find(NOTES, "size", 100)] == ["0007"]
    await store.close()
