"""How long hijacks go unseen: the product's own monitor on its real store, in virtual time.

Hijacks come to each product at a rate of its own, lognormal over the products, and stay two hours
or longer. Scored are the gaps between looks, as expected waits: how often a product was attacked by
chance does not count. The bound is what nobody can beat who knows all rates: even gaps in the
proportion of their square roots. Beside it, in the same run and on the same world, stand the
circle, the learning limit (who knows which lognormal it is, and of each hijack at once), and who
knows the rates (the oracle).
"""

from __future__ import annotations

import argparse
import asyncio
import heapq
import math
import random
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import NamedTuple

from adapters.scheduling.cadence import CronCadences
from adapters.storage.tinydb import TinyStore
from bot.bootstrap.features import COLLECTIONS, FEATURES
from bot.core.context import AppContext, Brand
from bot.core.links import Links
from bot.core.listing import Offer, Snapshot, Watch
from bot.core.money import Money
from bot.core.monitoring import CatalogProduct, Reading
from bot.core.outbox import Outbox
from bot.core.questions import Bucket, Operation
from bot.features.watchlist.collections import WATCHES
from checks.monitor import ListingMonitor
from checks.timing import PollingPolicy
from tests import virtual
from tests.fakes import MemoryEvidence, RecordingEngine

DAY = 86_400.0
WEEK = 7
MEAN = 0.05
"""Hijacks a day and product."""
SHORTEST_STAY = 2 / 24
"""Days."""
BATCH = 20
START = datetime(2026, 11, 23, 10, tzinfo=UTC)
OWN = "A3ALDERFINCH01"


class Trial(NamedTuple):
    """What is tried."""

    products: int
    sigma: float
    seed: int
    days: int
    rate: float
    """Products that can be asked for in a second."""


@dataclass
class World:
    """Products, their rates, the hijacks that come to them, and the gaps between looks at them."""

    trial: Trial
    rates: list[float] = field(default_factory=list)
    hijacks: list[list[tuple[float, float]]] = field(default_factory=list)
    """By product: from which day to which."""

    def __post_init__(self) -> None:
        """Let everything happen."""
        chance = random.Random(self.trial.seed)
        median = MEAN / math.exp(self.trial.sigma**2 / 2)
        for _ in range(self.trial.products):
            rate = median * math.exp(self.trial.sigma * chance.gauss(0, 1))
            self.rates.append(rate)
            self.hijacks.append(list(self._stays(chance, rate)))

    def _stays(self, chance: random.Random, rate: float) -> Iterator[tuple[float, float]]:
        day = chance.expovariate(rate)
        while day < self.trial.days:
            yield day, day + SHORTEST_STAY + chance.expovariate(1 / SHORTEST_STAY)
            day += chance.expovariate(rate)

    @property
    def bound(self) -> float:
        """Return the least mean days that a hijack goes unseen, if the rates are known."""
        roots = sum(map(math.sqrt, self.rates))
        return roots**2 / (2 * self.trial.rate * DAY * sum(self.rates))


class Score:
    """Adds up expected waits by the day on which a gap between two looks began."""

    def __init__(self, world: World) -> None:
        """Every product was looked at on day zero."""
        self._world = world
        self._last = [0.0] * world.trial.products
        self._waits = [0.0] * (world.trial.days + 1)

    def looked(self, place: int, day: float) -> None:
        """Count a look at a product."""
        gap = day - self._last[place]
        self._waits[min(int(self._last[place]), self._world.trial.days)] += (
            self._world.rates[place] * gap * gap / 2
        )
        self._last[place] = day

    def over(self, first: int, last: int) -> float:
        """Return the mean unseen time over those days, in multiples of the bound."""
        mean = sum(self._waits[first:last]) / (sum(self._world.rates) * (last - first))
        return mean / self._world.bound


def circle(world: World) -> Score:
    """Look at one after the other."""
    return _by_stride(world, lambda _place, _day: 1.0)


def oracle(world: World) -> Score:
    """Look by the rates as they are."""
    return _by_stride(world, lambda place, _day: math.sqrt(world.rates[place]))


def learning_limit(world: World) -> Score:
    """Look by the right prior and all hijacks that have begun."""
    sigma = world.trial.sigma
    counts = [0] * world.trial.products
    began = sorted((day, place) for place, all_of in enumerate(world.hijacks) for day, _ in all_of)
    come = iter(began)
    following = next(come, None)

    def weight(place: int, day: float) -> float:
        nonlocal following
        while following and following[0] <= day:
            counts[following[1]] += 1
            following = next(come, None)
        return math.sqrt(_expected(sigma, counts[place], round(50 * math.log(max(day, 0.01)))))

    return _by_stride(world, weight)


@cache
def _expected(sigma: float, count: int, age: int) -> float:
    """Return the mean rate after so many hijacks in that time; ``age``: its log, in fiftieths."""
    days, center = math.exp(age / 50), math.log(MEAN) - sigma**2 / 2
    logs = [center + sigma * step / 20 for step in range(-140, 141)]
    scores = [
        count * each - math.exp(each) * days - ((each - center) / sigma) ** 2 / 2 for each in logs
    ]
    best = max(scores)
    masses = [math.exp(each - best) for each in scores]
    pairs = zip(masses, logs, strict=True)
    return sum(mass * math.exp(each) for mass, each in pairs) / sum(masses)


