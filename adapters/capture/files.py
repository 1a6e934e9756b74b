"""Evidence as files: bytes under the hash of their content, and a log of custody beside them.

``<folder>/ab/abcd...`` holds the bytes whose SHA-256 is ``abcd...``. ``<folder>/custody.jsonl``
says of each what was kept and in which circumstances. Each entry holds its own hash and that of
the entry before, so no entry can be changed, removed or put in between without breaking the chain.
(Whoever can write the file can make a new chain: a time-stamp from outside on a late entry's hash
is what stops that.)
"""

from __future__ import annotations

import asyncio
import errno
import hashlib
import os
import re
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple
from weakref import WeakValueDictionary

import msgspec
import structlog

from bot.errors import DiskError, DiskFull, StoreError

log = structlog.get_logger(__name__)

CUSTODY = "custody.jsonl"
DELETED = "deleted"
"""The fact of an entry that says that the bytes are there no more."""
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)
_START = "0" * 64
"""Stands for the hash of the entry before the first."""
_SEAL = len(',"hash":""}') + len(_START)
_LOCKS: WeakValueDictionary[Path, threading.Lock] = WeakValueDictionary()
"""By folder: the vault and what makes packets may each have their own way into it."""


class _End(NamedTuple):
    """The custody log's last entry, and the log's bytes."""

    number: int
    hash: str
    size: int


class CustodyEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of the custody log."""

    number: int
    """Its place in the log, from 1."""
    sha256: str
    """The name of the bytes."""
    facts: dict[str, str]
    """When (UTC), by whom and in which circumstances, as the caller knew it."""
    previous: str
    """The hash of the entry before."""
    hash: str
    """The SHA-256 of this entry's line as it is without this field."""


