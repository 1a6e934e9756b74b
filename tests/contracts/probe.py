"""Work that tells when it runs, and ends when it is let."""

from __future__ import annotations

import asyncio
from collections import Counter

from bot.core.scheduler import Scheduler
from tests.patience import PATIENCE


class Probe:
    """Counts its runs by key, and how many of a key ran at once; ``hold`` keeps them running."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.ended: list[str] = []
        self.most_at_once: Counter[str] = Counter()
        self.errors: list[Exception] = []
        """Raised by the next runs, one each."""
        self._running: Counter[str] = Counter()
        self._gate = asyncio.Event()
        self._gate.set()
        self._changed = asyncio.Condition()

    def hold(self) -> None:
        self._gate.clear()

    def release(self) -> None:
        self._gate.set()

    async def __call__(self, key: str) -> None:
        self.begun.append(key)
        self._running[key] += 1
        self.most_at_once[key] = max(self.most_at_once[key], self._running[key])
        await self._tell()
        try:
            await self._gate.wait()
            if self.errors:
                raise self.errors.pop(0)
        finally:
            self._running[key] -= 1
            self.ended.append(key)
            await self._tell()

    async def until_begun(self, runs: int) -> None:
        """Wait until so many runs have begun in all."""
        await self._until(self.begun, runs)

    async def until_ended(self, runs: int) -> None:
        """Wait until so many runs have ended in all."""
        await self._until(self.ended, runs)

    async def _until(self, keys: list[str], runs: int) -> None:
        async with asyncio.timeout(PATIENCE), self._changed:
            await self._changed.wait_for(lambda: len(keys) >= runs)

    async def _tell(self) -> None:
        async with self._changed:
            self._changed.notify_all()


async def barrier(scheduler: Scheduler, name: str) -> None:
    """Return when everything that was triggered before has had its turn to begin."""
    last = Probe()
    scheduler.handle(name, last)
    scheduler.trigger(name)
    await last.until_ended(1)
