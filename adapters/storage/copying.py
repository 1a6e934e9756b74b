"""Copies a log that may be in use: whole lines, as they were at one moment."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import BinaryIO, NamedTuple

from adapters.storage.lines import damaged, unseal
from adapters.storage.mark import acknowledged
from bot.errors import StoreError

TRIES = 3
"""What is promised of a log may be out of date, once: when a shorter one just took its place."""


class CopiedLog(NamedTuple):
    """What was copied."""

    bytes: int
    sha256: str


def copy_log(log: Path, target: Path) -> CopiedLog:
    """Copy the log up to its last whole line, looking at every line. Blocks.

    The program may write to it meanwhile, or put a shorter one in its place: what is copied is the
    file that was there when this began, and that is never changed but for what is added.

    Raises:
        StoreError: there is no log, it is damaged, or the disk refused.
    """
    try:
        promised, copied = _copied(log, target)
        for _ in range(TRIES):
            if copied.bytes >= promised:
                return copied
            promised, copied = _copied(log, target)
    except FileNotFoundError:
        message = f"There is no data in {log.parent}. Check BRANDWARDEN_DATA_DIR."
        raise StoreError(message) from None
    except OSError as error:
        message = f"{log} cannot be copied: {error}"
        raise StoreError(message) from error
    what = f"{promised:,} bytes were written to it, but only {copied.bytes:,} are intact"
    raise StoreError(damaged(log, what))


def _copied(log: Path, target: Path) -> tuple[int, CopiedLog]:
    """Return what was promised of the log before, and what was copied."""
    promised = acknowledged(log)
    with log.open("rb") as source, target.open("wb") as copy:
        return promised, _copy(log, source, copy)


def _copy(log: Path, source: BinaryIO, copy: BinaryIO) -> CopiedLog:
    left = os.fstat(source.fileno()).st_size
    digest = hashlib.sha256()
    size = number = 0
    while line := source.readline(left - size):
        number += 1
        if unseal(line) is None:
            break
        copy.write(line)
        digest.update(line)
        size += len(line)
    if line.rstrip(b"\0").endswith(b"\n"):
        raise StoreError(damaged(log, f"line {number} is damaged"))
    copy.flush()
    os.fsync(copy.fileno())
    return CopiedLog(size, digest.hexdigest())
