"""A+ content is read by its records and documents; what cannot be read is never 'gone'."""

from __future__ import annotations

import json

import pytest
from aiohttp import web
from hypothesis import given

from adapters.amazon.aplus import LONGEST_TEXTS, MOST_DOCUMENTS, MOST_PAGES, MOST_RECORDS, parts_of
from adapters.amazon.exchange import Unreadable
from adapters.amazon.sp_api import SpApiSource
from adapters.simulator import Fault, Marketplace, Operation, SettableClock, demo_scenario
from bot.core.aplus import AplusContent, AplusReading, AplusSource
from bot.errors import AccessRefused, SourceError
from tests.unit.adapters.amazon.amazon import HTML_503, US, Amazon, Json, Obj, json_reply, reply
from tests.unit.adapters.amazon.conftest import ASIN, FakeTime, watch
from tests.unit.adapters.amazon.test_marketplace import asking
from tests.unit.adapters.amazon.test_properties import values

KETTLE = "B0ALDER002"


def record(key: str, asin: str = ASIN, **more: Json) -> Obj:
    base: Obj = {"marketplaceId": US, "asin": asin, "locale": "en-US", "contentType": "EMC"}
    return {**base, "contentReferenceKey": key, **more}


def records(*rows: Json, token: Json = None) -> Obj:
    return {"publishRecordList": list(rows), "nextPageToken": token}


def document(key: str, *modules: Json) -> Obj:
    told: Obj = {"name": "A", "contentType": "EMC", "locale": "en-US"}
    told["contentModuleList"] = list(modules)
    return {"contentRecord": {"contentReferenceKey": key, "contentDocument": told}}


HEADER: Obj = {
    "contentModuleType": "STANDARD_HEADER_IMAGE_TEXT",
    "standardHeaderImageText": {
        "headline": {"value": "Turned by hand", "decoratorSet": []},
        "block": {
            "image": {"uploadDestinationId": "aplus/b.jpg", "altText": "A bowl"},
            "body": {"textList": [{"value": "From one piece."}, {"value": " "}]},
        },
    },
}
TABLE: Obj = {
    "contentModuleType": "STANDARD_COMPARISON_TABLE",
    "standardComparisonTable": {
        "productColumns": [
            {"position": 1, "title": "Bowl", "image": {"uploadDestinationId": "aplus/a.jpg"}}
        ],
        "metricRowLabels": [{"position": 1, "value": "Size"}],
    },
}
PREMIUM: Obj = {
    "errors": [
        {
            "code": "InvalidInput",
            "message": "The request is not valid.",
            "details": "Unsupported content module type [premium-module-9], unable to proceed.",
        }
    ]
}


async def read(source: SpApiSource) -> AplusReading:
    [reading] = await source.aplus_contents([watch(sku="S-1")])
    return reading


def content_of(reading: AplusReading) -> AplusContent:
    assert isinstance(reading.result, AplusContent), reading.result
    return reading.result


async def test_texts_and_pictures_of_modules_of_any_type(
    source: SpApiSource, amazon: Amazon
) -> None:
    amazon.script = [
        json_reply(200, records(record("K/1"))),
        json_reply(200, document("K/1", HEADER, TABLE)),
    ]
    assert isinstance(source, AplusSource)
    reading = await read(source)
    [found] = content_of(reading).documents
    assert (found.key, found.kind, found.locale) == ("K/1", "EMC", "en-US")
    assert found.texts == ("From one piece.", "Turned by hand", "Size", "Bowl")
    assert found.pictures == ("aplus/a.jpg", "aplus/b.jpg")
    first, second = amazon.seen
    assert (first.query["asin"], first.query["marketplaceId"]) == (ASIN, US)
    assert second.raw == "/aplus/2020-11-01/contentDocuments/K%2F1"
    assert second.query["includedDataSet"] == "CONTENTS"
    assert len(reading.raw.splitlines()) == 2


async def test_keys_of_an_object_have_no_order(source: SpApiSource, amazon: Amazon) -> None:
    turned = json.loads(json.dumps(HEADER, sort_keys=True))
    told = []
    for module in (HEADER, turned):
        amazon.script = [
            json_reply(200, records(record("K"))),
            json_reply(200, document("K", module)),
        ]
        told.append(content_of(await read(source)).documents)
    assert told[0] == told[1]


async def test_an_answer_may_be_empty_and_go_on(source: SpApiSource, amazon: Amazon) -> None:
    amazon.script = [
        json_reply(200, records(token="T")),
        json_reply(200, records(record("K"), record("K"), record("X", "B0ANOTHER1"))),
        json_reply(200, document("K", HEADER)),
    ]
    assert [each.key for each in content_of(await read(source)).documents] == ["K"]
    assert amazon.seen[1].query["pageToken"] == "T"


