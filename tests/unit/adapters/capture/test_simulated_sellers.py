"""Sellers' pages of the simulated marketplace, read without a browser."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime

import httpx
import msgspec
import pytest

from adapters.capture.simulated_sellers import SimulatedSellerPages
from adapters.simulator import Fault, Marketplace, Operation, SettableClock
from bot.errors import CaptureError
from bot.features.cases.models.seller_pages import SellerPage
from bot.features.cases.rules.seller_pages import profile_from
from tests.unit.adapters.simulator.small import CHEAP, UNKNOWN, small_scenario

AT = datetime(2026, 3, 1, 10, 0, tzinfo=UTC)
HOSTILE = "<b>Best</b> & \"only\" shop</h1><script>alert('x')</script>"


@pytest.fixture
async def market() -> AsyncIterator[Marketplace]:
    scenario = small_scenario()
    sellers = tuple(
        msgspec.structs.replace(
            each, name=HOSTILE, business="Example & Sons", address=("1 Example Road", "CN")
        )
        if each.id == CHEAP
        else each
        for each in scenario.sellers
    )
    changed = msgspec.structs.replace(scenario, sellers=sellers)
    async with Marketplace(changed, clock=SettableClock(), quota_scale=None) as market:
        yield market


async def read(market: Marketplace, seller: str) -> SellerPage:
    async with AsyncExitStack() as stack:
        http = await stack.enter_async_context(httpx.AsyncClient())
        pages = SimulatedSellerPages(http, lambda: AT)
        return await pages.read(f"{market.base_url}/sp?seller={seller}")


async def test_the_page_says_name_business_address_and_feedback(market: Marketplace) -> None:
    page = await read(market, CHEAP)
    profile = profile_from(page, "US", CHEAP)
    assert profile is not None
    assert profile.name == HOSTILE
    assert profile.business == "Example & Sons"
    assert profile.address == ("1 Example Road", "CN")
    assert profile.rating == "90% positive (3 ratings)"
    assert (page.at, page.simulated) == (AT, True)
    assert page.url == f"{market.base_url}/sp?seller={CHEAP}"


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (Fault.LOGIN_WALL, "asked for a login"),
        (Fault.CAPTCHA, "asked for a captcha"),
        (Fault.DOG_PAGE, "showed an error page"),
    ],
)
async def test_what_stands_in_its_place_is_no_sellers_page(
    market: Marketplace, fault: Fault, words: str
) -> None:
    market.faults.on(fault, operation=Operation.PAGE, times=1)
    with pytest.raises(CaptureError, match=words):
        await read(market, CHEAP)


async def test_an_unknown_seller_has_no_page(market: Marketplace) -> None:
    with pytest.raises(CaptureError, match="does not have this page"):
        await read(market, UNKNOWN)


async def test_a_marketplace_that_is_gone_does_not_answer() -> None:
    async with Marketplace(small_scenario(), clock=SettableClock()) as market:
        gone = market
    with pytest.raises(CaptureError, match="does not answer"):
        await read(gone, CHEAP)
