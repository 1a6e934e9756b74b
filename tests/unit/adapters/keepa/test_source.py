"""Keepa's answers over a real socket: what is read, what is asked, and what is refused."""

from __future__ import annotations

import asyncio
import gzip
import json
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from aiohttp import web

from adapters.keepa import source as keepa_source
from adapters.keepa.source import LARGEST_ANSWER, KeepaSource
from bot.core.conditions import Condition
from bot.core.seller_facts import FactsBudget
from bot.errors import LoginError, QuotaExceeded, SourceError, Unavailable
from tests.unit.adapters.keepa.conftest import Seconds
from tests.unit.adapters.keepa.keepa import (
    ASIN,
    KEY,
    META,
    SELLER,
    Keepa,
    keepa_product,
    keepa_seller,
)


async def test_a_seller_is_read_with_the_moments_of_keepas_readings(
    keepa: Keepa, source: KeepaSource
) -> None:
    told = await source.seller("US", SELLER)
    assert told is not None
    assert (told.name, told.business) == ("BrightLeaf Store 88", "Bright Leaf Trading Co., Ltd.")
    assert told.address == ("18 Harbor Road", "Example City", "518000", "CN")
    assert (told.vat, told.phone) == ("GB 123 4567 89", "800 1234 567")
    assert (told.rating, told.ratings, told.storefront) == (67, 321, 1200)
    assert told.asins == (ASIN, "B0ALDER003", "B00M4KCH2A")
    assert told.told_at == datetime.fromtimestamp((8_300_000 + 21_564_000) * 60, UTC)
    assert told.first_seen == datetime.fromtimestamp((7_000_000 + 21_564_000) * 60, UTC)
    assert told.rated_at is not None
    assert told.storefront_at is not None


async def test_a_seller_is_asked_for_alone_with_the_known_storefront(
    keepa: Keepa, source: KeepaSource
) -> None:
    await source.seller("DE", SELLER)
    [(path, query)] = keepa.seen
    # Keepa forbids several sellers beside a storefront; an update would cost 50 tokens.
    assert path == "/seller"
    assert query == {"key": KEY, "domain": "3", "seller": SELLER, "storefront": "1"}


async def test_a_persons_name_and_mail_address_stay_in_the_answer(
    keepa: Keepa, source: KeepaSource
) -> None:
    told = str(await source.seller("US", SELLER))
    assert "Mustermann" not in told
    assert "info@example.com" not in told


async def test_a_seller_whom_keepa_does_not_know_is_none(keepa: Keepa, source: KeepaSource) -> None:
    assert await source.seller("US", "A9NOBODY000001") is None


async def test_a_seller_without_ratings_or_storefront_has_none(
    keepa: Keepa, source: KeepaSource
) -> None:
    keepa.sellers[SELLER] = {"sellerId": SELLER, "sellerName": "New", "csv": None, "asinList": []}
    told = await source.seller("US", SELLER)
    assert told is not None
    assert (told.rating, told.ratings, told.storefront, told.asins) == (None, None, None, ())
    assert (told.told_at, told.first_seen) == (None, None)


async def test_old_answers_have_ratings_in_the_history_alone(
    keepa: Keepa, source: KeepaSource
) -> None:
    keepa.sellers[SELLER] = keepa_seller(positiveRating=None, ratingCount=None, trackedSince=7)
    told = await source.seller("US", SELLER)
    assert told is not None
    assert (told.rating, told.ratings) == (95, 320)


@pytest.mark.parametrize(
    ("code", "number"), [("US", 1), ("UK", 2), ("CA", 6), ("IT", 8), ("BR", 12)]
)
async def test_a_marketplace_has_keepas_number(
    keepa: Keepa, source: KeepaSource, code: str, number: int
) -> None:
    await source.seller(code, SELLER)
    assert keepa.seen[0][1]["domain"] == str(number)


async def test_values_that_cannot_be_true_are_left_out(keepa: Keepa, source: KeepaSource) -> None:
    keepa.sellers[SELLER] = keepa_seller(
        sellerName="Best\nshop \u202e" + "x" * 500,
        address=["a" * 400, None, "", *["line"] * 50],
        positiveRating=[1, 2, 3, 940],
        ratingCount=[1, 2, 3, -1],
        csv=None,
        totalStorefrontAsins=[-1, -5],
        asinList=["B00M4KCH2A", "<script>", None, "b00m4kch2a"],
        lastUpdate=2_000_000_000,
        trackingSince=-1,
    )
    told = await source.seller("US", SELLER)
    assert told is not None
    assert len(told.name) <= 100
    assert "\n" not in told.name
    assert "\u202e" not in told.name
    assert max(map(len, told.address)) <= 150
    assert len(told.address) <= 10
    assert (told.rating, told.ratings, told.storefront) == (None, None, None)
    assert told.asins == ("B00M4KCH2A",)
    assert (told.told_at, told.first_seen, told.storefront_at) == (None, None, None)


