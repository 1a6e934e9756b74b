"""Cheap looks, summaries and pages from the simulated marketplace, with every fault it has."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

import pytest

from adapters.amazon.sp_api import SpApiSource
from adapters.simulator import Fault, Marketplace, Operation, SettableClock
from bot.core.competitive import CompetitivePrice, PriceReading, agrees, differs
from bot.core.competitive_summary import CompetitiveSummary, SummaryReading
from bot.core.conditions import Condition
from bot.core.listing import Watch
from bot.core.page_content import DataSet, PageContent, PageReading
from bot.core.questions import Operation as Question
from bot.errors import (
    LoginError,
    QuotaExceeded,
    SourceError,
    Unavailable,
    UnknownProduct,
)
from tests.scenarios import NEWCOMER, burst, burst_asin
from tests.unit.adapters.amazon.conftest import FakeTime, snapshot_of, watch
from tests.unit.adapters.amazon.test_marketplace import asking
from tests.unit.adapters.simulator.used import (
    BOWL,
    FAMILY,
    PAN,
    REFURBISHED,
    STRANGE,
    USED,
    used_scenario,
)

UNKNOWN = "B0UNKNOWN1"
Readings = Sequence[PriceReading | SummaryReading | PageReading]
Ask = Callable[[SpApiSource, list[Watch]], Awaitable[Readings]]

ASKS: dict[Operation, Ask] = {
    Operation.COMPETITIVE_PRICING: SpApiSource.competitive_prices,
    Operation.COMPETITIVE_SUMMARY: SpApiSource.competitive_summaries,
    Operation.SEARCH_CATALOG: SpApiSource.page_contents,
}
EACH = pytest.mark.parametrize("operation", list(ASKS), ids=lambda one: one.value)


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock()


@pytest.fixture
async def market(clock: SettableClock) -> AsyncIterator[Marketplace]:
    async with Marketplace(used_scenario(), clock=clock, quota_scale=None) as server:
        yield server


@pytest.fixture
async def source(market: Marketplace, fake_time: FakeTime) -> AsyncIterator[SpApiSource]:
    async with asking(market, fake_time) as source:
        yield source


async def price(source: SpApiSource, asin: str = PAN) -> CompetitivePrice:
    (reading,) = await source.competitive_prices([watch(asin)])
    assert isinstance(reading.result, CompetitivePrice), reading.result
    return reading.result


async def summary(source: SpApiSource, asin: str = PAN) -> CompetitiveSummary:
    (reading,) = await source.competitive_summaries([watch(asin)])
    assert isinstance(reading.result, CompetitiveSummary), reading.result
    return reading.result


async def page(source: SpApiSource, asin: str = PAN) -> PageContent:
    (reading,) = await source.page_contents([watch(asin)])
    assert isinstance(reading.result, PageContent), reading.result
    return reading.result


async def test_a_cheap_look_agrees_until_somebody_joins(fake_time: FakeTime) -> None:
    clock = SettableClock()
    scenario = burst(20, 6, first_arrival=100, arrival_gap=10)
    async with (
        Marketplace(scenario, clock=clock, quota_scale=None) as market,
        asking(market, fake_time) as source,
    ):
        watches = [watch(burst_asin(number)) for number in range(20)]
        full = [snapshot_of(reading) for reading in await source.read(watches)]
        for seconds, joined in ((0, 0), (100, 1), (50, 6)):
            clock.advance(seconds)
            readings = await source.competitive_prices(watches)
            looks = [one.result for one in readings if isinstance(one.result, CompetitivePrice)]
            pairs = list(zip(full, looks, strict=True))
            assert [differs(*pair) for pair in pairs] == [True] * joined + [False] * (20 - joined)
            assert [agrees(*pair) for pair in pairs] == [False] * joined + [True] * (20 - joined)
        (drilled,) = await source.read(watches[:1])
        assert snapshot_of(drilled).cheapest_of(NEWCOMER) is not None


async def test_a_used_seller_is_seen_by_count_and_by_name(
    source: SpApiSource, clock: SettableClock
) -> None:
    before = await price(source)
    assert (before.counts[Condition.USED], before.used) == (0, ())
    assert (await summary(source)).offers[Condition.USED] == ()
    clock.advance(150)
    after = await price(source)
    assert (after.counts[Condition.NEW], after.counts[Condition.USED]) == (2, 1)
    assert after.used is not None
    assert [str(box.price) for box in after.used] == ["USD 11.50"]
    told = await summary(source)
    (used,) = told.offers[Condition.USED]
    assert (used.offer.seller, used.sub_condition, str(used.offer.landed)) == (
        USED,
        "VeryGood",
        "USD 11.50",
    )
    (refurbished,) = told.offers[Condition.REFURBISHED]
    assert (refurbished.offer.seller, refurbished.offer.fba) == (REFURBISHED, True)
    assert told.offers[Condition.CLUB] == told.offers[Condition.COLLECTIBLE] == ()


async def test_a_page_that_is_taken_over(source: SpApiSource, clock: SettableClock) -> None:
    before = await page(source)
    assert (before.title, before.brand, before.parent) == (
        "Pan <script>alert(1)</script>",
        "Small & Co",
        FAMILY,
    )
    assert (before.bullets, before.description) == (("Round", "Flat"), "A <b>pan</b>.")
    assert before.missing == ()
    assert (await page(source, FAMILY)).children == (PAN, BOWL)
    clock.advance(200)
    after = await page(source)
    assert (after.title, after.brand, after.parent) == ("Phone case", "Other", STRANGE)
    assert (after.bullets, after.description) == (("Soft",), "")
    assert (before.product_type, after.product_type) == ("SAUCEPAN", "PHONE_CASE")
    assert before.pictures is not None
    assert after.pictures is not None
    assert before.pictures[0].link
    assert after.pictures[0].link not in ("", before.pictures[0].link)
    assert before.identifiers == after.identifiers


@EACH
async def test_an_unknown_product_costs_no_other(source: SpApiSource, operation: Operation) -> None:
    first, second = await ASKS[operation](source, [watch(UNKNOWN), watch(PAN)])
    assert isinstance(first.result, SourceError)
    assert not isinstance(second.result, SourceError)
    assert isinstance(first.result, UnknownProduct) is (operation is Operation.COMPETITIVE_SUMMARY)


@EACH
@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (Fault.HTML_503, Unavailable),
        (Fault.EMPTY_429, QuotaExceeded),
        (Fault.QUOTA_429, QuotaExceeded),
        (Fault.DROPPED_CONNECTION, Unavailable),
        (Fault.TRUNCATED_JSON, SourceError),
        (Fault.NOT_JSON, SourceError),
        (Fault.SECURITY_TOKEN_EXPIRED, Unavailable),
        (Fault.ROLE_MISSING, LoginError),
    ],
)
async def test_an_outage_of_one_operation_is_an_error_of_that_question_alone(
    source: SpApiSource,
    market: Marketplace,
    operation: Operation,
    fault: Fault,
    kind: type[SourceError],
) -> None:
    market.faults.on(fault, operation=operation)
    with pytest.raises(kind):
        await ASKS[operation](source, [watch(PAN)])
    for other, ask in ASKS.items():
        if other is not operation:
            (reading,) = await ask(source, [watch(PAN)])
            assert not isinstance(reading.result, SourceError)


@EACH
@pytest.mark.parametrize("fault", [Fault.EXPIRED_TOKEN, Fault.GARBAGE_LIMIT_HEADER])
async def test_what_can_be_mended_is_mended(
    source: SpApiSource, market: Marketplace, operation: Operation, fault: Fault
) -> None:
    market.faults.on(fault, operation=operation, times=1)
    (reading,) = await ASKS[operation](source, [watch(PAN)])
    assert not isinstance(reading.result, SourceError)


@EACH
async def test_no_answer_ends_in_time(
    market: Marketplace, fake_time: FakeTime, operation: Operation
) -> None:
    market.faults.on(Fault.TIMEOUT, operation=operation)
    async with asking(market, fake_time, seconds=0.2) as source:
        with pytest.raises(Unavailable, match="did not answer in time"):
            await ASKS[operation](source, [watch(PAN)])


@EACH
async def test_one_product_that_is_left_out_is_could_not_check(
    source: SpApiSource, market: Marketplace, operation: Operation
) -> None:
    market.faults.on(Fault.MISSING_INNER, operation=operation, asin=PAN)
    first, second = await ASKS[operation](source, [watch(PAN), watch(BOWL)])
    assert "does not include" in str(first.result)
    assert not isinstance(second.result, SourceError)


@pytest.mark.parametrize("fault", [Fault.INNER_500, Fault.MISSING_FIELDS])
async def test_prices_that_were_not_told_are_could_not_check(
    source: SpApiSource, market: Marketplace, fault: Fault
) -> None:
    market.faults.on(fault, operation=Operation.COMPETITIVE_PRICING, asin=PAN)
    first, second = await source.competitive_prices([watch(PAN), watch(BOWL)])
    assert isinstance(first.result, SourceError)
    assert isinstance(second.result, CompetitivePrice)


@pytest.mark.parametrize("fault", [Fault.FALSE_ZERO, Fault.NO_BUYABLE_OFFERS])
async def test_a_false_zero_differs_so_that_a_full_look_decides(
    source: SpApiSource, market: Marketplace, fault: Fault
) -> None:
    (full,) = await source.read([watch(PAN)])
    market.faults.on(fault, operation=Operation.COMPETITIVE_PRICING)
    assert differs(snapshot_of(full), await price(source))


async def test_words_that_nobody_knows_neither_differ_nor_agree(
    source: SpApiSource, market: Marketplace
) -> None:
    (full,) = await source.read([watch(PAN)])
    market.faults.on(Fault.UNKNOWN_ENUM, operation=Operation.COMPETITIVE_PRICING)
    look = await price(source)
    assert look.counts == {}
    assert not differs(snapshot_of(full), look)
    assert not agrees(snapshot_of(full), look)


async def test_a_wrong_owner_flag_changes_nothing(source: SpApiSource, market: Marketplace) -> None:
    (full,) = await source.read([watch(PAN)])
    market.faults.on(Fault.WRONG_BUY_BOX_FLAG, operation=Operation.COMPETITIVE_PRICING)
    assert agrees(snapshot_of(full), await price(source))


async def test_parts_of_a_summary_that_fail(
    source: SpApiSource, market: Marketplace, clock: SettableClock
) -> None:
    clock.advance(150)
    faults, on = market.faults, Operation.COMPETITIVE_SUMMARY
    for fault, kind in ((Fault.INNER_500, Unavailable), (Fault.INNER_429, QuotaExceeded)):
        faults.on(fault, operation=on, asin=PAN)
        first, second = await source.competitive_summaries([watch(PAN), watch(BOWL)])
        assert isinstance(first.result, kind)
        assert isinstance(second.result, CompetitiveSummary)
        faults.off()
    faults.on(Fault.MISSING_DATA_SET, operation=on)
    told = await summary(source)
    assert (told.offers, told.similar) == ({}, None)
    assert told.featured
    faults.off()
    faults.on(Fault.FALSE_ZERO, operation=on)
    assert (await summary(source)).empty
    faults.off()
    faults.on(Fault.MISSING_FIELDS, operation=on)
    (used,) = (await summary(source)).offers[Condition.USED]
    assert (used.sub_condition, used.offer.shipping, used.offer.prime) == ("", None, None)
    faults.off()
    faults.on(Fault.UNKNOWN_ENUM, operation=on)
    (odd,) = (await summary(source)).offers[Condition.USED]
    assert (odd.sub_condition, odd.offer.fba) == ("Pristine", None)


async def test_data_sets_of_a_page_that_are_absent(
    source: SpApiSource, market: Marketplace
) -> None:
    market.faults.on(Fault.MISSING_DATA_SET, operation=Operation.SEARCH_CATALOG)
    told = await page(source)
    assert told.missing == (
        DataSet.ATTRIBUTES,
        DataSet.IDENTIFIERS,
        DataSet.PRODUCT_TYPES,
        DataSet.RELATIONSHIPS,
    )
    assert (told.bullets, told.description, told.product_type, told.parent) == (None,) * 4
    assert told.title
    market.faults.on(Fault.MISSING_FIELDS, operation=Operation.SEARCH_CATALOG)
    bare = await page(source)
    assert (bare.images, bare.brand) == (None, None)


async def test_the_page_that_spoils_a_request_costs_no_other(
    source: SpApiSource, market: Marketplace
) -> None:
    market.faults.on(Fault.REFUSED_REQUEST, operation=Operation.SEARCH_CATALOG, asin=BOWL)
    first, second, third = await source.page_contents([watch(PAN), watch(BOWL), watch(FAMILY)])
    assert isinstance(second.result, SourceError)
    assert isinstance(first.result, PageContent)
    assert isinstance(third.result, PageContent)


async def test_amazons_quotas_are_kept_without_one_refusal(fake_time: FakeTime) -> None:
    async with (
        Marketplace(used_scenario(), monotonic=fake_time.monotonic) as market,
        asking(market, fake_time) as source,
    ):
        for _ in range(5):
            for ask in ASKS.values():
                await ask(source, [watch(PAN)])
        assert {entry.status for entry in market.log} == {200}
        (bucket,) = source.buckets("na", [Question.COMPETITIVE_SUMMARY])
        assert sum(fake_time.slept) >= 4 * 30
        assert bucket.ready(0) == 0
