from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
import stamina

from adapters.amazon.login import Credentials
from adapters.amazon.quota import Time
from adapters.amazon.sp_api import SpApiSource
from bot.core.listing import Snapshot, Watch
from bot.core.monitoring import Reading
from bot.errors import SourceError
from tests.unit.adapters.amazon.amazon import Amazon

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
CREDENTIALS = Credentials("client-id-value", "client-secret-value", "Atzr|refresh-token-value")
ASIN = "B000P6Q7MY"


@dataclass
class FakeTime:
    """Seconds that pass when somebody sleeps, and then at once."""

    now: float = 1000.0
    slept: list[float] = field(default_factory=list)

    def monotonic(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        until = self.now + seconds
        self.slept.append(seconds)
        await asyncio.sleep(0)
        self.now = max(self.now, until)

    @property
    def passing(self) -> Time:
        return Time(self.monotonic, self.sleep)


def watch(asin: str = ASIN, marketplace: str = "US", sku: str = "") -> Watch:
    return Watch(asin=asin, marketplace=marketplace, sku=sku, added_at=NOW)


def snapshot_of(reading: Reading) -> Snapshot:
    assert isinstance(reading.result, Snapshot), reading.result
    return reading.result


def error_of(reading: Reading) -> SourceError:
    assert isinstance(reading.result, SourceError), reading.result
    return reading.result


@pytest.fixture(autouse=True)
def _no_pause_between_tries() -> Iterator[None]:
    with stamina.set_testing(True, attempts=10, cap=True):
        yield


@pytest.fixture
def fake_time() -> FakeTime:
    return FakeTime()


@pytest.fixture
async def amazon() -> AsyncIterator[Amazon]:
    async with Amazon() as server:
        yield server


class Sources:
    """Makes sources that ask the Amazon of the test, and closes them."""

    def __init__(self, amazon: Amazon, fake_time: FakeTime, stack: AsyncExitStack) -> None:
        self._amazon = amazon
        self._time = fake_time
        self._stack = stack

    def __call__(self, timeout: float = 5.0) -> SpApiSource:
        source = SpApiSource(
            CREDENTIALS,
            login_url=f"{self._amazon.url}/auth/o2/token",
            endpoint=self._amazon.url,
            simulated=True,
            timeout=timeout,
            clock=lambda: NOW,
            passing=self._time.passing,
        )
        self._stack.push_async_callback(source.aclose)
        return source


@pytest.fixture
async def sources(amazon: Amazon, fake_time: FakeTime) -> AsyncIterator[Sources]:
    async with AsyncExitStack() as stack:
        yield Sources(amazon, fake_time, stack)


@pytest.fixture
def source(sources: Sources) -> SpApiSource:
    return sources()
