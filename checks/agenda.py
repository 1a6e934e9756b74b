"""What waits to be asked, by group and urgency, and when it is due. Pure.

The caller brings time and chance. What is stored are moments; what is waited for are seconds of a
clock that only grows, so that a clock on the wall that is set forward or back delays nothing.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import IntEnum
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from bot.core.listing import Watch, WatchStatus
from bot.core.marketplaces import Marketplace


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
    return Group(Marketplace.named(watch.marketplace).region, watch.marketplace, bool(watch.sku))


class PollingAgenda:
    """Every product at most once, with its group, urgency and deadline on the monotonic clock.

    ``lead`` are the seconds by which a product may be asked before its time where that costs
    nothing. A lane that is ``unpaced`` is asked as fast as its quota allows: the seconds of its
    regular turns only say who comes before whom.
    """

    def __init__(self, lead: float = 0.0) -> None:
        """Begin empty."""
        self.lead = lead
        self.unpaced: set[tuple[str, bool]] = set()
        """Regions, each with whether products are asked for by SKU."""
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

    def group(self, key: str) -> Group | None:
        """Return the group of the product; None where it does not wait."""
        place = self._places.get(key)
        return place.group if place else None

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
        if urgency is Urgency.REGULAR and self.is_unpaced(group):
            until = math.inf
        return self._queues[group][urgency].first(until, limit)

    def is_unpaced(self, group: Group) -> bool:
        """Tell whether the group's products are asked for as fast as the quota allows."""
        return (group.region, group.own) in self.unpaced

    def put_off(self, key: str, place: QueuePlace, seconds: float, now: float) -> None:
        """Let the product wait so many seconds longer where it was."""
        turns = place.urgency is Urgency.REGULAR and self.is_unpaced(place.group)
        self.put(key, place.group, place.urgency, (place.due_at if turns else now) + seconds)


JITTER = 0.1
"""How far the delays of one period lie apart, as a part of it; their mean is the period."""

FAILING_PERIODS = 4
"""A product that fails by itself is still tried at least once in so many periods."""


class DueQueue:
    """Keys by the second at which they are due, each of them at most once.

    Changing a key leaves its old entry in the heap, where it is skipped when its time comes; the
    heap is rebuilt before such entries are more than half of it, so every change is O(log n).
    """

    def __init__(self) -> None:
        """Begin empty."""
        self._due: dict[str, float] = {}
        self._heap: list[tuple[float, str]] = []

    def __len__(self) -> int:
        return len(self._due)

    def __contains__(self, key: object) -> bool:
        return key in self._due

    def schedule(self, key: str, due_at: float) -> None:
        """Make the key due at that second, in place of the one before."""
        self._due[key] = due_at
        heappush(self._heap, (due_at, key))
        self._tidy()

    def remove(self, key: str) -> None:
        """Take the key out, if it is there."""
        self._due.pop(key, None)
        self._tidy()

    def first(self, until: float, limit: int) -> list[tuple[float, str]]:
        """Return at most ``limit`` keys that are due until then, first due first, with when."""
        self._skip_stale()
        found: dict[str, float] = {}
        # The heap is a tree in which nobody is due before their parent.
        ahead = [(self._heap[0], 0)] if self._heap and limit > 0 else []
        while ahead and len(found) < limit:
            (due_at, key), place = heappop(ahead)
            if due_at > until:
                break
            if self._due.get(key) == due_at:
                found[key] = due_at
            for child in range(2 * place + 1, min(2 * place + 3, len(self._heap))):
                heappush(ahead, (self._heap[child], child))
        return [(due_at, key) for key, due_at in found.items()]

    def _skip_stale(self) -> None:
        while self._heap and self._due.get(self._heap[0][1]) != self._heap[0][0]:
            heappop(self._heap)

    def _tidy(self) -> None:
        if len(self._heap) > 2 * len(self._due):
            self._heap = [(due_at, key) for key, due_at in self._due.items()]
            heapify(self._heap)


def due_in(
    status: WatchStatus,
    now: datetime,
    period: timedelta,
    confirm_after: timedelta,
    jitter: float,
) -> timedelta:
    """Return in what time a product is to be looked at next; below zero where it is overdue.

    One that was never tried is due at once, one whose last reading waits for confirmation after
    ``confirm_after``, any other a period after its last try. ``jitter``, at least 0 and below 1,
    moves that by up to 5% either way, so that products do not stay in step.
    """
    if status.tried_at is None:
        return timedelta()
    if status.failures:
        delay = backoff(status, period, confirm_after)
    elif status.hurry:
        delay = min(confirm_after, period)
    else:
        delay = period
    # A clock that was set back must not put off a product until it has caught up.
    tried_at = min(status.tried_at, now)
    return tried_at + delay * (1 + JITTER * (jitter - 0.5)) - now


def backoff(status: WatchStatus, period: timedelta, confirm_after: timedelta) -> timedelta:
    """Return a delay that begins at ``confirm_after`` and doubles with each failure in a row.

    So a product is never left alone for much longer than it has been failing, and once it fails
    for good it costs a fraction of its readings. What waits for confirmation, and what fails in a
    way that may pass, is never put off further than a healthy product.
    """
    longest = period if status.hurry or status.passing else FAILING_PERIODS * period
    delay = confirm_after
    for _ in range(status.failures - 1):
        if delay >= longest:
            break
        delay *= 2
    return min(delay, longest)
