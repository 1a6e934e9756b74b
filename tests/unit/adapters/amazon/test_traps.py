"""Every false-alarm trap among the facts on Amazon, read over HTTP."""

from __future__ import annotations

import hashlib

import pytest
from aiohttp import web

from adapters.amazon.sp_api import SpApiSource
from bot.core.listing import Snapshot
from bot.errors import QuotaExceeded
from tests.unit.adapters.amazon.amazon import (
    HTML_503,
    RIVAL,
    SELLER,
    Amazon,
    Handler,
    Json,
    Obj,
    box,
    broken_off,
    offer,
    payload,
    reply,
    usd,
)
from tests.unit.adapters.amazon.conftest import ASIN, Sources, error_of, snapshot_of, watch


async def seen(source: SpApiSource, amazon: Amazon, answer: Obj) -> Snapshot:
    amazon.payloads[ASIN] = answer
    return snapshot_of((await source.read([watch()]))[0])


async def refused(source: SpApiSource, amazon: Amazon, answer: Obj) -> str:
    amazon.payloads[ASIN] = answer
    return str(error_of((await source.read([watch()]))[0]))


async def test_at_most_twenty_of_4286_are_listed(source: SpApiSource, amazon: Amazon) -> None:
    """A total over all conditions counts 4270 used ones; twenty listed are not all there are."""
    rows: Json = [
        {"condition": "used", "fulfillmentChannel": "Merchant", "OfferCount": 4260},
        {"condition": "New", "fulfillmentChannel": "Merchant", "OfferCount": 20},
        {"condition": "new", "fulfillmentChannel": "Amazon", "OfferCount": 6},
    ]
    offers = [offer(f"A{number:013}") for number in range(20)]
    answer = payload(ASIN, *offers, TotalOfferCount=4286, NumberOfOffers=rows)
    snapshot = await seen(source, amazon, answer)
    assert (len(snapshot.offers), snapshot.total, snapshot.unlisted) == (20, 26, 6)
    assert not snapshot.complete


async def test_a_count_above_what_is_listed_means_hidden_sellers(
    source: SpApiSource, amazon: Amazon
) -> None:
    answer = payload(ASIN, offer(), NumberOfOffers=[{"condition": "new", "OfferCount": 3}])
    assert (await seen(source, amazon, answer)).unlisted == 2


async def test_the_winner_flag_is_wrong_and_a_seller_id_is_right(
    source: SpApiSource, amazon: Amazon
) -> None:
    answer = payload(
        ASIN, offer(SELLER, 21, winner=True), offer(RIVAL, 19), boxes=[box(19, sellerId=RIVAL)]
    )
    snapshot = await seen(source, amazon, answer)
    assert snapshot.holders == (RIVAL,)
    assert str(snapshot.buy_box_price) == "USD 19.00"


async def test_the_winner_flag_is_wrong_and_the_price_shows_it(
    source: SpApiSource, amazon: Amazon
) -> None:
    answer = payload(ASIN, offer(SELLER, 21, winner=True), offer(RIVAL, 19), boxes=[box(19)])
    assert (await seen(source, amazon, answer)).holders is None


async def test_my_offer_is_never_believed(source: SpApiSource, amazon: Amazon) -> None:
    plain = payload(ASIN, offer(SELLER), offer(RIVAL))
    lying = payload(ASIN, offer(SELLER, MyOffer=False), offer(RIVAL, MyOffer=True))
    assert (await seen(source, amazon, plain)).same_as(await seen(source, amazon, lying))


async def test_two_winners_are_legal(source: SpApiSource, amazon: Amazon) -> None:
    answer = payload(
        ASIN,
        offer(SELLER, 21, winner=True, PrimeInformation={"IsPrime": True}),
        offer(RIVAL, 20, winner=True),
        boxes=[box(21), box(20)],
    )
    snapshot = await seen(source, amazon, answer)
    assert snapshot.holders == (SELLER, RIVAL)
    assert str(snapshot.buy_box_price) == "USD 20.00"


OTHER = "A1OTHERSELLER9"
ONE_ROW = [box(20)]


