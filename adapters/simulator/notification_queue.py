"""The queue to which the world's notifications come, in the place of one of Amazon SQS."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from datetime import datetime
from heapq import heappop, heappush
from random import Random

from adapters.simulator.notifier import FAIR, Notifier, Sent, Weather
from adapters.simulator.scenario import asin_of
from adapters.simulator.world import ScenarioClock, World
from bot.core.clocks import utc_now
from bot.core.push import QueuedMessage

AT_ONCE = 10
"""Messages in one answer."""
MOST = 1000
"""Messages that wait: a marketplace whose queue nobody reads forgets the oldest."""


class SimulatedQueue:
    """Gives each message until it is removed; see `bot.core.push.NotificationQueue`.

    What happened before it was made sends nothing. `wall` tells the moments that are named.
    """

    def __init__(
        self,
        world: World,
        clock: ScenarioClock,
        *,
        weather: Weather = FAIR,
        seed: int = 0,
        wall: Callable[[], datetime] = utc_now,
    ) -> None:
        chance = Random(seed)  # noqa: S311 - it decides what is lost and keeps no secret
        self._notifier = Notifier(chance, weather)
        self._world = world
        self._clock = clock
        self._wall = wall
        self._told = clock.now()
        self._number = 0
        self._coming: list[tuple[float, int, str]] = []
        self._waiting: deque[QueuedMessage] = deque(maxlen=MOST)

    async def receive(self) -> Sequence[QueuedMessage]:
        """Return up to ten messages at once; none: none is there."""
        now = self._clock.now()
        products = {each.asin: each.marketplace for each in self._world.scenario.products}
        for event in self._world.events(self._told, now):
            for sent in self._notifier.of(event, products[asin_of(event)], self._wall()):
                self._put(sent)
        self._told = now
        while self._coming and self._coming[0][0] <= now:
            _, number, text = heappop(self._coming)
            self._waiting.append(QueuedMessage(str(number), text))
        return list(self._waiting)[:AT_ONCE]

    async def probe(self) -> None:
        """Be there."""

    async def remove(self, messages: Sequence[QueuedMessage]) -> None:
        """Remove messages."""
        gone = {message.receipt for message in messages}
        kept = [each for each in self._waiting if each.receipt not in gone]
        self._waiting = deque(kept, maxlen=MOST)

    def send_test(self, kind: str) -> None:
        """Let a made-up notification of the kind come at once, about the first product."""
        product = self._world.scenario.products[0]
        now = self._clock.now()
        for sent in Notifier(Random(0)).send(  # noqa: S311 - nothing is left to it
            kind, product.asin, product.marketplace, now, self._wall()
        ):
            self._put(Sent(now, sent.text))

    def _put(self, sent: Sent) -> None:
        self._number += 1
        heappush(self._coming, (sent.at, self._number, sent.text))
