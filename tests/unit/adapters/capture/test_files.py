"""Evidence in files: bytes by their hash, and a chain of custody that shows every change."""

from __future__ import annotations

import asyncio
import errno
import hashlib
import os
import resource
from collections.abc import Awaitable, Callable
from pathlib import Path

import msgspec
import pytest
from structlog.testing import capture_logs

from adapters.capture.custody import CUSTODY, CustodyEntry
from adapters.capture.files import FileEvidence
from bot.errors import DiskError, DiskFull, StoreError

FACTS = {"at": "2026-03-01T10:00:00Z", "what": "answer of getItemOffers"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "evidence"


@pytest.fixture
def evidence(folder: Path) -> FileEvidence:
    return FileEvidence(folder)


def file_of(folder: Path, content: bytes) -> Path:
    digest = hashlib.sha256(content).hexdigest()
    return folder / digest[:2] / digest


def entries(folder: Path) -> list[CustodyEntry]:
    lines = (folder / CUSTODY).read_bytes().splitlines()
    return [msgspec.json.decode(line, type=CustodyEntry) for line in lines]


async def test_bytes_are_kept_under_their_hash(evidence: FileEvidence, folder: Path) -> None:
    content = bytes(range(256)) * 100
    digest = await evidence.keep(content, FACTS)
    assert digest == hashlib.sha256(content).hexdigest()
    assert (folder / digest[:2] / digest).read_bytes() == content
    assert await evidence.verify() == []


async def test_each_keeping_is_entered_with_its_facts(evidence: FileEvidence, folder: Path) -> None:
    digest = await evidence.keep(b"one", FACTS)
    await evidence.keep(b"", {"at": "later"})
    first, second = entries(folder)
    assert (first.number, first.sha256, first.facts) == (1, digest, FACTS)
    assert (second.number, second.previous) == (2, first.hash)


async def test_several_are_kept_in_order_and_each_refusal_is_its_own(
    evidence: FileEvidence, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = evidence._store

    def refusing(digest: str, content: bytes) -> None:
        if content == b"two":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        store(digest, content)

    monkeypatch.setattr(evidence, "_store", refusing)
    refused = await evidence.keep_all([(each, FACTS) for each in (b"one", b"two", b"three")])
    assert [type(error) for error in refused] == [type(None), DiskFull, type(None)]
    kept = [hashlib.sha256(content).hexdigest() for content in (b"one", b"three")]
    assert [entry.sha256 for entry in entries(folder)] == kept
    assert await evidence.verify() == []


async def test_an_entrys_hash_is_that_of_its_line_without_the_hash(
    evidence: FileEvidence, folder: Path
) -> None:
    await evidence.keep(b"one", FACTS)
    line = (folder / CUSTODY).read_bytes().strip()
    bare = line.replace(b',"hash":"%b"' % entries(folder)[0].hash.encode(), b"")
    assert hashlib.sha256(bare).hexdigest() == entries(folder)[0].hash


async def test_the_same_bytes_are_written_once_and_entered_each_time(
    evidence: FileEvidence, folder: Path
) -> None:
    await evidence.keep(b"one", FACTS)
    before = file_of(folder, b"one").stat()
    await evidence.keep(b"one", {"at": "later"})
    assert file_of(folder, b"one").stat().st_ino == before.st_ino
    assert [entry.facts["at"] for entry in entries(folder)] == [FACTS["at"], "later"]


async def test_the_chain_goes_on_after_a_restart(folder: Path) -> None:
    for content in (b"one", b"two", b"three"):
        await FileEvidence(folder).keep(content, FACTS)
    assert [entry.number for entry in entries(folder)] == [1, 2, 3]
    assert await FileEvidence(folder).verify() == []


async def test_many_at_once_make_one_chain(evidence: FileEvidence, folder: Path) -> None:
    await asyncio.gather(*(evidence.keep(b"%d" % (n % 10), FACTS) for n in range(50)))
    assert [entry.number for entry in entries(folder)] == list(range(1, 51))
    assert await evidence.verify() == []


async def test_two_ways_into_one_folder_make_one_chain(folder: Path, tmp_path: Path) -> None:
    vault, packer = FileEvidence(folder), FileEvidence(folder)
    await vault.keep(b"one", FACTS)
    packet = tmp_path / "packet.zip"
    packet.write_bytes(b"packet")
    await packer.adopt(packet, hashlib.sha256(b"packet").hexdigest(), FACTS)
    await asyncio.gather(
        *(way.keep(b"%d" % n, FACTS) for n in range(20) for way in (vault, packer))
    )
    assert [entry.number for entry in entries(folder)] == list(range(1, 43))
    assert await vault.verify() == []


async def test_a_cancelled_keeping_does_not_break_the_chain(evidence: FileEvidence) -> None:
    first = asyncio.create_task(evidence.keep(b"one", FACTS))
    await asyncio.sleep(0)
    first.cancel()
    await asyncio.gather(*(evidence.keep(b"%d" % n, FACTS) for n in range(5)))
    assert await evidence.verify() == []


async def test_nothing_kept_is_nothing_wrong(evidence: FileEvidence) -> None:
    assert await evidence.verify() == []


Tamper = Callable[[list[bytes]], list[bytes]]

TAMPERINGS: dict[str, tuple[Tamper, list[str]]] = {
    "changed": (
        lambda lines: [lines[0], lines[1].replace(b"10:00", b"11:00"), lines[2]],
        ["Entry 2 was changed after it was made."],
    ),
    "last changed": (
        lambda lines: [*lines[:2], lines[2].replace(b"10:00", b"11:00")],
        ["Entry 3 was changed after it was made."],
    ),
    "removed": (
        lambda lines: [lines[0], lines[2]],
        ["Entry 2 was changed after it was made."],
    ),
    "first removed": (
        lambda lines: lines[1:],
        ["Entry 1 was changed after it was made.", "Entry 2 was changed after it was made."],
    ),
    "replaced": (
        lambda lines: [lines[0], b"nonsense", lines[2]],
        ["Entry 2 was changed after it was made.", "Entry 3 does not follow the entry before it."],
    ),
}


@pytest.mark.parametrize("name", TAMPERINGS)
async def test_a_changed_log_is_seen_and_the_entry_named(
    evidence: FileEvidence, folder: Path, name: str
) -> None:
    for content in (b"one", b"two", b"three"):
        await evidence.keep(content, FACTS)
    tamper, expected = TAMPERINGS[name]
    path = folder / CUSTODY
    path.write_bytes(b"\n".join(tamper(path.read_bytes().splitlines())) + b"\n")
    assert await FileEvidence(folder).verify() == expected


async def test_an_entry_that_was_made_anew_does_not_fit_the_chain(
    evidence: FileEvidence, folder: Path, tmp_path: Path
) -> None:
    other = FileEvidence(tmp_path / "other")
    for content in (b"one", b"two", b"three"):
        await evidence.keep(content, FACTS)
        await other.keep(content, {"at": "another time"})
    lines = (folder / CUSTODY).read_bytes().splitlines()
    forged = (tmp_path / "other" / CUSTODY).read_bytes().splitlines()
    (folder / CUSTODY).write_bytes(b"\n".join([lines[0], forged[1], lines[2]]) + b"\n")
    assert await evidence.verify() == [
        "Entry 2 does not follow the entry before it.",
        "Entry 3 does not follow the entry before it.",
    ]


async def test_a_changed_and_a_missing_file_are_named(evidence: FileEvidence, folder: Path) -> None:
    changed = await evidence.keep(b"one", FACTS)
    missing = await evidence.keep(b"two", FACTS)
    file_of(folder, b"one").write_bytes(b"won")
    file_of(folder, b"two").unlink()
    assert sorted(await evidence.verify()) == sorted(
        [f"File {changed} was changed after it was saved.", f"File {missing} is missing."]
    )


async def test_an_entry_torn_at_any_byte_is_cut_off_and_the_chain_goes_on(
    evidence: FileEvidence, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", lambda _: None)  # hundreds of them are slow on some disks
    await evidence.keep(b"one", FACTS)
    await evidence.keep(b"two", FACTS)
    path = folder / CUSTODY
    content = path.read_bytes()
    first = content.index(b"\n") + 1
    for end in range(first, len(content)):
        path.write_bytes(content[:end])
        with capture_logs() as said:
            await FileEvidence(folder).keep(b"three", FACTS)
        assert [event["bytes"] for event in said] == ([end - first] if end > first else [])
        assert [entry.number for entry in entries(folder)] == [1, 2]
        assert await FileEvidence(folder).verify() == []


async def test_a_last_entry_that_cannot_be_read_stops_the_keeping(
    evidence: FileEvidence, folder: Path
) -> None:
    await evidence.keep(b"one", FACTS)
    (folder / CUSTODY).write_bytes(b"nonsense\n")
    with pytest.raises(StoreError, match="line 1"):
        await FileEvidence(folder).keep(b"two", FACTS)


async def refused_by_a_full_disk(keep: Callable[[], Awaitable[str]], room: int) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    try:
        with pytest.raises(StoreError, match="cannot be written"):
            await keep()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize(("content", "room"), [(b"x" * 1000, 500), (b"two", 400)])
async def test_a_full_disk_keeps_nothing_by_halves(
    evidence: FileEvidence, folder: Path, content: bytes, room: int
) -> None:
    await evidence.keep(b"one", FACTS)
    size = (folder / CUSTODY).stat().st_size
    assert size < 400 < 2 * size
    await refused_by_a_full_disk(lambda: evidence.keep(content, FACTS), room)
    digest = await evidence.keep(content, FACTS)
    assert [entry.sha256 for entry in entries(folder)][1:] == [digest]
    assert file_of(folder, content).read_bytes() == content
    assert await evidence.verify() == []


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, DiskFull),
        (errno.EDQUOT, DiskFull),
        (errno.EROFS, DiskError),
        (errno.EMFILE, DiskError),
        (errno.EIO, DiskError),
    ],
)
async def test_a_disk_that_refuses_says_whether_it_is_full(
    evidence: FileEvidence, monkeypatch: pytest.MonkeyPatch, number: int, kind: type[DiskError]
) -> None:
    def refuse(_: int) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", refuse)
        with pytest.raises(DiskError) as refused:
            await evidence.keep(b"one", FACTS)
    assert type(refused.value) is kind
    await evidence.keep(b"one", FACTS)
    assert await evidence.verify() == []


