"""Processor time of the bot for each product, in batches of 20, from request to durable state."""

from __future__ import annotations

import json
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass

import aiohttp
import httpx
import msgspec

from adapters.amazon.answers import Body
from adapters.amazon.batches import Ask, encode
from adapters.simulator import Scenario
from bot.bootstrap.application import Application
from bot.core.listing import Snapshot, Watch
from bot.core.marketplaces import Marketplace
from bot.core.questions import Operation
from tests.bench.market import CREDENTIALS, Market, invaded, marketplace, restless
from tests.bench.measure import Measure, Peer, Row, Series, Target, alternate, row
from tests.bench.staff import batches, house_over, scratch, source_of

GROUP = "Check"
UNIT = "ms"
TARGET = Target(0.4)
SAME, MOVED, FLOOR, USUAL = "unchanged", "every price moved", "aiohttp + msgspec", "httpx + json"
ATTACKED = "unchanged, a stranger on all"


@dataclass(frozen=True)
class Sizes:
    """How much is measured; ``attacked`` is how many products have the same stranger."""

    products: int = 100
    attacked: int = 200
    offers: tuple[int, ...] = (3, 20)
    rounds: int = 12


class _Part(msgspec.Struct, frozen=True):
    body: Body


class _Answer(msgspec.Struct, frozen=True):
    responses: list[_Part]


_read = msgspec.json.Decoder(_Answer).decode


async def measure(sizes: Sizes) -> list[Row]:
    """Check products that did not change and products that did, beside bare fetching."""
    few = sizes.offers[0]
    async with AsyncExitStack() as stack:
        measures = {_name(ATTACKED, few): await _attacked(stack, sizes, few)}
        for offers in sizes.offers:
            measures |= await _measures(stack, sizes, offers)
        took = await alternate(sizes.rounds, measures)
    rows = [line for offers in sizes.offers for line in _rows(took, offers)]
    what = f"{ATTACKED} {sizes.attacked}, {few} offers"
    calm = Peer(_name(SAME, few), took[_name(SAME, few)])
    return [*rows, row(GROUP, what, UNIT, took[_name(ATTACKED, few)], calm, TARGET)]


def _rows(took: dict[str, Series], offers: int) -> list[Row]:
    same, moved, quick, usual = (_name(what, offers) for what in (SAME, MOVED, FLOOR, USUAL))
    floor = Peer(FLOOR, took[quick])
    return [
        row(GROUP, same, UNIT, took[same], floor, TARGET),
        row(GROUP, moved, UNIT, took[moved], floor),
        row(GROUP, f"floor: {quick}", UNIT, took[quick]),
        row(GROUP, f"floor: {usual}", UNIT, took[usual], floor),
    ]


def _name(what: str, offers: int) -> str:
    return f"{what}, {offers} offers"


async def _measures(stack: AsyncExitStack, sizes: Sizes, offers: int) -> dict[str, Measure]:
    scenario = restless(sizes.products, offers, seconds=sizes.rounds + 1)
    market, application, watches = await _opened(stack, scenario)
    check = _checking(application, watches)
    await check()

    async def moved() -> float:
        market.advance()
        return await check()

    bare = await _bare(stack, market, watches)
    measures: dict[str, Measure] = {SAME: check, MOVED: moved, **bare}
    return {_name(what, offers): each for what, each in measures.items()}


async def _attacked(stack: AsyncExitStack, sizes: Sizes, offers: int) -> Measure:
    """Measure the checks after an attack, while its case is open."""
    scenario = invaded(sizes.attacked, offers, sizes.attacked, by_one=True)
    market, application, watches = await _opened(stack, scenario)
    check = _checking(application, watches)
    await check()
    market.advance()
    await check()
    return check


async def _opened(
    stack: AsyncExitStack, scenario: Scenario
) -> tuple[Market, Application, Sequence[Watch]]:
    market = await stack.enter_async_context(marketplace(scenario))
    source = await stack.enter_async_context(source_of(market))
    folder = stack.enter_context(scratch())
    return market, *await stack.enter_async_context(house_over(source, scenario, folder))


def _checking(application: Application, watches: Sequence[Watch]) -> Measure:
    async def check() -> None:
        for several in batches(watches):
            for reading in await application.monitor.check(several):
                if not isinstance(reading.result, Snapshot):
                    raise reading.result

    return lambda: _cpu(check, len(watches))


async def _bare(
    stack: AsyncExitStack, market: Market, watches: Sequence[Watch]
) -> dict[str, Measure]:
    """Fetch and decode the same answers, and do nothing with them."""
    quick = await stack.enter_async_context(aiohttp.ClientSession())
    usual = await stack.enter_async_context(httpx.AsyncClient())
    url = market.base_url + Operation.ITEM_OFFERS_BATCH.path
    token = await _token(usual, market)
    headers = {"content-type": "application/json", "x-amz-access-token": token}
    asks = [_question(several) for several in batches(watches)]

    async def floor() -> None:
        for ask in asks:
            async with quick.post(url, data=ask, headers=headers) as answer:
                _read(await answer.read())

    async def common() -> None:
        for ask in asks:
            json.loads((await usual.post(url, content=ask, headers=headers)).content)

    return {
        FLOOR: lambda: _cpu(floor, len(watches)),
        USUAL: lambda: _cpu(common, len(watches)),
    }


async def _token(http: httpx.AsyncClient, market: Market) -> str:
    form = {
        "grant_type": "refresh_token",
        "client_id": CREDENTIALS.client_id,
        "client_secret": CREDENTIALS.client_secret,
        "refresh_token": CREDENTIALS.refresh_token,
    }
    answer = await http.post(f"{market.base_url}/auth/o2/token", data=form)
    return str(answer.json()["access_token"])


def _question(watches: Sequence[Watch]) -> bytes:
    return encode([Ask(0, watch, Marketplace.named(watch.marketplace)) for watch in watches])


async def _cpu(work: Callable[[], Awaitable[None]], products: int) -> float:
    """Return the milliseconds of processor time that it took for each product."""
    before = time.process_time()
    await work()
    return 1000 * (time.process_time() - before) / products
