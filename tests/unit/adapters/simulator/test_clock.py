"""Scenario time, and a world that goes on over a restart."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from adapters.simulator import Marketplace, SettableClock, WallClock
from tests.unit.adapters.simulator.caller import Caller, client_of
from tests.unit.adapters.simulator.small import OWN, PAN, small_scenario

START = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(("elapsed", "speed", "expected"), [(10, 1, 10), (10, 60, 600), (-5, 1, 0)])
def test_the_wall_clock_runs_at_its_speed(elapsed: int, speed: float, expected: float) -> None:
    clock = WallClock(START, speed, wall=lambda: START + timedelta(seconds=elapsed))
    assert clock.now() == expected


def test_a_settable_clock_moves_when_told() -> None:
    clock = SettableClock(5)
    clock.advance(2.5)
    assert clock.now() == 7.5


async def test_the_world_moves_with_the_clock(caller: Caller, clock: SettableClock) -> None:
    async def own_price() -> object:
        offers = (await caller.payload(PAN))["Offers"]
        prices = dict(zip(offers.each("SellerId"), offers.each("ListingPrice"), strict=True))
        return prices[OWN]

    assert await own_price() == {"CurrencyCode": "USD", "Amount": 20.0}
    clock.advance(100)
    assert await own_price() == {"CurrencyCode": "USD", "Amount": 12.0}


def stopped_at(moment: datetime) -> Callable[[], datetime]:
    return lambda: moment


async def test_a_restarted_marketplace_goes_on_where_the_world_is() -> None:
    for minutes, title in ((1, "Pan <script>alert(1)</script>"), (6, "Another pan")):
        clock = WallClock(START, wall=stopped_at(START + timedelta(minutes=minutes)))
        async with (
            Marketplace(small_scenario(), clock=clock) as marketplace,
            client_of(marketplace) as client,
        ):
            caller = Caller(client)
            await caller.log_in()
            items = (await caller.catalog(PAN)).json()["items"]
            assert items[0]["summaries"][0]["itemName"] == title


async def test_the_port_can_be_chosen() -> None:
    async with Marketplace(small_scenario()) as first:
        port = int(first.base_url.rsplit(":", 1)[1])
    async with Marketplace(small_scenario(), port=port) as second:
        assert second.base_url == first.base_url
