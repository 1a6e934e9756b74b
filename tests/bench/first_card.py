"""From what happens at Amazon to its case: real quotas, answers after 0.3 s, virtual time."""

from __future__ import annotations

import asyncio
import statistics
from dataclasses import dataclass
from random import Random

from bot.core.scanning import each
from bot.features.cases.collections import CASES
from tests import virtual
from tests.bench.measure import Peer, Row, Series, Target, row
from tests.unit.checks.trial import AUTO, START, Amazon, products, watching

GROUP = "First card"
ANSWER = 0.3
"""Seconds."""
SETTLED = 600.0
"""Seconds until all was looked at a few times."""


@dataclass(frozen=True)
class Sizes:
    """How much is measured."""

    skus: int = 1_000
    strangers: int = 300
    hours: float = 6.0


async def measure(sizes: Sizes) -> list[Row]:
    """Measure it; virtual time needs a thread and a loop of its own."""
    return await asyncio.to_thread(_measure, sizes)


def _measure(sizes: Sizes) -> list[Row]:
    delays = sorted(virtual.run(_strangers(sizes)))
    name = f"stranger on one of {sizes.skus:,} own SKUs, polling alone"
    half = Peer("half a round at the quota", sizes.skus / 20 / 0.5 / 2)
    return [
        row(GROUP, f"{name}, p50", "s", Series((statistics.median(delays),)), half, Target(60)),
        row(GROUP, f"{name}, p99", "s", Series((late(delays),)), half, Target(120)),
    ]


def late(delays: list[float]) -> float:
    """Return what 99 of 100 sorted delays stay below or reach."""
    return delays[round(0.99 * (len(delays) - 1))]


async def _strangers(sizes: Sizes) -> list[float]:
    """Return after how many seconds each stranger had a case; all products are at the same risk."""
    chance = Random(11)
    watches = products(sizes.skus, sku="S-")
    amazon = Amazon(slow=ANSWER)
    seconds = sizes.hours * 3600
    amazon.strangers = [
        (chance.choice(watches).sku, f"A2STRANGER{place:04}", chance.uniform(SETTLED, seconds))
        for place in range(sizes.strangers)
    ]
    async with watching(amazon, watches, pace=AUTO, beside=True) as team:
        await team.work(seconds + SETTLED)
        opened = {case.seller: case.opened_at async for case in each(team.app.store, CASES)}
    assert amazon.refused == 0
    return [
        (opened[seller] - START).total_seconds() - since for _, seller, since in amazon.strangers
    ]
