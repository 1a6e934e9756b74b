"""Notifications as unreliable as Amazon's: nothing is missed, nothing false, nothing slower."""

from __future__ import annotations

import heapq
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

import pytest

from adapters.simulator.notifier import OFFERS, ROUGH, Notifier, Sent, Weather
from bot.core.marketplaces import Marketplace
from bot.core.push import QueuedMessage
from bot.core.scanning import each
from bot.features.cases.collections import CASES
from bot.features.watchlist.collections import HEARD_NOTIFICATIONS, PUSH_STATES
from bot.features.watchlist.models.push import THIS
from checks.push import PushListener
from tests import virtual
from tests.unit.checks.trial import AUTO, START, Amazon, Team, clock, products, watching

PRODUCTS, STRANGERS = 160, 80
HOUR = 1200.0
"""Seconds in which strangers come."""
SETTLED = 200.0
"""Seconds in which the first round is over, before anybody comes."""
AFTER = 700.0
"""Seconds in which the last one is found, and the latest notification has come."""


BY_CHANCE = 1.2
"""By so much the p95 of two times eighty strangers may differ where nothing else does."""


@dataclass
class Queue:
    """Gives what is there by now, and again until it is removed."""

    sent: list[tuple[float, int, str]] = field(default_factory=list)

    def put(self, sent: Sent) -> None:
        heapq.heappush(self.sent, (sent.at, len(self.sent), sent.text))

    async def probe(self) -> None:
        pass

    async def receive(self) -> Sequence[QueuedMessage]:
        now = (clock() - START).total_seconds()
        there = sorted(each for each in self.sent if each[0] <= now)[:10]
        return [QueuedMessage(f"{at} {number}", text) for at, number, text in there]

    async def remove(self, messages: Sequence[QueuedMessage]) -> None:
        gone = {message.receipt for message in messages}
        self.sent = [each for each in self.sent if f"{each[0]} {each[1]}" not in gone]
        heapq.heapify(self.sent)


@dataclass(frozen=True)
class Result:
    """What came of the strangers: seconds until each was seen, and the cases."""

    delays: list[float]
    cases: int
    unreadable: int
    heard: int
    left: int

    @property
    def p95(self) -> float:
        return statistics.quantiles(self.delays, n=20)[-1]


def story(seed: int) -> list[tuple[str, str, float]]:
    """Return who comes to which product at which second."""
    chance = Random(seed)
    asins = chance.sample([watch.asin for watch in products(PRODUCTS)], STRANGERS)
    return [
        (asin, f"A9STRANGER{number:04}", SETTLED + chance.random() * HOUR)
        for number, asin in enumerate(asins)
    ]


def notifications(strangers: list[tuple[str, str, float]], weather: Weather, seed: int) -> Queue:
    """Send what Amazon sends of them, and what it should not: of nothing, of others, and poison."""
    queue, market = Queue(), Marketplace.named("DE").id
    notifier, chance = Notifier(Random(seed), weather), Random(seed)
    for asin, _, at in strangers:
        for sent in notifier.send(OFFERS, asin, market, at, START + timedelta(seconds=at)):
            queue.put(sent)
    for number in range(STRANGERS):
        at = SETTLED + chance.random() * HOUR
        asin = f"B{chance.randrange(2 * PRODUCTS):09}"
        for sent in notifier.send(OFFERS, asin, market, at, START + timedelta(seconds=at)):
            queue.put(sent)
        if number % 10 == 0:
            queue.put(Sent(at, f"poison {number}"))
    return queue


def watched(queue: Queue | None, seed: int) -> Result:
    """Watch through the story, with a queue or by polling alone."""

    async def trial() -> Result:
        amazon = Amazon(strangers=story(seed))
        async with watching(amazon, products(PRODUCTS), pace=AUTO, beside=True) as team:
            listener = PushListener(team.app, queue or Queue(), team.monitor)
            await listener.load()
            while (clock() - START).total_seconds() < SETTLED + HOUR + AFTER:
                await listener.tick()
                await team.work(0.5)
            await team.monitor.settle()
            return await result(team, queue)

    return virtual.run(trial())


async def result(team: Team, queue: Queue | None) -> Result:
    delays = []
    for asin, _, at in team.amazon.strangers:
        reads = team.amazon.reads[f"{Marketplace.named('DE').id} {asin}"]
        delays.append(min(read for read in reads if read >= at) - at)
    state = await team.app.store.get(PUSH_STATES, THIS)
    return Result(
        delays=delays,
        cases=len([case async for case in each(team.app.store, CASES)]),
        unreadable=state.unreadable if state else 0,
        heard=await team.app.store.count(HEARD_NOTIFICATIONS),
        left=len(queue.sent) if queue else 0,
    )


@pytest.mark.ci
@pytest.mark.timeout(600)
def test_in_rough_weather_nothing_is_missed_false_or_slower_than_by_polling() -> None:
    seed = 1
    alone = watched(None, seed)
    rough = watched(notifications(story(seed), ROUGH, seed), seed)
    for found, name in ((alone, "polling alone"), (rough, "with notifications")):
        p50 = statistics.median(found.delays)
        print(f"{name}: p50 {p50:.1f} s, p95 {found.p95:.1f} s, {found.cases} cases")
        assert found.cases == STRANGERS
        assert found.left == 0
    assert rough.p95 <= BY_CHANCE * alone.p95
    assert statistics.median(rough.delays) < statistics.median(alone.delays)
    assert rough.unreadable == STRANGERS / 10
