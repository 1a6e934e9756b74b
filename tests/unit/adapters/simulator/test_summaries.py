"""getCompetitiveSummary, and used goods in the other operations."""

from collections.abc import AsyncIterator

import pytest

from adapters.simulator import Fault, Marketplace, Operation, SettableClock
from tests.unit.adapters.simulator.caller import (
    SUMMARIES,
    Caller,
    Tree,
    client_of,
    summary_item,
    tree,
)
from tests.unit.adapters.simulator.small import BOARD, BOWL, OWN, TIED, UNKNOWN
from tests.unit.adapters.simulator.used import FAMILY, PAN, REFURBISHED, USED, used_scenario


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


async def body(caller: Caller, asin: str = PAN) -> Tree:
    return tree(await caller.summaries(asin))["responses"][0]["body"]


def sellers(body: Tree) -> dict[str, list[str]]:
    """The sellers by condition."""
    lists = body["lowestPricedOffers"]
    return {
        str(lists[place]["lowestPricedOffersInput"]["itemCondition"].value): [
            str(seller) for seller in lists[place]["offers"].each("sellerId")
        ]
        for place in range(len(lists))
    }


async def test_a_used_seller_joins(caller: Caller, clock: SettableClock) -> None:
    assert sellers(await body(caller)) == {"New": [OWN, TIED[0]]}
    clock.advance(150)
    told = await body(caller)
    assert sellers(told) == {
        "New": [OWN, TIED[0]],
        "Used": [USED],
        "Refurbished": [REFURBISHED],
    }
    assert told["lowestPricedOffers"][1]["offers"][0] == {
        "sellerId": USED,
        "condition": "Used",
        "subCondition": "VeryGood",
        "fulfillmentType": "MFN",
        "listingPrice": {"currencyCode": "USD", "amount": 9.0},
        "shippingOptions": [
            {
                "shippingOptionType": "DEFAULT",
                "price": {"currencyCode": "USD", "amount": 2.5},
            }
        ],
        "primeDetails": {"eligibility": "NONE"},
    }


async def test_the_older_model_counts_it_and_spells_it_otherwise(
    caller: Caller, clock: SettableClock
) -> None:
    clock.advance(150)
    used = tree(await caller.item_alone(PAN, ItemCondition="Used"))["payload"]
    assert used["Offers"].each("SubCondition") == ["Very Good"]
    pricing = tree(await caller.prices(PAN))["payload"][0]["Product"]["CompetitivePricing"]
    rows = pricing["CompetitivePrices"]
    assert rows.each("CompetitivePriceId") == ["1", "2"]
    assert rows.each("condition") == ["new", "used"]
    assert rows[1]["subcondition"] == "Very Good"
    assert rows[1]["Price"]["LandedPrice"]["Amount"] == 11.5
    counts = pricing["NumberOfOfferListings"]
    assert counts.each("condition") == ["used", "refurbished", "new"]
    assert counts.each("Count") == [1, 1, 2]


async def test_who_is_featured(caller: Caller, clock: SettableClock) -> None:
    (option,) = (await body(caller))["featuredBuyingOptions"].each("segmentedFeaturedOffers")
    winners = Tree(option)
    assert winners.each("sellerId") == [OWN]
    segments = winners[0]["featuredOfferSegments"]
    assert segments.each("customerMembership") == ["PRIME", "NON_PRIME"]
    clock.advance(400)
    two = (await body(caller))["featuredBuyingOptions"][0]["segmentedFeaturedOffers"]
    assert two.each("sellerId") == [OWN, TIED[0]]
    assert [
        two[place]["featuredOfferSegments"].each("customerMembership") for place in range(2)
    ] == [["PRIME"], ["NON_PRIME"]]
    clock.advance(100)
    assert (await body(caller))["featuredBuyingOptions"] == []


async def test_similar_products_and_reference_prices(caller: Caller) -> None:
    told = await body(caller)
    assert told["similarItems"][0]["items"].each("asin") == [BOWL, BOARD, FAMILY]
    assert told["referencePrices"][0]["name"] == "WasPrice"


async def test_only_what_was_asked_for_is_told(caller: Caller) -> None:
    item = summary_item(PAN, includedData=["similarItems"])
    told = tree(await caller.post(SUMMARIES, {"requests": [item]}))["responses"][0]["body"]
    assert set(told) == {"asin", "marketplaceId", "similarItems"}


async def test_only_new_goods_are_listed_unless_others_are_asked_for(
    caller: Caller, clock: SettableClock
) -> None:
    clock.advance(150)
    item = summary_item(PAN)
    del item["lowestPricedOffersInputs"]
    told = tree(await caller.post(SUMMARIES, {"requests": [item]}))["responses"][0]["body"]
    assert set(sellers(told)) == {"New"}


