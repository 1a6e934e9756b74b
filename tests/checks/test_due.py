"""Which watch is due next."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.domain.offers import Watch, WatchStatus
from checks.due import DueQueue, load, next_due

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
PERIOD = timedelta(minutes=30)
SOON = timedelta(minutes=2)
TRIED = WatchStatus(key="US-1", tried_at=NOW)

keys = st.sampled_from([f"US-{number}" for number in range(12)])
moments = st.integers(0, 20).map(lambda minutes: NOW + timedelta(minutes=minutes))


class DueQueueMachine(RuleBasedStateMachine):
    """Compares the queue with a plain dict that is sorted whenever it is asked."""

    def __init__(self) -> None:
        super().__init__()
        self.queue = DueQueue()
        self.model: dict[str, datetime] = {}

    @rule(key=keys, due_at=moments)
    def schedule(self, key: str, due_at: datetime) -> None:
        self.queue.schedule(key, due_at)
        self.model[key] = due_at

    @rule(key=keys)
    def remove(self, key: str) -> None:
        self.queue.remove(key)
        self.model.pop(key, None)

    @rule(now=moments, limit=st.integers(0, 6))
    def pop_due(self, now: datetime, limit: int) -> None:
        due = sorted((due_at, key) for key, due_at in self.model.items() if due_at <= now)
        expected = [key for _, key in due[:limit]]
        assert self.queue.pop_due(now, limit) == expected
        for key in expected:
            del self.model[key]

    @rule()
    def peek(self) -> None:
        assert self.queue.next_due() == min(self.model.values(), default=None)

    @rule(key=keys)
    def look_up(self, key: str) -> None:
        assert (key in self.queue) == (key in self.model)

    @invariant()
    def holds_as_many(self) -> None:
        assert len(self.queue) == len(self.model)

    @invariant()
    def is_at_most_half_stale(self) -> None:
        assert len(self.queue._heap) <= 2 * len(self.queue)


TestDueQueue = DueQueueMachine.TestCase


def due_in(status: WatchStatus, jitter: float = 0.5) -> timedelta:
    return next_due(status, NOW, PERIOD, SOON, jitter) - NOW


def failing(failures: int, *, hurry: bool = False) -> WatchStatus:
    return msgspec.structs.replace(TRIED, failures=failures, hurry=hurry)


def test_a_watch_that_was_never_tried_is_due_at_once() -> None:
    assert due_in(WatchStatus(key="US-1")) == timedelta(0)


def test_a_watch_is_due_a_period_after_its_last_try() -> None:
    assert due_in(TRIED) == PERIOD
    earlier = msgspec.structs.replace(TRIED, tried_at=NOW - timedelta(minutes=10))
    assert due_in(earlier) == timedelta(minutes=20)


def test_an_overdue_watch_is_due_now() -> None:
    assert due_in(msgspec.structs.replace(TRIED, tried_at=NOW - 5 * PERIOD)) == timedelta(0)


def test_a_clock_that_was_set_back_does_not_put_a_watch_off() -> None:
    ahead = msgspec.structs.replace(TRIED, tried_at=NOW + timedelta(days=365))
    assert due_in(ahead) == PERIOD


def test_a_reading_is_confirmed_soon() -> None:
    assert due_in(msgspec.structs.replace(TRIED, hurry=True)) == SOON


def test_a_confirmation_never_takes_longer_than_a_period() -> None:
    hurried = msgspec.structs.replace(TRIED, hurry=True)
    assert next_due(hurried, NOW, SOON, PERIOD, jitter=0.5) == NOW + SOON


@pytest.mark.parametrize(
    ("failures", "minutes"),
    [(1, 2), (2, 4), (3, 8), (4, 16), (5, 32), (6, 64), (7, 120), (8, 120), (10**6, 120)],
)
def test_a_failing_watch_is_tried_after_doubling_delays(failures: int, minutes: int) -> None:
    assert due_in(failing(failures)) == timedelta(minutes=minutes)


@pytest.mark.parametrize(("failures", "minutes"), [(1, 2), (4, 16), (5, 30), (99, 30)])
def test_a_failing_confirmation_is_never_put_off_beyond_a_period(
    failures: int, minutes: int
) -> None:
    assert due_in(failing(failures, hurry=True)) == timedelta(minutes=minutes)


@given(
    failures=st.integers(0, 50),
    hurry=st.booleans(),
    jitter=st.floats(0, 1, exclude_max=True),
)
def test_jitter_moves_a_delay_by_at_most_a_twentieth(
    failures: int, hurry: bool, jitter: float
) -> None:
    middle = due_in(failing(failures, hurry=hurry))
    moved = due_in(failing(failures, hurry=hurry), jitter)
    assert abs(moved - middle) <= middle / 20 + timedelta(microseconds=1)


def watch(number: int) -> Watch:
    return Watch(asin=f"{number:010}", marketplace="US", added_at=NOW)


def loaded(watches: list[Watch], *statuses: WatchStatus) -> DueQueue:
    return load(watches, {status.key: status for status in statuses}, NOW, PERIOD, SOON)


def test_loading_nothing_gives_an_empty_queue() -> None:
    assert loaded([]).next_due() is None


def test_loading_keeps_what_is_not_due_yet() -> None:
    status = WatchStatus(key=watch(1).key, tried_at=NOW - timedelta(minutes=10))
    assert loaded([watch(1)], status).next_due() == NOW + timedelta(minutes=20)


def test_loading_takes_confirmations_first_then_the_new_then_the_longest_unseen() -> None:
    watches = [watch(number) for number in range(4)]
    long_ago, ago = NOW - 3 * PERIOD, NOW - 2 * PERIOD
    queue = loaded(
        watches,
        WatchStatus(key=watches[0].key, tried_at=ago),
        WatchStatus(key=watches[1].key, tried_at=long_ago),
        WatchStatus(key=watches[3].key, tried_at=ago, hurry=True),
    )
    order = [watches[place].key for place in (3, 2, 1, 0)]
    assert queue.pop_due(NOW + timedelta(seconds=3), limit=10) == order


def test_loading_a_few_takes_them_a_second_apart() -> None:
    queue = loaded([watch(number) for number in range(10)])
    assert len(queue.pop_due(NOW + timedelta(seconds=4), limit=100)) == 5
    assert len(queue.pop_due(NOW + timedelta(seconds=9), limit=100)) == 5


def test_loading_many_spreads_them_evenly_over_a_period() -> None:
    queue = loaded([watch(number) for number in range(10_000)])
    assert queue.next_due() == NOW
    for minute in range(30):
        taken = queue.pop_due(NOW + timedelta(minutes=minute, seconds=59.999), limit=10_000)
        assert 332 <= len(taken) <= 335
    assert len(queue) == 0
