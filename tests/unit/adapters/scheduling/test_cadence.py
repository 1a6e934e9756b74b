"""When a checklist comes next, over clock changes, leap days and restarts at any moment."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.scheduling.cadence import CronCadences
from bot.errors import UserError

CADENCES = CronCadences()
ZONES = ("UTC", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kolkata")


def following(cadence: str, zone: str, after: datetime, count: int) -> list[datetime]:
    found = []
    for _ in range(count):
        after = CADENCES.following(cadence, zone, after)
        found.append(after)
    return found


def test_nine_o_clock_stays_nine_o_clock_when_the_clocks_change() -> None:
    found = following("0 9 * * mon", "America/New_York", datetime(2026, 3, 1, tzinfo=UTC), 3)
    assert [moment.hour for moment in found] == [14, 13, 13]


def test_an_hour_that_is_left_out_is_made_up_for() -> None:
    found = following("30 2 * * *", "America/New_York", datetime(2026, 3, 7, 12, tzinfo=UTC), 2)
    local = [moment.astimezone(ZoneInfo("America/New_York")) for moment in found]
    assert [f"{moment:%d %H:%M}" for moment in local] == ["08 03:30", "09 02:30"]


def test_an_hour_that_comes_twice_counts_once() -> None:
    found = following("30 1 * * *", "America/New_York", datetime(2026, 10, 31, 12, tzinfo=UTC), 2)
    assert found[1] - found[0] == timedelta(hours=25)


def test_the_first_monday_of_a_quarter() -> None:
    found = following("0 9 1-7 1,4,7,10 mon", "Europe/Berlin", datetime(2026, 1, 1, tzinfo=UTC), 4)
    assert [f"{moment:%m-%d}" for moment in found] == ["01-05", "04-06", "07-06", "10-05"]


def test_a_leap_day_comes_every_four_years() -> None:
    found = following("0 9 29 2 *", "UTC", datetime(2026, 1, 1, tzinfo=UTC), 2)
    assert [moment.year for moment in found] == [2028, 2032]


@given(
    zone=st.sampled_from(ZONES),
    hour=st.integers(0, 23),
    minute=st.integers(0, 59),
    start=st.integers(0, 3 * 366 * 24 * 60),
    stops=st.lists(st.integers(0, 60 * 60), max_size=5),
)
def test_every_day_has_one_run_wherever_one_starts_counting(
    zone: str, hour: int, minute: int, start: int, stops: list[int]
) -> None:
    cadence = f"{minute} {hour} * * *"
    after = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=start)
    straight = following(cadence, zone, after, 5)
    days = [moment.astimezone(ZoneInfo(zone)).date() for moment in straight]
    assert len(set(days)) == len(days)
    assert all(later - day == timedelta(days=1) for day, later in itertools.pairwise(days))
    for seconds in stops:
        between = straight[0] + timedelta(seconds=seconds)
        assert CADENCES.following(cadence, zone, between) == straight[1]


@pytest.mark.parametrize(
    ("cadence", "says"),
    [
        ("", "five fields"),
        ("0 9 * *", "five fields"),
        ("* 9 * * mon", "one minute and one hour"),
        ("*/5 9 * * *", "one minute and one hour"),
        ("0 9 * * 1", "mon to sun"),
        ("0 99 * * mon", "not a valid schedule"),
        ("0 9 31 2 *", "does not match any date"),
    ],
)
def test_words_that_make_no_cadence_are_refused_with_advice(cadence: str, says: str) -> None:
    with pytest.raises(UserError, match=says):
        CADENCES.following(cadence, "UTC", datetime(2026, 1, 1, tzinfo=UTC))