async def test_live_offers_are_read_with_their_newest_price_and_stock(
    keepa: Keepa, source: KeepaSource
) -> None:
    told = await source.offers("US", ASIN)
    assert told is not None
    first, second = told.offers
    assert (first.seller, first.condition, str(first.price)) == (SELLER, Condition.NEW, "USD 37.40")
    assert first.stock == 4
    assert first.seen_at is not None
    assert (second.condition, second.price, second.stock) == (Condition.USED, None, None)
    assert told.told_at is not None
    [(path, query)] = keepa.seen
    assert path == "/product"
    assert query.pop("key") == KEY
    assert (query["domain"], query["asin"], query["offers"]) == ("1", ASIN, "100")
    assert (query["only-live-offers"], query["stock"], query["history"]) == ("1", "1", "0")


async def test_yen_have_no_cents(keepa: Keepa, source: KeepaSource) -> None:
    told = await source.offers("JP", ASIN)
    assert told is not None
    assert str(told.offers[0].price) == "JPY 3,740"


@pytest.mark.parametrize("order", [None, [], [7, -1, 2**40]])
async def test_offers_that_are_not_live_are_none(
    keepa: Keepa, source: KeepaSource, order: list[int] | None
) -> None:
    keepa.products = [None, keepa_product(liveOffersOrder=order)]
    told = await source.offers("US", ASIN)
    assert told is not None
    assert told.offers == ()


async def test_a_product_that_keepa_does_not_know_is_none(
    keepa: Keepa, source: KeepaSource
) -> None:
    keepa.products = []
    assert await source.offers("US", ASIN) is None


async def test_a_marketplace_that_keepa_does_not_cover_is_not_asked_for(
    keepa: Keepa, source: KeepaSource
) -> None:
    assert not source.covers("SE")
    with pytest.raises(SourceError, match="does not cover the marketplace SE"):
        await source.seller("SE", SELLER)
    assert keepa.seen == []


async def test_the_check_costs_nothing_and_tells_the_tokens(
    keepa: Keepa, source: KeepaSource
) -> None:
    assert source.budget == FactsBudget()
    assert await source.check() == FactsBudget(290, 5)
    assert keepa.seen[0][0] == "/token"


@pytest.mark.parametrize("status", [401, 402, 403])
async def test_a_refused_key_says_what_to_do(
    keepa: Keepa, source: KeepaSource, status: int
) -> None:
    keepa.answers(status, {"error": {"type": "invalidKey", "message": KEY}})
    with pytest.raises(LoginError, match="BRANDWARDEN_KEEPA_KEY") as refused:
        await source.seller("US", SELLER)
    assert KEY not in str(refused.value)
    assert "refused the key" in source.budget.trouble


async def test_out_of_tokens_it_says_for_how_long_and_asks_no_more(
    keepa: Keepa, source: KeepaSource, seconds: Seconds
) -> None:
    keepa.answers(429, {**META, "tokensLeft": -3, "refillIn": 30_000})
    with pytest.raises(QuotaExceeded) as refused:
        await source.seller("US", SELLER, waited_for=True)
    assert refused.value.retry_after == 30
    with pytest.raises(QuotaExceeded, match="Too few Keepa tokens"):
        await source.seller("US", SELLER, waited_for=True)
    assert len(keepa.seen) == 1
    # 13 tokens are missing at 5 a minute.
    seconds.now += 157
    assert await source.seller("US", SELLER, waited_for=True) is not None


async def test_a_pause_that_is_nonsense_is_cut(keepa: Keepa, source: KeepaSource) -> None:
    keepa.answers(429, {**META, "refillIn": 10**12})
    with pytest.raises(QuotaExceeded):
        await source.seller("US", SELLER)
    with pytest.raises(QuotaExceeded) as refused:
        await source.seller("US", SELLER)
    assert refused.value.retry_after is not None
    assert refused.value.retry_after <= 3600


async def test_what_may_pass_is_tried_again(keepa: Keepa, source: KeepaSource) -> None:
    keepa.answers(500, b"<html>sorry</html>")
    assert await source.seller("US", SELLER) is not None
    assert len(keepa.seen) == 2
    assert source.budget.trouble == ""


