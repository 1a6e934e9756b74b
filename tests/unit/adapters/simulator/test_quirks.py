"""Faults that spoil what an answer says of one ASIN."""

from datetime import UTC, datetime, timedelta

import pytest

from adapters.simulator import Fault, Marketplace, Operation
from tests.unit.adapters.simulator.caller import Caller, Tree, tree
from tests.unit.adapters.simulator.small import BOARD, BOWL, CHEAP, CROWD, OWN, PAN, SKU, TIED

QUOTED_SKU = SKU.replace("/", "%2F").replace(" ", "%20")


async def pricing(caller: Caller) -> Tree:
    return tree(await caller.prices(PAN))["payload"][0]


@pytest.mark.parametrize(("fault", "status"), [(Fault.INNER_500, 500), (Fault.INNER_429, 429)])
async def test_one_part_of_a_batch_fails(
    caller: Caller, market: Marketplace, fault: Fault, status: int
) -> None:
    market.faults.on(fault, asin=PAN)
    response = await caller.item_offers(BOWL, PAN)
    assert response.status_code == 200
    bowl, pan = tree(response)["responses"][0], tree(response)["responses"][1]
    assert bowl["status"]["statusCode"] == 200
    assert pan["status"]["statusCode"] == status
    assert "errors" in pan["body"]
    assert "payload" not in pan["body"]


async def test_a_price_fails(caller: Caller, market: Marketplace) -> None:
    market.faults.on(Fault.INNER_500)
    assert (await pricing(caller)) == {"status": "ServerError", "ASIN": PAN}


async def test_a_part_is_absent(caller: Caller, market: Marketplace) -> None:
    market.faults.on(Fault.MISSING_INNER, asin=PAN)
    responses = tree(await caller.item_offers(PAN, BOWL))["responses"]
    assert len(responses) == 1
    assert responses[0]["request"]["Asin"] == BOWL
    assert tree(await caller.prices(PAN, BOWL))["payload"].each("ASIN") == [BOWL]
    assert tree(await caller.catalog(PAN, BOWL))["items"].each("asin") == [BOWL]


async def test_a_false_zero(caller: Caller, market: Marketplace) -> None:
    market.faults.on(Fault.FALSE_ZERO)
    payload = await caller.payload(PAN)
    assert payload["status"] == "Success"
    assert payload["Offers"] == []
    assert payload["Summary"]["TotalOfferCount"] == 0
    assert (await pricing(caller))["Product"]["CompetitivePricing"] == {
        "CompetitivePrices": [],
        "NumberOfOfferListings": [],
    }


async def test_no_buyable_offers(caller: Caller, market: Marketplace) -> None:
    market.faults.on(Fault.NO_BUYABLE_OFFERS)
    payload = await caller.payload(PAN)
    assert payload["status"] == "NoBuyableOffers"
    assert payload["Offers"] == []
    assert (await pricing(caller))["status"] == "NoBuyableOffers"


async def test_too_soon(caller: Caller, market: Marketplace) -> None:
    market.faults.on(Fault.TOO_SOON)
    payload = await caller.payload(PAN)
    assert payload["status"] == "ActiveButTooSoonForProcessing"
    assert payload["Offers"] == []
    available = datetime.fromisoformat(str(payload["Summary"]["OffersAvailableTime"].value))
    assert available - datetime.now(UTC) < timedelta(hours=4, seconds=1)


async def test_wrong_flags(caller: Caller, market: Marketplace) -> None:
    market.faults.on(Fault.WRONG_BUY_BOX_FLAG)
    offers = tree(await caller.listing_offers(QUOTED_SKU))["responses"][0]["body"]["payload"]
    assert offers["Offers"].each("SellerId") == [CHEAP, OWN, *TIED]
    assert offers["Offers"].each("IsBuyBoxWinner") == [False, False, False, False, True]
    assert offers["Offers"].each("MyOffer") == [False, False, False, False, True]
    assert offers["Summary"]["BuyBoxPrices"].each("sellerId") == [CHEAP]
    prices = (await pricing(caller))["Product"]["CompetitivePricing"]["CompetitivePrices"]
    assert prices.each("belongsToRequester") == [True]


