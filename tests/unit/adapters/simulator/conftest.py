"""A marketplace with the small world of these tests, and a caller that is logged in."""

from collections.abc import AsyncIterator

import pytest

from adapters.simulator import Marketplace, SettableClock
from tests.unit.adapters.simulator.caller import Caller, client_of
from tests.unit.adapters.simulator.small import small_scenario


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock()


@pytest.fixture
async def market(clock: SettableClock) -> AsyncIterator[Marketplace]:
    async with Marketplace(small_scenario(), clock=clock, quota_scale=None) as marketplace:
        yield marketplace


@pytest.fixture
async def stranger(market: Marketplace) -> AsyncIterator[Caller]:
    """A caller without an access token."""
    async with client_of(market) as client:
        yield Caller(client)


@pytest.fixture
async def caller(stranger: Caller) -> Caller:
    await stranger.log_in()
    return stranger