async def test_no_record_is_no_content(source: SpApiSource, amazon: Amazon) -> None:
    amazon.script = [json_reply(200, records())]
    assert content_of(await read(source)).documents == ()


async def test_contents_that_amazon_does_not_return_are_known_by_their_key(
    source: SpApiSource, amazon: Amazon
) -> None:
    amazon.script = [
        json_reply(200, records(record("P", contentSubType="PREMIUM"), record("Q"))),
        json_reply(400, PREMIUM),
        json_reply(200, {"contentRecord": {"contentReferenceKey": "Q"}}),
    ]
    documents = content_of(await read(source)).documents
    assert [(each.key, each.kind, each.read) for each in documents] == [
        ("Q", "EMC", False),
        ("P", "EMC PREMIUM", False),
    ]


@pytest.mark.parametrize(
    "answer",
    [
        {"publishRecordList": [record("K"), {"asin": ASIN}]},
        {"publishRecordList": 3},
        {},
        records(*(record(f"K{number}") for number in range(MOST_DOCUMENTS + 1))),
        records(*[record("K", "B0ANOTHER1")] * MOST_RECORDS, record("K")),
    ],
)
async def test_a_list_that_cannot_be_read_as_a_whole_tells_nothing(
    source: SpApiSource, amazon: Amazon, answer: Obj
) -> None:
    amazon.always = json_reply(200, answer)
    assert isinstance((await read(source)).result, Unreadable)


async def test_a_list_without_an_end_is_given_up(source: SpApiSource, amazon: Amazon) -> None:
    amazon.always = json_reply(200, records(token="T"))
    assert isinstance((await read(source)).result, Unreadable)
    assert len(amazon.seen) == MOST_PAGES


async def test_an_account_that_may_not_read_it_is_told_which_role(
    source: SpApiSource, amazon: Amazon
) -> None:
    denied: Obj = {"errors": [{"code": "Unauthorized", "message": "Access denied"}]}
    amazon.always = json_reply(403, denied)
    with pytest.raises(AccessRefused, match="Product Listing"):
        await read(source)


@pytest.mark.parametrize("answer", [HTML_503, json_reply(503, {}), reply(429, "")])
async def test_nothing_is_known_where_documents_do_not_come(
    source: SpApiSource, amazon: Amazon, answer: object
) -> None:
    async def script(request: web.Request) -> web.StreamResponse:
        if "contentPublishRecords" in request.path:
            return await json_reply(200, records(record("K")))(request)
        return await answer(request)  # type: ignore[operator, no-any-return]

    amazon.always = script
    with pytest.raises(SourceError):
        await read(source)


def test_texts_are_bounded_and_a_deep_document_has_an_end() -> None:
    texts, _ = parts_of([{"value": "a" * (3 * LONGEST_TEXTS)}, {"value": "b"}])
    assert sum(map(len, texts)) == LONGEST_TEXTS
    deep: object = {"value": "deep"}
    for _ in range(100):
        deep = [deep]
    assert parts_of([deep]) == ((), ())
    with pytest.raises(Unreadable):
        parts_of([{"value": "x"}] * 50_000)


@given(values)
def test_no_document_breaks_the_reader(module: Json) -> None:
    try:
        texts, pictures = parts_of([module])
    except SourceError:
        return
    assert all(isinstance(each, str) for each in (*texts, *pictures))


async def test_the_simulated_account_tells_its_content(fake_time: FakeTime) -> None:
    kettle = watch(asin=KETTLE, sku="AF-KETTLE-2Q")
    async with (
        Marketplace(demo_scenario(), clock=SettableClock(), quota_scale=None) as market,
        asking(market, fake_time) as source,
    ):
        [reading] = await source.aplus_contents([kettle])
        [found] = content_of(reading).documents
        assert found.texts is not None
        assert "A kettle for every morning" in found.texts
        [none] = await source.aplus_contents([watch(asin="B0ALDER003")])
        assert content_of(none).documents == ()
        market.faults.on(Fault.FALSE_ZERO, operation=Operation.APLUS_RECORDS, times=1)
        [flicker] = await source.aplus_contents([kettle])
        assert content_of(flicker).documents == ()
        market.faults.on(Fault.REFUSED_REQUEST, operation=Operation.APLUS_DOCUMENT, times=1)
        [unread] = await source.aplus_contents([kettle])
        assert [each.read for each in content_of(unread).documents] == [False]
        market.faults.on(Fault.NOT_JSON, operation=Operation.APLUS_RECORDS, times=1)
        [page] = await source.aplus_contents([kettle])
        assert isinstance(page.result, SourceError)
        for fault in (Fault.ROLE_MISSING, Fault.HTML_503, Fault.QUOTA_429):
            market.faults.on(fault, operation=Operation.APLUS_RECORDS)
            with pytest.raises(SourceError):
                await source.aplus_contents([kettle])
            market.faults.off(fault)
