"""Competitive prices over HTTP: what is asked, what is read, and what could not be checked."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.amazon.prices import read_prices
from adapters.amazon.sp_api import SpApiSource
from bot.core.competitive import (
    BuyBox,
    CompetitivePrice,
    CompetitiveSource,
    PriceReading,
)
from bot.core.conditions import Condition
from bot.core.marketplaces import Marketplace
from bot.core.money import LARGEST, Money
from bot.core.questions import Operation
from bot.errors import QuotaExceeded, SourceError, Unavailable
from tests.unit.adapters.amazon.amazon import (
    HTML_503,
    RIVAL,
    SELLER,
    US,
    Amazon,
    Json,
    Obj,
    broken_off,
    json_reply,
    reply,
    usd,
)
from tests.unit.adapters.amazon.conftest import ASIN, NOW, watch
from tests.unit.adapters.amazon.test_properties import values

SECOND = "B001Q3KU9Q"


def row(price: float = 21, box: str = "1", condition: str = "new", **more: Json) -> Obj:
    amounts: Obj = {"LandedPrice": usd(price), "ListingPrice": usd(price), "Shipping": usd(0)}
    return {"CompetitivePriceId": box, "Price": amounts, "condition": condition, **more}


def count(number: Json, condition: str = "new") -> Obj:
    return {"Count": number, "condition": condition}


def priced(*rows: Json, counts: list[Json] | None = None, asin: str = ASIN, **more: Json) -> Obj:
    pricing: Obj = {
        "CompetitivePrices": list(rows),
        "NumberOfOfferListings": [count(3)] if counts is None else counts,
    }
    product: Obj = {
        "Identifiers": {"MarketplaceASIN": {"MarketplaceId": US, "ASIN": asin}},
        "CompetitivePricing": pricing,
    }
    return {"status": "Success", "ASIN": asin, "Product": product, **more}


def answer(*parts: Json) -> Obj:
    return {"payload": list(parts)}


async def readings(
    source: SpApiSource, amazon: Amazon, *parts: Json, asins: tuple[str, ...] = (ASIN,)
) -> list[PriceReading]:
    amazon.script = [json_reply(200, answer(*parts))]
    return await source.competitive_prices([watch(asin) for asin in asins])


async def told(source: SpApiSource, amazon: Amazon, part: Json) -> CompetitivePrice:
    (reading,) = await readings(source, amazon, part)
    assert isinstance(reading.result, CompetitivePrice), reading.result
    return reading.result


async def refused(source: SpApiSource, amazon: Amazon, *parts: Json) -> str:
    (reading,) = await readings(source, amazon, *parts)
    assert isinstance(reading.result, SourceError), reading.result
    return str(reading.result)


async def test_twenty_products_are_asked_for_in_one_request(
    source: SpApiSource, amazon: Amazon
) -> None:
    asins = tuple(f"B{number:09}" for number in range(20))
    parts = [priced(row(number), asin=asin) for number, asin in enumerate(asins)]
    found = await readings(source, amazon, *reversed(parts), asins=asins)
    assert isinstance(source, CompetitiveSource)
    (seen,) = amazon.seen
    assert (seen.method, seen.path) == ("GET", "/products/pricing/v0/competitivePrice")
    assert seen.query == {
        "MarketplaceId": US,
        "ItemType": "Asin",
        "Asins": ",".join(asins),
        "CustomerType": "Consumer",
    }
    assert [reading.watch.asin for reading in found] == list(asins)
    assert [
        reading.result.new for reading in found if isinstance(reading.result, CompetitivePrice)
    ] == [(BuyBox(price=Money(Decimal(number), "USD")),) for number in range(20)]


async def test_everything_that_is_known_of_a_product(source: SpApiSource, amazon: Amazon) -> None:
    part = priced(
        row(21, sellerId=SELLER),
        row(9, box="2", condition="used", subcondition="Very Good", sellerId=RIVAL),
        counts=[count(3), count(2, "Used")],
    )
    (reading,) = await readings(source, amazon, part)
    price = reading.result
    assert isinstance(price, CompetitivePrice)
    assert (price.asin, price.marketplace, price.at) == (ASIN, "US", NOW)
    assert price.counts == {
        Condition.NEW: 3,
        Condition.USED: 2,
        Condition.COLLECTIBLE: 0,
        Condition.REFURBISHED: 0,
        Condition.CLUB: 0,
    }
    assert price.new == (BuyBox(price=Money(Decimal(21), "USD"), seller=SELLER),)
    assert price.used == (BuyBox(price=Money(Decimal(9), "USD"), seller=RIVAL),)
    assert json.loads(reading.raw) == part


async def test_our_own_products_are_asked_for_by_asin_too(
    source: SpApiSource, amazon: Amazon
) -> None:
    amazon.script = [json_reply(200, answer(priced(row())))]
    await source.competitive_prices([watch(sku="RED, LARGE")])
    assert amazon.seen[0].query["Asins"] == ASIN
    assert "Skus" not in amazon.seen[0].query


async def test_one_product_that_fails_costs_no_other(source: SpApiSource, amazon: Amazon) -> None:
    found = await readings(
        source,
        amazon,
        {"status": "ClientError", "ASIN": ASIN},
        priced(row(), asin=SECOND),
        asins=(ASIN, SECOND),
    )
    assert str(found[0].result) == f"Amazon does not know {ASIN} in the marketplace US."
    assert isinstance(found[1].result, CompetitivePrice)


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ({"status": "ServerError", "ASIN": ASIN}, "could not answer"),
        ({"status": "ActiveButTooSoonForProcessing", "ASIN": ASIN}, "still processing"),
        ({"status": "Success", "ASIN": ASIN}, "neither prices nor an offer count"),
        ({"status": "Success", "ASIN": ASIN, "Product": {}}, "neither prices nor"),
        (
            {"status": "Success", "ASIN": ASIN, "Product": {"CompetitivePricing": {}}},
            "neither prices nor",
        ),
        ({"status": "NoBuyableOffers", "ASIN": ASIN}, "neither prices nor"),
        (priced(counts=[], status="Asleep"), "an unknown status: 'Asleep'"),
        (priced(row("x")), "could not be read"),  # type: ignore[arg-type]
        (priced(row(), asin=SECOND), "does not include"),
        ({**priced(row(), asin=SECOND), "ASIN": ASIN}, "for another product"),
        ({"status": "Success"}, "does not include"),
        ("Success", "does not include"),
    ],
)
async def test_what_is_not_told_of_a_product_is_could_not_check(
    source: SpApiSource, amazon: Amazon, part: Json, words: str
) -> None:
    assert words in await refused(source, amazon, part)


async def test_what_passes_at_amazon_is_told_apart(source: SpApiSource, amazon: Amazon) -> None:
    (reading,) = await readings(source, amazon, {"status": "ServerError", "ASIN": ASIN})
    assert isinstance(reading.result, Unavailable)


async def test_another_marketplace_is_not_ours(source: SpApiSource, amazon: Amazon) -> None:
    part = priced(row())
    product: Obj = dict(part["Product"])  # type: ignore[arg-type]
    product["Identifiers"] = {"MarketplaceASIN": {"MarketplaceId": "A1PA6795UKMFR9", "ASIN": ASIN}}
    words = await refused(source, amazon, {**part, "Product": product})
    assert words == "Amazon's answer is for a marketplace other than US."


async def test_a_part_may_name_its_product_in_its_identifiers_alone(
    source: SpApiSource, amazon: Amazon
) -> None:
    part = priced(row())
    del part["ASIN"]
    assert (await told(source, amazon, part)).counts[Condition.NEW] == 3


async def test_an_answer_without_prices_still_counts(source: SpApiSource, amazon: Amazon) -> None:
    price = await told(
        source,
        amazon,
        {
            "status": "Success",
            "ASIN": ASIN,
            "Product": {"CompetitivePricing": {"NumberOfOfferListings": [count(4)]}},
        },
    )
    assert price.counts[Condition.NEW] == 4
    assert price.new is None
    assert price.used is None


@pytest.mark.parametrize(
    ("rows", "counts"),
    [
        ([], dict.fromkeys(Condition, 0)),
        ([count(2), count(3, "New")], {**dict.fromkeys(Condition, 0), Condition.NEW: 5}),
        # A word that nobody knows may be any of those that have no row.
        ([count(5, "renewed_premium")], {}),
        ([count(5, "Any"), count(2)], {Condition.NEW: 2}),
        # A count that is none is not a count of none.
        (
            [count(-1), count(2, "used")],
            {
                condition: 2 * (condition is Condition.USED)
                for condition in Condition
                if condition is not Condition.NEW
            },
        ),
        (
            [count(None)],
            {condition: 0 for condition in Condition if condition is not Condition.NEW},
        ),
        (
            [count(True), count(3)],
            {condition: 0 for condition in Condition if condition is not Condition.NEW},
        ),
        ([count("7"), {}], {Condition.NEW: 7}),
    ],
)
async def test_counts_are_told_by_condition_or_not_at_all(
    source: SpApiSource, amazon: Amazon, rows: list[Json], counts: dict[Condition, int]
) -> None:
    assert (await told(source, amazon, priced(counts=rows))).counts == counts


async def test_rows_for_businesses_and_larger_quantities_are_no_buy_box(
    source: SpApiSource, amazon: Amazon
) -> None:
    """Amazon's own example has them (issue 4186 of selling-partner-api-models)."""
    rows = [
        row(130, offerType="B2C", sellerId=SELLER),
        row(115, offerType="B2B", quantityTier=3, sellerId=RIVAL),
        row(110, offerType="B2B", sellerId=RIVAL),
        row(100, offerType="B2C", quantityTier=5, sellerId=RIVAL),
    ]
    price = await told(source, amazon, priced(*rows))
    assert price.new == (BuyBox(price=Money(Decimal(130), "USD"), seller=SELLER),)
    assert (await told(source, amazon, priced(*rows[1:]))).new is None


