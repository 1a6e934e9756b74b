"""Amazon's quotas: how many requests a second an operation allows, and whose turn it is."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable

import msgspec
import structlog
from structlog.typing import FilteringBoundLogger

from adapters.amazon.exchange import finite
from bot.core.questions import MARGIN, Bucket, Operation

SLOWEST = 1 / 20
FASTEST = 100.0
"""A learned rate that differs from the documented one by more than these factors is nonsense."""

LONGEST_PAUSE = 300.0
"""Seconds after which a request that was refused is tried again at the latest."""
JITTER = 0.25
"""The share by which a pause is lengthened at random, so that two programs do not march in step."""
SEVERAL = 5
"""From such a burst on, a few requests of it are kept back, and make up for answers that were
faster on their way than others; below it, that takes a longer gap between two requests."""
KEPT = 1 / 5
"""The share of such a burst that is kept back."""
SLACK = 0.05
"""The share of the rate that is left unused then."""
ROUNDING = 1e-6
"""The part of a token that arithmetic may lose."""

log: FilteringBoundLogger = structlog.get_logger(__name__)


class Time(msgspec.Struct, frozen=True):
    """How seconds pass; tests let them pass at once."""

    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep


class Quota:
    """The token bucket of one operation for one account: first come, first served.

    ``rate`` is in requests a second; ``burst`` is how many may go at once after a rest.
    """

    def __init__(self, rate: float, burst: int, passing: Time | None = None) -> None:
        """Begin with a full bucket."""
        self._documented = rate
        self._rate = rate
        self._several = burst >= SEVERAL
        self._burst = round(burst * (1 - KEPT)) if self._several else burst
        self._time = passing or Time()
        self._tokens = float(self._burst)
        self._as_of = self._time.monotonic()  # When the bucket held that many tokens.
        self._not_before = self._as_of
        self._pause = 0.0
        self._waiting = 0
        self._turn = asyncio.Lock()  # A lock serves its waiters in their order.

    async def take(self) -> None:
        """Wait until one request may be sent."""
        self._waiting += 1
        try:
            async with self._turn:
                while (seconds := self._missing(1)) > 0:
                    await self._time.sleep(seconds)
                self._tokens -= 1
        finally:
            self._waiting -= 1

    def bucket(self, operation: Operation, region: str) -> Bucket:
        """Tell what is left of it, for whoever decides what is asked next."""
        self._refill()
        return Bucket(
            operation=operation,
            region=region,
            tokens=self._tokens - self._waiting,
            interval=self._interval(),
            pause=max(0.0, self._not_before - self._time.monotonic()),
        )

    def learn(self, header: str | None) -> None:
        """Take over the rate that an answer tells in ``x-amzn-RateLimit-Limit``.

        The header may be absent or no number (facts: it never comes on 429); then nothing changes.
        """
        rate = finite(header)
        if rate is None or rate == self._rate:
            return
        if self._documented * SLOWEST <= rate <= self._documented * FASTEST:
            self._refill()
            self._rate = rate

    def worked(self) -> None:
        """Forget earlier refusals: Amazon answered."""
        self._pause = 0.0

    def slow_down(self, retry_after: float | None = None) -> None:
        """Amazon refused a request: pause for as long as it said, else twice the last pause."""
        self._pause = min(max(self._pause * 2, self._interval()), LONGEST_PAUSE)
        if retry_after is None:
            # Jitter is no secret.
            seconds = self._pause * (1 + JITTER * random.random())  # noqa: S311
        else:
            seconds = min(retry_after, LONGEST_PAUSE)
        log.warning("Amazon asks to slow down", seconds=round(seconds, 1))
        self._not_before = max(self._not_before, self._time.monotonic() + seconds)

    def _interval(self) -> float:
        """Return the seconds in which the bucket gains one request."""
        return (1 + SLACK) / self._rate if self._several else 1 / self._rate + MARGIN

    def _missing(self, requests: int) -> float:
        """Return the seconds until the bucket can serve so many requests."""
        self._refill()
        short = requests - self._tokens
        refilled = short * self._interval() if short > ROUNDING else 0.0
        return max(refilled, self._not_before - self._time.monotonic())

    def _refill(self) -> None:
        now = self._time.monotonic()
        gained = (now - self._as_of) / self._interval()
        self._tokens = min(float(self._burst), self._tokens + gained)
        self._as_of = now