@pytest.mark.parametrize(
    ("boxes", "offers", "holders"),
    [
        # The row shows the price of one of two lawful winners: both hold it.
        (ONE_ROW, [(SELLER, 21, True), (RIVAL, 20, True)], (SELLER, RIVAL)),
        (ONE_ROW, [(SELLER, 20, True), (RIVAL, 21, True)], (SELLER, RIVAL)),
        ([box(20, sellerId=RIVAL)], [(SELLER, 21, True), (RIVAL, 20, True)], (SELLER, RIVAL)),
        ([], [(SELLER, 21, True), (RIVAL, 20, True)], (SELLER, RIVAL)),
        ([box(20), box(20)], [(SELLER, 21, True), (RIVAL, 20, True)], (SELLER, RIVAL)),
        # A row that no winner explains, and more winners than there can be: nobody can tell.
        ([box(19)], [(SELLER, 21, True), (RIVAL, 20, True)], None),
        ([box(20), box(19)], [(SELLER, 21, True), (RIVAL, 20, True)], None),
        (ONE_ROW, [(SELLER, 21, True), (RIVAL, 20, True), (OTHER, 22, True)], None),
        ([], [(SELLER, 21, True), (RIVAL, 20, True), (OTHER, 22, True)], None),
        (
            [box(20, sellerId=RIVAL)],
            [(SELLER, 21, True), (RIVAL, 20, True), (OTHER, 22, True)],
            None,
        ),
        # Two rows decide between three.
        (
            [box(20), box(21)],
            [(SELLER, 21, True), (RIVAL, 20, True), (OTHER, 22, True)],
            (SELLER, RIVAL),
        ),
        # One price, or the two of one winner, do not decide between three.
        (ONE_ROW, [(SELLER, 20, True), (RIVAL, 20, True), (OTHER, 22, True)], None),
        (
            [box(20), box(22)],
            [(RIVAL, 20, True), (RIVAL, 22, True), (SELLER, 21, True)],
            (SELLER, RIVAL),
        ),
        # One winner with two offers is one winner.
        (ONE_ROW, [(RIVAL, 20, True), (RIVAL, 22, True), (SELLER, 21, False)], (RIVAL,)),
        (ONE_ROW, [(RIVAL, 20, True), (SELLER, 20, False)], (RIVAL,)),
    ],
)
async def test_of_several_winners_none_holds_it_alone(
    source: SpApiSource,
    amazon: Amazon,
    boxes: list[Obj],
    offers: list[tuple[str, float, bool]],
    holders: tuple[str, ...] | None,
) -> None:
    listed = [offer(seller, price, winner=winner) for seller, price, winner in offers]
    assert (await seen(source, amazon, payload(ASIN, *listed, boxes=boxes))).holders == holders


JAPAN = "A1VC38T7YXB528"


def yen(amount: float) -> Obj:
    return {"CurrencyCode": "JPY", "Amount": amount}


async def in_japan(source: SpApiSource, amazon: Amazon, points: Json, **box_more: Json) -> Snapshot:
    only = offer(
        SELLER, ListingPrice=yen(2000), Shipping=yen(0), Points=points, IsBuyBoxWinner=True
    )
    row = {"condition": "New", "ListingPrice": yen(2000), "Shipping": yen(0), **box_more}
    answer = payload(ASIN, only, boxes=[row])
    amazon.payloads[ASIN] = {
        **answer,
        "marketplaceId": JAPAN,
        "Identifier": {"MarketplaceId": JAPAN, "ASIN": ASIN},
    }
    return snapshot_of((await source.read([watch(marketplace="JP")]))[0])


@pytest.mark.parametrize(
    ("points", "landed", "cost"),
    [
        (
            {"PointsNumber": 400, "PointsMonetaryValue": yen(400)},
            "JPY 1,600",
            "JPY 1,600 (2,000 less 400 points)",
        ),
        ({"PointsNumber": 400}, "JPY 1,600", "JPY 1,600 (2,000 less 400 points)"),
        ({"PointsMonetaryValue": yen(300), "PointsNumber": 30}, "JPY 1,700", None),
        ({"PointsNumber": 0}, "JPY 2,000", "JPY 2,000"),
        ({}, "JPY 2,000", "JPY 2,000"),
        (None, "JPY 2,000", "JPY 2,000"),
        ({"PointsNumber": "many"}, "JPY 2,000", "JPY 2,000"),
        ({"PointsNumber": -5}, "JPY 2,000", "JPY 2,000"),
        # More than the offer costs cannot be true, and dollars are not taken off yen.
        ({"PointsNumber": 2001}, "JPY 2,000", "JPY 2,000"),
        ({"PointsMonetaryValue": usd(4)}, "JPY 2,000", "JPY 2,000"),
    ],
)
async def test_a_buyer_in_japan_pays_less_by_points(
    source: SpApiSource, amazon: Amazon, points: Json, landed: str, cost: str | None
) -> None:
    snapshot = await in_japan(source, amazon, points)
    (only,) = snapshot.offers
    assert (str(only.landed), str(only.asked)) == (landed, "JPY 2,000")
    assert cost is None or only.cost == cost
    assert snapshot.holders == (SELLER,)


@pytest.mark.parametrize(
    "box_more",
    [
        {"LandedPrice": yen(1600)},
        {"LandedPrice": yen(2000)},
        {"Points": {"PointsNumber": 400}},
        {},
    ],
)
async def test_the_buy_box_price_may_or_may_not_have_points_taken_off(
    source: SpApiSource, amazon: Amazon, box_more: dict[str, Json]
) -> None:
    snapshot = await in_japan(source, amazon, {"PointsNumber": 400}, **box_more)
    assert snapshot.holders == (SELLER,)


async def test_points_are_no_money_elsewhere(source: SpApiSource, amazon: Amazon) -> None:
    snapshot = await seen(source, amazon, payload(ASIN, offer(Points={"PointsNumber": 4})))
    assert str(snapshot.offers[0].landed) == "USD 21.00"


