"""The catalogue from the account, on the simulated marketplace: at its quotas, and at the page."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from adapters.amazon.login import Credentials
from adapters.amazon.sp_api import SpApiSource
from adapters.simulator import Credentials as Simulated
from adapters.simulator import (
    Fault,
    Marketplace,
    Operation,
    Scenario,
    SettableClock,
    demo_scenario,
)
from adapters.web.outbound import WebChat
from bot.bootstrap.application import WEB, WEB_CHANNEL, build_application, open_store
from bot.core.cards import Card
from bot.core.channel_bindings import open_room
from bot.core.clocks import utc_now
from bot.core.links import Links
from bot.core.resources import Resources
from bot.features.watchlist.collections import WATCHES
from bot.features.watchlist.resources import ACCOUNT, LISTING_STATES, LOOKING, PAUSE, Looking
from bot.features.watchlist.service.asking_listings import ListingsDaily
from bot.settings import Settings
from tests.fakes import StoppedClock
from tests.journeys.at_the_page import at_the_page
from tests.journeys.shop import open_source, open_team
from tests.unit.adapters.amazon.conftest import FakeTime
from tests.unit.adapters.simulator.selling import DE, many, own_sku, selling
from tests.unit.adapters.simulator.small import OWN, PAN, SKU
from tests.unit.conftest import Team

BY_SKU = {Operation.LISTING_OFFERS, Operation.LISTING_OFFERS_BATCH}
BY_ASIN = {Operation.ITEM_OFFERS, Operation.ITEM_OFFERS_BATCH}
FIRST_CARD = 90
"""Seconds from the token to the first card."""


@dataclass
class Selling:
    """A team whose account is at the simulated marketplace, at Amazon's own quotas."""

    market: Marketplace
    world: SettableClock
    time: FakeTime
    team: Team

    @property
    def card(self) -> Card:
        """The newest card about listings."""
        keys = [key for key in self.team.chat.order if key.startswith("listings-")]
        return self.team.chat.cards[keys[-1]]

    async def type_watch_all(self) -> None:
        self.team.clock.advance(minutes=1)
        await self.team.type("/watch all")
        await self.team.work()

    async def press(self, label: str) -> None:
        [button] = [each for each in self.card.pressable if each.label.startswith(label)]
        await self.team.press(button.action, button.ref)
        await self.team.work()

    async def next_day(self) -> None:
        self.team.clock.advance(days=1)
        self.time.now += 86_400
        self.world.advance(86_400)
        await ListingsDaily(self.team.app).tick()
        await self.team.work()

    def refused(self) -> list[Operation]:
        return [entry.operation for entry in self.market.log if entry.status == 429]


@asynccontextmanager
async def opened(folder: Path, scenario: Scenario) -> AsyncIterator[Selling]:
    world, time, looking, known = SettableClock(), FakeTime(), Looking(), Simulated()
    async with Marketplace(
        scenario, clock=world, quota_scale=1, monotonic=time.monotonic
    ) as market:
        url = market.base_url
        source = SpApiSource(
            Credentials(known.client_id, known.client_secret, known.refresh_token),
            login_url=f"{url}/auth/o2/token",
            endpoint=url,
            simulated=True,
            clock=StoppedClock(),
            passing=time.passing,
        )
        resources = (
            Resources()
            .having(ACCOUNT, source)
            .having(LISTING_STATES, source)
            .having(LOOKING, looking)
            .having(PAUSE, time.sleep)
        )
        async with open_team(folder, url, scenario.own_seller, resources) as team:
            looking.checker = team.monitor
            yield Selling(market, world, time, team)
        await source.aclose()


@pytest.mark.ci
async def test_a_thousand_skus_are_shown_within_the_quota_and_in_time(tmp_path: Path) -> None:
    async with opened(tmp_path, selling(*many(999))) as selling_team:
        began = selling_team.time.now
        await selling_team.type_watch_all()
        assert selling_team.card.title == "1,000 products in US"
        assert selling_team.time.now - began <= FIRST_CARD
        assert selling_team.refused() == []
        await selling_team.press("Watch 1,000")
        assert selling_team.card.title == "Now watching 1,000 more products"
        assert await selling_team.team.app.store.count(WATCHES) == 1000


@pytest.mark.ci
async def test_a_catalogue_of_several_marketplaces_beyond_a_search(tmp_path: Path) -> None:
    skus = [*many(2500), *many(40, "A2EUQ1WTGCTBG2"), own_sku("D-1", DE), own_sku("U-1", asin="")]
    async with opened(tmp_path, selling(*skus)) as selling_team:
        await selling_team.type_watch_all()
        card = selling_team.card
        assert card.title == "2,541 products in US and CA"
        assert {each.label: each.value for each in card.fields} == {
            "Not watched yet": "2,541 products",
            "Without a product page": "1 SKU",
            "By marketplace": "US 2,501 · CA 40",
        }
        await selling_team.press("Watch 2,541")
        assert await selling_team.team.app.store.count(WATCHES) == 2541
        assert selling_team.refused() == []


