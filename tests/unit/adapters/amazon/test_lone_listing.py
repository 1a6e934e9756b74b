"""One listing asked for alone: each trap of getListingsItem, and SKUs that no list can carry."""

from __future__ import annotations

import json
import os
from pathlib import Path
from urllib.parse import unquote

import pytest

from adapters.amazon.sp_api import SpApiSource
from bot.core.listing_status import ListingState
from bot.core.questions import Operation
from bot.errors import AccessRefused, Refused, SourceError, Unavailable
from tests.unit.adapters.amazon.amazon import US, Amazon, Json, Obj, json_reply, reply
from tests.unit.adapters.amazon.conftest import ASIN, watch
from tests.unit.adapters.amazon.test_listing_states import OWN, failure, issue, item, summary

ODD = ["A,B", "A B", "A/B", "ä", "%2C", " A", "A ", "x" * 40, "\N{CJK UNIFIED IDEOGRAPH-8336}" * 40]


def not_found(sku: str) -> Obj:
    message = f"SKU '{sku}' not found in marketplace {US}"
    error: Json = [{"code": "NOT_FOUND", "message": message}]
    return {"errors": error}


async def alone(source: SpApiSource, amazon: Amazon, sku: str, answer: Json) -> ListingState:
    amazon.script = [json_reply(200, answer)]
    reading = await source.lone_listing_state(OWN, watch(sku=sku))
    assert isinstance(reading.result, ListingState), reading.result
    return reading.result


@pytest.mark.parametrize("sku", ODD)
async def test_any_sku_can_be_asked_for_alone(
    source: SpApiSource, amazon: Amazon, sku: str
) -> None:
    found = await alone(source, amazon, sku, item(sku, issues=[issue("LISTING_SUPPRESSED")]))
    assert (found.sku, found.seller) == (sku, OWN)
    assert found.enforced == {"LISTING_SUPPRESSED"}
    [seen] = amazon.seen
    *_, seller, last = seen.raw.split("/")
    assert (seller, unquote(last)) == (OWN, sku)
    assert seen.query == {
        "marketplaceIds": US,
        "includedData": "summaries,issues,offers,fulfillmentAvailability",
    }


async def test_a_sku_that_the_seller_does_not_have_is_not_listed(
    source: SpApiSource, amazon: Amazon
) -> None:
    amazon.script = [json_reply(404, not_found("A,B"))]
    reading = await source.lone_listing_state(OWN, watch(sku="A,B"))
    assert isinstance(reading.result, ListingState)
    assert not reading.result.listed


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        # It was looked up by the name that it has in the address (issue 495 of its library).
        (json.dumps(not_found("A%2CB")), "application/json"),
        ('{"errors": [{"code": "NotFound", "message": "Resource not found"}]}', "application/json"),
        ("<html>Not found</html>", "text/html"),
        ("", "application/json"),
    ],
)
async def test_a_404_that_does_not_name_the_sku_says_nothing(
    source: SpApiSource, amazon: Amazon, body: str, kind: str
) -> None:
    amazon.script = [reply(404, body, kind)]
    reading = await source.lone_listing_state(OWN, watch(sku="A,B"))
    assert "404" in failure(reading)


async def test_one_never_born_has_no_summary_and_is_not_for_sale(
    source: SpApiSource, amazon: Amazon
) -> None:
    found = await alone(source, amazon, "A,B", item("A,B", summaries=[]))
    assert not found.listed


