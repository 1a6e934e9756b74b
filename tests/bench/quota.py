"""What Amazon's quotas give: the real planner, monitor and source; HTTP and time are virtual."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.listing import Watch, WatchStatus
from tests import virtual
from tests.bench.measure import Peer, Row, Series, Target, row
from tests.unit.checks.trial import Amazon, clock, minutes_between, products, watching

GROUP = "Quota"
FIVE = ("DE", "FR", "IT", "ES", "UK")
SAME = Target(1 / 0.95, of_ratio=True)
"""At least 95 % of the reads: a round takes at most so much longer."""
ALIKE = Target(1.1, of_ratio=True)
"""The answer's own half minute is in it: the next look counts from when the last was answered."""
BEFORE = {
    "1,000 in DE": 10.3,
    "1,000 over five countries": 35.9,
    "200 over five countries": 10.8,
    "3,000 in DE": 25.3,
    "10,000 in DE": 84.2,
    "1,000 in DE, answers after 29 s": 24.2,
}
"""Minutes of a round, measured in the same way before the planner (reads one after the other)."""


@dataclass(frozen=True)
class Sizes:
    """How much is measured; the days are the soak's."""

    hours: float = 3.0
    slow: float = 29.0
    some: int = 1_000
    more: int = 3_000
    many: int = 10_000
    doubts_a_minute: int = 5
    doubts_at_once: int = 100


SOAK = Sizes(hours=72.0)


async def measure(sizes: Sizes) -> list[Row]:
    """Measure rounds and confirmations; virtual time needs a thread and a loop of its own."""
    return await asyncio.to_thread(_measure, sizes)


def _measure(sizes: Sizes) -> list[Row]:
    some, more, many = (f"{count:,}" for count in (sizes.some, sizes.more, sizes.many))
    few = sizes.some // 5
    one = _round(sizes, products(sizes.some))
    doubting = virtual.run(_doubting(sizes))
    same = Peer("one marketplace", one)
    five = f"{some} over five countries"
    slow = f"{some} in DE, answers after {sizes.slow:.0f} s"
    return [
        _row(f"{some} in DE", one),
        _row(five, _round(sizes, products(sizes.some, FIVE)), same, SAME),
        _row(slow, _round(sizes, products(sizes.some), sizes.slow), same, ALIKE),
        _row(f"{few} over five countries", _round(sizes, products(few, FIVE))),
        _row(f"{more} in DE", _round(sizes, products(sizes.more))),
        _row(f"{many} in DE", _round(sizes, products(sizes.many))),
        _late(f"{many} in DE, {sizes.doubts_a_minute} doubts a minute", doubting.waits, 120),
        _late(
            f"{many} in DE, {sizes.doubts_at_once} doubts at once",
            virtual.run(_doubted_at_once(sizes)),
            300,
        ),
    ]


def _row(name: str, took: Series, peer: Peer | None = None, target: Target | None = None) -> Row:
    before = BEFORE.get(name)
    peer = peer or (Peer("before", before) if before else None)
    return row(GROUP, f"each product about every, {name}", "min", took, peer, target)


def _round(sizes: Sizes, watches: Sequence[Watch], slow: float = 0.2) -> Series:
    """Return the minutes between two looks at the same product, the first round left out."""

    async def looked() -> Series:
        amazon = Amazon(slow=slow)
        async with watching(amazon, watches) as team:
            await team.work(sizes.hours * 3600)
        assert amazon.refused == 0
        return Series((minutes_between(amazon, len(watches)),))

    return virtual.run(looked())


def _late(what: str, waits: Sequence[float], most: float) -> Row:
    late = Series((max(0.1, Series(tuple(waits)).late),))
    return row(GROUP, f"confirmed after due, p95, {what}", "s", late, target=Target(most))


async def _doubting(sizes: Sizes) -> Amazon:
    reads_a_minute = min(119.0, sizes.many / 10)
    amazon = Amazon(doubtful=sizes.doubts_a_minute / reads_a_minute)
    async with watching(amazon, products(sizes.many)) as team:
        await team.work(sizes.hours * 3600)
    assert amazon.refused == 0
    return amazon


async def _doubted_at_once(sizes: Sizes) -> list[float]:
    """Return how late 100 doubts are confirmed that are all due at the same moment."""
    watches = products(sizes.many)
    now = clock()
    statuses = [
        WatchStatus(key=watch.key, tried_at=now, seen_at=now, hurry=True)
        for watch in watches[: sizes.doubts_at_once]
    ]
    amazon = Amazon()
    amazon.doubts = {f"A1PA6795UKMFR9 {watch.asin}": 0.0 for watch in watches[: len(statuses)]}
    async with watching(amazon, watches, statuses) as team:
        await team.work(1800)
    assert len(amazon.waits) == len(statuses)
    assert amazon.refused == 0
    return amazon.waits
