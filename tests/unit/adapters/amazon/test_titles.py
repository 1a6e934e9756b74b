"""Titles when some of Amazon's answers fail: what was told is kept, the rest is asked later."""

from __future__ import annotations

import json

import pytest
from aiohttp import web
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.amazon.sp_api import SpApiSource
from bot.core.monitoring import CatalogProduct
from bot.errors import AccessRefused, SourceError
from tests.unit.adapters.amazon.amazon import HTML_503, Amazon, Handler, Json, json_reply, reply
from tests.unit.adapters.amazon.conftest import Sources

INVALID = {"errors": [{"code": "InvalidInput", "message": "Invalid 'asin' provided."}]}


def asins(count: int) -> list[str]:
    return [f"B{number:09}" for number in range(count)]


def spoiled_by(amazon: Amazon, *bad: str) -> None:
    """Let Amazon refuse every request that names one of these."""

    async def answer(request: web.Request) -> web.StreamResponse:
        amazon.script.append(answer)
        wanted = request.query["identifiers"].split(",")
        if set(bad) & set(wanted):
            return web.json_response(INVALID, status=400)
        items: Json = [
            {"asin": asin, "summaries": [{"itemName": f"Bowl {asin}"}]} for asin in wanted
        ]
        return web.Response(text=json.dumps({"items": items}), content_type="application/json")

    amazon.script = [answer]


def told(request: str) -> list[str]:
    return request.split(",")


async def test_a_request_that_fails_costs_no_other_its_titles(
    source: SpApiSource, amazon: Amazon
) -> None:
    names = asins(50)
    amazon.titles = {name: f"Bowl {name}" for name in names}
    good: Handler = json_reply(
        200, {"items": [{"asin": one, "summaries": [{"itemName": "A"}]} for one in names[:20]]}
    )
    amazon.script = [good, HTML_503, HTML_503, HTML_503]
    found = await source.products(names, "US")
    assert list(found) == [*names[:20], *names[40:]]
    assert set(await source.products(names[20:40], "US")) == set(names[20:40])


async def test_the_one_that_spoils_a_request_is_found_and_the_others_kept(
    source: SpApiSource, amazon: Amazon
) -> None:
    names = asins(50)
    spoiled_by(amazon, names[27])
    found = await source.products(names, "US")
    assert list(found) == [name for name in names if name != names[27]]
    assert len(amazon.seen) <= 3 + 2 * 5


async def test_what_spoils_a_request_is_asked_alone_from_then_on(
    source: SpApiSource, amazon: Amazon
) -> None:
    names = asins(20)
    spoiled_by(amazon, names[3])
    await source.products(names, "US")
    amazon.seen.clear()
    more = asins(22)
    found = await source.products([names[3], *more[20:]], "US")
    assert list(found) == more[20:]
    assert [told(seen.query["identifiers"]) for seen in amazon.seen] == [more[20:], [names[3]]]
    spoiled_by(amazon)
    assert set(await source.products([names[3]], "US")) == {names[3]}
    amazon.seen.clear()
    await source.products(names, "US")
    assert len(amazon.seen) == 1


async def test_after_three_failures_in_a_row_the_rest_is_left_for_later(
    source: SpApiSource, amazon: Amazon
) -> None:
    names = asins(200)
    ok: Handler = json_reply(200, {"items": [{"asin": names[0], "summaries": [{"itemName": "A"}]}]})
    amazon.script = [ok, *[reply(200, "{}", "application/json")] * 3]
    assert await source.products(names, "US") == {names[0]: CatalogProduct("A")}
    assert len(amazon.seen) == 4


async def test_a_login_that_is_refused_ends_it(source: SpApiSource, amazon: Amazon) -> None:
    amazon.script = [json_reply(403, {"errors": []})] * 4
    with pytest.raises(AccessRefused):
        await source.products(asins(60), "US")
    assert len(amazon.seen) == 2


async def test_one_that_is_refused_alone_is_an_error(source: SpApiSource, amazon: Amazon) -> None:
    spoiled_by(amazon, asins(1)[0])
    with pytest.raises(SourceError, match="Invalid 'asin' provided"):
        await source.products(asins(1), "US")


async def test_a_marketplace_that_refuses_every_product_is_soon_left_alone(
    source: SpApiSource, amazon: Amazon
) -> None:
    names = asins(1_000)
    spoiled_by(amazon, *names)
    for _ in range(3):
        amazon.seen.clear()
        with pytest.raises(SourceError, match="Invalid 'asin' provided"):
            await source.products(names, "US")
        assert len(amazon.seen) < 50


async def test_a_first_request_of_nothing_but_spoilers_does_not_keep_the_others_nameless(
    source: SpApiSource, amazon: Amazon
) -> None:
    names = asins(60)
    spoiled_by(amazon, *names[:20])
    with pytest.raises(SourceError):
        await source.products(names, "US")
    assert list(await source.products(names, "US")) == names[20:]


@pytest.mark.ci
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(bad=st.sets(st.integers(0, 44), max_size=12))
async def test_whatever_spoils_requests_all_others_are_told(
    sources: Sources, amazon: Amazon, bad: set[int]
) -> None:
    names = asins(45)
    spoiled_by(amazon, *(names[place] for place in bad))
    found = await sources().products(names, "US")
    assert list(found) == [name for place, name in enumerate(names) if place not in bad]