async def test_a_plus_may_come_back_as_a_space(source: SpApiSource, amazon: Amazon) -> None:
    assert (await alone(source, amazon, "A+B,C", item("A B,C"))).buyable


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (item("A"), "another SKU"),
        (item("A,B", summaries=[summary(asin="B0OTHER001")]), "another product"),
        ("not a listing", "could not be read"),
        ({"sku": 5}, "could not be read"),
    ],
)
async def test_what_is_about_something_else_or_unreadable_is_not_known(
    source: SpApiSource, amazon: Amazon, answer: Json, why: str
) -> None:
    amazon.script = [json_reply(200, answer)]
    reading = await source.lone_listing_state(OWN, watch(sku="A,B"))
    assert why in failure(reading)


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (400, '{"errors": []}', Refused),
        (403, '{"errors": [{"code": "Unauthorized"}]}', AccessRefused),
        (429, "", SourceError),
        (503, "<html>", Unavailable),
    ],
)
async def test_what_may_be_about_more_than_this_listing_is_an_error(
    source: SpApiSource, amazon: Amazon, status: int, body: str, kind: type[SourceError]
) -> None:
    amazon.script = [reply(status, body, "application/json")] * 2
    with pytest.raises(kind):
        await source.lone_listing_state(OWN, watch(sku="A,B"))


async def test_its_product_and_its_texts_are_told_alone_as_well(
    source: SpApiSource, amazon: Amazon
) -> None:
    amazon.script = [json_reply(200, item("A,B")), json_reply(404, not_found("A,B"))]
    assert await source.asins_of(OWN, ["A,B"], "US") == {"A,B": ASIN}
    assert await source.asins_of(OWN, ["A,B"], "US") == {}
    title: Json = [{"value": "Oak board", "language_tag": "en_US", "marketplace_id": US}]
    texts = item("A,B", summaries=[summary(itemName="Oak board")], attributes={"item_name": title})
    amazon.script = [json_reply(200, texts)]
    found = await source.own_contents(OWN, [watch(sku="A,B")])
    assert found[watch().key].title == "Oak board"
    assert [unquote(seen.raw.split("/")[-1]) for seen in amazon.seen] == ["A,B"] * 3


async def test_a_list_never_carries_a_sku_that_would_part_it(
    source: SpApiSource, amazon: Amazon
) -> None:
    amazon.script = [json_reply(200, {"items": [], "numberOfResults": 0})] * 2
    await source.asins_of(OWN, ["A", *ODD], "US")
    await source.own_contents(OWN, [watch(f"B00000000{at}", sku=sku) for at, sku in enumerate(ODD)])
    listed = ["A B", "A/B", "ä", "%2C", "x" * 40]
    assert amazon.seen[0].query["identifiers"].split(",") == ["A", *listed]
    assert amazon.seen[1].query["identifiers"].split(",") == listed


def test_the_quota_is_that_of_the_operation(source: SpApiSource) -> None:
    bucket = source.lone_status_quota("na")
    assert (bucket.operation, bucket.region, bucket.tokens) == (Operation.GET_LISTING, "na", 10.0)


def model() -> Obj:
    path = Path(os.environ["SPECS_DIR"]) / "sp-api" / "listingsItems_2021-08-01.json"
    found: Obj = json.loads(path.read_text("utf-8"))["paths"][
        "/listings/2021-08-01/items/{sellerId}/{sku}"
    ]["get"]
    return found


@pytest.mark.conformance
async def test_the_listing_of_the_sandbox(source: SpApiSource, amazon: Amazon) -> None:
    response = model()["responses"]["200"]  # type: ignore[index, call-overload]
    answer: Json = response["x-amzn-api-sandbox"]["static"][0]["response"]  # type: ignore[index, call-overload]
    amazon.script = [json_reply(200, answer)]
    reading = await source.lone_listing_state(OWN, watch("B071VG5N9D", sku="GM-ZDPI-9B4E"))
    assert isinstance(reading.result, ListingState)
    found = reading.result
    assert (found.buyable, found.product_type) == (True, "LUGGAGE")


@pytest.mark.conformance
def test_the_model_knows_all_that_is_asked() -> None:
    parameters = model()["parameters"]
    assert isinstance(parameters, list)
    named = {each["name"]: each for each in parameters if isinstance(each, dict)}
    assert {"sellerId", "sku", "marketplaceIds", "includedData"} <= named.keys()
    items = named["includedData"]["items"]
    assert isinstance(items, dict)
    assert {"summaries", "issues", "offers", "fulfillmentAvailability"} <= set(items["enum"])
