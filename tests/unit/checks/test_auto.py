"""As often as the quota allows: all of it is used, and most where attacks are likely."""

from __future__ import annotations

import asyncio
import statistics
from collections.abc import Awaitable, Callable
from datetime import timedelta
from itertools import pairwise

import pytest

from bot.core.history import History, Presence
from bot.core.listing import WatchStatus
from bot.features.watchlist.collections import HISTORIES, WATCHES
from checks.monitor import ListingMonitor
from tests import virtual
from tests.unit.checks.trial import (
    AUTO,
    OWN,
    START,
    Amazon,
    minutes_between,
    products,
    watching,
)

HOUR = 3600.0


def in_virtual_time(work: Callable[[], Awaitable[None]]) -> None:
    async def run() -> None:
        await work()

    virtual.run(run())


A_SECOND = 2.0
"""Products that the quota of batches by ASIN takes."""


@pytest.mark.parametrize("count", [30, pytest.param(400, marks=pytest.mark.ci)])
def test_the_whole_quota_is_used_and_no_request_is_refused(count: int) -> None:
    async def trial() -> None:
        amazon = Amazon()
        async with watching(amazon, products(count), pace=AUTO) as team:
            await team.work(HOUR / 3)
        assert amazon.refused == 0
        # A margin between two requests is left, because Amazon counts arrivals.
        assert sum(amazon.requests) >= 0.93 * A_SECOND * HOUR / 3
        assert minutes_between(amazon, count) <= 1.1 * count / A_SECOND / 60

    in_virtual_time(trial)


def test_a_product_that_is_attacked_is_looked_at_in_even_gaps_however_all_others_came() -> None:
    """Where the turns of the others lie close together, its looks would go in waves for ever."""

    async def trial() -> None:
        amazon = Amazon()
        watches = products(400)
        async with watching(amazon, watches, pace=AUTO) as team:
            async with team.app.store.transaction() as tx:
                tx.put(HISTORIES, attacked_often(watches[0].key, 1))
            await team.monitor.stop()
            amazon.reads.clear()
            again = team.again()
            await again.load()
            await work(again, HOUR)
        [moments] = [read for key, read in amazon.reads.items() if watches[0].asin in key]
        gaps = [other - one for one, other in pairwise(moments) if one > HOUR / 4]
        assert len(gaps) > 2 * 0.75 * HOUR / (400 / A_SECOND)
        assert max(gaps) <= 1.9 * statistics.fmean(gaps)

    in_virtual_time(trial)


def attacked_often(key: str, days: int = 12) -> History:
    """Return the history of a product to which a stranger came on so many days, and left."""
    earlier = START - timedelta(days=20)
    came = tuple(
        Presence(
            seller=f"A2STRANGER{place:04}",
            first_seen=earlier + timedelta(days=place + 1),
            since=earlier + timedelta(days=place + 1),
            gone_at=earlier + timedelta(days=place + 1, hours=5),
        )
        for place in range(days)
    )
    return History(
        key=key, presences=(Presence(seller=OWN, first_seen=earlier, since=earlier), *came)
    )


async def work(monitor: ListingMonitor, seconds: float) -> None:
    """Let so much time pass."""
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    while loop.time() < end:
        await monitor.tick()
        await asyncio.sleep(1)
    await monitor.stop()


def test_all_products_have_their_turn_in_each_marketplace() -> None:
    async def trial() -> None:
        amazon = Amazon()
        watches = products(60, ("DE", "FR", "IT"))
        async with watching(amazon, watches, pace=AUTO) as team:
            await team.work(HOUR / 6)
        counts = [len(moments) for moments in amazon.reads.values()]
        assert len(counts) == 60
        assert min(counts) > 0.7 * max(counts)

    in_virtual_time(trial)


@pytest.mark.ci
def test_a_product_that_was_attacked_often_is_looked_at_more_often_after_a_restart_too() -> None:
    async def trial() -> None:
        amazon = Amazon()
        watches = products(200)
        async with watching(amazon, watches, pace=AUTO) as team:
            async with team.app.store.transaction() as tx:
                tx.put(HISTORIES, attacked_often(watches[0].key))
            await team.monitor.stop()
            again = team.again()
            await again.load()
            await work(again, HOUR)
        counts = {key.split()[1]: len(moments) for key, moments in amazon.reads.items()}
        attacked = counts.pop(watches[0].asin)
        others = statistics.fmean(counts.values())
        assert attacked > 2 * others

    in_virtual_time(trial)


@pytest.mark.ci
def test_after_an_outage_of_hours_the_longest_unseen_come_first_and_all_soon() -> None:
    async def trial() -> None:
        amazon = Amazon()
        async with watching(amazon, products(100), pace=AUTO) as team:
            await team.work(HOUR)
            amazon.login_refused = True
            await team.work(3 * HOUR)
            amazon.login_refused = False
            before = {key: moments[-1] for key, moments in amazon.reads.items()}
            await team.work(HOUR / 3)
            after = {
                key: next(at for at in moments if at > before[key])
                for key, moments in amazon.reads.items()
            }
        seen_first = sorted(before, key=before.__getitem__)
        assert max(after.values()) - min(after.values()) <= 4 * 100 / 2
        first, last = seen_first[:20], seen_first[-20:]
        assert statistics.fmean(map(after.__getitem__, first)) < statistics.fmean(
            map(after.__getitem__, last)
        )

    in_virtual_time(trial)


def test_what_was_seen_just_before_a_restart_is_not_asked_for_first() -> None:
    async def trial() -> None:
        amazon = Amazon()
        watches = products(200)
        seen = [
            WatchStatus(
                key=watch.key,
                tried_at=START - timedelta(seconds=place),
                seen_at=START - timedelta(seconds=place),
            )
            for place, watch in enumerate(watches)
        ]
        async with watching(amazon, watches, seen, pace=AUTO) as team:
            await team.work(60)
        first = min(amazon.reads, key=lambda key: amazon.reads[key][0])
        assert int(first.split()[1].removeprefix("B")) >= 150

    in_virtual_time(trial)


@pytest.mark.ci
def test_what_is_in_doubt_is_confirmed_in_time_beside_a_full_quota() -> None:
    async def trial() -> None:
        amazon = Amazon(doubtful=0.002)
        async with watching(amazon, products(500), pace=AUTO) as team:
            await team.work(HOUR)
        assert len(amazon.waits) > 5
        assert max(amazon.waits) <= 30

    in_virtual_time(trial)


@pytest.mark.ci
def test_new_products_are_looked_at_within_a_round_and_hold_nobody_up() -> None:
    async def trial() -> None:
        amazon = Amazon()
        watches = products(300)
        async with watching(amazon, watches[:100], pace=AUTO) as team:
            await team.work(HOUR)
            async with team.app.store.transaction() as tx:
                for watch in watches[100:]:
                    tx.put(WATCHES, watch)
            team.monitor.follow(*watches[100:])
            begun = asyncio.get_running_loop().time()
            await team.work(3.2 * 300 / 2)
        assert len(amazon.reads) == 300
        assert all(moments[-1] > begun for moments in amazon.reads.values())

    in_virtual_time(trial)
