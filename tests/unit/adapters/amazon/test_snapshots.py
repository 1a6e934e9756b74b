from __future__ import annotations

import json
from decimal import Decimal

import pytest

from adapters.amazon.answers import Loose, Price, read_payload
from adapters.amazon.snapshots import to_snapshot
from adapters.amazon.values import money, whole
from bot.core.listing import Snapshot
from bot.core.marketplaces import Marketplace
from bot.core.money import Money
from bot.errors import SourceError
from tests.unit.adapters.amazon.amazon import RIVAL, SELLER, Json, Obj, box, offer, payload, usd
from tests.unit.adapters.amazon.conftest import ASIN, NOW, watch

THIRD = "A0THIRD0000003"


def snapshot(answer: Obj, code: str = "US") -> Snapshot:
    read = read_payload(json.dumps({"payload": answer}).encode())
    assert read is not None
    return to_snapshot(read, watch(marketplace=code), Marketplace.named(code), NOW, "digest")


def total(offers: int, **summary: Json) -> int:
    return snapshot(payload(ASIN, *[offer()] * offers, boxes=None, **summary)).total


def holders(*offers: Obj, boxes: list[Obj] | None = None) -> tuple[str, ...] | None:
    return snapshot(payload(ASIN, *offers, boxes=boxes)).holders


def test_everything_that_is_known_of_an_offer() -> None:
    told = snapshot(payload(ASIN, offer(ShipsFrom={"State": "WA", "Country": "US"})))
    (only,) = told.offers
    assert (told.asin, told.marketplace, told.at, told.digest) == (ASIN, "US", NOW, "digest")
    assert (only.seller, str(only.price), str(only.shipping)) == (SELLER, "USD 21.00", "USD 0.00")
    assert (only.fba, only.prime, only.ships_from) == (False, False, "WA, US")
    assert (only.feedback_count, only.positive_percent) == (12, 93)


@pytest.mark.parametrize("word", ["new", "New", "NEW", None, "", "pristine", "OEM", "Open Box"])
def test_offers_of_an_unknown_sub_condition_belong_to_what_was_asked_for(word: str | None) -> None:
    assert len(snapshot(payload(ASIN, offer(SubCondition=word))).offers) == 1


@pytest.mark.parametrize("word", ["Used", "very_good", "Very Good", "VeryGood", "mint", "Club"])
def test_offers_of_another_condition_are_not_seen(word: str) -> None:
    used = offer(SubCondition=word, winner=True)
    told = snapshot(payload(ASIN, used, offer(RIVAL), NumberOfOffers=None, TotalOfferCount=None))
    assert [one.seller for one in told.offers] == [RIVAL]
    assert (told.total, told.holders) == (1, ())


@pytest.mark.parametrize(
    "hidden",
    [
        {"SellerId": None},
        {"SellerId": " "},
        {"SellerId": "A" * 41},
        {"SellerId": "A1\x1b[2J"},
        {"SellerId": "A1 TWO"},
        {"SellerId": "=1+1"},
        {"SellerId": "\u0391123456789"},
        {"ListingPrice": None},
        {"ListingPrice": {}},
        {"ListingPrice": usd(-1)},
        {"ListingPrice": usd(10**9)},
        {"ListingPrice": usd("NaN")},
        {"ListingPrice": usd("sNaN")},
        {"ListingPrice": usd("-Infinity")},
        {"ListingPrice": {"CurrencyCode": "dollars", "Amount": 1}},
    ],
)
def test_an_offer_without_seller_or_price_counts_but_is_not_listed(hidden: Obj) -> None:
    told = snapshot(payload(ASIN, offer(), {**offer(RIVAL), **hidden}, NumberOfOffers=None))
    assert (len(told.offers), told.total, told.complete) == (1, 2, False)


@pytest.mark.parametrize("shipping", [None, {}, usd(-5), usd("NaN"), usd(10**12)])
def test_shipping_that_cannot_be_true_is_none(shipping: Json) -> None:
    (only,) = snapshot(payload(ASIN, offer(Shipping=shipping))).offers
    assert str(only.landed) == "USD 21.00"


def test_without_a_currency_it_is_the_marketplaces() -> None:
    answer = payload(ASIN, offer(ListingPrice={"Amount": 1500}), boxes=[])
    answer.update(marketplaceId=None, Identifier=None)
    (only,) = snapshot(answer, "JP").offers
    assert str(only.landed) == "JPY 1,500"


