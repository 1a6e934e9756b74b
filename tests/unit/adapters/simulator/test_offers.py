"""getItemOffersBatch and getListingOffersBatch."""

import httpx
import pytest

from adapters.simulator import SettableClock
from tests.unit.adapters.simulator.caller import ITEMS, Caller, Tree, batch_item, tree
from tests.unit.adapters.simulator.small import (
    BOARD,
    BOWL,
    CHEAP,
    CROWD,
    OWN,
    PAN,
    SKU,
    TIED,
    UNKNOWN,
)


def usd(amount: float) -> dict[str, object]:
    return {"CurrencyCode": "USD", "Amount": amount}


async def test_an_answer_tells_the_offers_lowest_price_first(caller: Caller) -> None:
    response = await caller.item_offers(PAN)
    assert response.headers["x-amzn-RateLimit-Limit"] == "0.1"
    assert response.headers["x-amzn-RequestId"]
    payload = tree(response)["responses"][0]["body"]["payload"]
    assert payload["status"] == "Success"
    assert payload["ASIN"] == PAN
    assert payload["Offers"].each("SellerId") == [CHEAP, OWN, *TIED]
    assert payload["Offers"].each("IsBuyBoxWinner") == [True, False, False, False, False]
    assert "MyOffer" not in payload["Offers"][0]
    assert payload["Offers"][0] == {
        "SellerId": CHEAP,
        "ListingPrice": usd(18.0),
        "Shipping": usd(1.0),
        "IsBuyBoxWinner": True,
        "IsFulfilledByAmazon": False,
        "SubCondition": "new",
        "SellerFeedbackRating": {"SellerPositiveFeedbackRating": 90, "FeedbackCount": 3},
        "ShippingTime": {"minimumHours": 24, "maximumHours": 48, "availabilityType": "NOW"},
        "ShipsFrom": {"Country": "CN"},
        "PrimeInformation": {"IsPrime": False, "IsNationalPrime": False},
        "IsFeaturedMerchant": True,
    }


async def test_the_summary_counts_and_prices(caller: Caller) -> None:
    summary = (await caller.payload(PAN))["Summary"]
    assert summary["TotalOfferCount"] == 5
    assert summary["NumberOfOffers"].each("OfferCount") == [4, 1]
    assert summary["NumberOfOffers"].each("fulfillmentChannel") == ["Merchant", "Amazon"]
    assert summary["LowestPrices"].each("LandedPrice") == [usd(19.0), usd(20.0)]
    assert summary["BuyBoxPrices"][0]["sellerId"] == CHEAP
    assert summary["BuyBoxPrices"][0]["LandedPrice"] == usd(19.0)
    assert summary["ListPrice"] == usd(30.0)
    assert summary["SalesRankings"].each("Rank") == [7]


async def test_a_listing_without_offers_says_so(caller: Caller) -> None:
    payload = await caller.payload(BOWL)
    assert payload["status"] == "NoBuyableOffers"
    assert payload["Offers"] == []
    assert payload["Summary"]["TotalOfferCount"] == 0
    assert payload["Summary"]["BuyBoxPrices"] == []


async def test_at_most_twenty_offers_are_listed(caller: Caller) -> None:
    payload = await caller.payload(BOARD)
    assert payload["Offers"].each("SellerId") == list(CROWD[:20])
    assert payload["Summary"]["TotalOfferCount"] == 25


async def test_hidden_sellers_are_counted(caller: Caller, clock: SettableClock) -> None:
    clock.advance(200)
    payload = await caller.payload(PAN)
    assert len(payload["Offers"]) == 5
    assert payload["Summary"]["TotalOfferCount"] == 8
    assert payload["Summary"]["NumberOfOffers"].each("OfferCount") == [1, 7]


async def test_nobody_may_hold_the_buy_box(caller: Caller, clock: SettableClock) -> None:
    clock.advance(400)
    payload = await caller.payload(PAN)
    assert not any(payload["Offers"].each("IsBuyBoxWinner"))
    assert payload["Summary"]["BuyBoxPrices"] == []


async def test_another_condition_has_other_offers(caller: Caller) -> None:
    item = batch_item(PAN) | {"ItemCondition": "Used"}
    payload = tree(await caller.post(ITEMS, {"requests": [item]}))["responses"][0]["body"][
        "payload"
    ]
    assert payload["Offers"] == []
    assert payload["status"] == "Success"
    assert payload["Summary"]["TotalOfferCount"] == 5


