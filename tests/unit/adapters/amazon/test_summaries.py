"""Competitive summaries over HTTP: every condition, who is featured, and what is not told."""

from __future__ import annotations

import hashlib
import itertools
import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.amazon.sp_api import SpApiSource
from adapters.amazon.summaries import read_summaries
from bot.core.competitive_summary import (
    CompetitiveSummary,
    ConditionOffer,
    SummaryReading,
    SummarySource,
)
from bot.core.conditions import Condition
from bot.core.marketplaces import Marketplace
from bot.core.money import LARGEST, Money
from bot.core.questions import Operation
from bot.errors import QuotaExceeded, SourceError, Unavailable, UnknownProduct
from tests.unit.adapters.amazon.amazon import (
    HTML_503,
    RIVAL,
    SELLER,
    US,
    Amazon,
    Handler,
    Json,
    Obj,
    broken_off,
    json_reply,
    reply,
)
from tests.unit.adapters.amazon.conftest import ASIN, NOW, watch
from tests.unit.adapters.amazon.test_properties import values

SECOND = "B001Q3KU9Q"
PATH = "/batches/products/pricing/2022-05-01/items/competitiveSummary"


def amount(value: Json, currency: str = "USD") -> Obj:
    return {"amount": value, "currencyCode": currency}


def offer(seller: Json = SELLER, price: Json = 21, condition: str = "New", **more: Json) -> Obj:
    return {
        "sellerId": seller,
        "condition": condition,
        "subCondition": condition,
        "fulfillmentType": "MFN",
        "listingPrice": amount(price),
        "shippingOptions": [{"shippingOptionType": "DEFAULT", "price": amount(0)}],
        "primeDetails": {"eligibility": "NONE"},
        **more,
    }


def lowest(condition: str, *offers: Json) -> Obj:
    asked: Obj = {"itemCondition": condition, "offerType": "Consumer"}
    return {"lowestPricedOffersInput": asked, "offers": list(offers)}


def segment(membership: str, weight: Json) -> Obj:
    place: Obj = {"postalCode": {"countryCode": "US", "value": "67890"}}
    details: Obj = {"glanceViewWeightPercentage": weight, "sampleLocation": place}
    return {"customerMembership": membership, "segmentDetails": details}


def featured(*offers: Json) -> Json:
    return [{"buyingOptionType": "New", "segmentedFeaturedOffers": list(offers)}]


def part(asin: str = ASIN, status: int = 200, **body: Json) -> Obj:
    return whole({"asin": asin, "marketplaceId": US, **body}, status)


def whole(body: Json, status: int = 200) -> Obj:
    return {"status": {"statusCode": status, "reasonPhrase": "Success"}, "body": body}


async def readings(
    source: SpApiSource, amazon: Amazon, *parts: Json, asins: tuple[str, ...] = (ASIN,)
) -> list[SummaryReading]:
    amazon.script = [json_reply(200, {"responses": list(parts)})]
    return await source.competitive_summaries([watch(asin) for asin in asins])


async def told(source: SpApiSource, amazon: Amazon, **body: Json) -> CompetitiveSummary:
    (reading,) = await readings(source, amazon, whole({"asin": ASIN, "marketplaceId": US, **body}))
    assert isinstance(reading.result, CompetitiveSummary), reading.result
    return reading.result


async def used(source: SpApiSource, amazon: Amazon, **more: Json) -> ConditionOffer:
    """Return what is read of one used offer."""
    one = offer(RIVAL, 12, "Used", **more)
    summary = await told(source, amazon, lowestPricedOffers=[lowest("Used", one)])
    (read,) = summary.offers[Condition.USED]
    return read


