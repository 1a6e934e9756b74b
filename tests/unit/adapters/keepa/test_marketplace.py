"""The simulated marketplace's Keepa, asked by the real client: the story, and each fault."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest

from adapters.keepa.source import KeepaSource
from adapters.simulator import Fault, Marketplace, Operation, SettableClock, demo_scenario
from bot.core.seller_facts import FactsBudget
from bot.errors import LoginError, QuotaExceeded, SourceError, Unavailable
from tests.unit.adapters.keepa.conftest import Seconds

STRANGER = "A1QX7ZP9KD4W2M"
BOARD = "B0ALDER004"


@pytest.fixture
async def market(seconds: Seconds) -> AsyncIterator[Marketplace]:
    clock = SettableClock(180)
    async with Marketplace(demo_scenario(), clock=clock, monotonic=seconds) as market:
        yield market


@pytest.fixture
async def source(market: Marketplace, seconds: Seconds) -> AsyncIterator[KeepaSource]:
    async with httpx.AsyncClient() as http:
        yield KeepaSource(
            market.keepa_key,
            http,
            endpoint=market.keepa_url,
            simulated=True,
            monotonic=seconds,
        )


async def test_it_tells_who_the_stranger_of_the_story_is(source: KeepaSource) -> None:
    told = await source.seller("US", STRANGER)
    assert told is not None
    assert told.business == "Example BrightLeaf Trading Co., Ltd."
    assert (told.rating, told.ratings, told.vat) == (67, 3, "GB 000 1234 56")
    assert "B0ALDER002" in told.asins
    assert told.told_at is not None


async def test_it_lists_the_sellers_that_amazon_counts_and_does_not_list(
    source: KeepaSource,
) -> None:
    told = await source.offers("US", BOARD)
    assert told is not None
    unseen = [offer for offer in told.offers if offer.seller.startswith("A9UNSEEN")]
    assert len(unseen) == 2
    assert all(offer.stock == 12 for offer in unseen)


async def test_strangers_to_it_are_nobody(source: KeepaSource) -> None:
    assert await source.seller("US", "A9NOBODY000001") is None
    assert await source.offers("US", "B0NOTHING1") is None


async def test_questions_cost_tokens_that_come_back(source: KeepaSource, seconds: Seconds) -> None:
    assert await source.check() == FactsBudget(300, 5)
    await source.seller("US", STRANGER)
    assert (await source.check()).tokens == 290
    seconds.now += 60
    assert (await source.check()).tokens == 295


async def test_a_wrong_key_is_refused(market: Marketplace, seconds: Seconds) -> None:
    async with httpx.AsyncClient() as http:
        wrong = KeepaSource("wrong", http, endpoint=market.keepa_url, monotonic=seconds)
        with pytest.raises(LoginError):
            await wrong.check()


async def test_used_up_tokens_are_waited_for(market: Marketplace, source: KeepaSource) -> None:
    market.faults.on(Fault.KEEPA_TOKENS, operation=Operation.KEEPA_SELLER, times=1)
    with pytest.raises(QuotaExceeded) as refused:
        await source.seller("US", STRANGER)
    assert refused.value.retry_after == 12


@pytest.mark.parametrize(
    ("fault", "times", "error"),
    [
        (Fault.HTML_503, 5, Unavailable),
        (Fault.DROPPED_CONNECTION, 5, Unavailable),
        (Fault.NOT_JSON, 1, SourceError),
        (Fault.TRUNCATED_JSON, 1, SourceError),
        (Fault.HUGE, 1, SourceError),
        (Fault.EMPTY_429, 1, QuotaExceeded),
    ],
)
@pytest.mark.parametrize("operation", [Operation.KEEPA_SELLER, Operation.KEEPA_PRODUCT])
async def test_no_fault_reads_as_nobody(
    market: Marketplace,
    source: KeepaSource,
    fault: Fault,
    times: int,
    error: type[SourceError],
    operation: Operation,
) -> None:
    market.faults.on(fault, operation=operation, times=times)
    sellers = operation is Operation.KEEPA_SELLER
    asking = source.seller("US", STRANGER) if sellers else source.offers("US", BOARD)
    with pytest.raises(error):
        await asking
    assert source.budget.trouble


async def test_an_outage_of_amazon_is_none_of_keepa(
    market: Marketplace, source: KeepaSource
) -> None:
    market.faults.on(Fault.HTML_503)
    assert await source.seller("US", STRANGER) is not None
