from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Protocol

import msgspec
import pytest

from adapters.amazon.recorded import LONGEST_LINE, FileSource
from bot.core.listing import Snapshot
from bot.core.monitoring import OfferSource
from tests.unit.adapters.amazon.amazon import Obj
from tests.unit.adapters.amazon.conftest import NOW, error_of, snapshot_of, watch

A, B = "B000000001", "B000000002"
AMOUNTS = ("NaN", "sNaN", "-5", "Infinity", "1e99999", "1000000000", "1." + "3" * 99)


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
    assert await source.products([A], "US") == {}
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


GOOD: Obj = {
    "asin": A,
    "marketplace": "US",
    "at": "2026-11-23T10:00:00Z",
    "total": 1,
    "offers": [{"seller": "A1SELLER", "price": ["5", "USD"]}],
    "holders": ["A1SELLER"],
}


async def test_a_snapshot_as_amazon_may_answer_is_taken(write: Write) -> None:
    (reading,) = await write(json.dumps(GOOD).encode()).read([watch(A)])
    assert snapshot_of(reading).holders == ("A1SELLER",)


@pytest.mark.parametrize(
    "change",
    [
        *({"offers": [{"seller": "A1", "price": [amount, "USD"]}]} for amount in AMOUNTS),
        {"offers": [{"seller": "A1", "price": ["1", ""]}]},
        {"offers": [{"seller": "A1", "price": ["1", "USD"], "shipping": ["-1", "USD"]}]},
        {"offers": [{"seller": "A\x1b", "price": ["1", "USD"]}]},
        {"offers": [{"seller": "A1", "price": ["1", "USD"], "ships_from": "x" * 61}]},
        {"offers": [{"seller": "A1", "price": ["1", "USD"], "positive_percent": 101}]},
        {"offers": [{"seller": "A1", "price": ["1", "USD"]}] * 101},
        {"buy_box_price": ["NaN", "USD"]},
        {"holders": ["A1", "A2", "A3"]},
        {"holders": ["A1 TWO"]},
        {"at": "2026-11-23T10:00:00"},
        {"total": -1},
        {"total": 10**10},
        {"digest": "../../etc/passwd"},
        {"marketplace": "Mars"},
        {"asin": "B" * 5000},
        {"unknown": "x" * LONGEST_LINE},
    ],
)
async def test_what_no_answer_can_say_is_no_snapshot(write: Write, change: Obj) -> None:
    (reading,) = await write(json.dumps(GOOD | change).encode()).read([watch(A)])
    assert str(error_of(reading)) == "Line 1 of replay.jsonl is not a snapshot."


async def test_a_file_that_is_too_large_is_read_so_far(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.amazon.recorded.LARGEST_FILE", len(line(A, 1)) + 10)
    source = write(line(A, 1), line(A, 2), line(A, 3))
    first, second = [(await source.read([watch(A)]))[0] for _ in range(2)]
    assert snapshot_of(first).total == 1
    assert "bytes at line 2." in str(error_of(second))


async def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    (reading,) = await FileSource(tmp_path / "gone{}.jsonl", simulated=False).read([watch(A)])
    assert str(error_of(reading)).startswith("gone{}.jsonl could not be read: No such file")
