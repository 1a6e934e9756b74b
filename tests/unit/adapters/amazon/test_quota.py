from __future__ import annotations

import asyncio

import pytest

from adapters.amazon.quota import LONGEST_PAUSE, Quota
from bot.core.questions import DRIFT, MARGIN, Operation
from tests.unit.adapters.amazon.conftest import FakeTime

GAP = 10 + MARGIN


def batches(fake_time: FakeTime) -> Quota:
    return Quota(0.1, 1, fake_time.passing)


def eta(quota: Quota, requests: int = 1) -> float:
    """Return in how many seconds the last of so many more requests could be sent."""
    return quota.bucket(Operation.ITEM_OFFERS_BATCH, "na").eta(requests)


async def test_the_documented_quotas(fake_time: FakeTime) -> None:
    quotas = {operation.name: (operation.rate, operation.burst) for operation in Operation}
    assert quotas == {
        "ITEM_OFFERS": (0.5, 1),
        "LISTING_OFFERS": (1.0, 2),
        "ITEM_OFFERS_BATCH": (0.1, 1),
        "LISTING_OFFERS_BATCH": (0.5, 1),
        "COMPETITIVE_PRICING": (0.5, 1),
        "COMPETITIVE_SUMMARY": (0.033, 1),
        "SEARCH_CATALOG": (2.0, 2),
        "SEARCH_LISTINGS": (5.0, 5),
        "GET_LISTING": (5.0, 10),
        "APLUS_RECORDS": (10.0, 10),
        "APLUS_DOCUMENT": (10.0, 10),
        "PARTICIPATIONS": (0.016, 15),
        "CREATE_REPORT": (0.0167, 15),
        "GET_REPORT": (2.0, 15),
        "GET_REPORT_DOCUMENT": (0.0167, 15),
        "DESTINATIONS": (1.0, 5),
        "SUBSCRIPTION": (1.0, 5),
        "TEST_NOTIFICATION": (1.0, 5),
    }


async def test_ten_requests_take_nine_gaps(fake_time: FakeTime) -> None:
    quota = batches(fake_time)
    start = fake_time.now
    for _ in range(10):
        await quota.take()
    assert fake_time.now - start == pytest.approx(9 * GAP)


async def test_a_burst_goes_at_once_and_never_more_than_it(fake_time: FakeTime) -> None:
    quota = Quota(2, 2, fake_time.passing)
    fake_time.now += 3600
    for _ in range(2):
        await quota.take()
    assert fake_time.slept == []
    await quota.take()
    assert fake_time.slept == [pytest.approx(MARGIN + 0.5 * (1 + DRIFT))]


async def test_first_come_first_served_even_if_one_gives_up(fake_time: FakeTime) -> None:
    quota = batches(fake_time)
    served = []

    async def one(number: int) -> None:
        await quota.take()
        served.append(number)

    tasks = [asyncio.create_task(one(number)) for number in range(6)]
    await asyncio.sleep(0)
    tasks[3].cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert served == [0, 1, 2, 4, 5]
    assert eta(quota) == pytest.approx(GAP)


async def test_the_eta_counts_those_who_wait(fake_time: FakeTime) -> None:
    quota = batches(fake_time)
    assert eta(quota) == 0
    assert eta(quota, 3) == pytest.approx(2 * GAP)
    await quota.take()
    assert eta(quota) == pytest.approx(GAP)
    fake_time.now += 4
    waiting = asyncio.create_task(quota.take())
    await asyncio.sleep(0)
    assert eta(quota) == pytest.approx(2 * GAP - 4)
    await waiting


async def test_a_told_rate_is_learned(fake_time: FakeTime) -> None:
    quota = batches(fake_time)
    await quota.take()
    quota.learn("0.5")
    assert eta(quota) == pytest.approx(2 + MARGIN)


@pytest.mark.parametrize(
    "header",
    [None, "", "soon", "nan", "inf", "-inf", "0", "-1", "1e9", "0.0001", "0.5, 0.5", "1e999"],
)
async def test_a_rate_that_cannot_be_true_is_not_learned(
    fake_time: FakeTime, header: str | None
) -> None:
    quota = batches(fake_time)
    await quota.take()
    quota.learn(header)
    assert eta(quota) == pytest.approx(GAP)


async def test_retry_after_is_waited_for(fake_time: FakeTime) -> None:
    quota = batches(fake_time)
    await quota.take()
    quota.slow_down(42)
    assert eta(quota) == pytest.approx(42)
    start = fake_time.now
    await quota.take()
    assert fake_time.now - start == pytest.approx(42)


async def test_retry_after_never_shortens_the_wait(fake_time: FakeTime) -> None:
    quota = batches(fake_time)
    await quota.take()
    quota.slow_down(0)
    assert eta(quota) == pytest.approx(GAP)


async def test_without_retry_after_the_pause_doubles_with_jitter(fake_time: FakeTime) -> None:
    quota = batches(fake_time)
    for doubled in (GAP, 2 * GAP, 4 * GAP, 8 * GAP, 16 * GAP, LONGEST_PAUSE, LONGEST_PAUSE):
        fake_time.now += 1000
        quota.slow_down()
        assert doubled <= eta(quota) <= doubled * 1.25
    quota.worked()
    fake_time.now += 1000
    quota.slow_down()
    # The way differs by more than was thought, so requests keep a wider margin.
    interval = quota.bucket(Operation.ITEM_OFFERS_BATCH, "eu").interval
    assert interval <= 1.05 * GAP
    assert eta(quota) <= interval * 1.25


async def test_a_refusal_while_others_wait_holds_them_too(fake_time: FakeTime) -> None:
    quota = batches(fake_time)
    await quota.take()
    waiting = asyncio.create_task(quota.take())
    await asyncio.sleep(0)
    start = fake_time.now
    quota.slow_down(100)
    await waiting
    assert fake_time.now - start == pytest.approx(100)


async def test_an_absurd_retry_after_is_cut(fake_time: FakeTime) -> None:
    quota = batches(fake_time)
    quota.slow_down(1e12)
    assert eta(quota) == LONGEST_PAUSE
