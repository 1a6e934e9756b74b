"""The files of one interaction on their way in: kept only if something that is stored names them.

Whoever hands in files also answers questions, and any of the answers may be wrong, up to the last
moment of the transaction. So files are looked at first, and lie in a file without a name, which
ends with the process; what the transaction names is kept right before it is written.
"""

from __future__ import annotations

import asyncio
import dataclasses
import hashlib
import tempfile
import threading
import weakref
from collections import Counter
from collections.abc import Mapping
from typing import IO, NamedTuple, cast

import msgspec

from bot.core.collections import DAILY_INTAKES, DailyIntake
from bot.core.context import AppContext
from bot.core.disk import sized
from bot.core.files import Upload
from bot.core.permissions import Person
from bot.core.store import Transaction
from bot.core.vault import Evidence
from bot.errors import StoreError, UserError

IN_MEMORY = 256_000
"""Bytes of files that lie in memory; more of them go to the disk."""


class _Part(NamedTuple):
    start: int
    size: int
    facts: Mapping[str, str]


class Intake:
    """Files that came with one interaction."""

    def __init__(self, app: AppContext) -> None:
        """Take files in for the application."""
        self._app = app
        self._parts: dict[str, _Part] = {}
        self._kept: set[str] = set()
        self._called: Counter[str] = Counter()
        # It goes with the last one who knows the intake, whatever becomes of the interaction.
        self._file: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115
        self._lock = threading.Lock()
        weakref.finalize(self, self._file.close)

    def __bool__(self) -> bool:
        """Tell whether there is any file."""
        return bool(self._parts)

    async def take(self, name: str, content: bytes) -> Upload:
        """Look at a file, and hold it until it is known whether it is kept.

        Raises:
            UserError: it is not taken; the sentence has its name.
        """
        file = await self._app.features.ingest(self._app, self.hold, name, content)
        self._called[file.name] += 1
        number = self._called[file.name]
        stem, _, suffix = file.name.rpartition(".")
        called = file.name if number == 1 else f"{stem}-{number}.{suffix}"
        return msgspec.structs.replace(file, name=called)

    async def hold(self, content: bytes, facts: Mapping[str, str]) -> str:
        """Hold the bytes, with what is to be entered if they are kept; return their SHA-256.

        Raises:
            OSError: the disk refused.
        """
        return await asyncio.to_thread(self._hold, content, facts)

    def over(self, app: AppContext) -> AppContext:
        """Return the application as it is if all of these files were kept."""
        return dataclasses.replace(app, evidence=cast("Evidence", _Held(app.evidence, self)))

    async def keep(self, tx: Transaction, who: Person) -> None:
        """Keep what a document of the transaction names in a field; count it for the person's day.

        A transaction that is repeated keeps nothing twice.

        Raises:
            UserError: the person would have handed in too much today.
            DiskError: the disk refused.
            StoreError: it could not be written down what is kept.
        """
        named = [digest for digest in self._parts if tx.names(f'"{digest}"')]
        if not named:
            return
        await self._count(tx, who, sum(self._parts[digest].size for digest in named))
        for digest in named:
            if digest not in self._kept:
                content = await self.read(digest)
                await self._app.evidence.keep(content, self._parts[digest].facts)
                self._kept.add(digest)

    async def _count(self, tx: Transaction, who: Person, size: int) -> None:
        day, most = self._app.clock().date().isoformat(), self._app.daily_intake
        known = await tx.get(DAILY_INTAKES, who.id)
        before = known.size if known and known.day == day else 0
        if before + size > most:
            message = (
                f"You added {sized(before)} of files today, and these add {sized(size)}. "
                f"The limit is {sized(most)} a day. Try again tomorrow, or ask a colleague."
            )
            raise UserError(message)
        tx.put(DAILY_INTAKES, DailyIntake(who.id, day, before + size))

    def holds(self, digest: str) -> bool:
        """Tell whether the bytes with that SHA-256 came in here."""
        return digest in self._parts

    async def read(self, digest: str) -> bytes:
        """Return bytes that are held. Raises StoreError: the disk refused."""
        return await asyncio.to_thread(self._read, self._parts[digest])

    def _hold(self, content: bytes, facts: Mapping[str, str]) -> str:
        digest = hashlib.sha256(content).hexdigest()
        with self._lock:
            if digest not in self._parts:
                start = self._file.seek(0, 2)
                self._file.write(content)
                self._file.flush()
                self._parts[digest] = _Part(start, len(content), facts)
        return digest

    def _read(self, part: _Part) -> bytes:
        try:
            with self._lock:
                self._file.seek(part.start)
                return self._file.read(part.size)
        except OSError as error:
            message = f"Could not read an incoming file: {error}"
            raise StoreError(message) from error


class _Held:
    """Evidence, and beside it what may become evidence."""

    def __init__(self, evidence: Evidence, intake: Intake) -> None:
        self._evidence = evidence
        self._intake = intake

    def __getattr__(self, name: str) -> object:
        """Do all else as the evidence does."""
        return getattr(self._evidence, name)

    async def read(self, content: str) -> bytes:
        if self._intake.holds(content):
            return await self._intake.read(content)
        return await self._evidence.read(content)
