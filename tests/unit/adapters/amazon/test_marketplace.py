"""The source against the simulated marketplace, with every fault that it can have."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from adapters.amazon.login import Credentials
from adapters.amazon.sp_api import SpApiSource
from adapters.simulator import Fault, Marketplace, Operation
from bot.core.listing import Watch
from bot.core.monitoring import CatalogProduct
from bot.errors import UnknownProduct
from tests.scenarios import burst, burst_asin
from tests.unit.adapters.amazon.conftest import FakeTime, error_of, snapshot_of, watch

OWNER = "A3BURSTOWNER01"
SECOND = "A0000000000001"
PRODUCT = watch(burst_asin(0))


@asynccontextmanager
async def asking(
    market: Marketplace, fake_time: FakeTime, seconds: float = 5.0
) -> AsyncIterator[SpApiSource]:
    known = market.credentials
    source = SpApiSource(
        Credentials(known.client_id, known.client_secret, known.refresh_token),
        login_url=f"{market.base_url}/auth/o2/token",
        endpoint=market.base_url,
        simulated=True,
        timeout=seconds,
        passing=fake_time.passing,
    )
    try:
        yield source
    finally:
        await source.aclose()


@pytest.fixture
async def market() -> AsyncIterator[Marketplace]:
    """Fifty products with six offers each."""
    async with Marketplace(burst(50, 6), quota_scale=None) as server:
        yield server


@pytest.fixture
async def source(market: Marketplace, fake_time: FakeTime) -> AsyncIterator[SpApiSource]:
    async with asking(market, fake_time) as source:
        yield source


async def test_a_whole_brand(source: SpApiSource, market: Marketplace) -> None:
    asins = [burst_asin(number) for number in range(50)]
    by_asin = [watch(asin) for asin in asins]
    by_sku = [watch(asin, sku=f"SKU-{number}") for number, asin in enumerate(asins)]
    readings = await source.read(by_asin + by_sku)
    for reading in readings:
        snapshot = snapshot_of(reading)
        assert snapshot.asin == reading.watch.asin
        assert (len(snapshot.offers), snapshot.total, snapshot.holders) == (6, 6, (OWNER,))
        assert snapshot.complete
    assert {entry.status for entry in market.log} == {200}


async def test_amazons_quotas_are_kept_without_one_refusal(fake_time: FakeTime) -> None:
    async with (
        Marketplace(burst(1, 6), monotonic=fake_time.monotonic) as market,
        asking(market, fake_time) as source,
    ):
        for _ in range(10):
            await source.read([PRODUCT])
            await source.read([watch(PRODUCT.asin, sku="SKU-0")])
            await source.products([PRODUCT.asin], "US")
        assert [entry.status for entry in market.log] == [200] * 31


async def test_titles_and_pictures(source: SpApiSource, market: Marketplace) -> None:
    asins = [burst_asin(number) for number in range(45)]
    products = await source.products([*asins, "B0UNKNOWN1"], "US")
    assert products == {
        asin: CatalogProduct(f"Product {number}", f"{market.base_url}/images/{asin}.svg")
        for number, asin in enumerate(asins)
    }


async def test_an_unknown_product_and_an_unknown_sku(source: SpApiSource) -> None:
    unknown: list[Watch] = [watch("B0UNKNOWN1"), watch(PRODUCT.asin, sku="NO SUCH/SKU")]
    readings = await source.read([*unknown, PRODUCT])
    assert isinstance(readings[0].result, UnknownProduct)
    assert not isinstance(readings[1].result, UnknownProduct)
    assert str(readings[0].result) == "Amazon does not know B0UNKNOWN1 in the marketplace US."
    assert "(your SKU NO SUCH/SKU)" in str(error_of(readings[1]))
    assert snapshot_of(readings[2]).total == 6


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (Fault.HTML_503, "Amazon answered with an error page (503)."),
        (Fault.EMPTY_429, "Amazon is limiting our requests (429)."),
        (Fault.QUOTA_429, "Amazon is limiting our requests (429)."),
        (Fault.DROPPED_CONNECTION, "Amazon could not be reached"),
        (Fault.TRUNCATED_JSON, "Amazon's answer could not be read"),
        (Fault.NOT_JSON, "Amazon's answer could not be read"),
        (Fault.INNER_500, f"Amazon could not answer for {PRODUCT.asin} (500)."),
        (
            Fault.INNER_429,
            f"Amazon is limiting our requests and did not answer for {PRODUCT.asin}.",
        ),
        (Fault.MISSING_INNER, f"Amazon's answer does not include {PRODUCT.asin}."),
        (Fault.TOO_SOON, "Amazon is still processing this listing."),
    ],
)
async def test_what_cannot_be_seen_is_an_error(
    source: SpApiSource, market: Marketplace, fault: Fault, words: str
) -> None:
    market.faults.on(fault, operation=Operation.ITEM_OFFERS_BATCH, asin=PRODUCT.asin)
    (reading,) = await source.read([PRODUCT])
    assert words in str(error_of(reading))
    market.faults.off()
    assert snapshot_of((await source.read([PRODUCT]))[0]).total == 6


async def test_a_timeout(market: Marketplace, fake_time: FakeTime) -> None:
    market.faults.on(Fault.TIMEOUT, operation=Operation.ITEM_OFFERS_BATCH)
    async with asking(market, fake_time, seconds=0.2) as source:
        (reading,) = await source.read([PRODUCT])
    assert str(reading.result) == "Amazon did not answer in time."


@pytest.mark.parametrize(
    "fault",
    [
        Fault.HTML_503,
        Fault.EMPTY_429,
        Fault.DROPPED_CONNECTION,
        Fault.EXPIRED_TOKEN,
        Fault.GARBAGE_LIMIT_HEADER,
        Fault.INNER_500,
        Fault.MISSING_FIELDS,
        Fault.UNKNOWN_ENUM,
        Fault.SHUFFLED_TIES,
    ],
)
async def test_what_passes_or_does_not_matter_is_no_error(
    source: SpApiSource, market: Marketplace, fault: Fault
) -> None:
    market.faults.on(fault, operation=Operation.ITEM_OFFERS_BATCH, times=1)
    snapshot = snapshot_of((await source.read([PRODUCT]))[0])
    assert (len(snapshot.offers), snapshot.total, snapshot.holders) == (6, 6, (OWNER,))


@pytest.mark.parametrize("fault", [Fault.FALSE_ZERO, Fault.NO_BUYABLE_OFFERS])
async def test_an_empty_answer_is_an_empty_snapshot(
    source: SpApiSource, market: Marketplace, fault: Fault
) -> None:
    market.faults.on(fault)
    assert snapshot_of((await source.read([PRODUCT]))[0]).empty


async def test_a_wrong_flag_is_not_believed(source: SpApiSource, market: Marketplace) -> None:
    market.faults.on(Fault.WRONG_BUY_BOX_FLAG)
    assert snapshot_of((await source.read([PRODUCT]))[0]).holders == (OWNER,)


async def test_two_winners(source: SpApiSource, market: Marketplace) -> None:
    market.faults.on(Fault.TWO_WINNERS)
    assert snapshot_of((await source.read([PRODUCT]))[0]).holders == (SECOND, OWNER)


async def test_a_seller_who_is_counted_and_not_listed(
    source: SpApiSource, market: Marketplace
) -> None:
    market.faults.on(Fault.TOP_TWENTY, seller=SECOND)
    snapshot = snapshot_of((await source.read([PRODUCT]))[0])
    assert snapshot.cheapest_of(SECOND) is None
    assert (snapshot.unlisted, snapshot.complete) == (1, False)