async def test_each_part_of_a_batch_has_a_status_and_its_request(caller: Caller) -> None:
    response = await caller.item_offers(PAN, UNKNOWN)
    assert response.status_code == 200
    good, bad = tree(response)["responses"][0], tree(response)["responses"][1]
    assert good["status"] == {"statusCode": 200, "reasonPhrase": "OK"}
    assert bad["status"] == {"statusCode": 400, "reasonPhrase": "Bad Request"}
    assert bad["body"]["errors"][0]["message"] == (
        f"{UNKNOWN} is an invalid ASIN for marketplace ATVPDKIKX0DER"
    )
    assert bad["request"] == {
        "MarketplaceId": "ATVPDKIKX0DER",
        "ItemCondition": "New",
        "CustomerType": "Consumer",
        "Asin": UNKNOWN,
    }
    assert good["headers"]["x-amzn-RequestId"] != bad["headers"]["x-amzn-RequestId"]
    assert good["headers"]["Date"].value


async def test_a_product_is_unknown_in_another_marketplace(caller: Caller) -> None:
    item = batch_item(PAN, marketplace="A1PA6795UKMFR9")
    answer = tree(await caller.post(ITEMS, {"requests": [item]}))["responses"][0]
    assert answer["status"]["statusCode"] == 400


async def test_own_listings_are_asked_for_by_sku(caller: Caller) -> None:
    quoted = SKU.replace("/", "%2F").replace(" ", "%20")
    response = await caller.listing_offers(quoted, "NO-SUCH-SKU")
    assert response.headers["x-amzn-RateLimit-Limit"] == "0.5"
    good, bad = tree(response)["responses"][0], tree(response)["responses"][1]
    payload = good["body"]["payload"]
    assert payload["SKU"] == SKU
    assert "ASIN" not in payload
    assert payload["Identifier"]["SellerSKU"] == SKU
    assert good["request"]["SellerSKU"] == SKU
    assert payload["Offers"].each("MyOffer") == [False, True, False, False, False]
    assert "invalid SKU" in str(bad["body"]["errors"][0]["message"])


async def test_a_product_alone_gets_what_its_part_of_a_batch_says(caller: Caller) -> None:
    quoted = SKU.replace("/", "%2F").replace(" ", "%20")
    alone = tree(await caller.item_alone(PAN))
    own = tree(await caller.listing_alone(quoted))
    assert alone["payload"] == (await caller.payload(PAN)).value
    part = tree(await caller.listing_offers(quoted))["responses"][0]
    assert own.value == part["body"].value
    assert own["payload"]["SKU"] == SKU


async def test_an_unknown_product_alone_is_refused_as_a_whole(caller: Caller) -> None:
    for response in (
        await caller.item_alone(UNKNOWN),
        await caller.listing_alone("NO-SUCH-SKU"),
        await caller.item_alone(PAN, MarketplaceId="A1PA6795UKMFR9"),
        await caller.item_alone(PAN, ItemCondition="Shiny"),
        await caller.item_alone(PAN, MarketplaceId=""),
    ):
        assert response.status_code == 400
        assert tree(response)["errors"][0]["code"] == "InvalidInput"


def refusal(response: httpx.Response) -> Tree:
    assert response.status_code == 400
    assert "x-amzn-RateLimit-Limit" in response.headers
    assert tree(response)["errors"][0]["code"] == "InvalidInput"
    return tree(response)["errors"][0]["message"]


async def test_a_duplicate_refuses_the_whole_batch(caller: Caller) -> None:
    message = refusal(await caller.item_offers(PAN, BOWL, PAN))
    assert message == "Duplicate requests submitted.  Cannot run batch request."


async def test_a_batch_has_one_to_twenty_requests(caller: Caller) -> None:
    asins = [f"B0NUMBER{number:02}" for number in range(21)]
    assert (await caller.item_offers(*asins[:20])).status_code == 200
    assert "1 to 20" in str(refusal(await caller.item_offers(*asins)))
    assert "1 to 20" in str(refusal(await caller.item_offers()))


@pytest.mark.parametrize(
    "change",
    [
        {"uri": "/products/pricing/v0/listings/X/offers"},
        {"uri": f"/products/pricing/v0/items/{PAN}/offers?x=1"},
        {"method": "POST"},
        {"ItemCondition": "Mint"},
        {"MarketplaceId": None},
    ],
)
async def test_a_wrong_part_refuses_the_whole_batch(
    caller: Caller, change: dict[str, str | None]
) -> None:
    refusal(await caller.post(ITEMS, {"requests": [{**batch_item(PAN), **change}]}))


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"requests": 1}', b"\xff"])
async def test_malformed_json_is_refused(caller: Caller, body: bytes) -> None:
    headers = {"x-amz-access-token": caller.token}
    refusal(await caller.client.post(ITEMS, content=body, headers=headers))


async def test_a_large_body_is_refused(caller: Caller) -> None:
    headers = {"x-amz-access-token": caller.token}
    body = b" " * (256 * 1024 + 1)
    response = await caller.client.post(ITEMS, content=body, headers=headers)
    assert response.status_code == 413
    assert tree(response)["errors"][0]["code"] == "RequestTooLarge"
