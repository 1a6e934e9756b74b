"""What is caught of the quarter's attacks, and what is let through."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import msgspec
import pytest

from bot.core.labeled import AttackKind
from bot.features.attacks.rules.analysis import analyse
from bot.features.attacks.rules.weeks import in_order
from bot.features.reviews.rules.attacks import DEFENCES
from bot.features.reviews.rules.draft import weigh
from tests.unit.features.reviews.quarter import (
    CALM,
    THIEF,
    days_later,
    given,
    headings,
    incident,
    on,
    only,
    problem,
)


def test_somebody_in_the_account_weighs_more_than_anything_new() -> None:
    seen = incident("A-3", on(11, 5), method=AttackKind.INTRUSION)
    facts = given(incidents=[seen], item_statuses=[problem("x", on(10, 1), 1)])
    assert headings(facts)[0] == "Someone got into our account: 1 time"
    assert only(given(incidents=[seen])).refs == ("A-3",)


def test_a_source_that_comes_back_is_named_with_its_cases() -> None:
    came = [
        msgspec.structs.replace(
            incident(f"C-{day}", on(11, day), THIEF, "B0ALDER001"), reported=True
        )
        for day in (1, 5, 9)
    ]
    point = next(p for p in weigh(given(incidents=came)) if "Repeat" in p.heading)
    assert point.heading == f"Repeat attackers: 1, most active {THIEF}"
    assert point.says == f"{THIEF}: 3 incidents since 1 Nov 2026."
    assert point.refs == ("C-1", "C-5", "C-9")
    assert "complaint IDs" in point.propose


def test_an_attacker_who_was_never_reported_is_not_reported_again() -> None:
    came = [incident(f"A-{day}", on(11, day), THIEF, "B0ALDER001") for day in (1, 5, 9)]
    point = next(p for p in weigh(given(incidents=came)) if "Repeat" in p.heading)
    assert point.propose == (
        f"Report {THIEF}: open the case and press 'File a report'. No report was filed before."
    )


def test_an_unknown_seller_who_was_seen_often_is_to_be_decided_and_not_reported() -> None:
    came = [
        incident(f"C-{day}", on(11, day), THIEF, "B0ALDER001", decided=False) for day in (1, 5, 9)
    ]
    [point] = weigh(given(incidents=came))
    assert point.heading == "Decide: lawful or not? Unknown sellers seen repeatedly: 1"
    assert point.propose.startswith(f"Order one product from {THIEF}, compare it")


def test_a_campaign_of_an_unknown_seller_is_decided_first() -> None:
    hit = [
        incident(f"C-{place}", on(11, place), THIEF, f"B0ALDER00{place}", decided=False)
        for place in (1, 2, 3)
    ]
    point = next(p for p in weigh(given(incidents=hit)) if "at once" in p.heading)
    assert point.propose.startswith(f"Decide first whether {THIEF} is lawful")


def test_unknown_sellers_are_no_part_of_the_most_common_attack() -> None:
    known = [incident(f"A-{day}", on(11, day), method=AttackKind.RETURNS) for day in (1, 5, 9)]
    came = [incident(f"C-{day}", on(11, day), f"A{day}", decided=False) for day in range(1, 9)]
    assert "Most common attack: Malicious returns, 3 of 3" in headings(
        given(incidents=[*known, *came])
    )


def test_a_source_that_was_here_once_did_not_come_back() -> None:
    once = [incident("C-1", on(11, 1), THIEF, "B0ALDER001")]
    assert headings(given(incidents=once)) == []


def test_a_source_that_came_back_before_the_quarter_only_is_let_through() -> None:
    old = [incident(f"C-{day}", on(8, day), THIEF, "B0ALDER001") for day in (1, 5, 9)]
    assert headings(given(incidents=old)) == []


def test_a_campaign_tells_how_many_products_it_hit() -> None:
    hit = [
        incident(f"C-{place}", on(11, place), THIEF, f"B0ALDER00{place}") for place in (1, 2, 3, 4)
    ]
    point = next(p for p in weigh(given(incidents=hit)) if "at once" in p.heading)
    assert point.heading == "One source on 4 products at once"
    assert "B0ALDER001, B0ALDER002, B0ALDER003 and 1 more" in point.says


def test_products_hit_far_apart_are_no_campaign() -> None:
    apart = [
        incident(f"C-{place}", on(9 + place, 1), THIEF, f"B0ALDER00{place}") for place in (1, 2, 3)
    ]
    assert not [each for each in headings(given(incidents=apart)) if "at once" in each]


def test_an_unusual_week_is_told_with_its_test() -> None:
    past = [incident(f"C-{day}", days_later(on(7, 6), 14 * day), "") for day in range(8)]
    wave = [incident(f"A-{place}", on(11, 24, place), "") for place in range(12)]
    found = analyse(in_order([*past, *wave]), CALM.span.ends, ZoneInfo("UTC"), 13).bursts
    point = next(
        p
        for p in weigh(given(incidents=[*past, *wave], bursts=found))
        if "Unusual week" in p.heading
    )
    assert point.heading == "Unusual week: 12 incidents in the week of 23 Nov 2026"
    assert "12 in one week, 8 in the" in point.says
    assert "hardly a coincidence" in point.says


def test_clearly_more_than_in_the_quarter_before_is_a_point() -> None:
    before = [incident("C-1", on(8, 3)), incident("C-2", on(9, 3))]
    now = [incident(f"C-{day}", on(10, day)) for day in range(10, 24)]
    assert "More attacks and unknown sellers: 14, up from 2" in headings(
        given(incidents=[*before, *now])
    )


def test_many_entries_about_one_wave_are_no_rise() -> None:
    before = [incident(f"B-{day}", on(8, day)) for day in range(1, 15)]
    wave = [
        msgspec.structs.replace(incident(f"N-{place}", on(11, 3)), timed=False)
        for place in range(20)
    ]
    known = given(incidents=[*before, *wave])
    assert not [each for each in headings(known) if "More attacks" in each]


def test_a_rise_is_told_in_events() -> None:
    wave = [
        msgspec.structs.replace(incident(f"B-{place}", on(8, 3)), timed=False)
        for place in range(20)
    ]
    now = [incident(f"C-{day}", on(10, day)) for day in range(10, 24)]
    point = next(p for p in weigh(given(incidents=[*wave, *now])) if "More" in p.heading)
    assert point.heading == "More attacks and unknown sellers: 14, up from 1"
    assert "Entries about one event count once." in point.says


@pytest.mark.parametrize(("before", "now"), [(4, 5), (5, 4), (0, 9)])
def test_what_chance_explains_or_nobody_can_compare_is_no_rise(before: int, now: int) -> None:
    known = [incident(f"B-{day}", on(8, day)) for day in range(1, before + 1)]
    known += [incident(f"N-{day}", on(11, day)) for day in range(1, now + 1)]
    assert not [each for each in headings(given(incidents=known)) if "More attacks" in each]


def test_the_most_frequent_method_brings_what_is_done_against_it() -> None:
    several = [incident(f"C-{day}", on(11, day)) for day in (1, 5, 9)]
    other = incident("A-1", on(11, 2), method=AttackKind.PHISHING)
    point = only(given(incidents=[*several, other]))
    assert point.heading == "Most common attack: Listing hijack, 3 of 4"
    assert point.propose == DEFENCES[AttackKind.FOLLOW_UP]
    assert set(DEFENCES) == set(AttackKind)


def test_two_of_a_kind_are_no_habit() -> None:
    assert headings(given(incidents=[incident("C-1", on(11, 1)), incident("C-2", on(11, 9))])) == []
