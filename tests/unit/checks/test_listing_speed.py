"""How soon a suppression reaches its case, by Amazon's real quota and in virtual time."""

from __future__ import annotations

import asyncio
import math
from datetime import timedelta
from itertools import pairwise

import pytest

from bot.core.patrols import PatrolSubject
from bot.core.scanning import each
from bot.features.cases.collections import CASES
from tests import virtual
from tests.unit.checks.trial import AUTO, PACE, PERIOD, Amazon, Team, clock, products, watching

PATIENCE = 15.0
"""Seconds (the goal of the issue)."""


def delays(count: int, hits: int, apart: float) -> list[float]:
    """Suppress one SKU after the other; return the seconds from each to its case, sorted."""
    found: list[float] = []

    async def trial() -> None:
        amazon = Amazon(slow=0.3)
        async with watching(amazon, products(count, sku="S"), pace=AUTO, beside=True) as team:
            await team.work(2 * PATIENCE)
            begun = clock()
            for number in range(hits):
                sku = f"S{(number * 7919) % count}"
                amazon.suppressed[sku] = asyncio.get_running_loop().time() + number * apart
            suppressed = dict(amazon.suppressed)
            start = asyncio.get_running_loop().time()
            await team.work(hits * apart + 2 * PATIENCE)
            assert amazon.refused == 0
            cases = [case async for case in each(team.app.store, CASES)]
            opened = {case.asins[0]: case.opened_at for case in cases}
            for sku, at in suppressed.items():
                asin = f"B{int(sku[1:]):09}"
                moment = begun + timedelta(seconds=at - start)
                found.append((opened[asin] - moment).total_seconds())
            assert len(cases) == hits
            await rate(team, amazon)

    virtual.run(trial())
    return sorted(found)


async def rate(team: Team, amazon: Amazon) -> None:
    """Check that the whole quota is used."""
    before = len(amazon.statuses)
    await team.work(20)
    assert len(amazon.statuses) - before >= 0.93 * 5 * 20


@pytest.mark.ci
def test_one_of_a_thousand_reaches_its_case_in_fifteen_seconds() -> None:
    found = delays(1000, hits=40, apart=1.7)
    p50, p99 = found[len(found) // 2], found[math.ceil(0.99 * len(found)) - 1]
    print(f"suppression to case: p50 {p50:.1f} s, p99 {p99:.1f} s, longest {found[-1]:.1f} s")
    assert found[0] >= 0
    assert p50 <= 0.6 * PATIENCE
    assert found[-1] <= PATIENCE


def test_a_few_listings_are_not_asked_for_without_a_pause() -> None:
    async def trial() -> None:
        amazon = Amazon()
        async with watching(amazon, products(6, sku="S"), pace=AUTO, beside=True) as team:
            await team.work(600)
        assert 55 <= len(amazon.statuses) <= 65
        assert len(set(amazon.aplus)) == len(amazon.aplus) == 6  # once a day

    virtual.run(trial())


def test_with_a_fixed_period_nothing_is_asked_more_often() -> None:
    period = PERIOD.total_seconds()
    rounds = 4

    async def trial() -> None:
        amazon = Amazon()
        async with watching(amazon, products(30, sku="S"), pace=PACE, beside=True) as team:
            await team.work(rounds * period - 30)
            states = team.monitor.patrols.states()
        assert sum(amazon.statuses) == rounds * 30
        gaps = [b - a for moments in amazon.summaries.values() for a, b in pairwise(moments)]
        assert len(gaps) == (rounds - 1) * 30
        assert min(gaps) >= period - 1e-6
        assert {state.subject for state in states} >= {"listings", "conditions", "pages"}
        # A+ content is asked for once a day anyway.
        often = [state for state in states if state.subject is not PatrolSubject.APLUS]
        assert {state.round for state in often} == {period}

    virtual.run(trial())
