"""What a crash, a bad disk or a clumsy editor leaves of a log."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from adapters.storage.lines import seal
from adapters.storage.log import open_log
from adapters.storage.tables import LogDB
from bot.errors import StoreError

PAYLOADS = [b'[["notes","%d",{"text":"%s"}]]' % (n, b"x" * (3 * n)) for n in range(5)]
LINES = [seal(payload) for payload in PAYLOADS]
LOG = b"".join(LINES)


@pytest.fixture
def fast_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spare the tests that open thousands of logs the waiting for the disk."""
    monkeypatch.setattr(os, "fsync", lambda _: None)
    monkeypatch.setattr(os, "fdatasync", lambda _: None)


def load(path: Path, content: bytes) -> list[bytes]:
    """Open a log with this content; return its payloads, and close it."""
    path.write_bytes(content)
    payloads: list[bytes] = []
    open_log(path, payloads.append).close()
    return payloads


def test_a_whole_log_is_read_without_a_word(tmp_path: Path) -> None:
    with capture_logs() as said:
        assert load(tmp_path / "log", LOG) == PAYLOADS
    assert said == []


@pytest.mark.usefixtures("fast_disk")
def test_a_tail_torn_at_any_byte_is_cut_at_the_last_whole_line(tmp_path: Path) -> None:
    path = tmp_path / "log"
    start = len(b"".join(LINES[:-2]))
    for end in range(start, len(LOG)):
        whole = 3 if end < len(LOG) - len(LINES[-1]) else 4
        with capture_logs() as said:
            assert load(path, LOG[:end]) == PAYLOADS[:whole]
        kept = b"".join(LINES[:whole])
        assert path.read_bytes() == kept
        torn = end - len(kept)
        assert [event["bytes"] for event in said] == ([torn] if torn else [])


def test_writing_goes_on_behind_a_cut_tail(tmp_path: Path) -> None:
    path = tmp_path / "log"
    path.write_bytes(LOG[:-5])
    log = open_log(path, lambda _: None)
    log.append(b'"next"')
    log.close()
    assert load(path, path.read_bytes()) == [*PAYLOADS[:-1], b'"next"']


def test_what_was_cut_off_is_kept_beside(tmp_path: Path) -> None:
    load(tmp_path / "log", LOG[:-5])
    load(tmp_path / "log", LOG + b"\0" * 30)
    assert (tmp_path / "log.cut").read_bytes() == LINES[-1][:-5] + b"\0" * 30


@pytest.mark.usefixtures("fast_disk")
def test_no_flipped_bit_goes_unseen(tmp_path: Path) -> None:
    path = tmp_path / "log"
    ends = [len(b"".join(LINES[: number + 1])) for number in range(len(LINES))]
    for place in range(len(LOG)):
        line = next(number for number, end in enumerate(ends) if place < end)
        # A line break that is hit joins two lines, and the damage reaches as far as both.
        last = line + 1 if place == ends[line] - 1 else line
        for bit in range(8):
            content = bytearray(LOG)
            content[place] ^= 1 << bit
            if last >= len(LINES) - 1:
                assert load(path, bytes(content)) == PAYLOADS[:line]
            else:
                with pytest.raises(StoreError, match=f"line {line + 1} is damaged"):
                    load(path, bytes(content))
                assert path.read_bytes() == content


def test_damage_in_the_middle_tells_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"line 2 is damaged.*Restore the file from a backup"):
        load(tmp_path / "log", LINES[0] + b"clumsy\n" + LINES[2])


def test_a_whole_line_that_is_not_understood_is_an_error_even_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "log"
    path.write_bytes(LINES[0] + seal(b'{"format":9}'))
    before = path.read_bytes()
    with pytest.raises(StoreError, match=r"line 2: .* newer version"):
        LogDB(path)
    assert path.read_bytes() == before


def test_a_refused_log_is_not_left_locked(tmp_path: Path) -> None:
    path = tmp_path / "log"
    with pytest.raises(StoreError):
        load(path, b"clumsy\n" + LOG)
    assert load(path, LOG) == PAYLOADS


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="cannot be opened"):
        open_log(tmp_path / "file" / "log", lambda _: None)
