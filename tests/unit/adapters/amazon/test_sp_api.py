from __future__ import annotations

import asyncio
import json
from collections.abc import Callable

import pytest

from adapters.amazon.login import Credentials
from adapters.amazon.sp_api import SpApiSource, endpoint_of
from bot.core.clocks import utc_now
from bot.core.marketplaces import Marketplace
from bot.core.monitoring import CatalogProduct, OfferSource
from bot.core.questions import MARGIN, OFFERS, Operation, alone
from bot.errors import SkuRefused, SourceError, UnknownProduct
from tests.unit.adapters.amazon.amazon import (
    HTML_503,
    US,
    Amazon,
    Json,
    Obj,
    json_reply,
    offer,
    part,
    payload,
    reply,
)
from tests.unit.adapters.amazon.conftest import (
    NOW,
    FakeTime,
    Sources,
    error_of,
    snapshot_of,
    watch,
)


def asins(count: int) -> list[str]:
    return [f"B{number:09}" for number in range(count)]


def stock(amazon: Amazon, *names: str) -> None:
    for name in names:
        amazon.payloads[name] = payload(name, offer())


async def test_it_is_an_offer_source(source: SpApiSource) -> None:
    port: OfferSource = source
    assert port.simulated
    assert await port.read([]) == []


@pytest.mark.parametrize("name", ["HTTP_PROXY", "ALL_PROXY"])
async def test_this_machine_is_asked_without_the_proxy_of_the_environment(
    name: str, sources: Sources, amazon: Amazon, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.setenv(name, "http://127.0.0.1:1")
    stock(amazon, *asins(1))
    (reading,) = await sources().read([watch(asins(1)[0])])
    assert snapshot_of(reading).total == 1


async def test_readings_come_in_the_order_of_the_watches(
    source: SpApiSource, amazon: Amazon
) -> None:
    stock(amazon, *asins(30))
    amazon.change = lambda parts: parts[::-1]
    watches = [watch(asin) for asin in reversed(asins(30))]
    readings = await source.read(watches)
    assert [reading.watch for reading in readings] == watches
    assert [snapshot_of(reading).asin for reading in readings] == [one.asin for one in watches]
    assert snapshot_of(readings[0]).at == NOW
    assert [len(batch) for batch in amazon.batches()] == [20, 10]


async def test_each_marketplace_and_route_has_its_own_batches(
    source: SpApiSource, amazon: Amazon
) -> None:
    first, second = asins(2)
    stock(amazon, first, second)
    amazon.payloads["K 1"] = {**payload(first, offer()), "ASIN": None, "Identifier": None}
    await source.read([watch(first), watch(second, sku="K 1"), watch(second, "CA")])
    sent = {(seen.path.rpartition("/")[2], seen.body.count('"uri"')) for seen in amazon.seen}
    assert sent == {("itemOffers", 1), ("listingOffers", 1)}
    assert len(amazon.seen) == 3


async def test_own_skus_are_read_by_their_own_route(source: SpApiSource, amazon: Amazon) -> None:
    (asin,) = asins(1)
    answer = payload(asin, offer())
    amazon.payloads["K-1"] = {**answer, "ASIN": None, "SKU": "K-1", "Identifier": None}
    (reading,) = await source.read([watch(asin, sku="K-1")])
    assert snapshot_of(reading).asin == asin
    assert amazon.batches()[0][0]["uri"] == "/products/pricing/v0/listings/K-1/offers"


async def test_a_sku_that_belongs_to_another_product_is_an_error(
    source: SpApiSource, amazon: Amazon
) -> None:
    first, second = asins(2)
    amazon.payloads["K-1"] = payload(second, offer())
    (reading,) = await source.read([watch(first, sku="K-1")])
    assert isinstance(reading.result, SkuRefused)
    assert (reading.result.sku, reading.result.asin) == ("K-1", second)
    assert str(reading.result) == (
        f"Amazon's answer is for {second} instead of {first}: "
        "Amazon lists your SKU K-1 under that product."
    )


async def test_routes_run_side_by_side(
    source: SpApiSource, amazon: Amazon, fake_time: FakeTime
) -> None:
    names = asins(60)
    stock(amazon, *names)
    for number, name in enumerate(names):
        amazon.payloads[f"K-{number}"] = payload(name, offer())
    by_asin = [watch(name) for name in names]
    by_sku = [watch(name, sku=f"K-{number}") for number, name in enumerate(names)]
    start = fake_time.now
    readings = await source.read(by_asin + by_sku)
    assert {snapshot_of(reading).total for reading in readings} == {1}
    assert fake_time.now - start == pytest.approx(20 + 2 * MARGIN)


async def test_the_same_watch_twice_is_asked_for_in_two_batches(
    source: SpApiSource, amazon: Amazon
) -> None:
    (asin,) = asins(1)
    stock(amazon, asin)
    readings = await source.read([watch(asin), watch(asin)])
    assert [snapshot_of(reading).asin for reading in readings] == [asin, asin]
    assert [len(batch) for batch in amazon.batches()] == [1, 1]


async def test_an_unknown_product_fails_alone(source: SpApiSource, amazon: Amazon) -> None:
    known, unknown = asins(2)
    stock(amazon, known)
    readings = await source.read([watch(unknown), watch(known), watch(marketplace="XX")])
    assert str(readings[0].result) == f"Amazon does not know {unknown} in the marketplace US."
    assert b"InvalidInput" in readings[0].raw
    assert snapshot_of(readings[1]).asin == known
    assert str(readings[2].result) == "'XX' is not one of Amazon's marketplaces."


def broken(body: object) -> Callable[[Obj], Obj]:
    return lambda part: {**part, "body": body}  # type: ignore[dict-item]  # Any JSON at all.


@pytest.mark.parametrize("body", [None, 7, [], {}, {"payload": 3}, {"payload": {"Offers": {}}}])
async def test_a_broken_body_fails_alone(source: SpApiSource, amazon: Amazon, body: object) -> None:
    good, bad = asins(2)
    stock(amazon, good, bad)
    amazon.change = lambda parts: [broken(body)(parts[0]), parts[1]]
    readings = await source.read([watch(bad), watch(good)])
    assert str(error_of(readings[0])).startswith("Amazon's answer")
    assert snapshot_of(readings[1]).total == 1


async def test_a_missing_part_is_an_error(source: SpApiSource, amazon: Amazon) -> None:
    first, second = asins(2)
    stock(amazon, first, second)
    amazon.change = lambda parts: parts[1:]
    readings = await source.read([watch(first), watch(second)])
    assert str(readings[0].result) == f"Amazon's answer does not include {first}."
    assert snapshot_of(readings[1]).asin == second
    assert len(amazon.seen) == 1


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_a_part_that_may_pass_is_asked_for_once_more(
    source: SpApiSource, amazon: Amazon, status: int
) -> None:
    names = asins(3)
    stock(amazon, *names)

    def spoil(parts: list[Obj]) -> list[Obj]:
        line: Obj = {"statusCode": status}
        return [{**parts[0], "status": line, "body": {"errors": []}}, *parts[1:]]

    amazon.change = spoil
    readings = await source.read([watch(name) for name in names])
    assert [len(batch) for batch in amazon.batches()] == [3, 1]
    assert names[0] in str(error_of(readings[0]))
    assert [snapshot_of(reading).total for reading in readings[1:]] == [1, 1]


async def test_an_outage_of_a_whole_batch_is_not_asked_for_again(
    source: SpApiSource, amazon: Amazon
) -> None:
    stock(amazon, *asins(1))
    amazon.script = [HTML_503] * 3
    (reading,) = await source.read([watch(asins(1)[0])])
    assert "(503)" in str(error_of(reading))
    assert len(amazon.seen) == 3


async def test_the_answer_to_one_batch_fails_only_that_batch(
    source: SpApiSource, amazon: Amazon
) -> None:
    stock(amazon, *asins(21))
    amazon.script = [reply(400)]
    readings = await source.read([watch(asin) for asin in asins(21)])
    assert {str(error_of(one)) for one in readings[:20]} == {"Amazon refused the request (400)."}
    assert snapshot_of(readings[20]).total == 1


async def test_giving_up_on_a_read_leaves_the_source_usable(
    source: SpApiSource, amazon: Amazon
) -> None:
    stock(amazon, *asins(1))
    given_up = asyncio.create_task(source.read([watch(asins(1)[0])]))
    await asyncio.sleep(0)
    given_up.cancel()
    await asyncio.gather(given_up, return_exceptions=True)
    (reading,) = await source.read([watch(asins(1)[0])])
    assert snapshot_of(reading).total == 1


@pytest.mark.parametrize(
    ("status", "code", "message", "unknown"),
    [
        (400, "InvalidInput", f"{asins(1)[0]} is an invalid ASIN for marketplace {US}", True),
        (404, "NotFound", f"The ASIN {asins(1)[0]} was not found.", True),
        (400, "InvalidInput", "An invalid ASIN was given.", False),
        (400, "InvalidInput", f"Invalid condition for {asins(1)[0]}.", False),
        (400, "InvalidInput", f"{US} is an invalid marketplace", False),
        (404, "", "", False),
        (403, "Unauthorized", f"No access to the ASIN {asins(1)[0]}", False),
        (500, "InternalFailure", f"{asins(1)[0]} is an invalid ASIN", False),
    ],
)
async def test_a_product_is_unknown_where_amazon_says_so_of_its_asin(
    source: SpApiSource, amazon: Amazon, status: int, code: str, message: str, unknown: bool
) -> None:
    [name] = asins(1)
    errors: Json = [{"code": code, "message": message}] if code else []
    failed = part({"errors": errors}, {"Asin": name}, status=status)
    amazon.script = [json_reply(200, {"responses": [failed]})] * 2
    (reading,) = await source.read([watch(name)])
    assert isinstance(reading.result, UnknownProduct) == unknown
    # Asked for by our SKU, it is the SKU that is not known.
    amazon.script = [json_reply(200, {"responses": [failed]})] * 2
    (reading,) = await source.read([watch(name, sku="A-1")])
    assert not isinstance(reading.result, UnknownProduct)


async def test_titles(source: SpApiSource, amazon: Amazon) -> None:
    names = asins(25)
    amazon.titles = {name: f"  Bowl {name} " + "x" * 600 for name in names[1:]}
    titles = await source.products([*names, names[3]], "us")
    assert list(titles) == names[1:]
    assert titles[names[1]].title.startswith(f"Bowl {names[1]} xxx")
    assert {len(each.title) for each in titles.values()} == {500}
    assert [seen.query for seen in amazon.seen] == [
        {
            "identifiers": ",".join(some),
            "identifiersType": "ASIN",
            "marketplaceIds": "ATVPDKIKX0DER",
            "includedData": "summaries,images",
            "pageSize": "20",
        }
        for some in (names[:20], names[20:])
    ]


async def test_titles_that_are_odd_are_left_out(source: SpApiSource, amazon: Amazon) -> None:
    first, second, third = asins(3)
    items = [
        {"asin": first, "summaries": None},
        {"asin": second, "summaries": [{"marketplaceId": "A1", "itemName": "foreign"}]},
        {"asin": third, "summaries": [{"itemName": None}]},
        {"asin": "B0UNASKED1", "summaries": [{"itemName": "not asked for"}]},
        {"summaries": [{"itemName": "nobody's"}]},
    ]
    amazon.script = [json_reply(200, {"items": items})]  # type: ignore[dict-item]  # Odd JSON.
    assert await source.products([first, second, third], "US") == {}


def pictures(*images: Json, market: str = US) -> Json:
    return [{"marketplaceId": market, "images": list(images)}]


def picture(link: str, size: int = 500, variant: str = "MAIN") -> Json:
    return {"variant": variant, "link": link, "height": size, "width": size - 100}


HOSTED = "https://m.media-amazon.com/images/I/"


@pytest.mark.parametrize(
    ("images", "found"),
    [
        (pictures(picture(HOSTED + "back.jpg", variant="BACK"), picture(HOSTED + "a.jpg")), "a"),
        (pictures(*(picture(f"{HOSTED}{size}.jpg", size) for size in (2000, 500, 75))), "500"),
        (pictures(*(picture(f"{HOSTED}{size}.jpg", size) for size in (75, 160))), "160"),
        (pictures(picture(HOSTED + "a.jpg"), market="A1PA6795UKMFR9"), ""),
        (pictures(picture("https://m.media-amazon.com.evil.example/a.jpg")), ""),
        (pictures(picture("https://evil.example/a.jpg")), ""),
        (pictures(picture("javascript:alert(1)")), ""),
        (pictures(picture(HOSTED + "x" * 500)), ""),
        (None, ""),
        (pictures({"variant": 7}), ""),
        ({"a": [1]}, ""),
    ],
)
async def test_the_main_picture_comes_from_amazon_alone_and_costs_no_title(
    source: SpApiSource, amazon: Amazon, images: Json, found: str
) -> None:
    [name] = asins(1)
    item: Json = {"asin": name, "summaries": [{"itemName": "Bowl"}], "images": images}
    amazon.script = [json_reply(200, {"items": [item]})]
    shown = f"{HOSTED}{found}.jpg" if found else ""
    assert await source.products([name], "US") == {name: CatalogProduct("Bowl", shown)}


async def test_titles_raise_what_went_wrong(source: SpApiSource, amazon: Amazon) -> None:
    amazon.script = [json_reply(200, [])]
    with pytest.raises(SourceError, match="could not be read"):
        await source.products(asins(1), "US")
    with pytest.raises(SourceError, match="'Mars' is not one of"):
        await source.products(asins(1), "Mars")


@pytest.mark.parametrize(
    ("code", "host"),
    [("BR", "na"), ("UK", "eu"), ("IN", "eu"), ("AU", "fe")],
)
def test_each_region_has_its_endpoint(code: str, host: str) -> None:
    assert (
        endpoint_of(Marketplace.named(code).region)
        == f"https://sellingpartnerapi-{host}.amazon.com"
    )


def test_credentials_are_not_shown() -> None:
    assert repr(Credentials("one", "two", "three")) == "Credentials()"


def test_the_clock_tells_utc() -> None:
    assert utc_now().utcoffset() is not None


@pytest.mark.parametrize(
    ("sku", "path"), [("", "items/B000000000/offers"), ("K/ 1+", "listings/K%2F%201%2B/offers")]
)
async def test_one_product_is_asked_for_alone_by_its_own_route(
    source: SpApiSource, amazon: Amazon, sku: str, path: str
) -> None:
    (asin,) = asins(1)
    body: Obj = {"payload": payload(asin, offer())}
    amazon.script = [json_reply(200, body)]
    operation = alone(own=bool(sku))
    (reading,) = await source.ask(operation, [watch(asin, sku=sku)])
    assert snapshot_of(reading).total == 1
    assert json.loads(reading.raw) == body
    (seen,) = amazon.seen
    assert (seen.method, seen.raw) == ("GET", f"/products/pricing/v0/{path}")
    assert seen.query == {
        "MarketplaceId": "ATVPDKIKX0DER",
        "ItemCondition": "New",
        "CustomerType": "Consumer",
    }


@pytest.mark.parametrize("status", [400, 404])
async def test_an_unknown_product_asked_for_alone_is_its_own_failure(
    source: SpApiSource, amazon: Amazon, status: int
) -> None:
    amazon.script = [reply(status)]
    (reading,) = await source.ask(Operation.ITEM_OFFERS, [watch(asins(1)[0])])
    assert "Amazon does not know B000000000" in str(error_of(reading))


@pytest.mark.parametrize("status", [429, 503])
async def test_a_question_that_fails_as_a_whole_is_sent_once_and_blames_no_product(
    source: SpApiSource, amazon: Amazon, status: int
) -> None:
    for operation in OFFERS:
        amazon.script = [reply(status)]
        with pytest.raises(SourceError, match=str(status)):
            await source.ask(operation, [watch(asins(1)[0])])
    assert len(amazon.seen) == len(OFFERS)


async def test_a_batch_is_asked_as_one_question(source: SpApiSource, amazon: Amazon) -> None:
    stock(amazon, *asins(20))
    watches = [watch(asin) for asin in asins(20)]
    readings = await source.ask(Operation.ITEM_OFFERS_BATCH, watches)
    assert [snapshot_of(reading).asin for reading in readings] == asins(20)
    assert len(amazon.seen) == 1


async def test_the_quotas_tell_how_many_questions_they_take(
    source: SpApiSource, amazon: Amazon, fake_time: FakeTime
) -> None:
    stock(amazon, *asins(1))

    def ready() -> dict[Operation, int]:
        return {bucket.operation: bucket.ready(0) for bucket in source.buckets("na")}

    assert ready() == {
        Operation.ITEM_OFFERS: 1,
        Operation.LISTING_OFFERS: 2,
        Operation.ITEM_OFFERS_BATCH: 1,
        Operation.LISTING_OFFERS_BATCH: 1,
    }
    await source.ask(Operation.ITEM_OFFERS_BATCH, [watch(asins(1)[0])])
    [spent] = [one for one in source.buckets("na") if not one.ready(0)]
    assert spent.operation is Operation.ITEM_OFFERS_BATCH
    assert spent.eta() == pytest.approx(10 + MARGIN)
    assert spent.ready(10 + MARGIN) == 1
    fake_time.now += 10 + MARGIN
    assert ready()[Operation.ITEM_OFFERS_BATCH] == 1