async def test_facts_that_cannot_be_written_are_refused(evidence: FileEvidence) -> None:
    with pytest.raises(StoreError):
        await evidence.keep(b"one", {"name": "\ud800"})
    await evidence.keep(b"one", FACTS)
    assert await evidence.verify() == []


async def test_a_folder_that_cannot_be_read_is_an_error(
    evidence: FileEvidence, monkeypatch: pytest.MonkeyPatch
) -> None:
    await evidence.keep(b"one", FACTS)

    def fail(_: Path) -> bytes:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(Path, "read_bytes", fail)
    with pytest.raises(StoreError, match="cannot be read"):
        await evidence.verify()


async def test_a_file_is_deleted_only_if_it_was_not_kept_anew(
    evidence: FileEvidence, folder: Path
) -> None:
    digest = await evidence.keep(b"one", FACTS)
    before = await evidence.kept_at(digest)
    assert await evidence.listed(digest[:2]) == {digest: before}
    await evidence.keep(b"one", FACTS)
    assert await evidence.kept_at(digest) > before
    assert not await evidence.forget(digest, FACTS, kept=before)
    assert file_of(folder, b"one").exists()
    assert await evidence.forget(digest, FACTS, kept=await evidence.kept_at(digest))
    assert not file_of(folder, b"one").exists()
    assert (await evidence.kept_at(digest), await evidence.listed(digest[:2])) == (0, {})
    assert await evidence.verify() == []


async def test_a_listing_removes_what_a_crash_left_half_written(
    evidence: FileEvidence, folder: Path
) -> None:
    digest = await evidence.keep(b"one", FACTS)
    half = file_of(folder, b"one").with_suffix(".new")
    half.write_bytes(b"half of some photo")
    assert [*await evidence.listed(digest[:2])] == [digest]
    assert not half.exists()
    assert await evidence.listed("00" if digest[:2] != "00" else "01") == {}
