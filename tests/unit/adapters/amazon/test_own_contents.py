"""What our own listing data says of products, asked over HTTP by SKU."""

from __future__ import annotations

import json

import pytest
from hypothesis import given

from adapters.amazon.own_contents import read_own_contents
from adapters.amazon.sp_api import SpApiSource
from adapters.simulator import Fault, Marketplace, Operation, SettableClock, demo_scenario
from bot.core.marketplaces import Marketplace as Market
from bot.core.own_content import OwnContentSource
from bot.errors import AccessRefused, SourceError
from checks.listings import compare_listing
from tests.unit.adapters.amazon.amazon import HTML_503, US, Amazon, Json, Obj, json_reply, reply
from tests.unit.adapters.amazon.conftest import ASIN, FakeTime, watch
from tests.unit.adapters.amazon.test_marketplace import asking
from tests.unit.adapters.amazon.test_properties import values

OWN = "A2OWNOWNOWN01"
KETTLE, KETTLE_SKU = "B0ALDER002", "AF-KETTLE-2Q"
TAKEN_OVER = 841
"""Second of the demo's story."""


def text(value: Json, tag: Json = "en_US") -> Obj:
    return {"value": value, "language_tag": tag, "marketplace_id": US}


def listing(sku: str, attributes: Json, asin: Json = ASIN) -> Obj:
    summary: Obj = {"marketplaceId": US, "asin": asin, "itemName": "Oak Bowl"}
    return {"sku": sku, "summaries": [summary], "attributes": attributes}


TEXTS: Obj = {
    "item_name": [text("Oak Bowl"), text("Eichenschale", "de_DE")],
    "brand": [text("Oak")],
    "bullet_point": [text("Round"), text("Flat")],
}


async def test_texts_are_read_in_the_language_of_the_title(
    source: SpApiSource, amazon: Amazon
) -> None:
    amazon.script = [json_reply(200, {"items": [listing("S-1", TEXTS), listing("S-2", TEXTS)]})]
    assert isinstance(source, OwnContentSource)
    found = await source.own_contents(OWN, [watch(sku="S-1")])
    [own] = found.values()
    assert list(found) == [f"US-{ASIN}"]
    assert (own.title, own.brand, own.bullets, own.language) == (
        "Oak Bowl",
        "Oak",
        ("Round", "Flat"),
        "en_US",
    )
    # What we did not send says nothing about the page.
    assert (own.description, own.pictures, own.parents) == (None, None, None)
    (seen,) = amazon.seen
    assert seen.path == f"/listings/2021-08-01/items/{OWN}"
    assert seen.query["includedData"] == "summaries,attributes"


@pytest.mark.parametrize(
    "item",
    [
        listing("S-1", TEXTS, asin="B0ANOTHER1"),
        listing("S-1", TEXTS, asin=None),
        {"sku": "S-1", "attributes": TEXTS},
        listing("UNASKED", TEXTS),
    ],
)
async def test_what_is_not_surely_the_products_is_left_out(
    source: SpApiSource, amazon: Amazon, item: Obj
) -> None:
    amazon.script = [json_reply(200, {"items": [item]})]
    assert await source.own_contents(OWN, [watch(sku="S-1")]) == {}


async def test_a_plus_that_comes_back_as_a_space_names_the_product_all_the_same(
    source: SpApiSource, amazon: Amazon
) -> None:
    amazon.script = [json_reply(200, {"items": [listing("OAK 1 2", TEXTS)]})]
    [own] = (await source.own_contents(OWN, [watch(sku="OAK+1+2")])).values()
    assert own.title == "Oak Bowl"


@pytest.mark.parametrize("attributes", [None, [], "none", {"item_name": 3}, {}])
async def test_texts_that_cannot_be_read_are_not_empty(
    source: SpApiSource, amazon: Amazon, attributes: Json
) -> None:
    amazon.script = [json_reply(200, {"items": [listing("S-1", attributes)]})]
    [own] = (await source.own_contents(OWN, [watch(sku="S-1")])).values()
    assert (own.title, own.brand, own.bullets, own.description) == (None, None, None, None)


@pytest.mark.parametrize("answer", [HTML_503, reply(200, "{"), json_reply(200, {"items": 3})])
async def test_nothing_is_known_where_nobody_answered(
    source: SpApiSource, amazon: Amazon, answer: object
) -> None:
    amazon.always = answer  # type: ignore[assignment]
    with pytest.raises(SourceError):
        await source.own_contents(OWN, [watch(sku="S-1")])


async def test_listings_of_another_seller_are_refused(source: SpApiSource, amazon: Amazon) -> None:
    denied: Obj = {"errors": [{"code": "Unauthorized", "message": "Access denied"}]}
    amazon.always = json_reply(403, denied)
    with pytest.raises(AccessRefused):
        await source.own_contents(OWN, [watch(sku="S-1")])


@given(values)
def test_no_answer_breaks_the_reader(item: Json) -> None:
    content = json.dumps({"items": [item]}).encode()
    with_sku = json.dumps({"items": [listing("S-1", item)]}).encode()
    known = {"S-1": watch(sku="S-1")}
    for answer in (content, with_sku):
        try:
            read_own_contents(answer, known, Market.named("US"))
        except SourceError:
            continue


async def test_the_simulated_account_tells_what_it_sent_whatever_the_page_says(
    fake_time: FakeTime,
) -> None:
    clock, kettle = SettableClock(), watch(asin=KETTLE, sku=KETTLE_SKU)
    own_seller = demo_scenario().own_seller
    async with (
        Marketplace(demo_scenario(), clock=clock, quota_scale=None) as market,
        asking(market, fake_time) as source,
    ):
        own = (await source.own_contents(own_seller, [kettle]))[kettle.key]
        clock.advance(TAKEN_OVER)
        assert (await source.own_contents(own_seller, [kettle]))[kettle.key] == own
        market.faults.on(Fault.NOT_JSON, operation=Operation.SEARCH_LISTINGS)
        with pytest.raises(SourceError):
            await source.own_contents(own_seller, [kettle])
    assert own.title == "Alder & Finch Stovetop Kettle, 2 Quart, Enamelled Steel"
    assert compare_listing(own, own).changes == ()
