"""The append-only log: what is written to it and acknowledged outlives a crash.

One process at a time writes one file. Appending is quick and does not wait for the disk;
`Log.durable` does, and all who wait at a time share one fdatasync.
"""

from __future__ import annotations

import asyncio
import errno
import io
import os
import time
from collections.abc import Callable, Coroutine, Iterable
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path

from adapters.storage.lines import carry_over, cut_tail, replay, seal, sync, write_all, write_anew
from adapters.storage.locks import lock
from adapters.storage.mark import Mark
from bot.errors import DiskError, DiskFull, StoreError

STEP = 64 * 1024
"""So many bytes may be copied on the event loop; more is copied in a thread."""

QUICK = 0.001
"""Seconds. A disk that answers sooner is waited for on the event loop: a thread takes longer."""

FADING = 0.9
"""A slow answer of the disk is remembered, less with each quick one."""

MARKED_AFTER = 5.0
"""Seconds after which what the disk took is marked as acknowledged. A copy of the folder that was
made meanwhile, file by file, is not taken for a log that lost its end."""

_ADVICE = "Check the disk, then restart Brandwarden"
_CLOSED = "it was closed"
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def _refused(error: OSError, message: str) -> DiskError:
    return DiskFull(message) if error.errno in _FULL else DiskError(message)


def _timed_sync(descriptor: int) -> float:
    """Have the disk take what was written; return the seconds that it took."""
    begun = time.perf_counter()
    sync(descriptor)
    return time.perf_counter() - begun


