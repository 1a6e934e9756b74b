"""What is caught of reports and letters, and what is let through."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.features.letters.models.letters import LetterKind
from bot.features.reports.models.reports import RejectionReason, ReportState
from bot.features.reviews.models.quarters import span_of
from tests.unit.features.reviews.quarter import (
    NOW,
    Q4,
    days_later,
    given,
    headings,
    letter,
    on,
    only,
    report,
)


def test_refusals_are_told_with_reasons_and_amazons_bar() -> None:
    reports = [
        report(1, ReportState.ACCEPTED),
        report(2, ReportState.REFUSED, refusal=RejectionReason.VAGUE),
        report(3, ReportState.REFUSED, refusal=RejectionReason.VAGUE),
        report(4, ReportState.REFUSED, refusal=RejectionReason.EVIDENCE),
    ]
    point = only(given(reports=reports))
    assert point.heading == "Acceptance rate over six months 25% (1 of 4), 3 reports rejected"
    assert "too vague or incomplete (2), not enough evidence (1)" in point.says
    assert point.propose == RejectionReason.VAGUE.advice
    assert point.refs == ("R-2", "R-3", "R-4")


def test_a_refusal_above_the_bar_weighs_less_and_says_no_bar() -> None:
    reports = [report(number, ReportState.ACCEPTED) for number in range(2, 22)]
    reports.append(report(1, ReportState.REFUSED, refusal=RejectionReason.NOT_FOUND))
    point = only(given(reports=reports))
    assert point.heading == "1 report rejected"
    assert "Project Zero" not in point.says


def test_accepted_reports_and_refusals_of_another_quarter_are_let_through() -> None:
    reports = [
        report(1, ReportState.ACCEPTED),
        report(2, ReportState.REFUSED, answered=on(9, 30), refusal=RejectionReason.VAGUE),
        report(3, ReportState.REFUSED, answered=on(1, 2, year=2027), refusal=RejectionReason.VAGUE),
    ]
    assert headings(given(reports=reports)) == []


def test_slow_removals_are_told_by_their_median() -> None:
    gone = [
        report(number, ReportState.ACCEPTED, removed=days_later(on(10, 5), days))
        for number, days in ((1, 2), (2, 9), (3, 30))
    ]
    point = only(given(reports=gone))
    assert point.heading == "Removals took 9 d"
    assert "median of 3. R-3 took longest: 30 d" in point.says


def test_quick_removals_are_let_through() -> None:
    gone = [report(1, ReportState.ACCEPTED, removed=days_later(on(10, 5), 6))]
    assert headings(given(reports=gone)) == []


def test_reports_and_letters_that_amazon_does_not_answer_are_points() -> None:
    facts = given(reports=[report(4, None)], letters=[letter(2, on(11, 3))])
    assert headings(facts) == [
        "1 report without an answer from Amazon",
        "1 letter without an answer from Amazon",
    ]
    assert "L-2 from 3 Nov 2026" in only(given(letters=[letter(2, on(11, 3))])).says


def test_what_is_young_or_answered_or_for_a_buyer_is_let_through() -> None:
    facts = given(
        reports=[report(4, None, filed=on(12, 28))],
        letters=[
            letter(1, on(12, 28)),
            letter(2, on(10, 28), state="answered"),
            letter(3, on(10, 28), kind=LetterKind.BUYER),
        ],
    )
    assert headings(facts) == []


def test_a_moment_of_the_teams_zone_decides_about_the_quarter() -> None:
    late = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    refusal = [report(1, ReportState.REFUSED, answered=late, refusal=RejectionReason.VAGUE)]
    berlin = ZoneInfo("Europe/Berlin")
    there = given(reports=refusal, zone="Europe/Berlin", span=span_of(Q4, NOW, berlin))
    assert headings(given(reports=refusal)) != []
    assert headings(there) == []
