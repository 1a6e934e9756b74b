"""What pages say in the catalogue, and how a story changes it."""

from collections.abc import AsyncIterator

import pytest

from adapters.simulator import Fault, Marketplace, Operation, SettableClock
from tests.unit.adapters.simulator.caller import Caller, Tree, client_of, tree
from tests.unit.adapters.simulator.used import BOARD, BOWL, FAMILY, PAN, STRANGE, used_scenario

CONTENT = "attributes,identifiers,images,productTypes,relationships,summaries"


@pytest.fixture
async def market(clock: SettableClock) -> AsyncIterator[Marketplace]:
    async with Marketplace(used_scenario(), clock=clock, quota_scale=None) as marketplace:
        yield marketplace


@pytest.fixture
async def caller(market: Marketplace) -> AsyncIterator[Caller]:
    async with client_of(market) as client:
        caller = Caller(client)
        await caller.log_in()
        yield caller


async def item(caller: Caller, asin: str = PAN) -> Tree:
    return tree(await caller.catalog(asin, includedData=CONTENT))["items"][0]


def relations(item: Tree) -> Tree:
    return item["relationships"][0]["relationships"]


async def test_the_page_at_the_start(caller: Caller) -> None:
    told = await item(caller)
    assert set(told) == {"asin", *CONTENT.split(",")}
    assert told["attributes"]["product_description"].each("value") == ["A <b>pan</b>."]
    assert told["productTypes"].each("productType") == ["SAUCEPAN"]
    assert relations(told).each("parentAsins") == [[FAMILY]]
    assert told["identifiers"][0]["identifiers"] == [
        {"identifierType": "EAN", "identifier": "4006381333931"}
    ]


async def test_a_family_names_its_children(caller: Caller, clock: SettableClock) -> None:
    assert relations(await item(caller, FAMILY)).each("childAsins") == [[PAN, BOWL]]
    clock.advance(200)
    assert relations(await item(caller, FAMILY)).each("childAsins") == [[BOWL]]
    clock.advance(50)
    assert relations(await item(caller, FAMILY)).each("childAsins") == [[BOARD, BOWL]]


async def test_a_page_is_taken_over(
    caller: Caller, market: Marketplace, clock: SettableClock
) -> None:
    before = (await item(caller))["images"][0]["images"][0]["link"]
    clock.advance(200)
    told = await item(caller)
    assert told["summaries"][0]["itemName"] == "Phone case"
    assert told["summaries"][0]["brand"] == "Other"
    assert told["attributes"]["bullet_point"].each("value") == ["Soft"]
    assert "product_description" not in told["attributes"]
    assert told["productTypes"].each("productType") == ["PHONE_CASE"]
    assert relations(told).each("parentAsins") == [[STRANGE]]
    link = told["images"][0]["images"][0]["link"]
    assert link != before
    picture = (await caller.client.get(str(link.value))).text
    assert "#000000" in picture
    page = (await caller.client.get(f"/dp/{PAN}")).text
    assert "Phone case" in page


async def test_parts_that_an_event_does_not_name_stay(caller: Caller, clock: SettableClock) -> None:
    clock.advance(300)
    told = await item(caller)
    assert told["summaries"][0]["itemName"] == "Phone case"
    assert "bullet_point" not in told["attributes"]
    assert relations(told) == []


async def test_data_sets_are_absent(caller: Caller, market: Marketplace) -> None:
    market.faults.on(Fault.MISSING_DATA_SET, operation=Operation.SEARCH_CATALOG)
    assert set(await item(caller)) == {"asin", "images", "summaries"}


async def test_one_product_spoils_a_request(caller: Caller, market: Marketplace) -> None:
    market.faults.on(Fault.REFUSED_REQUEST, operation=Operation.SEARCH_CATALOG, asin=BOWL)
    refused = await caller.catalog(PAN, BOWL)
    assert refused.status_code == 400
    assert tree(refused)["errors"][0]["message"] == "Invalid 'asin' provided."
    assert (await caller.catalog(PAN)).status_code == 200