def _by_stride(world: World, weight: Callable[[int, float], float]) -> Score:
    score, chance = Score(world), random.Random(world.trial.seed)
    turns = [(chance.random() / weight(place, 0.0), place) for place in range(world.trial.products)]
    heapq.heapify(turns)
    for look in range(1, int(world.trial.days * DAY * world.trial.rate) + 1):
        day = look / (world.trial.rate * DAY)
        turn, place = turns[0]
        score.looked(place, day)
        heapq.heapreplace(turns, (turn + 1 / weight(place, day), place))
    return score


class Marketplace:
    """A source with one quota, which shows each product as it is in the world."""

    simulated = True

    def __init__(self, world: World, score: Score) -> None:
        """Answer at once."""
        self._world, self._score = world, score
        self._interval = BATCH / world.trial.rate
        self._free_at = 0.0

    def buckets(self, region: str) -> Sequence[Bucket]:
        """Return the quotas: batches by ASIN, and singles for what is in doubt."""
        now = asyncio.get_running_loop().time()
        ready = 1 + min(0.0, now - self._free_at) / self._interval
        return [
            Bucket(operation=Operation.ITEM_OFFERS, region=region, tokens=1.0, interval=2.0),
            Bucket(
                operation=Operation.ITEM_OFFERS_BATCH,
                region=region,
                tokens=ready,
                interval=self._interval,
            ),
        ]

    async def ask(self, operation: Operation, watches: Sequence[Watch]) -> list[Reading]:
        """Show the products."""
        now = asyncio.get_running_loop().time()
        if operation.products > 1:
            self._free_at = max(now, self._free_at) + self._interval
        return [Reading(watch, self._seen(watch, now)) for watch in watches]

    async def read(self, watches: Sequence[Watch]) -> list[Reading]:
        """Show the products, quota or not."""
        now = asyncio.get_running_loop().time()
        return [Reading(watch, self._seen(watch, now)) for watch in watches]

    async def products(self, asins: object, code: str) -> dict[str, CatalogProduct]:
        """Know no name."""
        return {}

    def _seen(self, watch: Watch, now: float) -> Snapshot:
        place, day = int(watch.asin[1:]), now / DAY
        self._score.looked(place, day)
        strangers = [
            f"A{place:05}{number:07}"
            for number, (begin, end) in enumerate(self._world.hijacks[place])
            if begin <= day < end
        ]
        offers = tuple(
            Offer(seller=seller, price=Money(Decimal(10), "EUR"), shipping=Money(Decimal(0), "EUR"))
            for seller in (OWN, *strangers)
        )
        return Snapshot(
            asin=watch.asin,
            marketplace=watch.marketplace,
            at=_clock(),
            offers=offers,
            total=len(offers),
            holders=(OWN,),
        )


def _clock() -> datetime:
    return START + timedelta(seconds=asyncio.get_running_loop().time())


def monitored(world: World) -> Score:
    """Let the product's own monitor look, on a store on the disk."""
    return virtual.run(_monitored(world))


async def _monitored(world: World) -> Score:
    score = Score(world)
    with tempfile.TemporaryDirectory() as folder:
        store = await TinyStore.open(Path(folder), COLLECTIONS)
        app = AppContext(
            store=store,
            scheduler=RecordingEngine(),
            clock=_clock,
            monotonic=asyncio.get_running_loop().time,
            brand=Brand(name="Ours", own_sellers=frozenset({OWN}), home="DE", simulated=True),
            links=Links(),
            evidence=MemoryEvidence(),
            outbox=Outbox(_clock, (), simulated=True),
            stale_after=timedelta(days=1),
            features=FEATURES,
            cadences=CronCadences(),
        )
        async with store.transaction() as tx:
            for place in range(world.trial.products):
                tx.put(
                    WATCHES,
                    Watch(asin=f"B{place:09}", marketplace="DE", title="One", added_at=START),
                )
        policy = PollingPolicy(None, timedelta(minutes=1))
        monitor = ListingMonitor(app, Marketplace(world, score), policy)
        await monitor.load()
        tick = max(1.0, BATCH / world.trial.rate / 4)
        loop = asyncio.get_running_loop()
        while loop.time() < world.trial.days * DAY:
            await monitor.tick()
            await monitor.settle()
            await asyncio.sleep(tick)
        await monitor.stop()
        await store.close()
    return score


POLICIES: dict[str, Callable[[World], Score]] = {
    "Brandwarden": monitored,
    "circle": circle,
    "learning limit": learning_limit,
    "oracle": oracle,
}


def table(trial: Trial) -> Iterator[str]:
    """Give a line for each policy: multiples of the bound by week, and over all days."""
    weeks = [(first, min(first + WEEK, trial.days)) for first in range(0, trial.days, WEEK)]
    heads = [f"d {first}-{last}" for first, last in weeks]
    world = World(trial)
    yield f"{trial}, bound {world.bound * DAY:.0f} s"
    yield "".join(f"{head:>16}" for head in ("", *heads, "all"))
    for name, policy in POLICIES.items():
        score = policy(world)
        figures = [score.over(*week) for week in (*weeks, (0, trial.days))]
        yield "".join((f"{name:>16}", *(f"{figure:>16.3f}" for figure in figures)))


def main(arguments: Sequence[str]) -> None:
    """Print the table of one trial."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench detection", description=__doc__)
    parser.add_argument("--products", type=int, default=1_000)
    parser.add_argument("--sigma", type=float, default=1.5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--days", type=int, default=21)
    parser.add_argument("--rate", type=float, default=0.2, help="products a second")
    for line in table(Trial(**vars(parser.parse_args(arguments)))):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