class FileEvidence:
    """Evidence in a folder that one process writes."""

    def __init__(self, folder: Path) -> None:
        """Keep everything under the folder, which is made with the first piece."""
        self._folder = folder
        # A lock for threads: a cancelled caller leaves its thread at work.
        self._lock = _LOCKS.setdefault(folder.absolute(), threading.Lock())
        self._end: _End | None = None

    async def keep(self, content: bytes, facts: Mapping[str, str]) -> str:
        """Store the bytes durably, enter the facts, and return the SHA-256 in hexadecimal.

        Bytes that are there already are not written again; each keeping has its own entry.

        Raises:
            DiskError: the disk refused.
            StoreError: the custody log is damaged.
        """
        return await asyncio.to_thread(self._keep, content, dict(facts))

    async def keep_all(
        self, several: Sequence[tuple[bytes, Mapping[str, str]]]
    ) -> list[StoreError | None]:
        """Store each of these as `keep` does; return for each why it was not kept, or None."""
        return await asyncio.to_thread(self._keep_all, several)

    async def adopt(self, path: Path, digest: str, facts: Mapping[str, str]) -> None:
        """Take over a file that was written beside the folder, whose SHA-256 is ``digest``.

        Raises:
            DiskError: the disk refused.
            StoreError: the custody log is damaged.
        """
        await asyncio.to_thread(self._adopt, path, digest, dict(facts))

    async def forget(self, content: str, facts: Mapping[str, str]) -> None:
        """Delete the bytes with that SHA-256; the log says that they were there, and are not.

        Raises:
            StoreError: the disk refused, or it is no SHA-256.
        """
        await asyncio.to_thread(self._forget, content, dict(facts))

    def locate(self, digest: str) -> Path:
        """Return where the bytes with that SHA-256 are kept.

        Raises:
            StoreError: it is no SHA-256.
        """
        if not _DIGEST.fullmatch(digest):
            message = f"{digest[:64]!r} is no SHA-256."
            raise StoreError(message)
        return self._path(digest)

    async def read(self, content: str) -> bytes:
        """Return the bytes with that SHA-256.

        Raises:
            StoreError: they are not there, or are not what they were.
        """
        return await asyncio.to_thread(self._read, content)

    async def verify(self) -> list[str]:
        """Check the whole chain and every file; return what is wrong, a sentence for each.

        Raises:
            StoreError: the disk refused.
        """
        return await asyncio.to_thread(self._verify)

    def missing(self, digests: Iterable[str]) -> list[str]:
        """Return which of these SHA-256 name bytes that are not here, and were not deleted. Blocks.

        Raises:
            StoreError: the disk refused.
        """
        absent = [digest for digest in digests if not self.locate(digest).exists()]
        try:
            last = last_words(whole_lines(self._folder / CUSTODY)) if absent else {}
        except OSError as error:
            message = f"The evidence in {self._folder} cannot be read: {error}"
            raise StoreError(message) from error
        return [each for each in absent if each not in last or DELETED not in last[each].facts]

    def _keep(self, content: bytes, facts: dict[str, str]) -> str:
        digest = _sha256(content)
        try:
            with self._lock:
                self._store(digest, content)
                self._enter(digest, facts)
        except (OSError, UnicodeEncodeError) as error:
            message = f"The evidence in {self._folder} cannot be written: {error}"
            raise _refused(error, message) from error
        return digest

    def _keep_all(
        self, several: Sequence[tuple[bytes, Mapping[str, str]]]
    ) -> list[StoreError | None]:
        refused: list[StoreError | None] = []
        for content, facts in several:
            try:
                self._keep(content, dict(facts))
            except StoreError as error:
                refused.append(error)
            else:
                refused.append(None)
        return refused

    def _adopt(self, path: Path, digest: str, facts: dict[str, str]) -> None:
        target = self.locate(digest)
        try:
            with self._lock:
                target.parent.mkdir(parents=True, exist_ok=True)
                path.replace(target)
                self._sync(target.parent)
                self._enter(digest, facts)
        except (OSError, UnicodeEncodeError) as error:
            message = f"The evidence in {self._folder} cannot be written: {error}"
            raise _refused(error, message) from error

    def _forget(self, digest: str, facts: dict[str, str]) -> None:
        path = self.locate(digest)
        try:
            with self._lock:
                # The entry comes first: what is gone without a word looks like a theft.
                self._enter(digest, {**facts, DELETED: "yes"})
                path.unlink(missing_ok=True)
        except (OSError, UnicodeEncodeError) as error:
            message = f"The evidence in {self._folder} cannot be deleted: {error}"
            raise StoreError(message) from error

    def _read(self, digest: str) -> bytes:
        try:
            data = self._path(digest).read_bytes() if _DIGEST.fullmatch(digest) else b""
        except OSError as error:
            message = f"The evidence {digest} in {self._folder} cannot be read: {error.strerror}"
            raise StoreError(message) from error
        if _sha256(data) != digest:
            message = f"The evidence {digest[:64]!r} in {self._folder} is not what was kept."
            raise StoreError(message)
        return data

    def _path(self, digest: str) -> Path:
        return self._folder / digest[:2] / digest

    def _store(self, digest: str, content: bytes) -> None:
        path = self._path(digest)
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            beside = path.with_suffix(".new")
            with beside.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        self._sync(path.parent)

    def _sync(self, innermost: Path) -> None:
        for folder in (innermost, self._folder, self._folder.parent):
            _sync_folder(folder)

    def _enter(self, digest: str, facts: dict[str, str]) -> None:
        path = self._folder / CUSTODY
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
        _sync_folder(self._folder)
        self._end = _End(number, _hash_of(line), end.size + len(line) + 1)

    def _read_end(self) -> _End:
        """Return the last entry; what a crash left behind it is cut off."""
        path = self._folder / CUSTODY
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

    def _verify(self) -> list[str]:
        path = self._folder / CUSTODY
        try:
            with self._lock:
                lines = whole_lines(path)
            return [*self._wrong_entries(lines), *self._wrong_files(lines)]
        except OSError as error:
            message = f"The evidence in {self._folder} cannot be read: {error}"
            raise StoreError(message) from error

    def _wrong_entries(self, lines: list[bytes]) -> Iterator[str]:
        previous = _START
        for number, line in enumerate(lines, start=1):
            entry = _entry(line)
            if entry is None or line != _seal(line[:-_SEAL] + b"}") or entry.number != number:
                yield f"Entry {number} was changed after it was made."
            elif entry.previous != previous:
                yield f"Entry {number} does not follow the one before it."
            previous = _hash_of(line)

    def _wrong_files(self, lines: list[bytes]) -> Iterator[str]:
        last = last_words(lines)
        for digest in sorted(last):
            if DELETED in last[digest].facts:
                continue
            path = self._path(digest)
            if not path.exists():
                yield f"File {digest} is missing."
            elif _sha256(path.read_bytes()) != digest:
                yield f"File {digest} was changed after it was kept."


def _refused(error: Exception, message: str) -> DiskError:
    full = isinstance(error, OSError) and error.errno in _FULL
    return DiskFull(message) if full else DiskError(message)


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
    return entry[:-1] + b',"hash":"%b"}' % _sha256(entry).encode()


def _hash_of(line: bytes) -> str:
    return line[-len('"}') - len(_START) : -len('"}')].decode(errors="replace")


def _entry(line: bytes) -> CustodyEntry | None:
    try:
        return msgspec.json.decode(line, type=CustodyEntry)
    except ValueError:
        return None


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