async def test_what_was_added_is_asked_for_by_its_sku_from_the_first_look_on(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path, demo_scenario()) as selling_team:
        await selling_team.type_watch_all()
        await selling_team.press("Watch 6")
        began = len(selling_team.market.log)
        await selling_team.team.poll()
        asked = {entry.operation for entry in list(selling_team.market.log)[began:]}
        assert asked & BY_SKU
        assert not asked & BY_ASIN


async def test_days_of_an_account_with_faults_tell_nothing_false(tmp_path: Path) -> None:
    days = 86_400
    skus = (
        *many(30),
        own_sku("GOES", asin="B0GOESAWAY", ends=2.5 * days),
        own_sku("COMES", asin="B0COMESNEW", begins=6.5 * days),
    )
    async with opened(tmp_path, selling(*skus)) as selling_team:
        await selling_team.type_watch_all()
        await selling_team.press("Watch 32")
        told = []
        faults = selling_team.market.faults
        for day in range(1, 9):
            if day in (1, 5):
                fault = Fault.FALSE_ZERO if day == 1 else Fault.MISSING_INNER
                faults.on(fault, operation=Operation.SEARCH_LISTINGS)
            before = len(selling_team.team.chat.order)
            await selling_team.next_day()
            faults.off()
            if len(selling_team.team.chat.order) > before:
                told.append((day, selling_team.card.title))
        assert told == [
            (4, "1 watched product no longer listed in your account"),
            (7, "1 new product in your account"),
        ]
        assert await selling_team.team.app.store.count(WATCHES) == 32
        await selling_team.press("Watch it")
        assert await selling_team.team.app.store.get(WATCHES, "US-B0COMESNEW") is not None


async def test_an_account_is_watched_from_the_page(tmp_path: Path) -> None:
    settings = Settings(_env_file=None).model_copy(
        update={"own_sellers": frozenset({OWN}), "data_dir": tmp_path}
    )
    scenario = selling(*many(4), own_sku("U-1", asin=""))
    async with (
        Marketplace(scenario, clock=SettableClock(), quota_scale=None) as market,
        open_source(market.base_url, utc_now) as source,
        open_store(settings, simulated=True) as store,
    ):
        chats = {WEB: WebChat(store, utc_now)}
        house = build_application(settings, store, source, Links(base=market.base_url), chats)
        await open_room(store, WEB, "", WEB_CHANNEL)
        async with at_the_page(house) as person:
            assert "The preview follows in the channel." in await person.type("/watch all")
            await person.look()
            assert "5 products in US" in person.seen[-1]
            assert "SIMULATED" in person.seen[-1].upper()
            preview = person.seen[-1].partition('value="watch-listings:')[2].partition('"')[0]
            await person.press("watch-listings", preview)
            await person.look()
            assert "Now watching 5 more products" in person.seen[-1]
        assert await store.count(WATCHES) == 5
        assert len(house.monitor._followed) == 5


SUPPRESSED = f"""
[[event]]
at = 129600
kind = "enforce"
asin = "{PAN}"
code = "18027"
message = "Bad picture."
category = "INVALID_IMAGE"
action = "LISTING_SUPPRESSED"
"""
"""On the second day."""


@pytest.mark.parametrize("beyond", [0, 1100])
async def test_a_suppression_that_nobody_watches_is_told_once(tmp_path: Path, beyond: int) -> None:
    """By a search, and by the report of an account that no search shows whole."""
    scenario = selling(*many(beyond), more=(SUPPRESSED,))
    async with opened(tmp_path, scenario) as selling_team:
        await selling_team.next_day()
        assert not any(key.startswith("listings-") for key in selling_team.team.chat.order)
        await selling_team.next_day()
        card = selling_team.card
        assert card.title == "1 SKU that you do not watch has a problem"
        assert card.body == f"• Suppressed by Amazon: {SKU}"
        for _ in range(2):
            before = len(selling_team.team.chat.order)
            await selling_team.next_day()
            assert len(selling_team.team.chat.order) == before
        assert selling_team.refused() == []


@pytest.mark.parametrize("operation", [Operation.SEARCH_LISTINGS, Operation.PARTICIPATIONS])
async def test_an_outage_is_told_and_can_be_tried_again(
    tmp_path: Path, operation: Operation
) -> None:
    async with opened(tmp_path, selling(*many(3))) as selling_team:
        selling_team.market.faults.on(Fault.HTML_503, operation=operation)
        await selling_team.type_watch_all()
        for _ in range(3):
            selling_team.team.clock.advance(minutes=2)
            await selling_team.team.work()
        assert selling_team.card.title == "Could not read your Amazon listings"
        selling_team.market.faults.off()
        await selling_team.press("Try again")
        assert selling_team.card.title == "4 products in US"
