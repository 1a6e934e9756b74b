"""Requests that are under way: all can be waited for, or given up."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine

Task = asyncio.Task[None]


class UnderWay:
    """Tasks, each for a request."""

    def __init__(self) -> None:
        """Begin with none."""
        self._tasks: set[Task] = set()

    def __len__(self) -> int:
        return len(self._tasks)

    def begin(self, work: Coroutine[None, None, None], ended: Callable[[Task], None]) -> None:
        """Do the work in a task of its own; ``ended`` hears of its end, whatever it was."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        task.add_done_callback(ended)

    async def settle(self) -> None:
        """Wait until none is under way."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def stop(self) -> None:
        """Give them up."""
        for task in self._tasks:
            task.cancel()
        await self.settle()