async def test_two_winners(caller: Caller, market: Marketplace) -> None:
    market.faults.on(Fault.TWO_WINNERS)
    payload = await caller.payload(PAN)
    assert payload["Offers"].each("IsBuyBoxWinner") == [True, True, False, False, False]
    assert payload["Offers"].each("PrimeInformation")[:2] == [
        {"IsPrime": False, "IsNationalPrime": False},
        {"IsPrime": True, "IsNationalPrime": True},
    ]
    assert payload["Summary"]["BuyBoxPrices"].each("sellerId") == [CHEAP, OWN]
    assert (await caller.payload(BOWL))["Offers"] == []


async def test_a_seller_drops_out_of_the_top_twenty(caller: Caller, market: Marketplace) -> None:
    market.faults.on(Fault.TOP_TWENTY, asin=BOARD, seller=CROWD[0])
    payload = await caller.payload(BOARD)
    assert payload["Offers"].each("SellerId") == list(CROWD[1:21])
    assert payload["Summary"]["TotalOfferCount"] == 25
    assert payload["Summary"]["BuyBoxPrices"].each("sellerId") == [CROWD[0]]


async def test_values_that_nobody_knows(caller: Caller, market: Marketplace) -> None:
    market.faults.on(Fault.UNKNOWN_ENUM)
    payload = await caller.payload(PAN)
    assert payload["status"] == "SuccessWithCaveats"
    assert set(map(str, payload["Offers"].each("SubCondition"))) == {"pristine"}
    counts = payload["Summary"]["NumberOfOffers"]
    assert counts.each("fulfillmentChannel") == ["Hyperlocal", "Hyperlocal"]
    price = await pricing(caller)
    assert price["status"] == "SuccessWithCaveats"
    listings = price["Product"]["CompetitivePricing"]["NumberOfOfferListings"]
    assert listings.each("condition") == ["renewed_premium"]


async def test_fields_that_are_absent(caller: Caller, market: Marketplace) -> None:
    market.faults.on(Fault.MISSING_FIELDS)
    payload = await caller.payload(PAN)
    assert set(payload) == {"status", "ASIN", "Summary", "Offers"}
    assert payload["Summary"] == {"TotalOfferCount": 5}
    assert set(payload["Offers"][0]) == {
        "SellerId",
        "ListingPrice",
        "IsBuyBoxWinner",
        "IsFulfilledByAmazon",
    }
    assert set((await pricing(caller))["Product"]) == {"Identifiers"}
    item = tree(await caller.catalog(PAN))["items"][0]
    assert set(item) == {"asin", "attributes", "summaries"}
    assert set(item["summaries"][0]) == {"marketplaceId", "itemName"}


async def test_ties_come_in_any_order(caller: Caller, market: Marketplace) -> None:
    market.faults.on(Fault.SHUFFLED_TIES, operation=Operation.ITEM_OFFERS_BATCH)
    orders = set()
    for _ in range(12):
        sellers = [str(seller) for seller in (await caller.payload(PAN))["Offers"].each("SellerId")]
        assert sellers[:2] == [CHEAP, OWN]
        orders.add(tuple(sellers[2:]))
    assert len(orders) > 1
    assert all(set(order) == set(TIED) for order in orders)


async def test_a_fault_of_one_part_leaves_the_others(caller: Caller, market: Marketplace) -> None:
    market.faults.on(Fault.FALSE_ZERO, asin=PAN, times=1)
    assert (await caller.payload(BOARD))["Summary"]["TotalOfferCount"] == 25
    assert (await caller.payload(PAN))["Summary"]["TotalOfferCount"] == 0
    assert (await caller.payload(PAN))["Summary"]["TotalOfferCount"] == 5
