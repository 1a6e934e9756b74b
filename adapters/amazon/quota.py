"""Amazon's quotas: how many requests a second an operation allows, and whose turn it is."""

from __future__ import annotations

import asyncio
import math
import random
import time
from collections import deque
from collections.abc import Awaitable, Callable

import msgspec
import structlog
from structlog.typing import FilteringBoundLogger

from adapters.http.exchange import finite
from bot.core.questions import MARGIN, Bucket, Operation, most_margin, refill_time, spacing

SLOWEST = 1 / 20
FASTEST = 100.0
"""A learned rate that differs from the documented one by more than these factors is nonsense."""

LONGEST_PAUSE = 300.0
"""Seconds after which a request that was refused is tried again at the latest."""
JITTER = 0.25
"""The share by which a pause is lengthened at random, so that two programs do not march in step."""
ROUNDING = 1e-6
"""The part of a token that arithmetic may lose."""
REMEMBERED = 32
"""Answers by which the differences on the way are judged."""

log: FilteringBoundLogger = structlog.get_logger(__name__)


class Time(msgspec.Struct, frozen=True):
    """How seconds pass; tests let them pass at once."""

    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep


class Quota:
    """The token bucket of one operation for one account: first come, first served.

    ``rate`` is in requests a second; ``burst`` is how many may go at once after a rest.

    Amazon's bucket fills while a request is still on its way, and is full no longer than until the
    first of several arrives. So what is sent from a bucket that is nearly full starts to come back
    only after a margin, the time by which the next one may overtake it: then no request comes too
    early, in whichever order they arrive. Of a bucket that is never nearly full, nothing is lost.
    """

    def __init__(self, rate: float, burst: int, passing: Time | None = None) -> None:
        """Begin with a full bucket."""
        self._documented = rate
        self._rate = rate
        self._burst = burst
        self._time = passing or Time()
        self._tokens = float(burst)
        self._as_of = self._time.monotonic()  # When the bucket held that many tokens.
        self._not_before = self._as_of
        self._pause = 0.0
        self._took: deque[float] = deque(maxlen=REMEMBERED)
        self._waiting = 0
        self._turn = asyncio.Lock()  # A lock serves its waiters in their order.

    async def take(self) -> None:
        """Wait until one request may be sent."""
        self._waiting += 1
        try:
            async with self._turn:
                while (seconds := self._missing(1)) > 0:
                    await self._time.sleep(seconds)
                self._spend()
        finally:
            self._waiting -= 1

    def bucket(self, operation: Operation, region: str) -> Bucket:
        """Tell what is left of it, for whoever decides what is asked next."""
        self._refill()
        interval = self._interval()
        lacking = self._filling(1)
        tokens = 1 - lacking / interval if lacking else self._tokens
        return Bucket(
            operation=operation,
            region=region,
            tokens=tokens - self._waiting,
            interval=interval,
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

    def worked(self, seconds: float | None = None) -> None:
        """Forget earlier refusals: Amazon answered, after so many seconds."""
        self._pause = 0.0
        if seconds is not None:
            self._took.append(seconds)

    def slow_down(self, retry_after: float | None = None) -> None:
        """Amazon refused a request: pause for as long as it said, else twice the last pause."""
        self._pause = min(max(self._pause * 2, self._interval()), LONGEST_PAUSE)
        # Whatever the answers say, the way differs by more than was thought.
        self._took.append(math.inf)
        if retry_after is None:
            # Jitter is no secret.
            seconds = self._pause * (1 + JITTER * random.random())  # noqa: S311
        else:
            seconds = min(retry_after, LONGEST_PAUSE)
        log.warning("Amazon asks to slow down", seconds=round(seconds, 1))
        self._not_before = max(self._not_before, self._time.monotonic() + seconds)

    @property
    def margin(self) -> float:
        """The seconds by which a request may overtake another one, as the last answers tell."""
        most = most_margin(self._rate, self._burst)
        if math.inf in self._took:
            return most
        spread = max(self._took) - min(self._took) if self._took else 0.0
        return min(max(MARGIN, spread), most)

    def _interval(self) -> float:
        """Return the seconds from one request to the next, while all that may go is sent."""
        return spacing(self._rate, self._burst, self.margin)

    def _spend(self) -> None:
        """Take one request out; from a bucket that is nearly full, it fills only after a margin."""
        beyond = self._tokens - (self._burst - self._rate * self.margin)
        self._tokens -= 1
        if beyond > 0:
            self._as_of = max(self._as_of, self._time.monotonic() + beyond / self._rate)

    def _missing(self, requests: int) -> float:
        """Return the seconds until the bucket can serve so many requests."""
        self._refill()
        return max(self._filling(requests), self._not_before - self._time.monotonic())

    def _filling(self, requests: int) -> float:
        """Return the seconds until it holds so many, pauses aside."""
        short = requests - self._tokens
        if short <= ROUNDING:
            return 0.0
        idle = max(0.0, self._as_of - self._time.monotonic())
        return idle + short * refill_time(self._rate, self._burst)

    def _refill(self) -> None:
        now = self._time.monotonic()
        if now <= self._as_of:
            return
        gained = (now - self._as_of) / refill_time(self._rate, self._burst)
        self._tokens = min(float(self._burst), self._tokens + gained)
        self._as_of = now
