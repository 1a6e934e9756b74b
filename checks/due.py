"""When a product is due, and who of many is due first. Pure: the caller brings time and chance.

What is stored are moments; what is waited for are seconds of a clock that only grows, so that a
clock on the wall that is set forward or back delays nothing.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from heapq import heapify, heappop, heappush

from bot.core.listing import WatchStatus

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
    moves that by up to 5 % either way, so that products do not stay in step.
    """
    if status.tried_at is None:
        return timedelta()
    if status.failures:
        delay = _backoff(status, period, confirm_after)
    elif status.hurry:
        delay = min(confirm_after, period)
    else:
        delay = period
    # A clock that was set back must not put off a product until it has caught up.
    tried_at = min(status.tried_at, now)
    return tried_at + delay * (1 + JITTER * (jitter - 0.5)) - now


def _backoff(status: WatchStatus, period: timedelta, confirm_after: timedelta) -> timedelta:
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