async def test_an_unknown_product_fails_in_its_part(caller: Caller) -> None:
    responses = tree(await caller.summaries(PAN, "11_AABB_123", UNKNOWN))["responses"]
    codes = [responses[place]["status"]["statusCode"] for place in range(3)]
    assert codes == [200, 400, 400]
    assert responses[1]["body"]["errors"][0] == {
        "code": "INVALID_ASIN",
        "message": "11_AABB_123 is not a valid ASIN",
        "details": "",
    }


async def test_a_product_of_another_marketplace_is_unknown(caller: Caller) -> None:
    item = summary_item(PAN, marketplaceId="A1PA6795UKMFR9")
    response = tree(await caller.post(SUMMARIES, {"requests": [item]}))["responses"][0]
    assert response["status"]["statusCode"] == 400


async def test_a_batch_of_no_asin_at_all_is_refused(caller: Caller) -> None:
    response = await caller.summaries("11_AABB_123")
    assert response.status_code == 400
    assert tree(response)["errors"][0]["code"] == "INVALID_ASIN"


@pytest.mark.parametrize(
    "change",
    [
        {"includedData": []},
        {"includedData": ["everything"]},
        {"method": "POST"},
        {"uri": "/elsewhere"},
        {"marketplaceId": None},
        {"lowestPricedOffersInputs": [{"itemCondition": "Old", "offerType": "Consumer"}]},
        {"lowestPricedOffersInputs": [{"itemCondition": "New", "offerType": "Business"}]},
        {"lowestPricedOffersInputs": [{"itemCondition": "New", "offerType": "Consumer"}] * 6},
    ],
)
async def test_a_wrong_question_is_refused(caller: Caller, change: dict[str, object]) -> None:
    response = await caller.post(SUMMARIES, {"requests": [summary_item(PAN, **change)]})
    assert response.status_code == 400
    assert tree(response)["errors"][0]["code"] == "InvalidInput"


@pytest.mark.parametrize("count", [0, 21])
async def test_a_batch_has_one_to_twenty_questions(caller: Caller, count: int) -> None:
    response = await caller.summaries(*[PAN] * count)
    assert response.status_code == 400


async def test_it_has_a_quota_of_its_own() -> None:
    async with Marketplace(used_scenario()) as market, client_of(market) as client:
        caller = Caller(client)
        await caller.log_in()
        first, second = await caller.summaries(PAN), await caller.summaries(PAN)
        assert (first.status_code, second.status_code) == (200, 429)
        assert first.headers["x-amzn-RateLimit-Limit"] == "0.033"
        assert (await caller.prices(PAN)).status_code == 200
        assert market.log[-2].operation is Operation.COMPETITIVE_SUMMARY
        assert market.log[-2].asins == (PAN,)


@pytest.mark.parametrize(("fault", "status"), [(Fault.INNER_500, 500), (Fault.INNER_429, 429)])
async def test_one_part_fails(
    caller: Caller, market: Marketplace, fault: Fault, status: int
) -> None:
    market.faults.on(fault, operation=Operation.COMPETITIVE_SUMMARY, asin=PAN)
    responses = tree(await caller.summaries(PAN, BOWL))["responses"]
    codes = [responses[place]["status"]["statusCode"] for place in range(2)]
    assert codes == [status, 200]


async def test_a_part_is_absent(caller: Caller, market: Marketplace) -> None:
    market.faults.on(Fault.MISSING_INNER, asin=PAN)
    responses = tree(await caller.summaries(PAN, BOWL))["responses"]
    assert len(responses) == 1
    assert responses[0]["body"]["asin"] == BOWL


async def test_parts_of_a_summary_are_distorted(
    caller: Caller, market: Marketplace, clock: SettableClock
) -> None:
    clock.advance(150)
    market.faults.on(Fault.FALSE_ZERO)
    zero = await body(caller)
    assert zero["lowestPricedOffers"] == []
    assert zero["featuredBuyingOptions"] == []
    market.faults.off()
    market.faults.on(Fault.TOP_TWENTY, seller=USED)
    assert set(sellers(await body(caller))) == {"New", "Refurbished"}
    market.faults.off()
    market.faults.on(Fault.UNKNOWN_ENUM)
    assert (await body(caller))["lowestPricedOffers"][1]["offers"].each("subCondition") == [
        "Pristine"
    ]
    market.faults.off()
    market.faults.on(Fault.MISSING_FIELDS)
    bare = (await body(caller))["lowestPricedOffers"][1]["offers"][0]
    assert set(bare) == {"sellerId", "condition", "fulfillmentType", "listingPrice"}
    market.faults.off()
    market.faults.on(Fault.MISSING_DATA_SET)
    assert set(await body(caller)) == {
        "asin",
        "marketplaceId",
        "featuredBuyingOptions",
        "referencePrices",
    }