async def test_of_two_parts_for_one_product_the_first_counts(
    source: SpApiSource, amazon: Amazon
) -> None:
    second = priced(row(), counts=[count(9)])
    (reading,) = await readings(source, amazon, priced(row()), second)
    assert isinstance(reading.result, CompetitivePrice)
    assert reading.result.counts[Condition.NEW] == 3


async def test_two_holders_are_legal(source: SpApiSource, amazon: Amazon) -> None:
    price = await told(source, amazon, priced(row(21, sellerId=SELLER), row(20, sellerId=RIVAL)))
    assert price.new is not None
    assert [box.seller for box in price.new] == [SELLER, RIVAL]


async def test_the_owner_flag_is_never_believed(source: SpApiSource, amazon: Amazon) -> None:
    plain = await told(source, amazon, priced(row()))
    lying = await told(source, amazon, priced(row(belongsToRequester=True)))
    assert plain == lying


@pytest.mark.parametrize(
    ("odd", "new", "used"),
    [
        # The number tells the condition where no word does; a word is surer than the number.
        ({"CompetitivePriceId": "1", "Price": {"ListingPrice": usd(5)}}, 1, 0),
        ({"CompetitivePriceId": 2, "Price": {"ListingPrice": usd(5)}}, 0, 1),
        (row(5, box="4545645646"), 1, 0),
        (row(5, box="9", condition="collectible"), 0, 0),
        # Whose Buy Box it is cannot be told: then neither is known.
        (row(5, box="9", condition="pristine"), None, None),
        ({"Price": {"ListingPrice": usd(5)}}, None, None),
    ],
)
async def test_whose_buy_box_a_row_is(
    source: SpApiSource, amazon: Amazon, odd: Json, new: int | None, used: int | None
) -> None:
    price = await told(source, amazon, priced(odd))
    assert (price.new and len(price.new), price.used and len(price.used)) == (
        new if new is None or new else (),
        used if used is None or used else (),
    )


