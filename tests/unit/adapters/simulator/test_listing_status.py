"""How the simulated Amazon tells of our listings: suppressed, closed, and with faults."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from adapters.amazon.login import Credentials
from adapters.amazon.sp_api import SpApiSource
from adapters.simulator import Fault, Marketplace, Operation, SettableClock, parse_scenario
from bot.core.listing import Watch
from bot.core.listing_status import ListingState
from bot.errors import SourceError
from tests.unit.adapters.simulator.caller import OWN_LISTINGS, US, Caller, client_of, tree
from tests.unit.adapters.simulator.small import OWN, PAN, PRODUCTS
from tests.unit.adapters.simulator.test_conformance import LISTINGS_ITEMS, Model
from tests.unit.checks.own_listings.listings import START

SKU = "PAN-1"
WORLD = f"""
[[seller]]
id = "{OWN}"
name = "Own"
country = "US"
feedback = 1
positive = 100

[[offer]]
asin = "{PAN}"
seller = "{OWN}"
price = "20.00"
fba = true
sku = "{SKU}"

[[event]]
at = 10
kind = "enforce"
asin = "{PAN}"
code = "18027"
message = "Bad picture."
category = "INVALID_IMAGE"
action = "LISTING_SUPPRESSED"

[[event]]
at = 20
kind = "lift"
asin = "{PAN}"

[[event]]
at = 30
kind = "enforce"
asin = "{PAN}"
code = "90220"
message = "Size is missing."

[[event]]
at = 40
kind = "leave"
asin = "{PAN}"
seller = "{OWN}"

[[event]]
at = 50
kind = "close"
asin = "{PAN}"
"""


@asynccontextmanager
async def account(at: float = 0) -> AsyncIterator[tuple[Marketplace, SpApiSource]]:
    clock = SettableClock(at)
    async with Marketplace(
        parse_scenario(PRODUCTS + WORLD), clock=clock, quota_scale=None
    ) as market:
        source = SpApiSource(
            Credentials(
                market.credentials.client_id,
                market.credentials.client_secret,
                market.credentials.refresh_token,
            ),
            login_url=f"{market.base_url}/auth/o2/token",
            endpoint=market.base_url,
            simulated=True,
        )
        try:
            yield market, source
        finally:
            await source.aclose()


async def look(source: SpApiSource) -> ListingState | SourceError:
    watch = Watch(asin=PAN, marketplace="US", sku=SKU, added_at=START)
    [reading] = await source.listing_states(OWN, [watch])
    return reading.result


async def state(source: SpApiSource) -> ListingState:
    found = await look(source)
    assert isinstance(found, ListingState), found
    return found


async def test_a_listing_on_sale_is_sound() -> None:
    async with account() as (_, source):
        found = await state(source)
    assert (found.buyable, found.discoverable, found.issues) == (True, True, ())
    assert (found.offered, found.stock, found.by_amazon) == (True, 40, True)


async def test_what_amazon_does_against_it_shows_until_it_is_lifted() -> None:
    async with account(10) as (market, source):
        found = await state(source)
        assert not found.buyable
        assert found.enforced == {"LISTING_SUPPRESSED"}
        assert isinstance(market.clock, SettableClock)
        market.clock.advance(10)
        assert (await state(source)).buyable
        market.clock.advance(10)
        found = await state(source)
        assert found.buyable
        assert found.enforced == set()
        assert [each.code for each in found.issues or ()] == ["90220"]


async def test_without_an_offer_it_is_sold_out_and_deleted_it_is_gone() -> None:
    async with account(40) as (market, source):
        found = await state(source)
        assert (found.listed, found.buyable, found.stock) == (True, False, 0)
        assert isinstance(market.clock, SettableClock)
        market.clock.advance(10)
        assert not (await state(source)).listed


async def test_a_false_zero_shows_no_listing() -> None:
    async with account() as (market, source):
        market.faults.on(Fault.FALSE_ZERO, operation=Operation.SEARCH_LISTINGS)
        assert not (await state(source)).listed


async def test_a_listing_that_is_left_out_is_not_said_to_be_gone() -> None:
    async with account() as (market, source):
        market.faults.on(Fault.MISSING_INNER, operation=Operation.SEARCH_LISTINGS)
        assert isinstance(await look(source), SourceError)


async def test_missing_parts_are_not_told() -> None:
    async with account(10) as (market, source):
        market.faults.on(Fault.MISSING_DATA_SET, operation=Operation.SEARCH_LISTINGS)
        found = await state(source)
        assert (found.issues, found.offered, found.stock) == (None, None, None)
        market.faults.off()
        market.faults.on(Fault.MISSING_FIELDS, operation=Operation.SEARCH_LISTINGS)
        assert (await state(source)).buyable is None


async def test_a_flicker_and_words_of_tomorrow() -> None:
    async with account() as (market, source):
        market.faults.on(Fault.LISTING_FLICKER, operation=Operation.SEARCH_LISTINGS, times=1)
        assert (await state(source)).buyable is False
        assert (await state(source)).buyable is True
        market.faults.on(Fault.UNKNOWN_ENUM, operation=Operation.SEARCH_LISTINGS)
        found = await state(source)
        assert found.enforced == {"ONE_OF_TOMORROW"}
        assert not any(each.error for each in found.issues or ())


@pytest.mark.parametrize(
    "fault",
    [
        *(Fault.HTML_503, Fault.EMPTY_429, Fault.TRUNCATED_JSON, Fault.NOT_JSON),
        *(Fault.ROLE_MISSING, Fault.REFUSED_REQUEST, Fault.DROPPED_CONNECTION),
    ],
)
async def test_what_spoils_the_whole_answer_is_an_error_and_no_state(fault: Fault) -> None:
    async with account() as (market, source):
        market.faults.on(fault, operation=Operation.SEARCH_LISTINGS)
        with pytest.raises(SourceError):
            await look(source)


@pytest.mark.conformance
async def test_all_data_sets_have_the_keys_of_amazons_model() -> None:
    model = Model(LISTINGS_ITEMS)
    async with account(10) as (market, _), client_of(market) as client:
        caller = Caller(client)
        await caller.log_in()
        query = {
            "marketplaceIds": US,
            "identifiersType": "SKU",
            "identifiers": SKU,
            "includedData": "summaries,issues,offers,fulfillmentAvailability",
        }
        answer = tree(await caller.get(f"{OWN_LISTINGS}/{OWN}", query))
    assert "issues" in answer["items"][0]
    schema = model.answer("get", f"{OWN_LISTINGS}/{{sellerId}}")
    assert list(model.unknown(answer.value, schema)) == []