@pytest.mark.parametrize("digits", ["24.99", "0.1", "0.30000000000000004", "1e2", "999999999.99"])
def test_money_is_taken_from_the_digits(digits: str) -> None:
    text = json.dumps(payload(ASIN, offer(price=987654)))
    read = read_payload(f'{{"payload":{text.replace("987654", digits)}}}'.encode())
    assert read is not None
    told = to_snapshot(read, watch(), Marketplace.named("US"), NOW, "")
    assert told.offers[0].price.amount == Decimal(digits)


def test_a_negative_zero_and_endless_digits_are_made_plain() -> None:
    assert str(money(Price(amount=Decimal("-0.0")), "USD")) == "USD 0.00"
    long = money(Price(amount=Decimal("0." + "3" * 5000)), "USD")
    assert long is not None
    assert len(str(long.amount)) < 40


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (3, 3),
        (3.0, 3),
        ("3", 3),
        ("93.6", 94),
        (-1, None),
        (101, None),
        ("many", None),
        ("nan", None),
        (True, None),
        (None, None),
        (10**400, None),
    ],
)
def test_a_figure_is_read_whatever_form_it_has(value: Loose, read: int | None) -> None:
    assert whole(value, 100) == read


def test_a_figure_that_is_no_money_fails_nothing() -> None:
    feedback: Json = {"FeedbackCount": "N/A", "SellerPositiveFeedbackRating": True}
    (only,) = snapshot(payload(ASIN, offer(SellerFeedbackRating=feedback))).offers
    assert (only.feedback_count, only.positive_percent) == (None, None)


def rows(*counts: tuple[str, Json]) -> Json:
    return [{"condition": condition, "OfferCount": count} for condition, count in counts]


def test_the_total_is_the_sum_of_the_rows_of_new() -> None:
    counts = rows(("new", 2), ("NEW", 3), ("used", 40))
    assert total(1, TotalOfferCount=45, NumberOfOffers=counts) == 5
    assert total(1, TotalOfferCount=45, NumberOfOffers=rows(("used", 45))) == 1
    assert total(1, TotalOfferCount=7, NumberOfOffers=None) == 7
    assert total(1, TotalOfferCount=7, NumberOfOffers=[]) == 7
    assert total(1, TotalOfferCount=None, NumberOfOffers=None) == 1
    assert total(3, TotalOfferCount=1, NumberOfOffers=rows(("new", 1))) == 3
    assert total(1, TotalOfferCount=9, NumberOfOffers=rows(("new", 1), ("new", None))) == 9
    assert total(1, TotalOfferCount=-4, NumberOfOffers=rows(("new", "x"))) == 1


@pytest.mark.parametrize(
    ("told", "rank"),
    [
        ([{"ProductCategoryId": "kitchen", "Rank": 1843}, {"Rank": 12}], 1843),
        ([{"ProductCategoryId": "kitchen", "Rank": "7"}], 7),
        ([{"ProductCategoryId": "kitchen", "Rank": 0}], None),
        ([{"ProductCategoryId": "kitchen", "Rank": -3}], None),
        ([{"ProductCategoryId": "kitchen", "Rank": "none"}], None),
        ([{"ProductCategoryId": None}], None),
        ([], None),
        (None, None),
    ],
)
def test_the_rank_is_that_of_the_category_that_is_named_first(told: Json, rank: int | None) -> None:
    assert snapshot(payload(ASIN, offer(), SalesRankings=told)).rank == rank


def test_at_most_a_hundred_offers_are_read() -> None:
    told = snapshot(payload(ASIN, *[offer()] * 150))
    assert (len(told.offers), told.total, told.complete) == (100, 150, False)


def test_nobody_holds_a_buy_box_that_is_not_there() -> None:
    assert holders(offer()) == ()


def test_a_seller_who_is_named_holds_it_whatever_the_flags_say() -> None:
    assert holders(offer(winner=True), boxes=[box(9, sellerId=RIVAL)]) == (RIVAL,)
    both = [box(9, sellerId=RIVAL), box(9, sellerId=SELLER), box(8, sellerId=RIVAL)]
    assert holders(offer(), boxes=both) == (SELLER, RIVAL)


def test_a_flag_and_the_price_together_tell_the_holder() -> None:
    assert holders(offer(winner=True), offer(RIVAL, 9), boxes=[box(21)]) == (SELLER,)
    shipped = offer(price=16.01, winner=True, Shipping=usd(4.99))
    assert holders(shipped, boxes=[box(21.00)]) == (SELLER,)