def open_log(path: Path, apply: Callable[[bytes], None]) -> Log:
    """Open or create the log and hand every payload that it holds to ``apply``. Blocks.

    Raises:
        StoreLocked: another process has a log in this folder open.
        StoreError: a line in the middle is damaged, or the disk refuses.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with ExitStack() as cleanup:
            folder = lock(path.parent)
            cleanup.callback(os.close, folder)
            path.with_suffix(".new").unlink(missing_ok=True)
            path.touch()
            mark = Mark(path)
            cleanup.callback(mark.close)
            cut_tail(path, replay(path, apply, mark.read()))
            file = cleanup.enter_context(path.open("a+b", buffering=0))
            # A process that was killed may have left lines that the disk does not have yet.
            os.fsync(file.fileno())
            os.fsync(folder)
            mark.write(path.stat().st_size)
            cleanup.pop_all()
            return Log(path, file, folder, mark)
    except OSError as error:
        message = f"The data in {path.parent} cannot be opened: {error}"
        raise StoreError(message) from error


class Log:
    """An open log; `open_log` makes one. ``size`` is its length in bytes."""

    def __init__(self, path: Path, file: io.FileIO, folder: int, mark: Mark) -> None:
        """Take the open file, the descriptor of its locked folder, and the log's mark."""
        self._path = path
        self._file = file
        self._folder = folder
        self._mark = mark
        self._marking: asyncio.TimerHandle | None = None
        self.size = os.fstat(file.fileno()).st_size
        self.appended = 0
        """How many lines were appended."""
        self.settled = 0
        """How many of them would survive a crash."""
        self._settling: asyncio.Task[None] | None = None
        self._refusal = ""
        self._slowest = QUICK

    @property
    def dead(self) -> bool:
        """Tell whether the disk failed so that nothing more is taken."""
        return bool(self._refusal) and self._refusal != _CLOSED

    def append(self, payload: bytes) -> None:
        """Write one line: all of it or, after an error, nothing. It is not durable yet.

        Raises:
            StoreError: the disk refused; or it failed earlier so that nothing can be trusted.
        """
        self._refuse_if_broken()
        line = seal(payload)
        try:
            write_all(self._file, line)
        except OSError as error:
            self._take_back()
            message = f"{self._path} cannot be written: {error}. Nothing was changed."
            raise _refused(error, message) from error
        self.size += len(line)
        self.appended += 1

    def _take_back(self) -> None:
        try:
            os.ftruncate(self._file.fileno(), self.size)
        except OSError as error:
            self._refusal = f"a half-written line could not be removed: {error}. {_ADVICE}"

    def _refuse_if_broken(self) -> None:
        if self._refusal:
            message = f"Changes to {self._path} can no longer be saved: {self._refusal}."
            raise DiskError(message) if self.dead else StoreError(message)

    async def durable(self) -> None:
        """Wait until all that was appended before this call would survive a crash.

        Raises:
            StoreError: the disk failed; what was appended last may be lost.
        """
        wanted = self.appended
        while self.settled < wanted:
            self._refuse_if_broken()
            if self._settling is None:
                self._settle(self._sync())
            await self._settled()

    def _settle(self, work: Coroutine[None, None, None]) -> None:
        """Start the work that makes durable what was appended until it begins.

        Work that is under way is let finish first; whoever comes later waits for this.
        """
        work_before = self._settling
        self._settling = asyncio.create_task(self._run(work, work_before))

    async def _sync(self) -> None:
        """Have the disk take what was appended, in a thread unless it has been quick of late."""
        sync = partial(_timed_sync, self._file.fileno())
        quick = self._slowest < QUICK
        took = sync() if quick else await asyncio.to_thread(sync)
        self._slowest = max(took, FADING * self._slowest)

    async def _settled(self) -> None:
        """Wait for that work; it goes on if only the one who waits is cancelled."""
        if self._settling is not None:
            await asyncio.shield(self._settling)

    async def _run(
        self, work: Coroutine[None, None, None], work_before: asyncio.Task[None] | None
    ) -> None:
        # After a failed fdatasync the kernel may forget what it could not write, and the next
        # one succeeds: so there is no second try.
        refusal = "writing was interrupted"
        try:
            if work_before is not None:
                await work_before
            appended, size, file = self.appended, self.size, self._file
            await work
            refusal = ""
            self.settled = appended
            self._mark_later(file, size)
        except OSError as error:
            refusal = f"the disk failed: {error}. {_ADVICE}"
        finally:
            self._refusal = self._refusal or refusal
            if self._settling is asyncio.current_task():
                self._settling = None

    def _mark_later(self, file: io.FileIO, size: int) -> None:
        if self._marking is None:
            loop = asyncio.get_running_loop()
            self._marking = loop.call_later(MARKED_AFTER, self._mark_now, file, size)

    def _mark_now(self, file: io.FileIO, size: int) -> None:
        self._marking = None
        # After a compaction the old file's length says nothing of the new one.
        if file is self._file and not self._refusal:
            with suppress(OSError):
                self._mark.write(size)

    def read(self, offset: int, length: int) -> bytes:
        """Return so many bytes of the file from the offset on.

        Raises:
            StoreError: the disk refused, or the log is closed.
        """
        try:
            content = os.pread(self._file.fileno(), length, offset)
        except (OSError, ValueError) as error:
            message = f"{self._path} cannot be read: {error}. {_ADVICE}."
            raise StoreError(message) from error
        if len(content) < length:
            message = f"{self._path} is shorter than it was. {_ADVICE}."
            raise StoreError(message)
        return content

    async def compact(
        self, payloads: Iterable[bytes], exchanged: Callable[[int], None] = lambda _: None
    ) -> None:
        """Put a new file in the old one's place that holds the payloads and what is added now.

        The payloads must say the same as all lines at the moment it starts. They are written in a
        thread; lines that are appended meanwhile go to the old file and are carried over. From
        the exchange on they go to the new one, and none of those is acknowledged before the new
        file has taken the old one's name: a crash at any moment finds one whole file.

        ``exchanged`` is called as the new file comes into use, with the bytes by which it moves
        what was appended meanwhile.

        Raises:
            StoreError: the disk refused; the old file stays in use, unless the disk failed in
                the exchange itself.
        """
        self._refuse_if_broken()
        beside = self._path.with_suffix(".new")
        try:
            with ExitStack() as cleanup:
                cleanup.callback(beside.unlink, missing_ok=True)
                await self._copy(beside, payloads, exchanged, cleanup)
                cleanup.pop_all()
        except OSError as error:
            message = f"{self._path} could not be compacted: {error}"
            raise _refused(error, message) from error
        await self._settled()
        self._refuse_if_broken()

    async def _copy(
        self,
        beside: Path,
        payloads: Iterable[bytes],
        exchanged: Callable[[int], None],
        cleanup: ExitStack,
    ) -> None:
        copied = self.size
        fresh = await asyncio.to_thread(write_anew, beside, payloads)
        cleanup.callback(fresh.close)
        moved_by = os.fstat(fresh.fileno()).st_size - copied
        while (end := self.size) - copied > STEP:
            await asyncio.to_thread(carry_over, self._path, fresh, copied, end)
            copied = end
        carry_over(self._path, fresh, copied, self.size)
        self._exchange(beside, fresh)
        exchanged(moved_by)

    def _exchange(self, beside: Path, fresh: io.FileIO) -> None:
        old, self._file = self._file, fresh
        self.size = os.fstat(fresh.fileno()).st_size

        def take_the_name() -> None:
            old.close()
            sync(fresh.fileno())
            self._mark.forget()
            beside.replace(self._path)
            os.fsync(self._folder)

        self._settle(asyncio.to_thread(take_the_name))

    def close(self) -> None:
        """Make all of it durable and let go of the file and the folder. Blocks.

        Raises:
            StoreError: the disk failed.
        """
        if self._file.closed:
            return
        whole = not self._refusal
        self._refusal = self._refusal or _CLOSED
        if self._marking is not None:
            self._marking.cancel()
        try:
            sync(self._file.fileno())
            if whole:
                self._mark.write(self.size)
        except OSError as error:
            message = f"{self._path} could not be closed: {error}"
            raise StoreError(message) from error
        finally:
            self._file.close()
            self._mark.close()
            os.close(self._folder)
