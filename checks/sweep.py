"""Looks cheaply at many products, and has those looked at fully of which something changed.

Amazon tells the number of offers and the Buy Box of 600 products a minute by a quota of its own,
where it tells the offers of 120. Such a look never ends a doubt and is no reading: what it shows is
a reason for a full look, and a product that it does not show waits for its own turn.
"""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable, Sequence

import structlog

from bot.core.competitive import CompetitivePrice, CompetitiveSource, agrees, differs
from bot.core.listing import Snapshot, Watch
from bot.core.questions import IN_FLIGHT, Bucket
from bot.errors import SourceError
from checks.agenda import Group, PollingAgenda, Urgency
from checks.breaker import SourceBreaker
from checks.planner import AHEAD
from checks.under_way import Task, UnderWay

log = structlog.get_logger(__name__)

Find = Callable[[str], Awaitable[tuple[Watch, Snapshot | None] | None]]
"""Returns a watch by its key, and what was last seen of it; None: it is not watched."""


class Sweep:
    """Goes around the products of each marketplace, by their shares of the looks."""

    def __init__(
        self,
        source: CompetitiveSource,
        monotonic: Callable[[], float],
        chance: Callable[[], float],
        gap: Callable[[str], float],
        find: Find,
        look: Callable[[Watch], None],
    ) -> None:
        """``chance`` returns a number from 0 to 1, so that products do not stay in step.

        ``gap`` tells how far a product's turns lie apart; ``look`` has it looked at fully.
        """
        self._source = source
        self._now = monotonic
        self._chance = chance
        self._gap = gap
        self._find = find
        self._look = look
        self.under_way = UnderWay()
        self._agenda = PollingAgenda()
        self._at: dict[str, float] = {}
        self._breakers: dict[str, SourceBreaker] = {}
        self._drilled: dict[str, CompetitivePrice] = {}
        """By product, what it was looked at fully for; the same again is no reason."""

    def quota(self, region: str) -> Bucket:
        """Return the quota of cheap looks."""
        return self._source.price_quota(region)

    def enter(self, key: str, group: Group) -> None:
        """Go by the product from now on."""
        if key not in self._agenda:
            turn = self._at.get(group.region, 0.0) + self._gap(key) * self._chance()
            self._agenda.put(key, group, Urgency.REGULAR, turn)

    def leave(self, key: str) -> None:
        """Go by it no more."""
        self._agenda.remove(key)
        self._drilled.pop(key, None)

    def send(self, regions: Sequence[str]) -> None:
        """Send what the quota takes now, in these regions."""
        for region in regions:
            breaker = self._breakers.setdefault(region, SourceBreaker(region))
            bucket = self._source.price_quota(region)
            room = min(bucket.ready(AHEAD), IN_FLIGHT - len(self.under_way))
            if breaker.open:
                room = min(room, 1) if breaker.may_probe(self._now()) else 0
            for _ in range(room):
                keys = self._next(region, bucket.operation.products)
                if not keys:
                    break
                if breaker.open:
                    breaker.probe()
                self.under_way.begin(self._ask(breaker, keys), _ended)

    def _next(self, region: str, places: int) -> list[str]:
        """Take the products whose turn it is, of the marketplace whose first one waits longest."""
        heads = [
            (*head, group)
            for group in self._agenda.groups(region, own=False)
            for head in self._agenda.first(group, Urgency.REGULAR, math.inf, 1)
        ]
        if not heads:
            return []
        self._at[region], _, group = min(heads)
        found = self._agenda.first(group, Urgency.REGULAR, math.inf, places)
        for turn, key in found:
            self._agenda.put(key, group, Urgency.REGULAR, turn + self._gap(key))
        return [key for _, key in found]

    async def _ask(self, breaker: SourceBreaker, keys: Sequence[str]) -> None:
        known = [each for key in keys if (each := await self._find(key))]
        if not known:
            breaker.undecided()
            return
        try:
            readings = await self._source.competitive_prices([watch for watch, _ in known])
        except SourceError as error:
            if not breaker.open:
                log.info("cannot look cheaply", why=str(error))
            breaker.failed(str(error), self._now(), probe=breaker.open)
            return
        breaker.worked()
        for reading, (watch, last) in zip(readings, known, strict=True):
            if isinstance(reading.result, CompetitivePrice) and last is not None:
                self._compare(watch, last, reading.result)

    def _compare(self, watch: Watch, last: Snapshot, price: CompetitivePrice) -> None:
        if agrees(last, price):
            self._drilled.pop(watch.key, None)
        elif differs(last, price) and not _alike(self._drilled.get(watch.key), price):
            self._drilled[watch.key] = price
            self._look(watch)


def _ended(task: Task) -> None:
    if not task.cancelled() and (error := task.exception()):
        log.error("cheap look failed", exc_info=error)


def _alike(before: CompetitivePrice | None, now: CompetitivePrice) -> bool:
    """Tell whether two cheap looks show the same: the two ways to count may differ for good."""
    return before is not None and (before.counts, before.new) == (now.counts, now.new)
