"""Summaries, used goods and pages use no key that Amazon's models do not know, nor another word."""

from collections.abc import AsyncIterator, Iterator, Mapping

import pytest

from adapters.simulator import Marketplace, SettableClock
from adapters.simulator.catalogue import SubCondition
from tests.unit.adapters.simulator.caller import (
    CATALOG,
    COMPETITIVE,
    SUMMARIES,
    Caller,
    Json,
    client_of,
    tree,
)
from tests.unit.adapters.simulator.small import UNKNOWN
from tests.unit.adapters.simulator.test_conformance import CATALOG_ITEMS, PRICING, Model, at
from tests.unit.adapters.simulator.used import BOWL, FAMILY, PAN, used_scenario

pytestmark = pytest.mark.conformance
SUMMARY_MODEL = "productPricing_2022-05-01.json"
CONTENT = "attributes,identifiers,images,productTypes,relationships,salesRanks,summaries"


@pytest.fixture
async def caller() -> AsyncIterator[Caller]:
    clock = SettableClock(150)
    async with (
        Marketplace(used_scenario(), clock=clock, quota_scale=None) as market,
        client_of(market) as client,
    ):
        caller = Caller(client)
        await caller.log_in()
        yield caller


def wrong(model: Model, value: Json, schema: Json, path: str = "$") -> Iterator[str]:
    """The places where a required key is absent, or a word is none of the documented ones."""
    shape = model.resolved(schema)
    allowed = shape.get("enum")
    if isinstance(allowed, list) and value not in allowed:
        yield f"{path} is {value!r}"
    if isinstance(value, Mapping):
        properties = model.properties(shape)
        for name in required(model, shape) - set(value):
            yield f"{path} lacks {name}"
        for key, child in value.items():
            if key in properties:
                yield from wrong(model, child, properties[key], f"{path}.{key}")
    elif isinstance(value, list):
        for place, child in enumerate(value):
            yield from wrong(model, child, shape["items"], f"{path}[{place}]")


def required(model: Model, shape: Mapping[str, Json]) -> set[str]:
    own = shape.get("required", [])
    parts = shape.get("allOf", [])
    assert isinstance(own, list)
    assert isinstance(parts, list)
    inherited = (required(model, model.resolved(part)) for part in parts)
    return {str(name) for name in own}.union(*inherited)


def problems(model: Model, value: Json, schema: Json) -> list[str]:
    return [*model.unknown(value, schema), *wrong(model, value, schema)]


async def test_summaries(caller: Caller) -> None:
    model = Model(SUMMARY_MODEL)
    answer = tree(await caller.summaries(PAN, BOWL, UNKNOWN)).value
    assert problems(model, answer, model.answer("post", SUMMARIES)) == []
    refusal = tree(await caller.summaries("11_AABB_123")).value
    assert problems(model, refusal, model.answer("post", SUMMARIES, 400)) == []


async def test_prices_of_used_goods(caller: Caller) -> None:
    model = Model(PRICING)
    answer = tree(await caller.prices(PAN, BOWL, UNKNOWN)).value
    assert problems(model, answer, model.answer("get", COMPETITIVE)) == []


async def test_pages(caller: Caller) -> None:
    model = Model(CATALOG_ITEMS)
    answer = tree(await caller.catalog(PAN, BOWL, FAMILY, includedData=CONTENT)).value
    assert problems(model, answer, model.answer("get", CATALOG)) == []


def test_every_sub_condition_is_documented_in_both_spellings() -> None:
    offer = at(Model(SUMMARY_MODEL).document, "definitions", "Offer", "properties", "subCondition")
    older = at(
        Model(PRICING).document,
        *("definitions", "CompetitivePriceType", "properties", "subcondition", "description"),
    )
    assert at(offer, "enum") == [each.value for each in SubCondition]
    assert all(each.spaced in str(older) for each in SubCondition)
