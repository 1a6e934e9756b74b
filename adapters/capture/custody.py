"""The custody log: what became of each piece of evidence, in entries that hang together.

Each entry holds its own hash and that of the entry before, so no entry can be changed, removed or
put in between without breaking the chain. (Whoever can write the file can make a new chain: a
time-stamp from outside on a late entry's hash is what stops that.)
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, NamedTuple

import msgspec
import structlog

from bot.core.vault import VaultHead
from bot.errors import StoreError

log = structlog.get_logger(__name__)

CUSTODY = "custody.jsonl"
DELETED = "deleted"
"""The fact of an entry that says that the bytes were deleted."""
DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)
"""What names bytes: their SHA-256."""
_START = "0" * 64
"""Stands for the hash of the entry before the first."""
_SEAL = len(',"hash":""}') + len(_START)


class _End(NamedTuple):
    """The custody log's last entry, and the log's bytes."""

    number: int
    hash: str
    size: int


class CustodyEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of the custody log."""

    number: int
    """Its place in the log, from 1."""
    sha256: Annotated[str, msgspec.Meta(pattern=rf"\A{DIGEST.pattern}\Z")]
    """The name of the bytes. As it leads to a file, nothing else is taken for one."""
    facts: dict[str, str]
    """When (UTC), by whom and how, as far as the caller knew."""
    previous: str
    """The hash of the entry before."""
    hash: str
    """The SHA-256 of this entry's line as it is without this field."""

    @property
    def deleted(self) -> bool:
        """Tell whether it says that the bytes were deleted."""
        return DELETED in self.facts


class CustodyLog:
    """The log of one folder, which one thread at a time writes. It blocks; raises OSError."""

    def __init__(self, folder: Path) -> None:
        """Write the log into the folder, which is there when the first entry is."""
        self._path = folder / CUSTODY
        self._end: _End | None = None

    def enter(self, digest: str, facts: dict[str, str]) -> None:
        """Append an entry on those bytes, durably.

        Raises:
            StoreError: the log is damaged.
        """
        path = self._path
        end = self._end
        if end is None or not path.exists() or path.stat().st_size != end.size:
            end = self._read_end()
        # If this fails, the end of the file is anybody's guess: the next entry looks at it.
        self._end = None
        number = end.number + 1
        entry = {"number": number, "sha256": digest, "facts": facts, "previous": end.hash}
        line = _seal(msgspec.json.encode(entry))
        with path.open("ab", buffering=0) as file:
            if file.write(line + b"\n") <= len(line):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            os.fsync(file.fileno())
        sync_folder(path.parent)
        self._end = _End(number, _hash_of(line), end.size + len(line) + 1)

    def _read_end(self) -> _End:
        """Return the last entry; what a crash left behind it is cut off."""
        path = self._path
        lines = path.read_bytes().splitlines(keepends=True) if path.exists() else []
        size = sum(map(len, lines))
        if lines and not lines[-1].endswith(b"\n"):
            torn = lines.pop()
            size -= len(torn)
            os.truncate(path, size)
            log.warning("unfinished custody entry cut off", path=str(path), bytes=len(torn))
        if not lines:
            return _End(0, _START, 0)
        last = _entry(lines[-1])
        if last is None:
            message = f"{path}: the last entry (line {len(lines)}) cannot be read."
            raise StoreError(message)
        return _End(len(lines), last.hash, size)

    def head(self) -> VaultHead:
        """Return the last entry."""
        end, path = self._end, self._path
        if end is not None and path.exists() and path.stat().st_size == end.size:
            return VaultHead(end.number, end.hash)
        lines = whole_lines(path)
        return VaultHead(len(lines), _hash_of(lines[-1])) if lines else VaultHead()

    def lines(self) -> list[bytes]:
        """Return the entries, without one that is being written."""
        return whole_lines(self._path)


def path_of(folder: Path, digest: str) -> Path:
    """Return where a vault's folder has the bytes with that SHA-256."""
    return folder / digest[:2] / digest


def wrong_entries(lines: list[bytes]) -> Iterator[str]:
    """Tell which entries are not what they were, a sentence for each."""
    previous = _START
    for number, line in enumerate(lines, start=1):
        entry = _entry(line)
        if entry is None or line != _seal(line[:-_SEAL] + b"}") or entry.number != number:
            yield f"Entry {number} was changed after it was made."
        elif entry.previous != previous:
            yield f"Entry {number} does not follow the entry before it."
        previous = _hash_of(line)


def cut_off(lines: list[bytes], anchor: VaultHead) -> Iterator[str]:
    """Tell whether the log has the entry that was noted elsewhere: its end may be cut off."""
    if anchor.number > len(lines):
        yield (
            f"The custody log ends with entry {len(lines)}, but it once had {anchor.number}: its "
            "end was cut off."
        )
    elif anchor.number and _hash_of(lines[anchor.number - 1]) != anchor.hash:
        yield f"Entry {anchor.number} differs from the one noted earlier: the log was rewritten."


def whole_lines(custody: Path) -> list[bytes]:
    """Return the entries of a custody log, without one that is being written. Raises OSError."""
    content = custody.read_bytes() if custody.exists() else b""
    return content[: content.rfind(b"\n") + 1].splitlines()


def last_words(lines: Iterable[bytes]) -> dict[str, CustodyEntry]:
    """Return by SHA-256 the last entry on those bytes: it says whether they were deleted.

    They may have been kept again after that.
    """
    return {entry.sha256: entry for entry in map(_entry, lines) if entry is not None}


def _seal(entry: bytes) -> bytes:
    """Return the entry's line: the entry with its own hash as the last field."""
    return entry[:-1] + b',"hash":"%b"}' % hashlib.sha256(entry).hexdigest().encode()


def _hash_of(line: bytes) -> str:
    return line[-len('"}') - len(_START) : -len('"}')].decode(errors="replace")


def _entry(line: bytes) -> CustodyEntry | None:
    try:
        return msgspec.json.decode(line, type=CustodyEntry)
    except ValueError:
        return None


def sync_folder(folder: Path) -> None:
    """Make durable what was made, renamed or removed in the folder. Raises OSError."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
