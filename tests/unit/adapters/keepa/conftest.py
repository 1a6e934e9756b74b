from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass

import httpx
import pytest
import stamina

from adapters.keepa.source import KeepaSource
from tests.unit.adapters.keepa.keepa import KEY, Keepa


@dataclass
class Seconds:
    """A steady clock that moves when a test says so."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def _no_pause_between_tries() -> Iterator[None]:
    with stamina.set_testing(True, attempts=10, cap=True):
        yield


@pytest.fixture
async def keepa() -> AsyncIterator[Keepa]:
    async with Keepa() as server:
        yield server


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
async def source(keepa: Keepa, seconds: Seconds) -> AsyncIterator[KeepaSource]:
    async with httpx.AsyncClient() as http:
        yield KeepaSource(KEY, http, endpoint=keepa.url, simulated=True, monotonic=seconds)