async def test_an_outage_is_said_and_forgotten_with_the_next_answer(
    keepa: Keepa, source: KeepaSource
) -> None:
    keepa.answers(503)
    keepa.answers(503)
    with pytest.raises(Unavailable, match="error \\(503\\)"):
        await source.seller("US", SELLER)
    assert "503" in source.budget.trouble
    await source.seller("US", SELLER)
    assert source.budget.trouble == ""


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b'{"sellers": ',
        b"[]",
        b'{"sellers": []}',
        b'{"sellers": null}',
        json.dumps({"sellers": {SELLER: keepa_seller(lastUpdate="soon")}}).encode(),
        b'{"sellers": {"' + SELLER.encode() + b'": {"asinList": 5}}}',
        b'{"sellers":' * 100_000,
        b"\xff\xfe",
    ],
)
async def test_an_unreadable_answer_is_no_empty_one(
    keepa: Keepa, source: KeepaSource, body: bytes
) -> None:
    keepa.answers(200, body)
    with pytest.raises(SourceError, match=r"could not be read|names no sellers"):
        await source.seller("US", SELLER)
    assert source.budget.trouble


async def test_an_error_within_an_answer_is_one_and_its_words_are_not_said(
    keepa: Keepa, source: KeepaSource
) -> None:
    keepa.answers(400, {**META, "error": {"type": "invalidParameter", "message": f"key={KEY}"}})
    with pytest.raises(SourceError, match=r"refused the question \(invalidParameter\)") as refused:
        await source.seller("US", SELLER)
    assert KEY not in str(refused.value)


async def test_a_huge_answer_is_refused(keepa: Keepa, source: KeepaSource) -> None:
    keepa.answers(200, b" " * (LARGEST_ANSWER + 1))
    with pytest.raises(SourceError, match="larger than"):
        await source.seller("US", SELLER)


async def test_a_packed_bomb_is_not_unpacked(keepa: Keepa, source: KeepaSource) -> None:
    bomb = gzip.compress(b" " * (LARGEST_ANSWER * 4))
    keepa.answers(200, bomb, **{"content-encoding": "gzip"})
    with pytest.raises(SourceError, match="larger than"):
        await source.seller("US", SELLER)


async def test_another_packing_is_refused(keepa: Keepa, source: KeepaSource) -> None:
    keepa.answers(200, b"{}", **{"content-encoding": "br"})
    with pytest.raises(SourceError, match="unexpected compression"):
        await source.seller("US", SELLER)


async def test_a_cut_off_packing_is_tried_again(keepa: Keepa, source: KeepaSource) -> None:
    keepa.answers(200, gzip.compress(b"{}")[:-4], **{"content-encoding": "gzip"})
    assert await source.seller("US", SELLER) is not None


async def test_a_plain_answer_is_read_too(keepa: Keepa, source: KeepaSource) -> None:
    keepa.packed = False
    assert await source.seller("US", SELLER) is not None


async def test_a_redirect_does_not_take_the_key_elsewhere(
    keepa: Keepa, source: KeepaSource
) -> None:
    keepa.answers(302, location=f"{keepa.url}/elsewhere")
    with pytest.raises(SourceError):
        await source.seller("US", SELLER)
    assert [path for path, _ in keepa.seen] == ["/seller"]


async def test_a_silent_keepa_is_given_up(
    keepa: Keepa, source: KeepaSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def silent(_: web.Request) -> web.StreamResponse:
        await keepa.closing.wait()
        return web.Response()

    monkeypatch.setattr(keepa_source, "SECONDS", 0.05)
    keepa.script += [silent, silent]
    with pytest.raises(Unavailable, match="did not answer in time"):
        await asyncio.wait_for(source.seller("US", SELLER), 10)


async def test_no_error_and_no_representation_has_the_key(keepa: Keepa, seconds: Seconds) -> None:
    async with httpx.AsyncClient() as http:
        gone = KeepaSource(KEY, http, endpoint="http://127.0.0.1:9", monotonic=seconds)
        with pytest.raises(Unavailable) as failed:
            await gone.seller("US", SELLER)
    assert KEY not in repr(failed.value)
    assert failed.value.__cause__ is None
    assert KEY not in repr(gone)
    assert "127.0.0.1" in str(failed.value)


async def test_a_storefront_of_100_000_products_is_read(keepa: Keepa, source: KeepaSource) -> None:
    asins: list[Any] = [f"B{number:09}" for number in range(100_001)]
    keepa.sellers[SELLER] = keepa_seller(asinList=asins)
    told = await source.seller("US", SELLER)
    assert told is not None
    assert len(told.asins) == 100_000
