"""Which watch is due next."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.core.listing import WatchStatus
from checks.agenda import DueQueue
from checks.agenda import due_in as computed

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
PERIOD = timedelta(minutes=30)
SOON = timedelta(minutes=2)
TRIED = WatchStatus(key="US-1", tried_at=NOW)

keys = st.sampled_from([f"US-{number}" for number in range(12)])
moments = st.integers(0, 20).map(float)


class DueQueueMachine(RuleBasedStateMachine):
    """Compares the queue with a plain dict that is sorted whenever it is asked."""

    def __init__(self) -> None:
        super().__init__()
        self.queue = DueQueue()
        self.model: dict[str, float] = {}

    @rule(key=keys, due_at=moments)
    def schedule(self, key: str, due_at: float) -> None:
        self.queue.schedule(key, due_at)
        self.model[key] = due_at

    @rule(until=moments, limit=st.integers(0, 6))
    def first(self, until: float, limit: int) -> None:
        due = sorted((due_at, key) for key, due_at in self.model.items() if due_at <= until)
        assert self.queue.first(until, limit) == due[:limit]

    @rule(until=moments, limit=st.integers(0, 6))
    def take_the_first(self, until: float, limit: int) -> None:
        for _, key in self.queue.first(until, limit):
            self.queue.remove(key)
            del self.model[key]

    @rule(key=keys)
    def remove(self, key: str) -> None:
        self.queue.remove(key)
        self.model.pop(key, None)

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
    return computed(status, NOW, PERIOD, SOON, jitter)


def failing(failures: int, *, hurry: bool = False) -> WatchStatus:
    return msgspec.structs.replace(TRIED, failures=failures, hurry=hurry)


def test_a_watch_that_was_never_tried_is_due_at_once() -> None:
    assert due_in(WatchStatus(key="US-1")) == timedelta(0)


def test_a_watch_is_due_a_period_after_its_last_try() -> None:
    assert due_in(TRIED) == PERIOD
    earlier = msgspec.structs.replace(TRIED, tried_at=NOW - timedelta(minutes=10))
    assert due_in(earlier) == timedelta(minutes=20)


def test_an_overdue_watch_tells_by_how_long() -> None:
    assert due_in(msgspec.structs.replace(TRIED, tried_at=NOW - 5 * PERIOD)) == -4 * PERIOD


def test_a_clock_that_was_set_back_does_not_put_a_watch_off() -> None:
    ahead = msgspec.structs.replace(TRIED, tried_at=NOW + timedelta(days=365))
    assert due_in(ahead) == PERIOD


def test_a_reading_is_confirmed_soon() -> None:
    assert due_in(msgspec.structs.replace(TRIED, hurry=True)) == SOON


def test_a_confirmation_never_takes_longer_than_a_period() -> None:
    hurried = msgspec.structs.replace(TRIED, hurry=True)
    assert computed(hurried, NOW, SOON, PERIOD, jitter=0.5) == SOON


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


@pytest.mark.parametrize(("failures", "minutes"), [(1, 2), (4, 16), (5, 30), (99, 30)])
def test_what_may_pass_by_itself_puts_nothing_off_beyond_a_period(
    failures: int, minutes: int
) -> None:
    passing = msgspec.structs.replace(failing(failures), passing=True)
    assert due_in(passing) == timedelta(minutes=minutes)
