"""What a crash, a bad disk or a clumsy editor leaves of a log."""

from __future__ import annotations

import asyncio
import errno
import fcntl
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from adapters.storage import log as log_module
from adapters.storage.lines import seal
from adapters.storage.log import open_log
from adapters.storage.mark import Mark, mark_of
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
        forget_mark(path)
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


def test_what_was_cut_off_is_kept_beside_without_the_zeros_behind_it(tmp_path: Path) -> None:
    load(tmp_path / "log", LOG[:-5] + b"\0" * 30)
    path = forget_mark(tmp_path / "log")
    load(path, LOG + b"\0" * 30)
    assert (tmp_path / "log.cut").read_bytes() == LINES[-1][:-5]


@pytest.mark.parametrize("zeros", [1, 4096, 3 * 1024 * 1024 + 1])
@pytest.mark.parametrize("torn", [b"", LINES[-1][:20]])
def test_zeros_that_a_power_loss_leaves_at_the_end_are_cut(
    tmp_path: Path, torn: bytes, zeros: int
) -> None:
    path = tmp_path / "log"
    assert load(path, LOG + torn + b"\0" * zeros) == PAYLOADS
    assert path.read_bytes() == LOG


def test_a_log_of_nothing_but_zeros_is_empty(tmp_path: Path) -> None:
    assert load(tmp_path / "log", b"\0" * 5000) == []


@pytest.mark.parametrize("whole", [0, 3])
def test_an_end_that_no_torn_write_leaves_is_refused_also_where_no_mark_says_how_long_it_was(
    tmp_path: Path, whole: int
) -> None:
    path = tmp_path / "log"
    kept = b"".join(LINES[:whole])
    content = kept + bytes(byte ^ 0x55 for byte in LOG[len(kept) :].replace(b"_", b"x"))
    assert b"\n" not in content[len(kept) :]
    forget_mark(path)
    with pytest.raises(StoreError, match=f"line {whole + 1} is damaged"):
        load(path, content)
    assert path.read_bytes() == content


@pytest.mark.usefixtures("fast_disk")
def test_no_flipped_bit_goes_unseen(tmp_path: Path) -> None:
    path = tmp_path / "log"
    ends = [len(b"".join(LINES[: number + 1])) for number in range(len(LINES))]
    for place in range(len(LOG)):
        line = next(number for number, end in enumerate(ends) if place < end)
        for bit in range(8):
            content = bytearray(LOG)
            content[place] ^= 1 << bit
            forget_mark(path)
            if place == len(LOG) - 1 or (line == len(LINES) - 1 and content.count(b"\n") < 5):
                # Without its line break the last line looks like one that a crash tore.
                assert load(path, bytes(content)) == PAYLOADS[:line]
                continue
            with pytest.raises(StoreError, match=f"line {line + 1} is damaged"):
                load(path, bytes(content))
            assert path.read_bytes() == content


def written(folder: Path) -> Path:
    """Write the log as the program does, close it, and return its path."""
    path = folder / "log"
    log = open_log(path, lambda _: None)
    for payload in PAYLOADS:
        log.append(payload)
    log.close()
    assert path.read_bytes() == LOG
    return path


def forget_mark(path: Path) -> Path:
    """Remove what says how much was acknowledged, as for a log of an earlier version."""
    mark_of(path).unlink(missing_ok=True)
    return path


@pytest.mark.parametrize(
    ("damaged", "says"),
    [
        (LOG.replace(b"\n", b"\r\n"), "line 1 is damaged"),
        (LOG[: len(LOG) // 2], "bytes were written to it"),
        (b"".join(LINES[:3]), "bytes were written to it"),
        (b"", "bytes were written to it"),
        (b"".join(LINES[:3]) + b"\0" * len(LINES[3] + LINES[4]), "bytes were written to it"),
        (LOG[:-10] + bytes([LOG[-10] ^ 1]) + LOG[-9:], "line 5 is damaged"),
        (LOG[:-1] + b"\v", "bytes were written to it"),
        (LINES[0] + b"\0" * len(LINES[1]) + b"".join(LINES[2:]), "line 2 is damaged"),
        (LINES[0] + b"clumsy\n" + b"".join(LINES[2:]), "line 2 is damaged"),
        (b"".join(LINES[1:]), "bytes were written to it"),
    ],
    ids=[
        "line breaks of another system",
        "half the file",
        "lines cut off at the end",
        "an empty file",
        "zeroed lines at the end",
        "a flipped bit in the last line",
        "a flipped bit in the last line break",
        "a zeroed hole before whole lines",
        "a line in the middle",
        "a line that is not there",
    ],
)
def test_a_log_that_lost_acknowledged_lines_is_refused_and_left_as_it_is(
    tmp_path: Path, damaged: bytes, says: str
) -> None:
    path = written(tmp_path)
    with pytest.raises(StoreError, match=rf"{says}.*`.venv/bin/python -m bot data repair`"):
        load(path, damaged)
    assert path.read_bytes() == damaged
    assert load(path, LOG) == PAYLOADS


@pytest.mark.parametrize("mark", [b"", b"clumsy", b"9" * 20 + b" 00000000\n", b"\0" * 30])
def test_a_mark_that_cannot_be_read_says_nothing(tmp_path: Path, mark: bytes) -> None:
    path = written(tmp_path)
    mark_of(path).write_bytes(mark)
    assert load(path, LOG[:-5]) == PAYLOADS[:-1]


async def test_what_the_disk_took_is_marked_while_the_log_is_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_module, "MARKED_AFTER", 0.0)
    path = tmp_path / "log"
    log = open_log(path, lambda _: None)
    for payload in PAYLOADS:
        log.append(payload)
    await log.durable()
    await until(lambda: marked(path) == len(LOG))
    await log.compact(PAYLOADS[:2])
    assert marked(path) <= len(LINES[0] + LINES[1])
    await log.durable()
    log.append(PAYLOADS[2])
    await log.durable()
    await until(lambda: marked(path) == len(b"".join(LINES[:3])))
    log.close()
    assert load(path, path.read_bytes()) == PAYLOADS[:3]


def marked(path: Path) -> int:
    mark = Mark(path)
    try:
        return mark.read()
    finally:
        mark.close()


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        for _ in iter(true, True):
            await asyncio.sleep(0)


def test_a_whole_line_that_is_not_understood_is_an_error_even_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "log"
    path.write_bytes(LINES[0] + seal(b'{"format":9}'))
    before = path.read_bytes()
    with pytest.raises(StoreError, match=r"line 2 .* newer version"):
        LogDB(path)
    assert path.read_bytes() == before


def test_a_refused_log_is_not_left_locked(tmp_path: Path) -> None:
    path = tmp_path / "log"
    with pytest.raises(StoreError):
        load(path, b"clumsy\n" + LOG)
    assert load(path, LOG) == PAYLOADS


@pytest.mark.parametrize("code", [errno.EBADF, errno.ENOLCK, errno.EOPNOTSUPP])
def test_a_folder_that_cannot_be_locked_is_told_in_words_and_let_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(fcntl, "flock", refuse)
    before = next_descriptor()
    for _ in range(3):
        with pytest.raises(StoreError, match=r"network drive.*BRANDWARDEN_DATA_DIR"):
            open_log(tmp_path / "log", lambda _: None)
    assert next_descriptor() == before


def next_descriptor() -> int:
    """Return the lowest number that no open file has."""
    descriptor = os.dup(0)
    os.close(descriptor)
    return descriptor


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="cannot be opened"):
        open_log(tmp_path / "file" / "log", lambda _: None)
