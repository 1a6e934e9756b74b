"""Counts add up, whatever order, zone or clock change; and what changed is told with its test."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.labeled import AttackKind
from bot.features.attacks.models import Incident
from bot.features.attacks.rules import analysis
from bot.features.attacks.rules.analysis import WEEKS, Analysis, began, needed_since
from bot.features.attacks.rules.weeks import in_order
from tests.unit.features.attacks.worlds import KINDS, NOW, background, incident, planted

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Pacific/Kiritimati", "Asia/Kathmandu")
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)
"""When Berlin's clocks change."""

moments = st.timedeltas(timedelta(days=-700), timedelta(days=30)).map(lambda ago: NOW + ago)
several = st.lists(
    st.builds(
        Incident,
        at=moments,
        method=st.sampled_from(KINDS),
        source=st.sampled_from(["", "A1", "A2", "A3"]),
        asins=st.lists(st.sampled_from(["B1", "B2", "B3", "B4"]), max_size=4).map(tuple),
        ref=st.uuids().map(str),
        timed=st.booleans(),
    ),
    max_size=40,
    unique_by=lambda each: each.ref,
)


def analyse(
    incidents: Iterable[Incident], now: datetime, zone: tzinfo, weeks: int = WEEKS
) -> Analysis:
    return analysis.analyse(in_order(incidents), now, zone, weeks)


@given(several, st.sampled_from(ZONES), st.integers(1, 60))
@settings(max_examples=60)
def test_counts_add_up(incidents: list[Incident], zone: str, weeks: int) -> None:
    found = analyse(incidents, NOW, ZoneInfo(zone), weeks)
    start = began(NOW, ZoneInfo(zone), weeks)
    here = [each for each in incidents if start <= each.at <= NOW]
    assert found.total == len(here)
    assert len(found.weeks) == weeks
    for counts in (found.methods, found.sources):
        assert sum(each.count for each in counts) == len(here)
    assert sum(each.count for each in found.weeks) == sum(found.days) == len(here)
    assert found.timed == sum(each.timed for each in here)
    assert sum(each.count for each in found.products) == sum(len({*e.asins}) for e in here)
    for counts in (found.methods, found.sources, found.products):
        assert [each.count for each in counts] == sorted((c.count for c in counts), reverse=True)
        assert {ref for each in counts for ref in each.refs} <= {*found.refs}


