"""People who wait for one product: one each, and not too many in all."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.core.monitoring import Reading
from bot.errors import UserError

AT_ONCE = 10
"""Products that may be waited for at the same time."""
LONGEST_WAIT = 60.0
"""Seconds that a person waits; then they are told to come back."""


class Demands:
    """Who waits for what. Two who ask for the same product wait for the same answer."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self._people: set[str] = set()
        self._answers: dict[str, asyncio.Future[Reading]] = {}
        self._waiting: Counter[str] = Counter()

    def __contains__(self, key: object) -> bool:
        return key in self._answers

    def __len__(self) -> int:
        return len(self._answers)

    @asynccontextmanager
    async def turn(self, who: str, key: str, eta: float) -> AsyncIterator[None]:
        """Let the person wait for the product as long as the block lasts.

        ``eta``: in how many seconds the last of those who wait is asked for.

        Raises:
            UserError: they wait for a product already, or too many others do.
        """
        if who in self._people:
            message = "Your last check is still running. Wait for its result."
            raise UserError(message)
        if key not in self._answers and len(self) >= AT_ONCE:
            message = f"{len(self)} checks are waiting. Try again in {max(1, round(eta))} s."
            raise UserError(message)
        self._answers.setdefault(key, asyncio.get_running_loop().create_future())
        self._people.add(who)
        self._waiting[key] += 1
        try:
            yield
        finally:
            self._people.discard(who)
            self._waiting[key] -= 1
            if not self._waiting[key]:
                del self._waiting[key]
                self._answers.pop(key, None)

    async def answer(self, key: str) -> Reading:
        """Wait for what is read of the product, within the block of a turn.

        Raises:
            UserError: there is none in time.
        """
        try:
            async with asyncio.timeout(LONGEST_WAIT):
                # One who gives up must not take the answer from the others.
                return await asyncio.shield(self._answers[key])
        except TimeoutError:
            message = (
                f"Amazon did not answer within {LONGEST_WAIT:.0f} s. "
                "Try again later, or check /health."
            )
            raise UserError(message) from None

    def take_in(self, reading: Reading) -> None:
        """Give a reading to those who wait for it."""
        waiting = self._answers.get(reading.watch.key)
        if waiting is not None and not waiting.done():
            waiting.set_result(reading)
