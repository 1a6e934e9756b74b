"""How our own listings are, asked over HTTP: each trap of searchListingsItems."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from adapters.amazon.sp_api import SpApiSource
from bot.core.listing_status import ListingState, StatusReading, StatusSource
from bot.core.questions import Operation
from bot.errors import AccessRefused, SourceError
from tests.unit.adapters.amazon.amazon import US, Amazon, Json, Obj, json_reply, reply
from tests.unit.adapters.amazon.conftest import ASIN, watch

OWN = "A2OWNOWNOWN01"
DE = "A1PA6795UKMFR9"


def summary(**more: Json) -> Obj:
    return {
        "marketplaceId": US,
        "asin": ASIN,
        "productType": "KITCHEN",
        "status": ["BUYABLE", "DISCOVERABLE"],
        **more,
    }


def item(sku: str = "OAK-1", **parts: Json) -> Obj:
    offer: Obj = {"marketplaceId": US, "offerType": "B2C", "price": {}}
    whole: Obj = {
        "sku": sku,
        "summaries": [summary()],
        "issues": [],
        "offers": [offer],
        "fulfillmentAvailability": [{"fulfillmentChannelCode": "AMAZON_NA", "quantity": 7}],
    }
    return {key: value for key, value in (whole | parts).items() if value is not None}


def issue(action: str = "", exemption: Obj | None = None, **more: Json) -> Obj:
    found: Obj = {
        "code": "18155",
        "message": "The price is too low.",
        "severity": "ERROR",
        "categories": ["INVALID_PRICE"],
        "marketplaceIds": [US],
        **more,
    }
    if action:
        actions: Json = [{"action": action}]
        found["enforcements"] = {
            "actions": actions,
            "exemption": exemption or {"status": "NOT_EXEMPT"},
        }
    return found


async def read(
    source: SpApiSource, amazon: Amazon, *items: Json, count: Json = None, skus: str = "OAK-1"
) -> list[StatusReading]:
    counted: Json = len(items) if count is None else count
    amazon.script = [json_reply(200, {"numberOfResults": counted, "items": list(items)})]
    return await source.listing_states(OWN, [watch(sku=sku) for sku in skus.split()])


async def state(
    source: SpApiSource, amazon: Amazon, *items: Json, sku: str = "OAK-1"
) -> ListingState:
    [reading] = await read(source, amazon, *items, skus=sku)
    assert isinstance(reading.result, ListingState), reading.result
    return reading.result


def failure(reading: StatusReading) -> str:
    assert isinstance(reading.result, SourceError), reading.result
    return str(reading.result)


async def test_a_sound_listing_is_read_with_all_its_parts(
    source: SpApiSource, amazon: Amazon
) -> None:
    assert isinstance(source, StatusSource)
    found = await state(source, amazon, item())
    assert (found.listed, found.buyable, found.discoverable) == (True, True, True)
    assert (found.asin, found.product_type) == (ASIN, "KITCHEN")
    assert (found.issues, found.offered, found.stock, found.by_amazon) == ((), True, 7, True)
    [seen] = amazon.seen
    assert seen.query == {
        "marketplaceIds": US,
        "identifiersType": "SKU",
        "identifiers": "OAK-1",
        "includedData": "summaries,issues,offers,fulfillmentAvailability",
        "pageSize": "20",
    }


@pytest.mark.parametrize(
    "action",
    ["LISTING_SUPPRESSED", "SEARCH_SUPPRESSED", "CATALOG_ITEM_REMOVED", "ONE_OF_TOMORROW"],
)
async def test_an_enforcement_is_in_force_where_it_is_not_exempt(
    source: SpApiSource, amazon: Amazon, action: str
) -> None:
    found = await state(source, amazon, item(issues=[issue(action)]))
    assert found.enforced == {action}


@pytest.mark.parametrize(
    ("exemption", "enforced"),
    [
        ({"status": "EXEMPT"}, False),
        ({"status": "EXEMPT_UNTIL_EXPIRY_DATE", "expiryDate": "2027-01-01T00:00:00Z"}, False),
        ({"status": "EXEMPT_UNTIL_EXPIRY_DATE", "expiryDate": "2025-05-28T00:36:48.914Z"}, True),
        ({"status": "EXEMPT_UNTIL_EXPIRY_DATE"}, True),
        ({"status": "SOMETHING_NEW"}, True),
        ({}, True),
    ],
)
async def test_what_is_exempt_is_not_in_force_until_the_exemption_ends(
    source: SpApiSource, amazon: Amazon, exemption: Obj, *, enforced: bool
) -> None:
    found = await state(source, amazon, item(issues=[issue("SEARCH_SUPPRESSED", exemption)]))
    assert found.enforced == ({"SEARCH_SUPPRESSED"} if enforced else set())
    assert [each.actions for each in found.issues or ()] == [("SEARCH_SUPPRESSED",)]


async def test_issues_of_other_marketplaces_are_passed_over(
    source: SpApiSource, amazon: Amazon
) -> None:
    issues: Json = [
        issue("LISTING_SUPPRESSED", marketplaceIds=[DE]),
        issue(code="2", marketplaceIds=None),
    ]
    found = await state(source, amazon, item(issues=issues))
    assert [each.code for each in found.issues or ()] == ["2"]


async def test_a_missing_data_set_is_not_told_and_says_nothing_is_wrong(
    source: SpApiSource, amazon: Amazon
) -> None:
    found = await state(
        source, amazon, item(issues=None, offers=None, fulfillmentAvailability=None)
    )
    assert (found.issues, found.offered, found.stock, found.by_amazon) == (None,) * 4
    assert not found.all_issues_told


async def test_a_missing_status_is_not_told(source: SpApiSource, amazon: Amazon) -> None:
    found = await state(source, amazon, item(summaries=[summary(status=None)]))
    assert (found.listed, found.buyable, found.discoverable) == (True, None, None)


async def test_missing_summaries_do_not_say_that_it_is_gone(
    source: SpApiSource, amazon: Amazon
) -> None:
    found = await state(source, amazon, item(summaries=None))
    assert (found.listed, found.buyable) == (True, None)


@pytest.mark.parametrize("summaries", [[], [summary(marketplaceId=DE)]])
async def test_without_a_summary_here_it_is_not_for_sale_here(
    source: SpApiSource, amazon: Amazon, summaries: Json
) -> None:
    found = await state(source, amazon, item(summaries=summaries))
    assert not found.listed


async def test_an_unreadable_issue_leaves_the_others_and_is_not_all_clear(
    source: SpApiSource, amazon: Amazon
) -> None:
    issues: Json = [issue("LISTING_SUPPRESSED"), {"code": 5}, "what?"]
    found = await state(source, amazon, item(issues=issues))
    assert found.enforced == {"LISTING_SUPPRESSED"}
    assert found.unread
    assert not found.all_issues_told


async def test_an_unreadable_part_spoils_neither_its_listing_nor_others(
    source: SpApiSource, amazon: Amazon
) -> None:
    broken = item("OAK-2", issues={"not": "a list"}, offers="none", fulfillmentAvailability=[3])
    one, other, third = await read(
        source, amazon, item(), broken, "not a listing", count=3, skus="OAK-1 OAK-2 OAK-3"
    )
    assert isinstance(one.result, ListingState)
    assert isinstance(other.result, ListingState)
    assert other.result.buyable
    assert (other.result.issues, other.result.unread, other.result.offered) == (None, True, None)
    assert "leaves out" in failure(third)


async def test_a_sku_that_the_seller_does_not_have_is_not_listed(
    source: SpApiSource, amazon: Amazon
) -> None:
    one, other = await read(source, amazon, item(), skus="OAK-1 OAK-2")
    assert isinstance(one.result, ListingState)
    assert one.result.listed
    assert isinstance(other.result, ListingState)
    assert not other.result.listed


@pytest.mark.parametrize("count", [2, 20, "many", None])
async def test_an_answer_that_leaves_listings_out_says_of_none_that_it_is_gone(
    source: SpApiSource, amazon: Amazon, count: Json
) -> None:
    amazon.script = [json_reply(200, {"numberOfResults": count, "items": [item()]})]
    _, other = await source.listing_states(OWN, [watch(sku="OAK-1"), watch(sku="OAK-2")])
    assert "leaves out" in failure(other)


async def test_a_listing_of_another_name_may_be_the_one_that_is_missing(
    source: SpApiSource, amazon: Amazon
) -> None:
    [reading] = await read(source, amazon, item("oak-1"))
    assert "leaves out" in failure(reading)


async def test_a_plus_may_come_back_as_a_space(source: SpApiSource, amazon: Amazon) -> None:
    found = await state(source, amazon, item("OAK 1"), sku="OAK+1")
    assert found.buyable
    assert found.sku == "OAK+1"


async def test_a_sku_with_a_comma_cannot_be_asked_and_the_others_can(
    source: SpApiSource, amazon: Amazon
) -> None:
    one, other = await read(source, amazon, item(), skus="OAK-1 OAK,2")
    assert isinstance(one.result, ListingState)
    assert "together" in failure(other)
    assert amazon.seen[0].query["identifiers"] == "OAK-1"
    [alone] = await source.listing_states(OWN, [watch(sku="OAK,2")])
    assert "together" in failure(alone)
    assert len(amazon.seen) == 1


async def test_a_sku_of_another_product_tells_nothing_of_this_one(
    source: SpApiSource, amazon: Amazon
) -> None:
    [reading] = await read(source, amazon, item(summaries=[summary(asin="B0OTHER001")]))
    assert "another product" in failure(reading)


@pytest.mark.parametrize(
    ("rows", "stock", "by_amazon"),
    [
        ([{"fulfillmentChannelCode": "DEFAULT", "quantity": 0}], 0, False),
        ([{"fulfillmentChannelCode": "AMAZON_EU"}], None, True),
        (
            [
                {"fulfillmentChannelCode": "DEFAULT", "quantity": 2},
                {"fulfillmentChannelCode": "AMAZON_NA", "quantity": "3"},
            ],
            5,
            True,
        ),
        ([{"fulfillmentChannelCode": "DEFAULT", "quantity": -4}], None, False),
        ([{"quantity": 4}], 4, None),
        ([], None, None),
    ],
)
async def test_stock_that_is_not_told_is_not_zero(
    source: SpApiSource, amazon: Amazon, rows: Json, stock: int | None, by_amazon: bool | None
) -> None:
    found = await state(source, amazon, item(fulfillmentAvailability=rows))
    assert (found.stock, found.by_amazon) == (stock, by_amazon)


async def test_offers_for_businesses_or_elsewhere_are_no_offer_for_consumers(
    source: SpApiSource, amazon: Amazon
) -> None:
    offers: Json = [
        {"marketplaceId": US, "offerType": "B2B"},
        {"marketplaceId": DE, "offerType": "B2C"},
    ]
    assert (await state(source, amazon, item(offers=offers))).offered is False


async def test_hostile_texts_are_cut_and_made_one_line(source: SpApiSource, amazon: Amazon) -> None:
    hostile = issue(message="x" * 10_000 + "\n\u202e", code="9" * 500, categories=["a"] * 999)
    found = await state(source, amazon, item(issues=[hostile] * 500))
    assert len(found.issues or ()) == 100
    [first, *_] = found.issues or ()
    assert len(first.message) <= 300
    assert len(first.code) <= 40
    assert len(first.categories) <= 10
    assert found.unread


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (403, '{"errors": [{"code": "Unauthorized"}]}', AccessRefused),
        (404, '{"errors": []}', SourceError),
        (429, "", SourceError),
        (503, "<html>", SourceError),
        (200, "{}", SourceError),
        (200, "<html>", SourceError),
        (200, '{"items": 3}', SourceError),
    ],
)
async def test_what_is_no_answer_is_an_error_of_the_whole_question(
    source: SpApiSource, amazon: Amazon, status: int, body: str, kind: type[SourceError]
) -> None:
    amazon.script = [reply(status, body, "application/json")] * 2
    with pytest.raises(kind):
        await source.listing_states(OWN, [watch(sku="OAK-1")])


def test_the_quota_is_that_of_the_operation(source: SpApiSource) -> None:
    bucket = source.status_quota("na")
    assert (bucket.operation, bucket.region, bucket.tokens) == (
        Operation.SEARCH_LISTINGS,
        "na",
        5.0,
    )


def model() -> Obj:
    path = Path(os.environ["SPECS_DIR"]) / "sp-api" / "listingsItems_2021-08-01.json"
    found: Obj = json.loads(path.read_text("utf-8"))["paths"][
        "/listings/2021-08-01/items/{sellerId}"
    ]["get"]
    return found


@pytest.mark.conformance
async def test_the_listing_of_the_sandbox(source: SpApiSource, amazon: Amazon) -> None:
    response = model()["responses"]["200"]  # type: ignore[index, call-overload]
    answer: Json = response["x-amzn-api-sandbox"]["static"][0]["response"]  # type: ignore[index, call-overload]
    amazon.script = [json_reply(200, answer)]
    sku = "GM-ZDPI-9B4E"
    one, other = await source.listing_states(
        OWN, [watch("B071VG5N9D", sku=sku), watch(sku="HW-ZDPI-9B4E")]
    )
    assert isinstance(one.result, ListingState)
    found = one.result
    assert (found.buyable, found.discoverable, found.product_type) == (True, False, "LUGGAGE")
    assert (found.offered, found.stock, found.by_amazon) == (True, 100, False)
    # The exemption of SEARCH_SUPPRESSED has ended; that of ATTRIBUTE_SUPPRESSED has no end.
    assert found.enforced == {"SEARCH_SUPPRESSED", "LISTING_SUPPRESSED", "CATALOG_ITEM_REMOVED"}
    assert [each.code for each in found.issues or ()] == [
        *("90220", "18027", "99300", "18155", "18742")
    ]
    # It counts three listings and shows one: nobody can tell that the other is gone.
    assert "leaves out" in failure(other)


@pytest.mark.conformance
def test_the_model_knows_all_that_is_asked() -> None:
    parameters = model()["parameters"]
    assert isinstance(parameters, list)
    names = {each["name"] for each in parameters if isinstance(each, dict)}
    assert {"marketplaceIds", "identifiers", "identifiersType", "includedData"} <= names
    [included] = [
        each for each in parameters if isinstance(each, dict) and each["name"] == "includedData"
    ]
    assert {"summaries", "issues", "offers", "fulfillmentAvailability"} <= set(
        included["items"]["enum"]
    )