async def test_one_request_asks_for_all_five_conditions_of_twenty_products(
    source: SpApiSource, amazon: Amazon
) -> None:
    asins = tuple(f"B{number:09}" for number in range(20))
    parts = [part(asin, lowestPricedOffers=[lowest("New", offer())]) for asin in asins]
    found = await readings(source, amazon, *reversed(parts), asins=asins)
    assert isinstance(source, SummarySource)
    (seen,) = amazon.seen
    assert (seen.method, seen.path) == ("POST", PATH)
    requests = json.loads(seen.body)["requests"]
    assert [request["asin"] for request in requests] == list(asins)
    assert requests[0] == {
        "asin": asins[0],
        "marketplaceId": US,
        "includedData": ["featuredBuyingOptions", "lowestPricedOffers", "similarItems"],
        "lowestPricedOffersInputs": [
            {"itemCondition": condition.value, "offerType": "Consumer"} for condition in Condition
        ],
        "method": "GET",
        "uri": "/products/pricing/2022-05-01/items/competitiveSummary",
    }
    assert [one.result.asin for one in found if isinstance(one.result, CompetitiveSummary)] == list(
        asins
    )


async def test_the_same_product_twice_is_asked_for_once(
    source: SpApiSource, amazon: Amazon
) -> None:
    found = await readings(source, amazon, part(similarItems=[]), asins=(ASIN, ASIN))
    assert len(json.loads(amazon.seen[0].body)["requests"]) == 1
    assert found[0].result == found[1].result


async def test_every_condition_is_told(source: SpApiSource, amazon: Amazon) -> None:
    lists: list[Json] = [
        lowest(condition.value, offer(RIVAL, place + 1, condition.value))
        for place, condition in enumerate(Condition)
    ]
    summary = await told(source, amazon, lowestPricedOffers=lists)
    assert {
        condition: [one.offer.price.amount for one in offers]
        for condition, offers in summary.offers.items()
    } == {condition: [Decimal(place + 1)] for place, condition in enumerate(Condition)}
    assert all(summary.complete(condition) for condition in Condition)
    assert not summary.empty


@pytest.mark.parametrize("word", ["VeryGood", "Very Good", "very_good"])
async def test_very_good_is_one_sub_condition(
    source: SpApiSource, amazon: Amazon, word: str
) -> None:
    assert (await used(source, amazon, subCondition=word)).sub_condition == "VeryGood"


async def test_everything_that_is_known_of_an_offer(source: SpApiSource, amazon: Amazon) -> None:
    read = await used(
        source,
        amazon,
        subCondition="Acceptable",
        fulfillmentType="AFN",
        shippingOptions=[{"shippingOptionType": "DEFAULT", "price": amount(2.5)}],
        primeDetails={"eligibility": "REGIONAL"},
    )
    assert (read.condition, read.sub_condition) == (Condition.USED, "Acceptable")
    one = read.offer
    assert (one.seller, str(one.price), str(one.landed)) == (RIVAL, "USD 12.00", "USD 14.50")
    assert (one.fba, one.prime) == (True, True)


async def test_what_an_offer_does_not_tell_is_unknown(source: SpApiSource, amazon: Amazon) -> None:
    bare: Obj = {"sellerId": RIVAL, "listingPrice": amount(12)}
    summary = await told(source, amazon, lowestPricedOffers=[lowest("Used", bare)])
    (read,) = summary.offers[Condition.USED]
    assert (read.sub_condition, read.offer.shipping) == ("", None)
    assert (read.offer.fba, read.offer.prime) == (None, None)


async def test_another_way_of_shipping_is_not_what_a_buyer_pays(
    source: SpApiSource, amazon: Amazon
) -> None:
    options: Json = [
        {"shippingOptionType": "EXPRESS", "price": amount(9)},
        {"shippingOptionType": "DEFAULT", "price": amount(1)},
    ]
    read = await used(source, amazon, shippingOptions=options)
    assert str(read.offer.landed) == "USD 13.00"


async def test_offers_for_other_buyers_are_not_listed(source: SpApiSource, amazon: Amazon) -> None:
    asked: Obj = {"itemCondition": "Used", "offerType": "Business"}
    business: Obj = {"lowestPricedOffersInput": asked, "offers": [offer(RIVAL, 5, "Used")]}
    summary = await told(source, amazon, lowestPricedOffers=[business])
    assert summary.offers[Condition.USED] == ()


