from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Protocol

import msgspec
import pytest

from bot.domain.offers import Snapshot
from bot.ports import OfferSource
from checks.sources.file import FileSource
from tests.checks.sources.conftest import NOW, error_of, snapshot_of, watch

A, B = "B000000001", "B000000002"


def line(asin: str, minute: int, marketplace: str = "US") -> bytes:
    at = NOW + timedelta(minutes=minute)
    snapshot = Snapshot(asin=asin, marketplace=marketplace, at=at, total=minute)
    return msgspec.json.encode(snapshot)


class Write(Protocol):
    def __call__(self, *lines: bytes) -> FileSource: ...


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def file_of(*lines: bytes) -> FileSource:
        path = tmp_path / "replay.jsonl"
        path.write_bytes(b"\r\n".join(lines))
        return FileSource(path)

    return file_of


async def test_each_read_gives_each_watch_its_next_snapshot(write: Write) -> None:
    source: OfferSource = write(line(A, 1), line(B, 2), b"", line(A, 3), line(A, 4, "UK"))
    assert source.simulated
    assert await source.titles([A], "US") == {}
    first = await source.read([watch(B), watch(A), watch(A, "UK")])
    assert [snapshot_of(reading).total for reading in first] == [2, 1, 4]
    assert first[1].raw == line(A, 1)
    second = await source.read([watch(A), watch(B)])
    assert snapshot_of(second[0]).total == 3
    assert str(error_of(second[1])) == f"replay.jsonl has no more snapshots of {B}."


@pytest.mark.parametrize("bad", [b"{", b"[]", b'{"asin": "B000000001"}', b"\xff", b"[" * 9999])
async def test_a_bad_line_is_told_by_its_number(write: Write, bad: bytes) -> None:
    source = write(line(A, 1), b" ", bad, line(A, 2))
    assert snapshot_of((await source.read([watch(A)]))[0]).total == 1
    for _ in range(2):
        (reading,) = await source.read([watch(A)])
        assert str(error_of(reading)) == "Line 3 of replay.jsonl is not a snapshot."


async def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    (reading,) = await FileSource(tmp_path / "gone{}.jsonl", simulated=False).read([watch(A)])
    assert str(error_of(reading)).startswith("gone{}.jsonl could not be read: No such file")