async def test_without_a_landed_price_it_is_added_up(source: SpApiSource, amazon: Amazon) -> None:
    amounts: Obj = {"ListingPrice": usd(18), "Shipping": usd("1.50")}
    price = await told(source, amazon, priced({"condition": "new", "Price": amounts}))
    assert price.new == (BuyBox(price=Money(Decimal("19.50"), "USD")),)


async def test_points_are_taken_off_in_japan(source: SpApiSource, amazon: Amazon) -> None:
    yen: Obj = {
        "ListingPrice": {"CurrencyCode": "JPY", "Amount": 2000},
        "Shipping": {"CurrencyCode": "JPY", "Amount": 0},
        "Points": {"PointsNumber": 400},
    }
    part: Obj = {
        "status": "Success",
        "ASIN": ASIN,
        "Product": {
            "CompetitivePricing": {"CompetitivePrices": [{"condition": "new", "Price": yen}]}
        },
    }
    amazon.script = [json_reply(200, answer(part))]
    (reading,) = await source.competitive_prices([watch(marketplace="JP")])
    assert isinstance(reading.result, CompetitivePrice)
    assert reading.result.new == (BuyBox(price=Money(Decimal(1600), "JPY")),)


@pytest.mark.parametrize("seller", ["", " ", "<script>", "A" * 41, None])
async def test_a_seller_that_cannot_be_read_is_not_told(
    source: SpApiSource, amazon: Amazon, seller: Json
) -> None:
    price = await told(source, amazon, priced(row(sellerId=seller)))
    assert price.new == (BuyBox(price=Money(Decimal(21), "USD")),)


