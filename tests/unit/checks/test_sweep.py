"""Cheap looks: what changed is looked at fully at once, and nothing else comes of them."""

from __future__ import annotations

import asyncio
import statistics
from collections.abc import Awaitable, Callable
from random import Random

import msgspec
import pytest

from bot.features.watchlist.collections import SKU_CHECKS, STATUSES, WATCHES
from bot.features.watchlist.models.skus import SkuCheck, SkuVerdict
from tests import virtual
from tests.unit.checks.trial import AUTO, PACE, START, Amazon, products, watching

COUNT = 300
ROUND = COUNT / 2
"""Seconds in which each has its turn by the quota of full looks."""


def in_virtual_time(work: Callable[[], Awaitable[None]]) -> None:
    async def run() -> None:
        await work()

    virtual.run(run())


def glances(amazon: Amazon, asin: str) -> list[float]:
    return next(moments for key, moments in amazon.glances.items() if key.endswith(asin))


def looked_at(amazon: Amazon, asin: str) -> list[float]:
    return next(moments for key, moments in amazon.reads.items() if key.endswith(asin))


@pytest.mark.ci
def test_who_comes_is_seen_long_before_the_products_next_turn() -> None:
    async def trial() -> None:
        amazon, chance = Amazon(), Random(5)
        watches = products(COUNT)
        amazon.strangers = [
            (watch.asin, f"A2STRANGER{place:04}", chance.uniform(2 * ROUND, 6 * ROUND))
            for place, watch in enumerate(chance.sample(watches, 30))
        ]
        async with watching(amazon, watches, pace=AUTO, beside=True) as team:
            await team.work(8 * ROUND)
        delays = [
            next(at for at in looked_at(amazon, asin) if at >= since) - since
            for asin, _, since in amazon.strangers
        ]
        # Half a round of cheap looks, which is a fifth of a round, and a moment.
        assert statistics.fmean(delays) < ROUND / 5
        assert amazon.refused == 0

    in_virtual_time(trial)


@pytest.mark.ci
def test_all_of_its_quota_is_used() -> None:
    async def trial() -> None:
        amazon = Amazon()
        async with watching(amazon, products(60), pace=AUTO, beside=True) as team:
            await team.work(600)
        count = sum(map(len, amazon.glances.values()))
        # What is asked for fully at that moment is left out.
        assert count >= 0.8 * 600 * 0.5 * 20
        assert len(amazon.glances) == 60
        assert amazon.refused == 0

    in_virtual_time(trial)


@pytest.mark.ci
def test_counts_that_differ_for_good_are_looked_into_once() -> None:
    async def trial() -> None:
        watches = products(60)
        amazon = Amazon(miscounted={watches[7].asin})
        async with watching(amazon, watches, pace=AUTO, beside=True) as team:
            await team.work(1200)
        odd = looked_at(amazon, watches[7].asin)
        usual = statistics.fmean(len(looked_at(amazon, each.asin)) for each in watches)
        assert len(odd) <= usual + 2

    in_virtual_time(trial)


@pytest.mark.ci
def test_an_outage_of_cheap_looks_is_no_outage() -> None:
    async def trial() -> None:
        amazon = Amazon(prices_down=True)
        async with watching(amazon, products(60), pace=AUTO, beside=True) as team:
            await team.work(600)
            statuses = await team.app.store.page(STATUSES, limit=100)
            assert not any(status.failure for status in statuses)
            assert len(looked_at(amazon, "B000000001")) >= 0.8 * 600 / 30
            amazon.prices_down = False
            await team.work(400)
        assert len(amazon.glances) == 60

    in_virtual_time(trial)


def test_with_a_fixed_time_there_are_none() -> None:
    async def trial() -> None:
        amazon = Amazon()
        async with watching(amazon, products(20), pace=PACE, beside=True) as team:
            await team.work(60)
        assert amazon.glances == {}

    in_virtual_time(trial)


def test_a_product_that_gets_a_sku_is_asked_for_by_it_alone() -> None:
    """By SKU, full looks are as fast; its own turns would be taken from the others."""

    async def trial() -> None:
        amazon = Amazon()
        watches = products(20)
        async with watching(amazon, watches, pace=AUTO, beside=True) as team:
            await team.work(60)
            ours = msgspec.structs.replace(watches[3], sku="S-3")
            async with team.app.store.transaction() as tx:
                tx.put(WATCHES, ours)
                check = SkuCheck(key=ours.key, sku=ours.sku, verdict=SkuVerdict.RIGHT, at=START)
                tx.put(SKU_CHECKS, check)
            team.monitor.follow(ours)
            await team.work(60)
            asked = len(glances(amazon, ours.asin))
            await team.work(300)
        assert len(glances(amazon, ours.asin)) == asked
        assert len(glances(amazon, watches[4].asin)) > asked

    in_virtual_time(trial)


def test_a_product_that_is_watched_no_more_is_asked_for_no_more() -> None:
    async def trial() -> None:
        amazon = Amazon()
        watches = products(20)
        async with watching(amazon, watches, pace=AUTO, beside=True) as team:
            await team.work(60)
            team.monitor.forget(watches[3].key)
            forgotten = asyncio.get_running_loop().time()
            await team.work(60)
        assert max(glances(amazon, watches[3].asin)) <= forgotten + 3

    in_virtual_time(trial)