async def test_points_are_taken_off_in_japan(source: SpApiSource, amazon: Amazon) -> None:
    one: Obj = {
        "sellerId": RIVAL,
        "listingPrice": amount(2000, "JPY"),
        "shippingOptions": [{"price": amount(0, "JPY")}],
        "points": {"pointsNumber": 400},
    }
    lists: Json = [lowest("New", one)]
    body: Obj = {"asin": ASIN, "marketplaceId": "A1VC38T7YXB528", "lowestPricedOffers": lists}
    amazon.script = [json_reply(200, {"responses": [whole(body)]})]
    (reading,) = await source.competitive_summaries([watch(marketplace="JP")])
    assert isinstance(reading.result, CompetitiveSummary)
    (read,) = reading.result.offers[Condition.NEW]
    assert read.offer.landed == Money(Decimal(1600), "JPY")


async def test_a_condition_without_a_list_has_no_offers(
    source: SpApiSource, amazon: Amazon
) -> None:
    """By the model a list has at least one offer, so that no offers can only be no list."""
    summary = await told(source, amazon, lowestPricedOffers=[lowest("New", offer())])
    assert summary.offers[Condition.USED] == ()
    assert summary.complete(Condition.USED)


@pytest.mark.parametrize(
    "odd",
    [
        lowest("Renewed", offer()),
        {"offers": [offer()]},
        {"lowestPricedOffersInput": {"itemCondition": "Used"}},
    ],
)
async def test_a_list_that_is_not_understood_leaves_the_absent_ones_unknown(
    source: SpApiSource, amazon: Amazon, odd: Json
) -> None:
    summary = await told(source, amazon, lowestPricedOffers=[lowest("New", offer()), odd])
    assert set(summary.offers) == {Condition.NEW}
    assert not summary.complete(Condition.USED)


async def test_no_list_at_all_against_a_featured_offer_tells_nothing(
    source: SpApiSource, amazon: Amazon
) -> None:
    summary = await told(
        source, amazon, lowestPricedOffers=[], featuredBuyingOptions=featured(offer())
    )
    assert summary.offers == {}
    assert not any(map(summary.complete, Condition))


async def test_no_list_at_all_is_empty_and_may_be_a_false_zero(
    source: SpApiSource, amazon: Amazon
) -> None:
    assert (await told(source, amazon, lowestPricedOffers=[])).empty


async def test_twenty_offers_may_not_be_all(source: SpApiSource, amazon: Amazon) -> None:
    many = [offer(f"A{number:013}", 5, "Used") for number in range(20)]
    summary = await told(source, amazon, lowestPricedOffers=[lowest("Used", *many)])
    assert not summary.complete(Condition.USED)
    fewer = await told(source, amazon, lowestPricedOffers=[lowest("Used", *many[1:])])
    assert fewer.complete(Condition.USED)


@pytest.mark.parametrize(
    "odd",
    [
        offer("<script>", 5, "Used"),
        offer(RIVAL, "NaN", "Used"),
        offer(RIVAL, -1, "Used"),
        # It says that it is new, in the list of used ones: a contradiction is not read.
        offer(RIVAL, 5, "New"),
        "no offer",
        {},
    ],
)
async def test_an_offer_that_cannot_be_read_is_counted(
    source: SpApiSource, amazon: Amazon, odd: Json
) -> None:
    lists: list[Json] = [lowest("Used", offer(SELLER, 12, "Used"), odd)]
    summary = await told(source, amazon, lowestPricedOffers=lists)
    assert [one.offer.seller for one in summary.offers[Condition.USED]] == [SELLER]
    assert summary.unread == {Condition.USED: 1}
    assert not summary.complete(Condition.USED)


