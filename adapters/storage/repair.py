"""Mends a damaged log: every whole line is saved, and what is lost is told.

The file as it was is kept beside. A lost line is one transaction: the documents that it would have
changed stay as they were before it.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import NamedTuple

from adapters.storage.lines import seal, unseal
from adapters.storage.locks import lock
from adapters.storage.mark import Mark
from bot.errors import StoreError

_NAMED = re.compile(rb'\["([a-z][a-z_]{0,40})","((?:[^"\\]|\\.){1,200})",(?:\{|null\])')
"""How a change begins: the collection and the key."""
_PACK = re.compile(
    rb'\{"packed":"([a-z][a-z_]{0,40})","first":"((?:[^"\\]|\\.){1,200})"'
    rb',"last":"((?:[^"\\]|\\.){1,200})"'
)
"""How a pack begins: the collection, and the keys at its ends."""
_BREAK = re.compile(rb'\0+|(?=\["[0-9a-f]{8}",(?:\[\["|\{"packed"))')
"""Where a hole is, or a line begins."""


class Lost(NamedTuple):
    """One line that could not be saved."""

    line: int
    """Its number in the damaged file, from 1."""
    bytes: int
    documents: tuple[str, ...]
    """Collection and key of each document that it changed, as far as they can be read."""


class Repaired(NamedTuple):
    """What came of a repair."""

    saved: int
    """Whole lines."""
    lost: tuple[Lost, ...]
    missing: int
    """Bytes that were acknowledged and are not in the file at all."""
    copy: Path | None
    """The file as it was; None where nothing in it had to be changed."""

    @property
    def complete(self) -> bool:
        """Tell whether nothing is lost."""
        return not self.lost and not self.missing


def repair(path: Path) -> Repaired:
    """Mend the log, so that it can be opened. Blocks.

    Raises:
        StoreLocked: another process has a log in this folder open.
        StoreError: there is no log, or the disk refuses; nothing was changed.
    """
    if not path.exists():
        message = f"There is no data in {path.parent}. Check BRANDWARDEN_DATA_DIR."
        raise StoreError(message)
    beside = path.with_suffix(".new")
    try:
        folder = lock(path.parent)
        try:
            return _repair(path, beside, folder)
        finally:
            beside.unlink(missing_ok=True)
            os.close(folder)
    except OSError as error:
        message = f"The data in {path.parent} cannot be repaired: {error}"
        raise StoreError(message) from error


def _repair(path: Path, beside: Path, folder: int) -> Repaired:
    saved, lost = _save(path, beside)
    size = beside.stat().st_size
    changed = size != path.stat().st_size or bool(lost) or _differ(path, beside)
    mark = Mark(path)
    try:
        missing = max(0, mark.read() - size - sum(each.bytes for each in lost))
        copy = _keep(path) if changed else None
        mark.forget()
        if changed:
            beside.replace(path)
        os.fsync(folder)
        mark.write(size)
    finally:
        mark.close()
    return Repaired(saved, lost, missing, copy)


def _save(path: Path, beside: Path) -> tuple[int, tuple[Lost, ...]]:
    saved, lost = 0, []
    with path.open("rb") as file, beside.open("wb") as target:
        for number, line in enumerate(file, start=1):
            for part in _parts(line):
                payload = _salvage(part)
                if payload is None:
                    lost.append(Lost(number, len(part), tuple(_named(part))))
                else:
                    target.write(seal(payload))
                    saved += 1
        target.flush()
        os.fsync(target.fileno())
    return saved, tuple(lost)


def _parts(line: bytes) -> list[bytes]:
    """Return what may be whole: the line, or else what stands between holes or was joined."""
    if unseal(line) is not None:
        return [line]
    return [part for part in _BREAK.split(line) if part.strip()]


def _salvage(part: bytes) -> bytes | None:
    """Return the payload, also where the line break is damaged or another system's."""
    return unseal(part[: part.rfind(b"]") + 1] + b"\n")


def _named(line: bytes) -> Iterator[str]:
    for pack in _PACK.finditer(line):
        table, first, last = (part.decode(errors="replace") for part in pack.groups())
        yield f"{table} {first} to {last}"
    for found in _NAMED.finditer(line):
        table, key = (part.decode(errors="replace") for part in found.groups())
        yield f"{table} {key}"


def _differ(path: Path, beside: Path) -> bool:
    with path.open("rb") as one, beside.open("rb") as other:
        return any(line != next(other, b"") for line in one)


def _keep(path: Path) -> Path:
    """Keep the file under another name beside; where the disk can, without a second copy."""
    numbers = count(1)
    copy = path.with_suffix(".damaged")
    while copy.exists():
        copy = path.with_suffix(f".damaged-{next(numbers)}")
    try:
        copy.hardlink_to(path)
    except OSError:
        shutil.copyfile(path, copy)
    return copy
