"""How much of a log was acknowledged at least: a few bytes in a file beside it.

A log alone cannot tell an end that was cut off from one that was never written. The mark is renewed
a few seconds after the disk took something and when the log is closed, so it costs no write a
moment of waiting. It may lag behind; it never says too much, so losing it loses no more than the
check.
"""

from __future__ import annotations

import os
import zlib
from pathlib import Path

from adapters.storage.lines import sync

_DIGITS = 20
_LENGTH = len(b"%020d %08x\n" % (0, 0))


class Mark:
    """The open file. It is written in place: its few bytes lie in one sector of the disk."""

    def __init__(self, log: Path) -> None:
        """Open or create the mark of that log. Raises OSError."""
        self._descriptor = os.open(mark_of(log), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def read(self) -> int:
        """Return how many bytes the log has at least; 0 where nothing readable says so."""
        return _read(os.pread(self._descriptor, _LENGTH, 0))

    def write(self, size: int) -> None:
        """Say that so many bytes are acknowledged. It reaches the disk in its own time."""
        os.pwrite(self._descriptor, _written(size), 0)

    def forget(self) -> None:
        """Say nothing any more, and wait until the disk has that: a shorter log may follow."""
        self.write(0)
        sync(self._descriptor)

    def close(self) -> None:
        """Let go of the file."""
        os.close(self._descriptor)


def mark_of(log: Path) -> Path:
    """Return where the mark of that log lies."""
    return log.with_suffix(".acknowledged")


def acknowledged(log: Path) -> int:
    """Return how many bytes that log, which may be in use, has at least; 0 where nothing says so.

    Raises OSError.
    """
    mark = mark_of(log)
    return _read(mark.read_bytes()[:_LENGTH]) if mark.exists() else 0


def _read(content: bytes) -> int:
    digits = content[:_DIGITS]
    return int(digits) if digits.isdigit() and content == _written(int(digits)) else 0


def _written(size: int) -> bytes:
    digits = b"%020d" % size
    return b"%b %08x\n" % (digits, zlib.crc32(digits))
