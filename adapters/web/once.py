"""An interaction that is sent twice happens once; the second gets the answer of the first."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

T = TypeVar("T")

REMEMBERED = 500


class Once(Generic[T]):
    """Remembers the last answers by id, those still on their way too."""

    def __init__(self, most: int = REMEMBERED) -> None:
        """Remember at most ``most``."""
        self._most = most
        self._answers: OrderedDict[str, asyncio.Future[T]] = OrderedDict()

    async def run(self, id: str, work: Callable[[], Awaitable[T]]) -> T:
        """Return the result of the work that was first given under this id."""
        if id not in self._answers:
            self._answers[id] = asyncio.ensure_future(_awaited(work))
            while len(self._answers) > self._most:
                self._answers.popitem(last=False)
        # One client that hangs up must not stop what the other one still waits for.
        return await asyncio.shield(self._answers[id])


async def _awaited(work: Callable[[], Awaitable[T]]) -> T:
    return await work()
