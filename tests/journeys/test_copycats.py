"""Copycats on the simulated marketplace: at the page, at Amazon's quotas, and with faults."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from adapters.amazon.login import Credentials
from adapters.amazon.sp_api import SpApiSource
from adapters.simulator import Credentials as Simulated
from adapters.simulator import Fault, Marketplace, Operation, SettableClock, demo_scenario
from adapters.web.outbound import WebChat
from bot.bootstrap.application import WEB, WEB_CHANNEL, Application, build_application, open_store
from bot.cli.demo import OWN_SELLER, seed
from bot.core.channel_bindings import open_room
from bot.core.clocks import utc_now
from bot.core.links import Links
from bot.core.resources import Resources
from bot.features.cases.collections import CASES
from bot.features.copycats.collections import CANDIDATES, SEARCHES
from bot.features.watchlist.resources import PAUSE
from bot.settings import Settings
from tests.journeys.at_the_page import Person, at_the_page
from tests.unit.adapters.amazon.conftest import FakeTime

LOOKS = "US-B0LOOKS001"


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[tuple[Marketplace, Application, Person, FakeTime]]:
    """Open the demo's team at the page, whose seconds pass at once, at Amazon's own quotas."""
    settings = Settings(_env_file=None).model_copy(
        update={
            "brand": "Alder & Finch",
            "own_sellers": frozenset({OWN_SELLER}),
            "data_dir": folder,
        }
    )
    time, known = FakeTime(), Simulated()
    async with (
        Marketplace(
            demo_scenario(), clock=SettableClock(), quota_scale=1, monotonic=time.monotonic
        ) as market,
        open_store(settings, simulated=True) as store,
    ):
        source = SpApiSource(
            Credentials(known.client_id, known.client_secret, known.refresh_token),
            login_url=f"{market.base_url}/auth/o2/token",
            endpoint=market.base_url,
            simulated=True,
            passing=time.passing,
        )
        resources = Resources().having(PAUSE, time.sleep)
        chats = {WEB: WebChat(store, utc_now)}
        links = Links(base=market.base_url)
        house = build_application(settings, store, source, links, chats, resources)
        await open_room(store, WEB, "", WEB_CHANNEL)
        await seed(store)
        async with at_the_page(house) as person:
            yield market, house, person, time
        await source.aclose()


def searches(market: Marketplace) -> list[int | None]:
    """Return how the requests to the catalog were answered."""
    return [each.status for each in market.log if each.operation is Operation.SEARCH_CATALOG]


async def test_a_copycat_is_compared_at_the_page_and_reported_from_its_case(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path) as (market, house, person, _):
        assert "The list follows in the channel." in await person.type("/copycats")
        await person.look()
        assert "2 products look like yours" in person.seen[-1]
        assert "SIMULATED" in person.seen[-1].upper()
        shown = await person.press("copycat-compare", LOOKS)
        assert "Compare with Alder &amp; Finch Cast Iron Saucepan" in shown
        pictures = re.findall(r'<img class="picture" src="([^"]+)"', shown)
        assert pictures == [
            f"{market.base_url}/images/{asin}.svg" for asin in ("B0LOOKS001", "B0ALDER001")
        ]
        assert "is open" in await person.press("copycat-copy", LOOKS)
        [case] = [each for each in await house.app.store.page(CASES) if "B0LOOKS001" in each.asins]
        assert "What is it about?" in await person.press("report", case.key)


async def test_a_search_stays_within_its_share_of_the_quota(tmp_path: Path) -> None:
    async with opened(tmp_path) as (market, house, person, time):
        began = time.now
        await person.type("/copycats search")
        [search] = await house.app.store.page(SEARCHES)
        assert (search.searched, search.unread) == (6, 0)
        asked = searches(market)
        assert set(asked) == {200}
        # One request in half a second, where Amazon takes two: the other half is for pages.
        assert (time.now - began) / (len(asked) - 1) >= 0.5


async def test_products_that_are_ours_are_not_among_what_was_found(tmp_path: Path) -> None:
    async with opened(tmp_path) as (_, house, person, _):
        await person.type("/copycats search")
        found = await house.app.store.page(CANDIDATES)
        assert {each.item.asin for each in found} == {"B0LOOKS001", "B0LOOKS002"}


@pytest.mark.parametrize(
    "fault",
    [Fault.HTML_503, Fault.TRUNCATED_JSON, Fault.NOT_JSON, Fault.QUOTA_429, Fault.REFUSED_REQUEST],
)
async def test_an_outage_is_told_and_nothing_is_called_clear(tmp_path: Path, fault: Fault) -> None:
    async with opened(tmp_path) as (market, house, person, _):
        market.faults.on(fault, operation=Operation.SEARCH_CATALOG)
        await person.type("/copycats search")
        for _ in range(3):
            await person.work()
        [search] = await house.app.store.page(SEARCHES)
        assert search.found == 0
        await person.look()
        assert "Nothing left to compare" not in person.seen[-1]
        market.faults.off()


@pytest.mark.parametrize("fault", [Fault.MISSING_FIELDS, Fault.MISSING_DATA_SET])
async def test_what_amazon_leaves_out_costs_no_find(tmp_path: Path, fault: Fault) -> None:
    async with opened(tmp_path) as (market, house, person, _):
        market.faults.on(fault, operation=Operation.SEARCH_CATALOG, asin="B0LOOKS001")
        await person.type("/copycats search")
        found = await house.app.store.page(CANDIDATES)
        assert {each.item.asin for each in found} == {"B0LOOKS001", "B0LOOKS002"}


async def test_the_brands_other_products_are_offered_at_the_page(tmp_path: Path) -> None:
    async with opened(tmp_path) as (_, house, person, _):
        await person.type("/watch brand")
        await person.look()
        assert "1 product of Alder &amp; Finch not in your account" in person.seen[-1]
        assert "B0ALDER007" in person.seen[-1]
        assert await house.app.store.count(CANDIDATES) == 0