async def test_no_buyable_offers_is_an_empty_snapshot(source: SpApiSource, amazon: Amazon) -> None:
    answer: Obj = {"ASIN": ASIN, "status": "NoBuyableOffers", "Summary": {"TotalOfferCount": 0}}
    assert (await seen(source, amazon, answer)).empty


async def test_active_but_too_soon_for_processing_is_an_error(
    source: SpApiSource, amazon: Amazon
) -> None:
    answer = {**payload(ASIN), "status": "ActiveButTooSoonForProcessing"}
    assert await refused(source, amazon, answer) == "Amazon is still processing this listing."


async def test_a_false_zero_is_an_empty_snapshot_to_be_confirmed(
    source: SpApiSource, amazon: Amazon
) -> None:
    snapshot = await seen(source, amazon, payload(ASIN))
    assert snapshot.empty
    assert snapshot.holders == ()


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (HTML_503, "Amazon answered with an error page (503)."),
        (reply(429), "Amazon is limiting our requests (429)."),
        (broken_off, "was cut off"),
        (reply(200), "Amazon sent an empty answer."),
        (reply(200, "   ", "application/json"), "Amazon sent an empty answer."),
        (reply(200, "<html></html>", "text/html"), "Amazon sent a web page instead of data."),
        (reply(200, "<html></html>", "application/json"), "Amazon's answer could not be read"),
        (reply(200, '{"responses": [{"body', "application/json"), "could not be read"),
        (reply(200, "{}", "application/json"), "Amazon's answer could not be read"),
        (
            reply(200, '{"responses": []}', "application/json"),
            f"Amazon's answer does not include {ASIN}",
        ),
        (reply(302, location="/elsewhere"), "Amazon refused the request (302)."),
        (reply(500, '{"errors": []}', "application/json"), "Amazon answered with an error (500)."),
    ],
)
async def test_an_outage_never_reads_as_no_offers(
    source: SpApiSource, amazon: Amazon, answer: Handler, words: str
) -> None:
    amazon.payloads[ASIN] = payload(ASIN, offer())
    amazon.script = [answer] * 3
    assert words in str(error_of((await source.read([watch()]))[0]))


async def test_an_empty_429_is_a_quota_error(source: SpApiSource, amazon: Amazon) -> None:
    amazon.script = [reply(429)] * 3
    assert isinstance((await source.read([watch()]))[0].result, QuotaExceeded)


async def test_a_timeout_never_reads_as_no_offers(sources: Sources, amazon: Amazon) -> None:
    async def silence(request: web.Request) -> web.StreamResponse:
        await amazon.closing.wait()
        return web.Response()

    amazon.script = [silence] * 3
    (reading,) = await sources(timeout=0.05).read([watch()])
    assert str(reading.result) == "Amazon did not answer in time."


async def test_price_ties_in_random_order_are_the_same_snapshot(
    source: SpApiSource, amazon: Amazon
) -> None:
    one = await seen(source, amazon, payload(ASIN, offer(SELLER, 10), offer(RIVAL, 10)))
    other = await seen(source, amazon, payload(ASIN, offer(RIVAL, 10), offer(SELLER, 10)))
    assert one.same_as(other)


async def test_examples_lack_required_fields(source: SpApiSource, amazon: Amazon) -> None:
    """The static example of getItemOffers has rows without a count and no Buy Box at all."""
    rows: Json = [{"condition": "new", "fulfillmentChannel": "Merchant"}]
    answer: Obj = {
        "Summary": {"NumberOfOffers": rows, "TotalOfferCount": 1},
        "Offers": [{"SellerId": SELLER, "ListingPrice": {"Amount": 10.0}}],
    }
    snapshot = await seen(source, amazon, answer)
    (only,) = snapshot.offers
    assert str(only.landed) == "USD 10.00"
    assert (only.fba, only.prime, only.feedback_count, only.ships_from) == (None, None, None, "")
    assert snapshot.total == 1
    assert snapshot.complete


async def test_empty_rows_of_the_summary_say_nothing(source: SpApiSource, amazon: Amazon) -> None:
    """Seen in issue 848 of selling-partner-api-models."""
    rows: Json = [{"condition": "new", "fulfillmentChannel": "Amazon"}]
    answer = payload(ASIN, offer(), boxes=[{"condition": ""}], NumberOfOffers=rows)
    snapshot = await seen(source, amazon, answer)
    assert (snapshot.total, snapshot.holders, snapshot.buy_box_price) == (1, (), None)


async def test_the_raw_bytes_are_the_evidence(source: SpApiSource, amazon: Amazon) -> None:
    body = b'{ "payload":{"ASIN":"B000P6Q7MY", "Offers":[ ],"new field":1.50}}'
    batch = b'{"responses":[{"request":{"Asin":"B000P6Q7MY"},"body":' + body + b"}]}"
    amazon.script = [reply(200, batch, "application/json")]
    (reading,) = await source.read([watch()])
    assert reading.raw == body
    assert snapshot_of(reading).digest == hashlib.sha256(body).hexdigest()
