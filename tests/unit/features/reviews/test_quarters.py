from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.features.reviews.models.quarters import Quarter, quarter_of, span_of

BERLIN = ZoneInfo("Europe/Berlin")


@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)))
def test_every_day_lies_in_its_quarter_and_quarters_follow_one_another(day: date) -> None:
    quarter = quarter_of(day)
    assert quarter.since <= day <= quarter.until
    assert quarter.following.since == quarter.until + timedelta(days=1)
    assert quarter.following.before == quarter


def test_a_quarter_reads_as_people_call_it() -> None:
    quarter = Quarter(2026, 4)
    assert str(quarter) == "2026 Q4"
    assert (quarter.since, quarter.until) == (date(2026, 10, 1), date(2026, 12, 31))


def test_it_begins_and_ends_at_midnight_of_the_team() -> None:
    span = span_of(Quarter(2026, 4), datetime(2027, 1, 4, tzinfo=UTC), BERLIN)
    assert span.begins == datetime(2026, 9, 30, 22, tzinfo=UTC)
    assert span.ends == datetime(2026, 12, 31, 23, tzinfo=UTC)
    assert span.whole
    assert span.begins in span
    assert span.ends not in span
    assert None not in span


def test_a_running_quarter_ends_now() -> None:
    now = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
    span = span_of(Quarter(2026, 4), now, BERLIN)
    assert (span.ends, span.until, span.whole) == (now, date(2026, 11, 21), False)