async def test_who_is_featured_and_to_whom(source: SpApiSource, amazon: Amazon) -> None:
    winners = featured(
        offer(SELLER, 18, featuredOfferSegments=[segment("NON_PRIME", 72), segment("PRIME", 10)]),
        offer(RIVAL, 17, featuredOfferSegments=[segment("NON_PRIME", 18)]),
    )
    summary = await told(source, amazon, featuredBuyingOptions=winners)
    assert summary.featured is not None
    first, second = summary.featured
    assert (first.offer.seller, first.share) == (SELLER, Decimal(82))
    assert (second.offer.seller, second.share) == (RIVAL, Decimal(18))
    assert [one.membership for one in first.segments] == ["NON_PRIME", "PRIME"]
    assert (first.segments[0].country, first.segments[0].postal_code) == ("US", "67890")


@pytest.mark.parametrize("weight", [None, -1, 101, "NaN", "Infinity"])
async def test_a_share_that_cannot_be_true_is_unknown(
    source: SpApiSource, amazon: Amazon, weight: Json
) -> None:
    one = offer(featuredOfferSegments=[segment("PRIME", 10), segment("DEFAULT", weight)])
    summary = await told(source, amazon, featuredBuyingOptions=featured(one))
    assert summary.featured is not None
    assert summary.featured[0].segments[1].share is None
    assert summary.featured[0].share is None


@pytest.mark.parametrize(
    ("options", "names"),
    [
        ([], []),
        (featured(offer(RIVAL)), [RIVAL]),
        # An offer that cannot be read may be the winner, and other buyers are not asked about.
        (featured(offer(RIVAL), offer("")), None),
        ([{"buyingOptionType": "B2B", "segmentedFeaturedOffers": [offer()]}], None),
        ("none", None),
        (None, None),
    ],
)
async def test_who_is_featured_is_told_or_not_at_all(
    source: SpApiSource, amazon: Amazon, options: Json, names: list[str] | None
) -> None:
    summary = await told(source, amazon, featuredBuyingOptions=options, similarItems=[])
    assert names == (
        None if summary.featured is None else [one.offer.seller for one in summary.featured]
    )


@pytest.mark.parametrize(
    ("items", "similar"),
    [
        ([{"items": [{"asin": SECOND}, {"asin": "no"}, {}, {"asin": SECOND}]}], (SECOND,)),
        ([], ()),
        (None, None),
        ("many", None),
    ],
)
async def test_similar_products(
    source: SpApiSource, amazon: Amazon, items: Json, similar: tuple[str, ...] | None
) -> None:
    summary = await told(source, amazon, similarItems=items, lowestPricedOffers=[])
    assert summary.similar == similar


async def test_a_data_set_that_is_not_told_costs_no_other(
    source: SpApiSource, amazon: Amazon
) -> None:
    broken: Json = [{"offers": 1}]
    summary = await told(
        source,
        amazon,
        lowestPricedOffers=broken,
        featuredBuyingOptions=featured(offer()),
        similarItems="x",
    )
    assert summary.featured is not None
    assert (len(summary.featured), summary.offers, summary.similar) == (1, {}, None)


@pytest.mark.parametrize(
    ("status", "kind", "words"),
    [
        (429, QuotaExceeded, "did not answer"),
        (500, Unavailable, "could not answer"),
        (403, SourceError, "refused"),
        (10**30, SourceError, "invalid status"),
    ],
)
async def test_one_product_that_fails_costs_no_other(
    source: SpApiSource, amazon: Amazon, status: int, kind: type[SourceError], words: str
) -> None:
    errors: Json = [{"code": "X", "message": "No."}]
    found = await readings(
        source,
        amazon,
        part(ASIN, status, errors=errors),
        part(SECOND, similarItems=[]),
        asins=(ASIN, SECOND),
    )
    assert isinstance(found[0].result, kind)
    assert words in str(found[0].result)
    assert isinstance(found[1].result, CompetitiveSummary)


