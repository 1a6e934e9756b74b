"""Evidence as files: bytes under the hash of their content, and a log of custody beside them.

``<folder>/ab/abcd...`` holds the bytes whose SHA-256 is ``abcd...``. ``<folder>/custody.jsonl``
says of each what was kept and in which circumstances.
"""

from __future__ import annotations

import asyncio
import errno
import hashlib
import os
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from weakref import WeakValueDictionary

from adapters.capture.custody import (
    DELETED,
    DIGEST,
    CustodyLog,
    cut_off,
    path_of,
    sync_folder,
    wrong_entries,
)
from adapters.capture.vault_checks import not_deleted, unnamed_files, wrong_files
from bot.core.vault import NOTHING_KEPT, VaultHead
from bot.errors import DiskError, DiskFull, StoreError

HALF = ".new"
"""How the name of a file ends that is being written."""
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_LOCKS: WeakValueDictionary[Path, threading.Lock] = WeakValueDictionary()
"""By folder: the vault and what makes packets may each have their own way into it."""


class FileEvidence:
    """Evidence in a folder that one process writes."""

    def __init__(self, folder: Path) -> None:
        """Keep everything under the folder, which is made with the first piece."""
        self._folder = folder
        # A lock for threads: a cancelled caller leaves its thread at work.
        self._lock = _LOCKS.setdefault(folder.absolute(), threading.Lock())
        self._custody = CustodyLog(folder)

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

    async def forget(
        self, content: str, facts: Mapping[str, str], *, kept: int | None = None
    ) -> bool:
        """Delete the bytes with that SHA-256; the log says that they were there, and are not.

        With ``kept`` only if they were not kept anew since `kept_at` told that; whether they were
        deleted is returned.

        Raises:
            StoreError: the disk refused, or it is not a SHA-256 hash.
        """
        return await asyncio.to_thread(self._forget, content, dict(facts), kept)

    async def kept_at(self, content: str) -> int:
        """Return when the bytes were kept last, in nanoseconds; 0: they are not there.

        Raises:
            StoreError: the disk refused, or it is not a SHA-256 hash.
        """
        return await asyncio.to_thread(self._kept_at, self.locate(content))

    async def listed(self, beginning: str) -> dict[str, int]:
        """Return all whose SHA-256 begins with these two digits, with their `kept_at`.

        Half-written files that a crash left there are removed.

        Raises:
            StoreError: the disk refused.
        """
        return await asyncio.to_thread(self._listed, self._folder / beginning[:2])

    def locate(self, digest: str) -> Path:
        """Return where the bytes with that SHA-256 are kept.

        Raises:
            StoreError: it is not a SHA-256 hash.
        """
        if not DIGEST.fullmatch(digest):
            message = f"{digest[:64]!r} is not a SHA-256 hash."
            raise StoreError(message)
        return path_of(self._folder, digest)

    async def read(self, content: str) -> bytes:
        """Return the bytes with that SHA-256.

        Raises:
            StoreError: they are not there, or are not what they were.
        """
        return await asyncio.to_thread(self._read, content)

    async def head(self) -> VaultHead:
        """Return the last entry of the log. Raises StoreError."""
        return await asyncio.to_thread(self._head)

    async def verify(self, anchor: VaultHead = NOTHING_KEPT) -> list[str]:
        """Check the whole chain and every file; return what is wrong, a sentence for each.

        The log must still have the entry that was ``anchor`` elsewhere.

        Raises:
            StoreError: the disk refused.
        """
        return await asyncio.to_thread(self._verify, anchor)

    async def unnamed(self) -> list[str]:
        """Return the SHA-256 of files that no entry names.

        A crash leaves such a file if it comes before the entry; else somebody put it there.

        Raises:
            StoreError: the disk refused.
        """
        return await asyncio.to_thread(self._unnamed)

    def missing(self, digests: Iterable[str]) -> list[str]:
        """Return which of these SHA-256 name bytes that are not here, and were not deleted. Blocks.

        Raises:
            StoreError: the disk refused.
        """
        absent = [digest for digest in digests if not self.locate(digest).exists()]
        try:
            return not_deleted(absent, self._custody.lines()) if absent else []
        except OSError as error:
            raise self._unreadable(error) from error

    def _keep(self, content: bytes, facts: dict[str, str]) -> str:
        digest = _sha256(content)
        try:
            with self._lock:
                self._store(digest, content)
                self._custody.enter(digest, facts)
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
                self._custody.enter(digest, facts)
        except (OSError, UnicodeEncodeError) as error:
            message = f"The evidence in {self._folder} cannot be written: {error}"
            raise _refused(error, message) from error

    def _forget(self, digest: str, facts: dict[str, str], kept: int | None) -> bool:
        path = self.locate(digest)
        try:
            with self._lock:
                if kept is not None and self._kept_at(path) != kept:
                    return False
                # The entry comes first: what is gone without a word looks like a theft.
                self._custody.enter(digest, {**facts, DELETED: "yes"})
                path.unlink(missing_ok=True)
        except (OSError, UnicodeEncodeError) as error:
            message = f"The evidence in {self._folder} cannot be deleted: {error}"
            raise StoreError(message) from error
        return True

    def _kept_at(self, path: Path) -> int:
        try:
            return path.stat().st_mtime_ns
        except FileNotFoundError:
            return 0
        except OSError as error:
            raise self._unreadable(error) from error

    def _listed(self, shelf: Path) -> dict[str, int]:
        found: dict[str, int] = {}
        try:
            # Under the lock nothing is half-written but what a crash left.
            with self._lock:
                for path in shelf.iterdir() if shelf.is_dir() else ():
                    if DIGEST.fullmatch(path.name):
                        found[path.name] = self._kept_at(path)
                    elif path.suffix == HALF:
                        path.unlink()
        except OSError as error:
            raise self._unreadable(error) from error
        return found

    def _read(self, digest: str) -> bytes:
        try:
            data = path_of(self._folder, digest).read_bytes() if DIGEST.fullmatch(digest) else b""
        except OSError as error:
            message = f"The evidence {digest} in {self._folder} cannot be read: {error.strerror}"
            raise StoreError(message) from error
        if _sha256(data) != digest:
            message = f"Evidence {digest[:64]!r} in {self._folder} was changed after it was saved."
            raise StoreError(message)
        return data

    def _store(self, digest: str, content: bytes) -> None:
        path = path_of(self._folder, digest)
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            # Whoever saw it before knows by this that it was kept anew.
            now = max(time.time_ns(), path.stat().st_mtime_ns + 1)
            os.utime(path, ns=(now, now))
        else:
            beside = path.with_suffix(HALF)
            with beside.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        self._sync(path.parent)

    def _sync(self, innermost: Path) -> None:
        for folder in (innermost, self._folder, self._folder.parent):
            sync_folder(folder)

    def _head(self) -> VaultHead:
        try:
            with self._lock:
                return self._custody.head()
        except OSError as error:
            raise self._unreadable(error) from error

    def _verify(self, anchor: VaultHead) -> list[str]:
        try:
            with self._lock:
                lines = self._custody.lines()
            return [
                *wrong_entries(lines),
                *cut_off(lines, anchor),
                *wrong_files(self._folder, lines),
            ]
        except OSError as error:
            raise self._unreadable(error) from error

    def _unnamed(self) -> list[str]:
        try:
            with self._lock:
                return unnamed_files(self._folder, self._custody.lines())
        except OSError as error:
            raise self._unreadable(error) from error

    def _unreadable(self, error: OSError) -> StoreError:
        message = f"The evidence in {self._folder} cannot be read: {error}"
        return StoreError(message)


def _refused(error: Exception, message: str) -> DiskError:
    full = isinstance(error, OSError) and error.errno in _FULL
    return DiskFull(message) if full else DiskError(message)


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
