"""Which watch is due next. Pure: the caller brings the time and the randomness."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from heapq import heapify, heappop, heappush

from bot.domain.offers import Watch, WatchStatus

JITTER = 0.1
"""How far the delays of one period lie apart, as a part of it; their mean is the period."""

FAILING_PERIODS = 4
"""A watch that keeps failing is still tried at least once in so many periods."""

LOAD_STEP = timedelta(seconds=1)
"""Overdue watches are taken up again at most this far apart."""

_NEVER = datetime.min.replace(tzinfo=UTC)


class DueQueue:
    """Keys by the moment at which they are due, each of them at most once.

    Changing a key leaves its old entry in the heap, where it is skipped when its time comes; the
    heap is rebuilt before such entries are more than half of it, so every change is O(log n).
    """

    def __init__(self) -> None:
        """Begin empty."""
        self._due: dict[str, datetime] = {}
        self._heap: list[tuple[datetime, str]] = []

    def __len__(self) -> int:
        return len(self._due)

    def __contains__(self, key: object) -> bool:
        return key in self._due

    def schedule(self, key: str, due_at: datetime) -> None:
        """Make the key due at that moment, in place of the one before."""
        self._due[key] = due_at
        heappush(self._heap, (due_at, key))
        self._tidy()

    def remove(self, key: str) -> None:
        """Take the key out, if it is there."""
        self._due.pop(key, None)
        self._tidy()

    def next_due(self) -> datetime | None:
        """Return the moment at which the first key is due; None when there is none."""
        self._skip_stale()
        return self._heap[0][0] if self._heap else None

    def pop_due(self, now: datetime, limit: int) -> list[str]:
        """Take out and return at most ``limit`` keys that are due by now, first due first."""
        keys: list[str] = []
        while len(keys) < limit:
            self._skip_stale()
            if not self._heap or self._heap[0][0] > now:
                break
            _, key = heappop(self._heap)
            del self._due[key]
            keys.append(key)
        self._tidy()
        return keys

    def _skip_stale(self) -> None:
        while self._heap and self._due.get(self._heap[0][1]) != self._heap[0][0]:
            heappop(self._heap)

    def _tidy(self) -> None:
        if len(self._heap) > 2 * len(self._due):
            self._heap = [(due_at, key) for key, due_at in self._due.items()]
            heapify(self._heap)


def next_due(
    status: WatchStatus,
    now: datetime,
    period: timedelta,
    confirm_after: timedelta,
    jitter: float,
) -> datetime:
    """Return when a watch is to be looked at next; never a moment before ``now``.

    A watch that was never tried is due at once, one whose last reading waits for confirmation after
    ``confirm_after``, any other a period after its last try. ``jitter``, at least 0 and below 1,
    moves that by up to 5 % either way, so that watches do not stay in step.
    """
    if status.tried_at is None:
        return now
    if status.failures:
        delay = _backoff(status, period, confirm_after)
    elif status.hurry:
        delay = min(confirm_after, period)
    else:
        delay = period
    # A clock that was set back must not put off a watch until it has caught up.
    tried_at = min(status.tried_at, now)
    return max(now, tried_at + delay * (1 + JITTER * (jitter - 0.5)))


def _backoff(status: WatchStatus, period: timedelta, confirm_after: timedelta) -> timedelta:
    """Return a delay that begins at ``confirm_after`` and doubles with each failure in a row.

    So a watch is never left alone for much longer than it has been failing, and once it fails for
    good it costs a fraction of its readings. What waits for confirmation is never put off further
    than a healthy watch.
    """
    longest = period if status.hurry else FAILING_PERIODS * period
    delay = confirm_after
    for _ in range(status.failures - 1):
        if delay >= longest:
            break
        delay *= 2
    return min(delay, longest)


def load(
    watches: Iterable[Watch],
    statuses: Mapping[str, WatchStatus],
    now: datetime,
    period: timedelta,
    confirm_after: timedelta,
) -> DueQueue:
    """Queue the watches after a start; ``statuses`` are by the watch's key and may miss some.

    What is overdue is spread from now on: confirmations first, then what was never tried, then the
    longest unseen; a second apart, or closer if they would not all fit into a period.
    """
    queue = DueQueue()
    overdue: list[WatchStatus] = []
    for watch in watches:
        status = statuses.get(watch.key) or WatchStatus(key=watch.key)
        due_at = next_due(status, now, period, confirm_after, jitter=0.5)
        if due_at > now:
            queue.schedule(watch.key, due_at)
        else:
            overdue.append(status)
    overdue.sort(key=lambda status: (not status.hurry, status.tried_at or _NEVER))
    step = min(LOAD_STEP, period / max(1, len(overdue)))
    for place, status in enumerate(overdue):
        queue.schedule(status.key, now + place * step)
    return queue