async def test_a_product_that_amazon_does_not_know(source: SpApiSource, amazon: Amazon) -> None:
    errors: Json = [{"code": "INVALID_ASIN", "message": f"{ASIN} is not a valid ASIN"}]
    nameless: Obj = {"status": {"statusCode": 400}, "body": {"errors": errors}}
    for one in (part(ASIN, 400, errors=errors), nameless):
        (reading,) = await readings(source, amazon, one)
        assert isinstance(reading.result, UnknownProduct)


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (part(SECOND, similarItems=[]), "does not include"),
        (part(), "has no content"),
        (part(similarItems=None), "has no content"),
        ({"status": {"statusCode": 200}}, "does not include"),
        ({"status": {"statusCode": 200}, "body": "x"}, "does not include"),
        ({"body": {"asin": ASIN, "marketplaceId": "A1PA6795UKMFR9"}}, "other than US"),
    ],
)
async def test_what_is_not_told_of_a_product_is_could_not_check(
    source: SpApiSource, amazon: Amazon, one: Json, words: str
) -> None:
    (reading,) = await readings(source, amazon, one)
    assert isinstance(reading.result, SourceError)
    assert words in str(reading.result)


async def test_our_own_sku_is_never_blamed(source: SpApiSource, amazon: Amazon) -> None:
    amazon.script = [json_reply(200, {"responses": [part(ASIN, 400)]})]
    (reading,) = await source.competitive_summaries([watch(sku="OAK-1")])
    assert reading.watch.sku == "OAK-1"
    assert "OAK-1" not in str(reading.result)


@pytest.mark.parametrize(
    ("handler", "kind"),
    [
        (HTML_503, Unavailable),
        (reply(429), QuotaExceeded),
        (broken_off, Unavailable),
        (json_reply(200, {"responses": None}), SourceError),
        (json_reply(400, {"errors": [{"code": "INVALID_ASIN"}]}), SourceError),
    ],
)
async def test_a_request_that_fails_says_nothing_of_any_product(
    source: SpApiSource, amazon: Amazon, handler: Handler, kind: type[SourceError]
) -> None:
    amazon.script = [handler]
    with pytest.raises(kind):
        await source.competitive_summaries([watch(), watch(SECOND)])
    assert len(amazon.seen) == 1, "whoever asks decides whether to ask again"


async def test_it_has_a_bucket_of_its_own(source: SpApiSource, amazon: Amazon) -> None:
    await readings(source, amazon, part(similarItems=[]))
    (bucket,) = source.buckets("na", [Operation.COMPETITIVE_SUMMARY])
    assert bucket.ready(0) == 0
    assert bucket.interval == pytest.approx(1 / 0.033, abs=0.2)


async def test_the_raw_answer_is_kept_as_evidence(source: SpApiSource, amazon: Amazon) -> None:
    (reading,) = await readings(source, amazon, part(similarItems=[]))
    assert isinstance(reading.result, CompetitiveSummary)
    assert json.loads(reading.raw)["asin"] == ASIN
    assert reading.result.digest == hashlib.sha256(reading.raw).hexdigest()


def read(content: bytes) -> CompetitiveSummary | SourceError:
    try:
        return read_summaries(content, [watch()], Marketplace.named("US"), NOW)[0].result
    except SourceError as error:
        return error


def check(content: bytes) -> None:
    summary = read(content)
    if isinstance(summary, SourceError):
        assert str(summary)
        return
    featured_offers = [one.offer for one in summary.featured or ()]
    listed = [one.offer for offers in summary.offers.values() for one in offers]
    for one in (*featured_offers, *listed):
        assert one.seller.isascii()
        assert one.seller.isalnum()
        assert 0 <= one.price.amount < LARGEST
    assert all(share is None or share >= 0 for share in (f.share for f in summary.featured or ()))


@given(st.binary())
def test_any_bytes_become_a_summary_or_an_error(content: bytes) -> None:
    check(content)


@given(values)
def test_any_json_becomes_a_summary_or_an_error(value: Json) -> None:
    shapes: list[Json] = [value, [value], [{"offers": [value], "items": [value]}]]
    names = ("featuredBuyingOptions", "lowestPricedOffers", "similarItems")
    for content in (value, {"responses": [value]}):
        check(json.dumps(content).encode())
    for name, shape in itertools.product(names, shapes):
        check(json.dumps({"responses": [whole({"asin": ASIN, name: shape})]}).encode())
