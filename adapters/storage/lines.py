"""Lines of the log: sealing them with a checksum, and reading a whole file of them.

A line is ``["1a2b3c4d",<payload>]``: the CRC-32 of the payload's bytes in hexadecimal, then the
payload, itself JSON without a line break. So every line is JSON that any tool can read.
"""

from __future__ import annotations

import io
import os
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec
import structlog

from bot.errors import StoreError

log = structlog.get_logger(__name__)

_HEAD = len(b'["12345678",')
_TAIL = len(b"]\n")


def seal(payload: bytes) -> bytes:
    """Return the line that holds the payload."""
    return b'["%08x",%b]\n' % (zlib.crc32(payload), payload)


def unseal(line: bytes) -> bytes | None:
    """Return the line's payload, or None if the line is not as it was written."""
    payload = line[_HEAD:-_TAIL]
    return payload if line == seal(payload) else None


def replay(path: Path, apply: Callable[[bytes], None]) -> int:
    """Hand each whole line's payload to ``apply``, in order; return how many bytes are whole.

    Damage at the end is what a crash leaves of a write that was never acknowledged; it is not
    counted. Damage before a whole line is a fault of the disk or of a person.

    Raises:
        StoreError: a line in the middle is damaged, or ``apply`` does not understand one.
    """
    whole = 0
    damaged = 0
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            payload = unseal(line)
            if payload is None:
                damaged = damaged or number
            elif damaged:
                raise StoreError(_damaged(path, damaged))
            else:
                _apply(path, number, payload, apply)
                whole += len(line)
    return whole


def _apply(path: Path, number: int, payload: bytes, apply: Callable[[bytes], None]) -> None:
    try:
        apply(payload)
    except msgspec.MsgspecError as error:
        message = (
            f"{path}, line {number}: it is whole but not understood ({error}). "
            "A newer version of the program may have written it; start that version."
        )
        raise StoreError(message) from error


def _damaged(path: Path, number: int) -> str:
    return (
        f"{path}, line {number} is damaged, and whole lines follow it. Restore the file from a "
        "backup; or copy it, delete that line if you can do without what it held, and start again."
    )


def cut_tail(path: Path, whole: int) -> None:
    """Shorten the file to its ``whole`` bytes; what is cut off is kept beside, in ``*.cut``."""
    with path.open("r+b") as file:
        file.seek(whole)
        tail = file.read()
        if not tail:
            return
        beside = path.with_suffix(".cut")
        with beside.open("ab") as cut:
            cut.write(tail)
        file.truncate(whole)
        os.fsync(file.fileno())
    log.warning("damaged end of the log cut off", path=str(path), bytes=len(tail), kept=str(beside))


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
        os.fdatasync(file.fileno())
    return path.open("ab", buffering=0)


def carry_over(path: Path, target: io.FileIO, start: int, end: int) -> None:
    """Append the bytes of the file from ``start`` to ``end`` to the target."""
    with path.open("rb") as file:
        file.seek(start)
        write_all(target, file.read(end - start))
