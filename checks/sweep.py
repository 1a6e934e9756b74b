"""Looks cheaply at many products, and has those looked at fully of which something changed.

Amazon tells the number of offers and the Buy Box of 600 products a minute by a quota of its own,
where it tells the offers of 120. Such a look never ends a doubt and is no reading: what it shows is
a reason for a full look, and a product that it does not show waits for its own turn.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, field

from bot.core.competitive import (
    CompetitivePrice,
    CompetitiveSource,
    PriceReading,
    agrees,
    differs,
)
from bot.core.listing import Snapshot, Watch
from bot.core.patrols import PatrolSubject
from checks.patrol_question import PatrolQuestion

LastSeen = Callable[[str], Awaitable[Snapshot | None]]
"""Returns what was last seen of a product, by its key; None: nothing, or it is looked at fully."""


@dataclass(frozen=True)
class Sweep:
    """What cheap looks show beside what the last full look showed."""

    last_seen: LastSeen
    look: Callable[[Watch], None]
    """Has a product looked at fully."""
    _drilled: dict[str, CompetitivePrice] = field(default_factory=dict)
    """By product, what it was looked at fully for; the same again is no reason."""

    def question(
        self,
        source: CompetitiveSource,
        gap: Callable[[str], float],
        concerns: Callable[[Watch], bool],
        find: Callable[[str], Awaitable[Watch | None]],
    ) -> PatrolQuestion[PriceReading]:
        """Return what is asked in a sweep; ``gap`` tells how far a product's turns lie apart."""
        return PatrolQuestion(
            subject=PatrolSubject.PRICES,
            quota=source.price_quota,
            ask=source.competitive_prices,
            take_in=self._take_in,
            concerns=concerns,
            find=find,
            gap=gap,
        )

    async def _take_in(self, readings: Sequence[PriceReading]) -> Collection[str]:
        for reading in readings:
            last = await self.last_seen(reading.watch.key)
            if isinstance(reading.result, CompetitivePrice) and last is not None:
                self._compare(reading.watch, last, reading.result)
        return ()

    def _compare(self, watch: Watch, last: Snapshot, price: CompetitivePrice) -> None:
        if agrees(last, price):
            self._drilled.pop(watch.key, None)
        elif differs(last, price) and not _alike(self._drilled.get(watch.key), price):
            self._drilled[watch.key] = price
            self.look(watch)


def _alike(before: CompetitivePrice | None, now: CompetitivePrice) -> bool:
    """Tell whether two cheap looks show the same: the two ways to count may differ for good."""
    return before is not None and (before.counts, before.new) == (now.counts, now.new)
