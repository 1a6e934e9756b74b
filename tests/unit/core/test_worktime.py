"""When the team is at work, and when so many work days have passed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.core.team import Team, at_work, is_work_day, work_days_later

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
