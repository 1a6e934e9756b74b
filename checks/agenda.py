"""What waits to be asked, by group and urgency: the state that a planner reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from enum import IntEnum
from typing import NamedTuple

from bot.core.listing import Watch
from bot.core.marketplaces import marketplace
from checks.due import DueQueue


class Urgency(IntEnum):
    """Why a product is asked; the lower the more urgent."""

    CONFIRMATION = 0
    """A reading is in doubt: until there is another one, an alert may wait."""
    DEMAND = 1
    """A person waits for it."""
    REGULAR = 2
    """Its time has come."""


class Group(NamedTuple):
    """Products that can be asked for together: of one marketplace, and all by SKU or none."""

    region: str
    marketplace: str
    own: bool


class QueuePlace(NamedTuple):
    """Where a product waits."""

    group: Group
    urgency: Urgency
    due_at: float
    """A second of the monotonic clock."""


def group_of(watch: Watch) -> Group:
    """Return the group that a product belongs to."""
    return Group(marketplace(watch.marketplace).region, watch.marketplace, bool(watch.sku))


class PollingAgenda:
    """Every product at most once, with its group, urgency and deadline on the monotonic clock.

    ``lead`` are the seconds by which a product may be asked before its time where that costs
    nothing.
    """

    def __init__(self, lead: float = 0.0) -> None:
        """Begin empty."""
        self.lead = lead
        self._queues: dict[Group, dict[Urgency, DueQueue]] = {}
        self._places: dict[str, QueuePlace] = {}
        self._waiting: Counter[Urgency] = Counter()

    def __len__(self) -> int:
        return len(self._places)

    def __contains__(self, key: object) -> bool:
        return key in self._places

    def put(self, key: str, group: Group, urgency: Urgency, due_at: float) -> None:
        """Let the product wait there, and nowhere else."""
        self.remove(key)
        queues = self._queues.setdefault(group, {each: DueQueue() for each in Urgency})
        queues[urgency].schedule(key, due_at)
        self._places[key] = QueuePlace(group, urgency, due_at)
        self._waiting[urgency] += 1

    def remove(self, key: str) -> QueuePlace | None:
        """Take the product out, if it is there; return where it waited."""
        place = self._places.pop(key, None)
        if place is not None:
            self._queues[place.group][place.urgency].remove(key)
            self._waiting[place.urgency] -= 1
        return place

    def urgency(self, key: str) -> Urgency | None:
        """Return how urgent the product is; None where it does not wait."""
        place = self._places.get(key)
        return place.urgency if place else None

    def waiting(self, urgency: Urgency) -> int:
        """Return how many products of that urgency wait, due or not."""
        return self._waiting[urgency]

    def regions(self) -> set[str]:
        """Return the regions in which products wait, or waited."""
        return {group.region for group in self._queues}

    def groups(self, region: str, *, own: bool) -> Iterator[Group]:
        """Yield the groups of a region that are asked by SKU, or those that are not."""
        return (group for group in self._queues if group.region == region and group.own == own)

    def first(
        self, group: Group, urgency: Urgency, until: float, limit: int
    ) -> list[tuple[float, str]]:
        """Return at most ``limit`` products that are due until then, first due first, with when."""
        return self._queues[group][urgency].first(until, limit)
