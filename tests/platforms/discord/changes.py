"""Waiting for something to become true, woken by every change."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

T = TypeVar("T")
LOOK_AGAIN = 0.02
"""Seconds; a condition may also ask something that tells of no change, as the bot's own state."""


class Changes:
    """Tells all who wait that something is different."""

    def __init__(self) -> None:
        self._next = asyncio.Event()

    def tell(self) -> None:
        before, self._next = self._next, asyncio.Event()
        before.set()

    async def until(self, condition: Callable[[], T], timeout: float) -> T:  # noqa: ASYNC109
        """Return what the condition returned when it held.

        Raises:
            TimeoutError: it did not hold within so many seconds.
        """
        async with asyncio.timeout(timeout):
            while not (found := condition()):
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._next.wait(), LOOK_AGAIN)
        return found