def test_points_are_taken_off_the_landed_price() -> None:
    with_points = box(21, LandedPrice=usd(20))
    assert holders(offer(winner=True), boxes=[with_points]) == (SELLER,)


def test_a_flag_alone_is_believed_where_no_price_can_refute_it() -> None:
    assert holders(offer(winner=True), offer(RIVAL)) == (SELLER,)
    assert holders(offer(winner=True), boxes=[{"condition": "used", **usd(3)}]) == (SELLER,)


def test_nobody_can_tell_from_a_contradiction() -> None:
    assert holders(offer(), boxes=[box(21)]) is None
    assert holders(offer(winner=True), boxes=[box(7)]) is None
    assert holders(offer(winner=True, SellerId=None)) is None
    three = [offer(seller, 21, winner=True) for seller in (SELLER, RIVAL, THIRD)]
    assert holders(*three) is None
    assert holders(offer(), boxes=[box(9, sellerId="A" * 41)]) is None


@pytest.mark.parametrize("strange", ["A1\n@everyone", "A1&m=A2", "\N{FIRE}"])
def test_nobody_can_tell_a_holder_whose_id_cannot_be_read(strange: str) -> None:
    assert holders(offer(), boxes=[box(9, sellerId=strange)]) is None
    assert holders(offer(strange, winner=True)) is None
    assert holders(offer(winner=True), offer(strange, winner=True)) is None
    assert holders(offer(winner=True), offer(strange)) == (SELLER,)


def test_what_steers_a_terminal_or_the_eye_is_replaced() -> None:
    place = {"State": "W\x1b[2JA\n", "Country": "U\u202eS"}
    (only,) = snapshot(payload(ASIN, offer(ShipsFrom=place))).offers
    assert only.ships_from == "W\ufffd[2JA , U\ufffdS"


def test_boxes_for_businesses_and_for_quantities_are_not_the_buy_box() -> None:
    boxes = [
        box(21),
        box(9, sellerId=RIVAL, offerType="B2B"),
        box(8, sellerId=RIVAL, quantityTier=20, quantityDiscountType="QUANTITY_DISCOUNT"),
        box(7, sellerId=RIVAL, condition="Used"),
    ]
    told = snapshot(payload(ASIN, offer(winner=True), boxes=boxes))
    assert (told.holders, told.buy_box_price) == ((SELLER,), Money(Decimal(21), "USD"))


def test_without_a_landed_price_it_is_the_price_and_the_shipping() -> None:
    half = box(0, LandedPrice=None, ListingPrice=usd(20), Shipping=usd(1))
    assert str(snapshot(payload(ASIN, boxes=[half])).buy_box_price) == "USD 21.00"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"ASIN": "B0OTHER001"}, f"Amazon's answer is for B0OTHER001 instead of {ASIN}."),
        ({"Identifier": {"ASIN": "B0OTHER001"}}, "instead of"),
        ({"marketplaceId": "A1F83G8C2ARO7P"}, "marketplace other than US"),
        ({"Identifier": {"MarketplaceId": "A1F83G8C2ARO7P"}}, "marketplace other than US"),
        ({"ItemCondition": "Used"}, "condition other than New"),
        ({"status": "ActiveButTooSoonForProcessing"}, "Amazon is still processing this listing."),
        ({"status": "Unheard", "Offers": []}, "no offers, and an unknown status: 'Unheard'"),
        ({"status": "Unheard", "Offers": None}, "no offers, and an unknown status: 'Unheard'"),
        ({"Offers": None, "Summary": None}, "neither offers nor an offer count"),
        ({"Offers": None, "Summary": {}}, "neither offers nor an offer count"),
    ],
)
def test_an_answer_about_something_else_or_nothing_is_an_error(change: Obj, words: str) -> None:
    with pytest.raises(SourceError, match=words):
        snapshot({**payload(ASIN, offer()), **change})


@pytest.mark.parametrize(
    "change",
    [
        {"status": "NoBuyableOffers", "Summary": None, "Offers": None},
        {"status": "NoBuyableOffers", "Offers": []},
        {"status": "Success", "Offers": [], "Summary": None},
        {"status": None, "Offers": []},
        {"Offers": None, "Summary": {"TotalOfferCount": 0}},
    ],
)
def test_an_answer_that_says_none_is_empty(change: Obj) -> None:
    assert snapshot({**payload(ASIN), **change}).empty


def test_an_unknown_status_with_offers_is_used() -> None:
    assert snapshot({**payload(ASIN, offer()), "status": "SuccessWithCaveats"}).total == 1
