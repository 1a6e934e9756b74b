"""The team's quiet hours and its hours at work, in its own zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.team import Team, at_work, is_work_day, work_days_later

zones = st.sampled_from(
    (
        *("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Apia"),
        *("Australia/Lord_Howe", "America/Santiago", "Africa/Cairo"),
    )
)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 (the strategy adds the zone)
hours = st.integers(0, 23)


def at(hour: int, minute: int = 0, day: int = 23) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        (at(21, 59), None),
        (at(22), at(7, day=24)),
        (at(23, 30), at(7, day=24)),
        (at(6, 59), at(7)),
        (at(7), None),
    ],
)
def test_quiet_hours_over_midnight(now: datetime, until: datetime | None) -> None:
    assert Team(quiet_from=22, quiet_to=7).quiet_until(now) == until


@pytest.mark.parametrize(
    ("now", "until"), [(at(11, 59), None), (at(12), at(14)), (at(13, 59), at(14)), (at(14), None)]
)
def test_quiet_hours_within_a_day(now: datetime, until: datetime | None) -> None:
    assert Team(quiet_from=12, quiet_to=14).quiet_until(now) == until


@pytest.mark.parametrize(("start", "end"), [(None, None), (22, None), (None, 7), (7, 7)])
def test_no_quiet_hours_without_two_different_ends(start: int | None, end: int | None) -> None:
    assert Team(quiet_from=start, quiet_to=end).quiet_until(at(7)) is None


def test_hours_are_those_of_the_teams_zone() -> None:
    team = Team(zone="America/New_York", quiet_from=22, quiet_to=7)
    assert team.quiet_until(at(4)) == at(12)
    assert team.quiet_until(at(13)) is None


@given(zones, hours, hours, moments)
def test_quiet_hours_end_later_than_now(zone: str, start: int, end: int, now: datetime) -> None:
    until = Team(zone=zone, quiet_from=start, quiet_to=end).quiet_until(now)
    assert until is None or now < until <= now + timedelta(hours=26)


BERLIN = Team(zone="Europe/Berlin")


@pytest.mark.parametrize(
    ("at", "works"),
    [
        (datetime(2026, 11, 24, 8, tzinfo=UTC), True),
        (datetime(2026, 11, 24, 7, 59, tzinfo=UTC), False),
        (datetime(2026, 11, 24, 17, tzinfo=UTC), False),
        (datetime(2026, 11, 21, 12, tzinfo=UTC), False),
        (datetime(2026, 11, 22, 12, tzinfo=UTC), False),
        (datetime(2026, 11, 23, 12, tzinfo=UTC), True),
    ],
)
def test_work_hours_are_the_teams_own(at: datetime, works: bool) -> None:
    assert at_work(BERLIN, at) is works


def test_nobody_is_at_work_in_quiet_hours() -> None:
    quiet = Team(zone="Europe/Berlin", quiet_from=16, quiet_to=8)
    assert at_work(quiet, datetime(2026, 11, 24, 14, 59, tzinfo=UTC))
    assert not at_work(quiet, datetime(2026, 11, 24, 15, tzinfo=UTC))


@pytest.mark.parametrize(
    ("at", "later"),
    [
        # Monday to Wednesday; Thursday over the weekend to Monday; Saturday counts as no day.
        (datetime(2026, 11, 23, 8, tzinfo=UTC), datetime(2026, 11, 25, 8, tzinfo=UTC)),
        (datetime(2026, 11, 26, 8, tzinfo=UTC), datetime(2026, 11, 30, 8, tzinfo=UTC)),
        (datetime(2026, 11, 28, 8, tzinfo=UTC), datetime(2026, 12, 1, 8, tzinfo=UTC)),
        # Over the end of summer time: the same time on the wall.
        (datetime(2026, 10, 23, 7, tzinfo=UTC), datetime(2026, 10, 27, 8, tzinfo=UTC)),
    ],
)
def test_work_days_are_counted_on_the_wall(at: datetime, later: datetime) -> None:
    assert work_days_later(BERLIN, at, 2) == later


def test_the_weekend_is_no_work_day() -> None:
    assert is_work_day(BERLIN, datetime(2026, 11, 27, 22, tzinfo=UTC))
    assert not is_work_day(BERLIN, datetime(2026, 11, 27, 23, tzinfo=UTC))
