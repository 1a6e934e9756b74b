"""The account of the simulated marketplace, read as Amazon's is, with faults at each operation."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from adapters.amazon.sp_api import SpApiSource
from adapters.simulator import Fault, Marketplace, Operation, Scenario, SettableClock
from bot.core.own_listings import ListingStatus
from bot.errors import AccessRefused, SourceError
from tests.fakes import StoppedClock
from tests.journeys.shop import open_source
from tests.unit.adapters.amazon.account import Told
from tests.unit.adapters.simulator.selling import DE, JP, many, own_sku, selling
from tests.unit.adapters.simulator.small import OWN, PAN, SKU


@asynccontextmanager
async def opened(scenario: Scenario) -> AsyncIterator[tuple[SpApiSource, Marketplace]]:
    async with (
        Marketplace(scenario, clock=SettableClock(), quota_scale=None) as market,
        open_source(market.base_url, StoppedClock()) as source,
    ):
        yield source, market


async def test_an_account_is_read_from_its_marketplaces_to_its_last_page() -> None:
    skus = (*many(150), own_sku("U-1", asin=""), own_sku("D-1", DE, "B0GERMAN01", active=False))
    async with opened(selling(*skus)) as (source, _):
        assert await source.sells_in("US") == ("US",)
        assert await source.sells_in("DE") == ("DE",)
        found = await source.own_listings([OWN], "US", Told())
        (german,) = (await source.own_listings([OWN], "DE", Told())).listings
    assert (len(found.listings), found.complete) == (152, True)
    by_sku = {each.sku: each for each in found.listings}
    assert (by_sku[SKU].asin, by_sku["U-1"].asin) == (PAN, "")
    assert (german.asin, german.status) == ("B0GERMAN01", ListingStatus.INACTIVE)


@pytest.mark.parametrize(("id", "code"), [(DE, "DE"), (JP, "JP"), ("A13V1IB3VIYZZH", "FR")])
async def test_a_large_catalogue_is_read_from_its_report(id: str, code: str) -> None:
    title = "能力ソ表示" if code == "JP" else "Schüssel"
    async with opened(selling(*many(1200, id), own_sku("U-1", id, title=title))) as (source, _):
        found = await source.own_listings([OWN], code, Told())
    assert (len(found.listings), found.complete) == (1201, True)
    assert found.listings[-1].title == title
    assert all(each.asin for each in found.listings)


@pytest.mark.parametrize(
    ("operation", "fault"),
    [
        *[(Operation.SEARCH_LISTINGS, fault) for fault in (Fault.HTML_503, Fault.EMPTY_429)],
        *[(Operation.SEARCH_LISTINGS, fault) for fault in (Fault.NOT_JSON, Fault.TRUNCATED_JSON)],
        (Operation.SEARCH_LISTINGS, Fault.ROLE_MISSING),
        *[(Operation.CREATE_REPORT, fault) for fault in (Fault.HTML_503, Fault.NOT_JSON)],
        (Operation.CREATE_REPORT, Fault.ROLE_MISSING),
        *[(Operation.GET_REPORT, fault) for fault in (Fault.QUOTA_429, Fault.TRUNCATED_JSON)],
        (Operation.GET_REPORT, Fault.REPORT_CANCELLED),
        (Operation.GET_REPORT, Fault.REPORT_FATAL),
        *[(Operation.GET_REPORT_DOCUMENT, each) for each in (Fault.HTML_503, Fault.NOT_JSON)],
        *[(Operation.DOCUMENT, fault) for fault in (Fault.HTML_503, Fault.EMPTY_REPORT)],
        *[(Operation.DOCUMENT, fault) for fault in (Fault.TRUNCATED_JSON, Fault.NOT_JSON)],
        (Operation.DOCUMENT, Fault.DROPPED_CONNECTION),
    ],
)
async def test_no_fault_of_any_operation_reads_as_an_empty_catalogue(
    operation: Operation, fault: Fault
) -> None:
    async with opened(selling(*many(1100))) as (source, market):
        market.faults.on(fault, operation=operation)
        with pytest.raises(SourceError):
            await source.own_listings([OWN], "US", Told())


async def test_what_passes_at_the_second_try_is_no_error() -> None:
    async with opened(selling(*many(100))) as (source, market):
        market.faults.on(Fault.HTML_503, operation=Operation.SEARCH_LISTINGS, times=2)
        market.faults.on(Fault.EXPIRED_TOKEN, operation=Operation.SEARCH_LISTINGS)
        assert (await source.own_listings([OWN], "US", Told())).complete


async def test_a_page_that_lacks_a_listing_is_incomplete() -> None:
    async with opened(selling(*many(10))) as (source, market):
        market.faults.on(Fault.MISSING_INNER, operation=Operation.SEARCH_LISTINGS)
        assert not (await source.own_listings([OWN], "US", Told())).complete


async def test_a_missing_role_is_said_of_the_one_operation() -> None:
    async with opened(selling()) as (source, market):
        market.faults.on(Fault.ROLE_MISSING, operation=Operation.PARTICIPATIONS)
        with pytest.raises(AccessRefused):
            await source.sells_in("US")
        assert (await source.own_listings([OWN], "US", Told())).complete
