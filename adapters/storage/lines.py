"""Lines of the log: sealing them with a checksum, and reading a whole file of them.

A line is ``["1a2b3c4d",<payload>]``: the CRC-32 of the payload's bytes in hexadecimal, then the
payload, itself JSON without a line break. So every line is JSON that any tool can read.
"""

from __future__ import annotations

import fcntl
import io
import os
import re
import sys
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import BinaryIO

import msgspec
import structlog

from bot.errors import StoreError

log = structlog.get_logger(__name__)

_HEAD = len(b'["12345678",')
_TAIL = len(b"]\n")
AROUND = _HEAD + _TAIL
"""Bytes of a line besides its payload."""
_TORN = re.compile(rb'\[(?:"(?:[0-9a-f]{0,7}|[0-9a-f]{8}(?:",?)?))?')
"""What a write that was torn anywhere begins with, as far as its payload."""
_BLOCK = 1024 * 1024
"""Bytes that are looked through at a time where no line is whole."""


def seal(payload: bytes) -> bytes:
    """Return the line that holds the payload."""
    return b'["%08x",%b]\n' % (zlib.crc32(payload), payload)


def begin_of(line: int) -> int:
    """Return where the payload begins of a line that begins there."""
    return line + _HEAD


def unseal(line: bytes) -> bytes | None:
    """Return the line's payload, or None if the line is not as it was written."""
    payload = line[_HEAD:-_TAIL]
    return payload if line == seal(payload) else None


def replay(path: Path, apply: Callable[[bytes], None], acknowledged: int = 0) -> int:
    """Hand each whole line's payload to ``apply``, in order; return how many bytes are whole.

    A write that was never acknowledged may end in the middle of a line, and after a power loss in
    zeros: both are not counted. More cannot come of one write; it is a fault of the disk or of a
    person, and so is a log that lacks some of its ``acknowledged`` bytes.

    Raises:
        StoreError: the log is damaged, or ``apply`` does not understand a line.
    """
    whole = number = 0
    with path.open("rb") as file:
        end = _end(file)
        file.seek(0)
        try:
            while True:
                number += 1
                line = file.readline(end - whole)
                payload = unseal(line)
                if payload is None:
                    break
                apply(payload)
                whole += len(line)
        except msgspec.MsgspecError as error:
            raise StoreError(_not_understood(path, number, error)) from error
        if _has_line_break(file, whole, end) or not _may_be_torn(file, whole, end):
            raise StoreError(damaged(path, f"line {number} is damaged"))
    if whole < acknowledged:
        what = f"{acknowledged:,} bytes were written to it, but only {whole:,} are intact"
        raise StoreError(damaged(path, what))
    return whole


def _end(file: BinaryIO) -> int:
    """Return where the zeros begin that fill the end of the file."""
    end = file.seek(0, os.SEEK_END)
    while end > 0:
        start = max(0, end - _BLOCK)
        file.seek(start)
        content = file.read(end - start).rstrip(b"\0")
        if content:
            return start + len(content)
        end = start
    return 0


def _has_line_break(file: BinaryIO, start: int, end: int) -> bool:
    file.seek(start)
    while start < end:
        block = file.read(min(_BLOCK, end - start))
        if b"\n" in block:
            return True
        start += len(block)
    return False


def _may_be_torn(file: BinaryIO, start: int, end: int) -> bool:
    """Tell whether it can be the beginning of a line, or one of which the first block is lost."""
    file.seek(start)
    begin = file.read(min(_HEAD, end - start))
    return begin[:1] in (b"", b"\0") or _TORN.fullmatch(begin) is not None


def _not_understood(path: Path, number: int, error: msgspec.MsgspecError) -> str:
    return (
        f"{path}, line {number} is intact but has an unknown format ({error}). "
        "A newer version of Brandwarden may have written it. Start that version."
    )


def damaged(path: Path, what: str) -> str:
    """Say of a log what is wrong with it, and what to do."""
    return (
        f"{path}: {what}. A crash does not cause this. Run `.venv/bin/python -m bot data repair`: "
        "it keeps a copy, saves every intact line and lists what is lost. Or restore a backup: "
        "`.venv/bin/python -m bot data restore DIR`."
    )


def cut_tail(path: Path, whole: int) -> None:
    """Shorten the file to its ``whole`` bytes; what is cut off is kept beside, in ``*.cut``.

    Zeros at the very end are not kept: a file system may leave any number of them.
    """
    with path.open("r+b") as file:
        end = max(whole, _end(file))
        size = file.seek(0, os.SEEK_END)
        if size == whole:
            return
        file.seek(whole)
        beside = path.with_suffix(".cut")
        with beside.open("ab") as cut:
            cut.write(file.read(end - whole))
        file.truncate(whole)
        os.fsync(file.fileno())
    log.warning(
        "damaged end of the log cut off", path=str(path), bytes=size - whole, kept=str(beside)
    )


def write_all(file: io.FileIO, data: bytes) -> None:
    """Write every byte: a nearly full disk takes a part first and refuses the rest."""
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) :]


def write_anew(path: Path, payloads: Iterable[bytes]) -> io.FileIO:
    """Make a new file of these payloads that would survive a crash, open for appending."""
    with path.open("wb") as file:
        file.writelines(seal(payload) for payload in payloads)
        file.flush()
        sync(file.fileno())
    return path.open("a+b", buffering=0)


def sync(descriptor: int) -> None:
    """Return when the disk has what was written to the file. Blocks.

    Raises:
        OSError: the disk refuses.
    """
    if sys.platform == "darwin":
        # There is no fdatasync, and fsync does not wait for the disk's own cache.
        fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
    else:
        os.fdatasync(descriptor)


def carry_over(path: Path, target: io.FileIO, start: int, end: int) -> None:
    """Append the bytes of the file from ``start`` to ``end`` to the target."""
    with path.open("rb") as file:
        file.seek(start)
        write_all(target, file.read(end - start))