@given(several, st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_the_order_of_incidents_does_not_matter(
    incidents: list[Incident], rng: random.Random
) -> None:
    shuffled = rng.sample(incidents, len(incidents))
    assert analyse(incidents, NOW, BERLIN) == analyse(shuffled, NOW, BERLIN)


def test_the_order_of_a_rich_world_does_not_matter() -> None:
    world = planted(1)
    assert analyse(world, NOW, BERLIN) == analyse(sorted(world, key=hash_of), NOW, BERLIN)


def hash_of(one: Incident) -> str:
    return one.ref[::-1]


@pytest.mark.parametrize("changed", [SPRING, AUTUMN])
def test_weeks_and_hours_are_those_of_the_wall_across_a_clock_change(changed: date) -> None:
    """On every day from noon to noon across the change, something happens at 9 on the wall."""
    days = [changed + timedelta(days=offset) for offset in range(-10, 11)]
    nine = [datetime(day.year, day.month, day.day, 9, tzinfo=BERLIN) for day in days]
    now = datetime.combine(days[-1], datetime.max.time(), BERLIN).astimezone(UTC)
    found = analyse(
        [incident(f"C-{place}", at.astimezone(UTC)) for place, at in enumerate(nine)], now, BERLIN
    )
    assert [sum(hour) for hour in zip(*found.hours, strict=True)][9] == len(days)
    assert found.days == (3,) * 7
    assert [week.count for week in found.weeks if week.count] in ([3, 7, 7, 4], [4, 7, 7, 3])


def test_sunday_night_belongs_to_the_week_of_the_teams_zone() -> None:
    late = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    in_utc = analyse([incident("C-1", late)], NOW, UTC, 2)
    in_berlin = analyse([incident("C-1", late)], NOW, BERLIN, 2)
    assert [week.count for week in in_utc.weeks] == [1, 0]
    assert [week.count for week in in_berlin.weeks] == [0, 1]
    assert in_berlin.weeks[1].monday == date(2026, 11, 23)
    assert (in_berlin.days[0], in_berlin.hours[0][0]) == (1, 1)


def test_the_present_week_is_the_last_one_looked_at() -> None:
    assert began(NOW, BERLIN, 1) == datetime(2026, 11, 23, tzinfo=BERLIN)
    assert needed_since(NOW, BERLIN, 1) == datetime(2025, 11, 24, tzinfo=BERLIN)


def test_of_a_day_without_an_hour_only_the_day_counts() -> None:
    found = analyse([incident("A-1", timed=False)], NOW, BERLIN)
    assert (found.timed, sum(found.days)) == (0, 1)


def test_what_has_not_happened_yet_is_left_out() -> None:
    assert analyse([incident("A-1", NOW + timedelta(minutes=1))], NOW, BERLIN).total == 0


def test_nothing_at_all_can_be_analysed() -> None:
    found = analyse([], NOW, BERLIN)
    assert (found.total, found.bursts, found.day, found.hour) == (0, (), None, None)
    assert (found.change.few, found.change.known) == (True, False)


def fridays(count: int, others: int) -> list[Incident]:
    friday = datetime(2026, 11, 20, 15, tzinfo=UTC)
    gathered = [
        incident(f"F-{place}", friday - timedelta(days=7 * (place % 10), minutes=place))
        for place in range(count)
    ]
    spread = [
        incident(f"S-{place}", friday - timedelta(days=place + 1, hours=place % 24))
        for place in range(others)
    ]
    return gathered + spread


def test_a_weekday_and_an_hour_that_stand_out_are_named() -> None:
    found = analyse(fridays(20, 7), NOW, UTC)
    assert found.day is not None
    assert (found.day.place, found.day.of) == (4, 27)
    assert found.day.count >= 20
    assert found.day.usual == pytest.approx(27 * 11 / (7 * 12 - 4))
    assert found.hour is not None
    assert found.hour.place in (14, 15)


def test_an_even_spread_names_no_day_and_no_hour() -> None:
    even = [incident(f"C-{place}", NOW - timedelta(hours=place * 5)) for place in range(300)]
    found = analyse(even, NOW, UTC)
    assert (found.day, found.hour) == (None, None)


def test_a_single_week_names_no_day() -> None:
    found = analyse([incident(f"C-{place}") for place in range(30)], NOW, UTC, 1)
    assert found.day is None


def months(now: int, before: int, method: AttackKind = AttackKind.PHISHING) -> list[Incident]:
    recent = [incident(f"N-{place}", NOW - timedelta(days=3), method) for place in range(now)]
    earlier = [incident(f"B-{place}", NOW - timedelta(days=33), method) for place in range(before)]
    return [*recent, *earlier, incident("O-1", NOW - timedelta(days=90), AttackKind.OTHER)]


@pytest.mark.parametrize(
    ("now", "before", "few", "clear"),
    [
        (6, 0, False, True),
        (0, 6, False, True),
        (5, 0, True, False),
        (9, 2, False, False),
        (10, 2, False, True),
        (4, 4, False, False),
    ],
)
def test_a_change_is_clear_where_chance_does_not_explain_it(
    now: int, before: int, few: bool, clear: bool
) -> None:
    change = analyse(months(now, before), NOW, BERLIN).change
    assert (change.now, change.before) == (now, before)
    assert (change.few, change.clear) == (few, clear)


def test_months_are_four_weeks_to_the_second() -> None:
    edges = [timedelta(days=28) - timedelta(seconds=1), timedelta(days=28), timedelta(days=56)]
    record = [incident(f"C-{place}", NOW - edge) for place, edge in enumerate(edges)]
    change = analyse(record, NOW, BERLIN).change
    assert (change.now, change.before, change.known) == (1, 1, True)


def test_a_young_record_is_compared_with_nothing() -> None:
    young = [incident(f"C-{place}", NOW - timedelta(days=place)) for place in range(20)]
    found = analyse(young, NOW, BERLIN)
    assert (found.change.known, found.change.clear, found.changes) == (False, False, ())


def test_the_methods_that_changed_are_named_the_clearest_first() -> None:
    bombing = [incident(f"R-{place}", method=AttackKind.REVIEW_BOMBING) for place in range(14)]
    found = analyse([*months(0, 10), *bombing], NOW, BERLIN)
    assert [(each.method, each.now, each.before) for each in found.changes] == [
        (AttackKind.REVIEW_BOMBING, 14, 0),
        (AttackKind.PHISHING, 0, 10),
    ]


def test_a_quiet_year_changes_nothing() -> None:
    clear = [analyse(background(seed, 30, 2.0), NOW, BERLIN).change.clear for seed in range(60)]
    assert sum(clear) <= 3