@pytest.mark.parametrize(
    ("handler", "kind"),
    [
        (HTML_503, Unavailable),
        (reply(429), QuotaExceeded),
        (broken_off, Unavailable),
        (reply(200, "<html>", "text/html"), SourceError),
        (json_reply(200, {}), SourceError),
        (json_reply(200, {"payload": None}), SourceError),
        (json_reply(200, {"errors": []}), SourceError),
        (json_reply(400, {"errors": [{"code": "InvalidInput"}]}), SourceError),
    ],
)
async def test_a_request_that_fails_says_nothing_of_any_product(
    source: SpApiSource, amazon: Amazon, handler: object, kind: type[SourceError]
) -> None:
    amazon.script = [handler]  # type: ignore[list-item]
    with pytest.raises(kind):
        await source.competitive_prices([watch(), watch(SECOND)])
    assert len(amazon.seen) == 1, "whoever asks decides whether to ask again"


async def test_it_has_a_bucket_of_its_own(source: SpApiSource, amazon: Amazon) -> None:
    await readings(source, amazon, priced(row()))
    operations = [Operation.COMPETITIVE_PRICING, Operation.COMPETITIVE_SUMMARY]
    spent, full = source.buckets("na", operations)
    assert (spent.operation, spent.ready(0), full.ready(0)) == (operations[0], 0, 1)
    assert all(bucket.ready(0) for bucket in source.buckets("na"))


async def test_there_is_no_such_marketplace(source: SpApiSource) -> None:
    with pytest.raises(SourceError, match="is not one of Amazon's marketplaces"):
        await source.competitive_prices([watch(marketplace="XX")])


def read(content: bytes) -> CompetitivePrice | SourceError:
    try:
        return read_prices(content, [watch()], Marketplace.named("US"), NOW)[0].result
    except SourceError as error:
        return error


def check(content: bytes) -> None:
    price = read(content)
    if isinstance(price, SourceError):
        assert str(price)
        return
    assert all(number >= 0 for number in price.counts.values())
    for box in (*(price.new or ()), *(price.used or ())):
        assert box.seller == "" or (box.seller.isascii() and box.seller.isalnum())
        assert box.price is None or 0 <= box.price.amount < LARGEST


@given(st.binary())
def test_any_bytes_become_prices_or_an_error(content: bytes) -> None:
    check(content)


@given(values)
def test_any_json_becomes_prices_or_an_error(value: Json) -> None:
    product: Obj = {"ASIN": ASIN, "Product": value}
    pricing: Obj = {"ASIN": ASIN, "Product": {"CompetitivePricing": value}}
    rows: Obj = {
        "ASIN": ASIN,
        "Product": {
            "CompetitivePricing": {"CompetitivePrices": [value], "NumberOfOfferListings": [value]}
        },
    }
    for whole in (value, answer(value), answer(product), answer(pricing), answer(rows)):
        check(json.dumps(whole).encode())
