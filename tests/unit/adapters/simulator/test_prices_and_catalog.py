"""getCompetitivePricing and searchCatalogItems."""

import pytest

from adapters.simulator import Marketplace, SettableClock
from tests.unit.adapters.simulator.caller import CATALOG, COMPETITIVE, US, Caller, tree
from tests.unit.adapters.simulator.small import BOARD, BOWL, OWN, PAN, SKU, UNKNOWN


async def test_the_buy_box_and_the_count_are_told(caller: Caller) -> None:
    response = await caller.prices(PAN, BOWL, UNKNOWN)
    assert response.headers["x-amzn-RateLimit-Limit"] == "0.5"
    payload = tree(response)["payload"]
    assert payload.each("status") == ["Success", "Success", "ClientError"]
    assert payload.each("ASIN") == [PAN, BOWL, UNKNOWN]
    assert "Product" not in payload[2]
    pricing = payload[0]["Product"]["CompetitivePricing"]
    (price,) = pricing["CompetitivePrices"].each("Price")
    assert price == {
        "LandedPrice": {"CurrencyCode": "USD", "Amount": 19.0},
        "ListingPrice": {"CurrencyCode": "USD", "Amount": 18.0},
        "Shipping": {"CurrencyCode": "USD", "Amount": 1.0},
    }
    assert pricing["CompetitivePrices"].each("belongsToRequester") == [False]
    assert "sellerId" not in pricing["CompetitivePrices"][0]
    assert pricing["NumberOfOfferListings"] == [{"Count": 5, "condition": "new"}]
    empty = payload[1]["Product"]["CompetitivePricing"]
    assert empty == {"CompetitivePrices": [], "NumberOfOfferListings": []}


async def test_hidden_sellers_are_counted(caller: Caller, clock: SettableClock) -> None:
    clock.advance(200)
    product = tree(await caller.prices(PAN))["payload"][0]["Product"]
    assert product["CompetitivePricing"]["NumberOfOfferListings"].each("Count") == [8]


async def test_prices_can_be_asked_for_by_sku(caller: Caller, market: Marketplace) -> None:
    query = {"MarketplaceId": US, "ItemType": "Sku", "Skus": SKU}
    price = tree(await caller.get(COMPETITIVE, query))["payload"][0]
    assert price["SellerSKU"] == SKU
    assert price["Product"]["Identifiers"] == {
        "MarketplaceASIN": {"MarketplaceId": US, "ASIN": PAN},
        "SKUIdentifier": {"MarketplaceId": US, "SellerId": OWN, "SellerSKU": SKU},
    }
    assert market.log[-1].asins == (PAN,)


@pytest.mark.parametrize(
    "change",
    [
        {"ItemType": "ASIN"},
        {"MarketplaceId": ""},
        {"Asins": ""},
        {"Asins": ",".join(f"B0NUMBER{number:02}" for number in range(21))},
    ],
)
async def test_a_wrong_question_about_prices_is_refused(
    caller: Caller, change: dict[str, str]
) -> None:
    query = {"MarketplaceId": US, "ItemType": "Asin", "Asins": PAN} | change
    response = await caller.get(COMPETITIVE, query)
    assert response.status_code == 400
    assert tree(response)["errors"][0]["code"] == "InvalidInput"


async def test_the_catalogue_has_what_was_asked_for(caller: Caller, market: Marketplace) -> None:
    response = await caller.catalog(PAN, UNKNOWN)
    assert response.headers["x-amzn-RateLimit-Limit"] == "2"
    results = tree(response)
    assert results["numberOfResults"] == 1
    item = results["items"][0]
    assert item["asin"] == PAN
    assert item["summaries"][0]["brand"] == "Small & Co"
    assert item["salesRanks"][0]["displayGroupRanks"][0]["rank"] == 7
    assert item["attributes"]["bullet_point"].each("value") == ["Round", "Flat"]
    image = item["images"][0]["images"][0]
    assert image["link"] == f"{market.base_url}/images/{PAN}.svg"
    bare = tree(await caller.get(CATALOG, catalog_query(PAN)))["items"][0]
    assert "summaries" in bare
    assert "images" not in bare


def catalog_query(*asins: str) -> dict[str, str]:
    return {"marketplaceIds": US, "identifiersType": "ASIN", "identifiers": ",".join(asins)}


async def test_a_title_can_change(caller: Caller, clock: SettableClock) -> None:
    clock.advance(300)
    item = tree(await caller.catalog(PAN))["items"][0]
    assert item["summaries"][0]["itemName"] == "Another pan"


async def test_the_catalogue_comes_in_pages(caller: Caller) -> None:
    first = tree(await caller.catalog(PAN, BOWL, BOARD, pageSize="2"))
    assert first["numberOfResults"] == 3
    assert first["items"].each("asin") == [PAN, BOWL]
    token = str(first["pagination"]["nextToken"].value)
    second = tree(await caller.catalog(PAN, BOWL, BOARD, pageSize="2", pageToken=token))
    assert second["items"].each("asin") == [BOARD]
    assert "pagination" not in second


@pytest.mark.parametrize(
    "change",
    [
        {"marketplaceIds": ""},
        {"marketplaceIds": f"{US},A1PA6795UKMFR9"},
        {"identifiersType": "EAN"},
        {"identifiers": ""},
        {"identifiers": f"{PAN},20DOMINANT"},
        {"pageSize": "21"},
        {"pageSize": "many"},
        {"pageToken": "-1"},
    ],
)
async def test_a_wrong_question_to_the_catalogue_is_refused(
    caller: Caller, change: dict[str, str]
) -> None:
    response = await caller.get(CATALOG, catalog_query(PAN) | change)
    assert response.status_code == 400
    assert tree(response)["errors"][0]["code"] == "InvalidInput"
