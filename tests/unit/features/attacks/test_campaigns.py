"""What was planted is found, and nothing is invented."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.core.labeled import AttackKind
from bot.features.attacks.models import Incident
from bot.features.attacks.rules.analysis import Analysis, analyse
from bot.features.attacks.rules.bursts import FALSE_ALARMS
from bot.features.attacks.rules.sources import MANY, TOGETHER
from bot.features.attacks.rules.weeks import in_order
from tests.cases import for_each
from tests.unit.features.attacks.worlds import (
    CAMPAIGN,
    NOW,
    RETURNING,
    STUBBORN,
    background,
    incident,
    planted,
)

BERLIN = ZoneInfo("Europe/Berlin")
YEARS = 200
RATES = (0.1, 0.3, 1.0, 2.5, 6.0, 15.0)


def look(incidents: list[Incident], weeks: int = 12) -> Analysis:
    return analyse(in_order(incidents), NOW, BERLIN, weeks)


@for_each("seed", range(20))
def test_all_that_was_planted_is_found_and_nothing_else(seed: int) -> None:
    found = look(planted(seed))
    assert [(each.source, len(each.asins)) for each in found.campaigns] == [(CAMPAIGN, 4)]
    assert {each.source for each in found.offenders} == {CAMPAIGN, RETURNING, STUBBORN}
    [burst] = found.bursts
    assert (burst.method, burst.monday) == (AttackKind.REVIEW_BOMBING, date(2026, 11, 2))
    assert burst.count >= 12


@pytest.mark.ci
def test_false_alarms_stay_below_the_stated_rate() -> None:
    """Each year is tested week by week, after a year of its own past, at one of several rates."""
    alarms = 0
    for seed in range(YEARS):
        year = list(background(seed, 105, RATES[seed % len(RATES)], sources=400))
        found = look(year, weeks=52)
        alarms += len(found.bursts)
        for campaign in found.campaigns:
            assert is_campaign(year, campaign.refs)
    print(f"{alarms} false alarms in {YEARS} years; {FALSE_ALARMS * YEARS:g} are allowed.")
    assert alarms <= FALSE_ALARMS * YEARS


def is_campaign(incidents: list[Incident], refs: tuple[str, ...]) -> bool:
    """Tell by the plain definition whether one source was on three products in 14 days."""
    several = [each for each in incidents if each.ref in refs]
    return len({each.source for each in several}) == 1 and any(
        len(
            {
                asin
                for one in several
                if timedelta() <= one.at - first.at <= TOGETHER
                for asin in one.asins
            }
        )
        >= MANY
        for first in several
    )


def hits(source: str, *days: float) -> list[Incident]:
    """Let the source hit another product so many days ago, each time."""
    return [
        incident(
            f"C-{source}-{place}", NOW - timedelta(days=ago), source=source, asins=(f"B{place}",)
        )
        for place, ago in enumerate(days)
    ]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ((14, 7, 0), 1),
        ((14.1, 7, 0), 0),
        ((20, 13, 6), 1),
        ((40, 39, 38, 3, 2, 1), 2),
        ((30, 25, 20, 15, 10, 5), 1),
        ((5, 4), 0),
    ],
)
def test_a_campaign_is_three_products_in_14_days(days: tuple[float, ...], expected: int) -> None:
    assert len(look(hits("A1", *days)).campaigns) == expected


def test_three_products_of_one_incident_are_a_campaign() -> None:
    assert len(look([incident("A-1", source="A1", asins=("B1", "B2", "B3"))]).campaigns) == 1
    assert not look([incident("A-1", source="A1", asins=("B1", "B2", "B2"))]).campaigns


def test_nobody_knows_whether_the_unknown_are_one() -> None:
    found = look([incident("A-1", asins=("B1", "B2", "B3"))] * 3)
    assert (found.campaigns, found.offenders) == ((), ())


@pytest.mark.parametrize(
    ("days", "comes_back"),
    [((3, 2, 1), True), ((15, 1), False), ((15.1, 1), True), ((2, 1), False), ((1,), False)],
)
def test_who_comes_back(days: tuple[float, ...], comes_back: bool) -> None:
    several = [
        incident(f"A-{place}", NOW - timedelta(days=ago), source="A1", asins=("B1",))
        for place, ago in enumerate(days)
    ]
    assert bool(look(several).offenders) is comes_back


@pytest.mark.parametrize(
    ("decided", "comes_back"),
    [
        ((False, False, False), False),
        ((False, False, True), False),
        ((True, False, False), True),
        ((False, True, False), True),
    ],
)
def test_only_who_was_judged_before_comes_back(decided: tuple[bool, ...], comes_back: bool) -> None:
    several = [
        incident(f"C-{n}", NOW - timedelta(days=30 - 10 * n), source="A1", decided=judged)
        for n, judged in enumerate(decided)
    ]
    assert bool(look(several).offenders) is comes_back


def test_one_incident_on_many_products_is_no_return() -> None:
    wide = incident("A-1", source="A1", asins=("B1", "B2", "B3"))
    assert look([wide]).offenders == ()


@pytest.mark.parametrize(("reported", "again"), [((True, False), True), ((False, True), False)])
def test_who_came_again_after_a_report_is_told_apart(
    reported: tuple[bool, bool], again: bool
) -> None:
    several = [
        incident(f"A-{n}", NOW - timedelta(days=40 - 20 * n), source="A1", reported=filed)
        for n, filed in enumerate(reported)
    ]
    [offender] = look(several).offenders
    assert offender.reported is again


def test_who_was_there_long_ago_comes_back_but_who_stays_away_is_not_listed() -> None:
    old = incident("A-1", NOW - timedelta(days=300), source="A1")
    again = incident("A-2", NOW - timedelta(days=2), source="A1")
    [offender] = look([old, again]).offenders
    assert (offender.first, offender.last, offender.weeks) == (old.at, again.at, 2)
    assert not look([old, incident("A-3", old.at + timedelta(days=20), source="A1")]).offenders


def weekly(count: int, weeks: int, method: AttackKind = AttackKind.PHISHING) -> list[Incident]:
    """Return a past of so many incidents each week, before this one."""
    return [
        incident(f"C-{week}-{place}", NOW - timedelta(days=7 * week, minutes=place), method)
        for week in range(1, weeks + 1)
        for place in range(count)
    ]


def today(count: int, method: AttackKind, source: str = "") -> list[Incident]:
    asins = [(f"B{place}",) if source else () for place in range(count)]
    return [
        incident(f"A-{place}", method=method, source=source, asins=each)
        for place, each in enumerate(asins)
    ]


def test_a_burst_gives_the_numbers_of_its_test() -> None:
    found = look(weekly(1, 12) + today(9, AttackKind.PHISHING))
    [burst] = found.bursts
    assert (burst.count, burst.past, burst.weeks, burst.usual) == (9, 12, 12, 1.0)
    assert burst.refs == tuple(f"A-{place}" for place in range(9))
    assert 0 < burst.chance < 1e-5


def told(*here: Incident, past: int = 1) -> str:
    """Return what is said of a week of returns, after twenty quiet weeks of so many returns."""
    before = [
        *weekly(past, 20, AttackKind.RETURNS),
        incident("O-1", NOW - timedelta(weeks=20), AttackKind.OTHER),
    ]
    [burst] = look([*before, *here]).bursts
    return burst.says


def returns(count: int, ago: float, source: str = "", *, timed: bool = True) -> list[Incident]:
    at = NOW - timedelta(days=ago)
    return [
        incident(f"{source}-{ago}-{place}", at, AttackKind.RETURNS, source, timed=timed)
        for place in range(count)
    ]


def test_a_burst_of_separate_sources_is_hardly_a_coincidence() -> None:
    hits = [each for n in range(12) for each in returns(1, 1, f"A{n}")]
    assert told(*hits) == "12 in one week, 20 in the 20 weeks before: hardly a coincidence"
    assert (
        told(*hits, past=0) == "12 in one week, none in the 20 weeks before: hardly a coincidence"
    )


def test_a_burst_of_one_source_on_one_day_is_one_event() -> None:
    said = "12 in one week, 20 in the 20 weeks before: entries about one event"
    assert told(*returns(12, 1, "A1")) == said


def test_a_burst_of_few_events_says_how_many_and_claims_no_more() -> None:
    said = "12 in one week, 20 in the 20 weeks before: entries about 2 separate events"
    assert told(*returns(6, 1, "A1"), *returns(6, 1, "A2")) == said
    assert told(*returns(6, 1, "A1"), *returns(6, 2, "A1")) == said


def test_days_of_one_wave_are_one_event_and_days_apart_are_several() -> None:
    wave = [*returns(6, 2, timed=False), *returns(6, 1, timed=False)]
    assert told(*wave).endswith("entries about one event")
    several = [*returns(6, 2, timed=False), *returns(6, 0, timed=False)]
    assert told(*several).endswith("entries about 2 separate events")


def test_a_burst_of_many_events_with_more_entries_counts_both() -> None:
    hits = [each for n in range(10) for each in returns(2, 1, f"A{n}")]
    assert told(*hits) == (
        "20 in one week, 20 in the 20 weeks before: hardly a coincidence, though only 10 are "
        "separate events"
    )


def test_without_eight_weeks_of_past_nothing_is_a_burst() -> None:
    short = look(weekly(1, 7) + today(30, AttackKind.PHISHING))
    assert (short.bursts, short.testable) == ((), False)
    enough = look(weekly(1, 8) + today(30, AttackKind.PHISHING))
    assert (len(enough.bursts), enough.testable) == (1, True)


def test_what_a_campaign_explains_is_no_burst_besides() -> None:
    past = weekly(1, 20)
    found = look(past + today(9, AttackKind.PHISHING, "A1"))
    assert (len(found.campaigns), found.bursts) == (1, ())


def test_a_burst_of_all_methods_is_told_where_none_of_them_is_one() -> None:
    mixed = [incident(f"A-{place}", method=kind) for place, kind in enumerate(AttackKind)]
    [burst] = look(weekly(1, 30) + mixed).bursts
    assert (burst.method, burst.count) == (None, len(AttackKind))


def test_a_long_past_counts_for_a_year() -> None:
    [burst] = look(weekly(1, 70) + today(12, AttackKind.PHISHING)).bursts
    assert burst.weeks == 52
