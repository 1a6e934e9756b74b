"""The world at a moment is a pure function of the scenario and the time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.simulator import Marketplace, SettableClock, WallClock
from adapters.simulator.catalogue import Condition, Offer
from adapters.simulator.scenario import (
    Arrive,
    BuyBox,
    Event,
    Hidden,
    Leave,
    Price,
    Scenario,
    Title,
)
from adapters.simulator.world import Listing, World, happen
from tests.unit.adapters.simulator.caller import Caller, client_of
from tests.unit.adapters.simulator.small import CHEAP, OWN, PAN, TIED, small_scenario

SELLERS = st.sampled_from([OWN, CHEAP, *TIED])
TIMES = st.integers(0, 5).map(float)
PRICES = st.integers(1, 40).map(Decimal)
EVENTS = st.one_of(
    st.builds(
        lambda at, seller, price: Arrive(at=at, offer=Offer(asin=PAN, seller=seller, price=price)),
        TIMES,
        SELLERS,
        PRICES,
    ),
    st.builds(Leave, at=TIMES, asin=st.just(PAN), seller=SELLERS),
    st.builds(
        Price,
        at=TIMES,
        asin=st.just(PAN),
        seller=SELLERS,
        price=PRICES,
        shipping=st.none() | st.just(Decimal(2)),
    ),
    st.builds(
        BuyBox,
        at=TIMES,
        asin=st.just(PAN),
        sellers=st.none() | st.lists(SELLERS, max_size=2, unique=True).map(tuple),
    ),
    st.builds(Hidden, at=TIMES, asin=st.just(PAN), count=st.integers(0, 3)),
    st.builds(Title, at=TIMES, asin=st.just(PAN), title=st.sampled_from(["a", "b"])),
)
STORIES = st.lists(EVENTS, max_size=12)


def story(events: list[Event]) -> Scenario:
    return msgspec.structs.replace(small_scenario(), events=tuple(events))


def pan(scenario: Scenario, now: float) -> Listing:
    listing = World(scenario).listing(PAN, now)
    assert listing is not None
    return listing


@given(STORIES, TIMES)
def test_events_of_the_same_time_happen_in_the_order_of_the_file(
    events: list[Event], now: float
) -> None:
    expected = pan(story([]), now)
    for moment in range(int(now) + 1):
        for event in events:
            if event.at == moment:
                expected = happen(expected, event)
    assert pan(story(events), now) == expected


@given(STORIES, TIMES)
def test_only_the_order_within_a_moment_matters(events: list[Event], now: float) -> None:
    late_first = sorted(events, key=lambda event: -event.at)
    assert pan(story(late_first), now) == pan(story(events), now)


@given(STORIES, SELLERS)
def test_leaving_twice_is_leaving_once(events: list[Event], seller: str) -> None:
    listing = pan(story(events), 9)
    once = happen(listing, Leave(at=9, asin=PAN, seller=seller))
    assert happen(once, Leave(at=9, asin=PAN, seller=seller)) == once
    assert seller not in once.offers


@given(STORIES, TIMES)
def test_asking_does_not_change_the_world(events: list[Event], now: float) -> None:
    world = World(story(events))
    before = world.listing(PAN, now)
    world.listing(PAN, 99)
    assert world.listing(PAN, now) == before


@given(STORIES, TIMES)
def test_the_buy_box_is_held_by_offers_of_the_listing(events: list[Event], now: float) -> None:
    listing = pan(story(events), now)
    assert all(winner in listing.offers.values() for winner in listing.winners)
    assert listing.winners or listing.buy_box == () or not listing.offers


def test_the_lowest_landed_price_of_new_goods_holds_the_buy_box() -> None:
    assert [winner.seller for winner in pan(small_scenario(), 0).winners] == [CHEAP]
    used = Offer(asin=PAN, seller=TIED[0], price=Decimal(1), condition=Condition.USED)
    listing = pan(story([Arrive(at=0, offer=used)]), 0)
    assert listing.ranked[0] == used
    assert [winner.seller for winner in listing.winners] == [CHEAP]


@pytest.mark.parametrize(
    ("sellers", "winners"),
    [((), []), (None, [CHEAP]), ((OWN, TIED[0]), [OWN, TIED[0]]), ((TIED[1],), [TIED[1]])],
)
def test_an_event_gives_the_buy_box_away(
    sellers: tuple[str, ...] | None, winners: list[str]
) -> None:
    listing = pan(story([BuyBox(at=1, asin=PAN, sellers=sellers)]), 1)
    assert [winner.seller for winner in listing.winners] == winners


def test_the_buy_box_falls_to_the_lowest_price_when_its_holder_leaves() -> None:
    events: list[Event] = [
        BuyBox(at=1, asin=PAN, sellers=(OWN,)),
        Leave(at=2, asin=PAN, seller=OWN),
    ]
    assert [winner.seller for winner in pan(story(events), 2).winners] == [CHEAP]


def test_a_price_event_keeps_the_shipping_and_ignores_who_is_not_there() -> None:
    listing = pan(small_scenario(), 0)
    cheaper = happen(listing, Price(at=0, asin=PAN, seller=CHEAP, price=Decimal(10)))
    assert cheaper.offers[CHEAP].landed == Decimal(11)
    gone = happen(listing, Leave(at=0, asin=PAN, seller=CHEAP))
    assert happen(gone, Price(at=0, asin=PAN, seller=CHEAP, price=Decimal(10))) == gone


def test_an_unknown_asin_has_no_listing() -> None:
    assert World(small_scenario()).listing("B0NOWHERE1", 0) is None


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
