"""Whether the wall clock was set, and which time has come beyond doubt."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.clocks import STANDS, Ages, ClockReading, ConfirmedTime, confirm

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize("step", [-86_400, -120, -3, 3, 120, 86_400, 400 * 86_400])
def test_a_clock_that_was_set_is_noticed(step: int) -> None:
    before = ClockReading(NOW, 100.0)
    now = ClockReading(NOW + timedelta(seconds=60 + step), 160.0)
    assert now.step_since(before) == timedelta(seconds=step)


@pytest.mark.parametrize("off", [-2, -0.5, 0, 0.5, 2])
def test_less_than_that_is_how_clocks_are(off: float) -> None:
    now = ClockReading(NOW + timedelta(seconds=60 + off), 160.0)
    assert not now.step_since(ClockReading(NOW, 100.0))


def test_a_machine_that_slept_is_a_clock_that_was_set_forward() -> None:
    assert ClockReading(NOW + 8 * HOUR, 101.0).step_since(ClockReading(NOW, 100.0)) > 7 * HOUR


def test_a_first_start_is_in_doubt_for_a_day_of_running() -> None:
    known = confirm(ConfirmedTime(), NOW, timedelta())
    for hour in range(1, 25):
        assert known.at < NOW - timedelta(days=365)
        known = confirm(known, NOW + hour * HOUR, HOUR)
    assert known.at == NOW + STANDS


def test_after_a_short_stop_it_is_behind_by_no_more_than_the_stop() -> None:
    known = confirm(ConfirmedTime(at=NOW), NOW + HOUR, timedelta())
    known = confirm(known, NOW + 2 * HOUR, HOUR)
    assert known.at == NOW + HOUR


def test_a_machine_that_runs_eight_hours_a_day_is_days_behind_and_not_ever_more() -> None:
    known, behind = ConfirmedTime(at=NOW), []
    for day in range(60):
        morning = NOW + timedelta(days=day)
        known = confirm(known, morning, timedelta())
        for hour in range(1, 9):
            known = confirm(known, morning + hour * HOUR, HOUR)
        behind.append(morning + 8 * HOUR - known.at)
    assert max(behind) <= timedelta(days=5)


WRONG = st.sampled_from([timedelta(days=400), timedelta(days=1), timedelta(minutes=3)])
PHASES = st.lists(
    st.tuples(
        st.sampled_from(["right", "ahead", "behind"]),
        WRONG,
        st.integers(1, 11),
        st.lists(st.integers(0, 10), max_size=3),
    ),
    max_size=12,
)


@given(PHASES)
def test_it_is_never_ahead_of_the_truth_however_the_clock_is_set(
    phases: list[tuple[str, timedelta, int, list[int]]],
) -> None:
    """Each wrong clock is put right within a day of running; in between are restarts and stops."""
    truth = NOW
    known = ConfirmedTime(at=NOW)
    for kind, off, hours, stops in phases:
        wrong = {"right": timedelta(), "ahead": off, "behind": -off}[kind]
        for hour in range(hours):
            truth += HOUR
            known = confirm(known, truth + wrong, HOUR)
            assert known.at <= truth
            if hour in stops:
                truth += 5 * HOUR
                known = confirm(known, truth + wrong, timedelta())
                assert known.at <= truth
        known = confirm(known, truth, timedelta())
        assert known.at <= truth


def test_an_age_grows_by_the_time_that_passes_however_the_clock_is_set() -> None:
    ages = Ages()
    assert ages.of("a", NOW - HOUR, ClockReading(NOW, 0.0)) == HOUR
    for wall in (NOW - timedelta(days=1), NOW + timedelta(days=400)):
        assert ages.of("a", NOW - HOUR, ClockReading(wall, 60.0)) == HOUR + timedelta(minutes=1)
    # What began ahead of the clock begins when it is met.
    assert ages.of("b", NOW + HOUR, ClockReading(NOW, 60.0)) == timedelta()
    ages.keep(["b"])
    assert ages.of("a", NOW, ClockReading(NOW, 90.0)) == timedelta()
