"""A report's way from draft to removal, its follow-ups, and the guard of the accepted share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.labeled import Recommendation
from bot.core.permissions import Person
from bot.core.reminding import REMINDERS, may_remind
from bot.errors import UserError
from bot.features.reports.models.claims import Claim
from bot.features.reports.models.observations import Grounds
from bot.features.reports.models.reports import RejectionReason, Report, ReportState, Version
from bot.features.reports.rules import steps
from bot.features.reports.rules.acceptance import AcceptanceRate, needs_reason, share
from bot.features.reports.rules.followups import due, took
from bot.features.reports.views.reports import question

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
BEN, ANA = Person("ben", "Ben"), Person("ana", "Ana")
DRAFT = Report(
    number=3,
    case="00000012",
    recommendation=Recommendation.INFRINGEMENT,
    claim=Claim.COUNTERFEIT,
    marketplace="US",
    asins=("B0ALDER001",),
    seller="A1QX7ZP9KD4W2M",
    grounds=Grounds.TEST_BUY,
    versions=(Version("one", NOW, BEN),),
    drafted_at=NOW,
    drafted_by=BEN,
)


def filed(at: datetime = NOW) -> Report:
    confirmed = steps.confirm(DRAFT, ANA, at, two_persons=True)
    return steps.file(confirmed, ANA, at, "C123")


def test_the_way_of_a_report_that_is_accepted_and_works() -> None:
    report = filed()
    assert report.state is ReportState.FILED
    report = steps.answer(report, NOW + timedelta(days=1), ReportState.REVIEW)
    report = steps.answer(report, NOW + timedelta(days=2), ReportState.ACCEPTED)
    gone = steps.removed(report, NOW + timedelta(days=3, hours=4))
    assert gone is not None
    assert took(gone) == timedelta(days=3, hours=4)
    assert gone.due_at is None
    closed = steps.close(gone)
    assert not closed.open
    assert closed.accepted


def test_nobody_confirms_their_own_words_where_two_are_asked_for() -> None:
    with pytest.raises(UserError, match="someone else must"):
        steps.confirm(DRAFT, BEN, NOW, two_persons=True)
    assert steps.confirm(DRAFT, BEN, NOW, two_persons=False).confirmed_by == BEN
    edited = steps.edit(DRAFT, ANA, NOW, "two")
    for author in (ANA, BEN):
        with pytest.raises(UserError, match="someone else must"):
            steps.confirm(edited, author, NOW, two_persons=True)


def test_a_changed_text_has_to_be_confirmed_again() -> None:
    confirmed = steps.confirm(DRAFT, ANA, NOW, two_persons=True)
    edited = steps.edit(confirmed, BEN, NOW, "two")
    assert (edited.state, edited.confirmed_by, edited.packet) == (ReportState.DRAFT, None, None)
    assert [version.text for version in edited.versions] == ["one", "two"]
    with pytest.raises(UserError, match="has not changed"):
        steps.edit(edited, BEN, NOW, "two")


def test_of_many_versions_the_first_and_the_newest_are_kept() -> None:
    report = DRAFT
    for number in range(50):
        report = steps.edit(report, BEN, NOW, f"text {number}")
    assert len(report.versions) == steps.VERSIONS
    assert (report.versions[0].text, report.text) == ("one", "text 49")


def test_the_complaint_id_may_follow_and_the_day_of_filing_stays() -> None:
    confirmed = steps.confirm(DRAFT, ANA, NOW, two_persons=True)
    first = steps.file(confirmed, ANA, NOW, "")
    assert "complaint ID" in question(first)
    later = steps.file(first, BEN, NOW + timedelta(days=1), "C9")
    assert (later.filed_at, later.filed_by, later.complaint) == (NOW, ANA, "C9")


Step = Callable[[Report], object]
EARLY: list[tuple[Step, str]] = [
    (lambda report: steps.file(report, BEN, NOW, ""), "can't be filed"),
    (lambda report: steps.answer(report, NOW, ReportState.ACCEPTED), "can't be answered"),
]


@pytest.mark.parametrize(("step", "says"), EARLY)
def test_a_draft_is_neither_filed_nor_answered(step: Step, says: str) -> None:
    with pytest.raises(UserError, match=says):
        step(DRAFT)


LATE: list[Step] = [
    lambda report: steps.edit(report, BEN, NOW, "two"),
    lambda report: steps.confirm(report, ANA, NOW, two_persons=False),
    lambda report: steps.file(report, ANA, NOW, ""),
    steps.retract,
    steps.close,
]


@pytest.mark.parametrize("step", LATE)
def test_a_discarded_report_is_over(step: Step) -> None:
    with pytest.raises(UserError, match="Discarded"):
        step(steps.retract(DRAFT))


def test_only_what_was_filed_is_retracted() -> None:
    assert steps.retract(filed()).state is ReportState.RETRACTED
    assert steps.retract(DRAFT).state is ReportState.DISCARDED
    kept = msgspec.structs.replace(DRAFT, state=ReportState.RETRACTED)
    assert kept.state is ReportState.DISCARDED


def test_an_offer_that_goes_before_anything_was_filed_says_nothing_of_the_report() -> None:
    assert steps.removed(DRAFT, NOW) is None
    gone = steps.removed(filed(), NOW)
    assert gone is not None
    assert steps.removed(gone, NOW + timedelta(days=1)) is None


def test_reminders_come_slower_and_slower_and_then_no_more() -> None:
    report = filed()
    pauses = []
    now = NOW
    while report.due_at is not None and may_remind(report, report.due_at):
        pauses.append(report.due_at - now)
        now = report.due_at
        report = steps.remind(report, now)
    assert len(pauses) == REMINDERS
    assert pauses == sorted(pauses)
    assert pauses[0] == timedelta(days=2)
    assert report.due_at is not None


def test_what_waits_for_nobody_is_not_due() -> None:
    assert due(DRAFT, NOW) is None
    assert due(steps.retract(filed()), NOW) is None


def test_the_second_refusal_leads_on_to_a_case_or_a_lawyer() -> None:
    refused = steps.answer(filed(), NOW, ReportState.REFUSED, RejectionReason.VAGUE)
    assert "'File again'" in question(refused)
    again = msgspec.structs.replace(refused, refiles=2)
    assert "lawyer" in question(again)


@pytest.mark.parametrize(
    ("have", "says"),
    [
        ((), "Add a test buy and photos next to the genuine product."),
        (("received", "genuine"), "Add a test buy."),
        (("test-buy", "received"), "Add photos next to the genuine product."),
        (("test-buy", "received", "genuine"), "Number the differences"),
    ],
)
def test_after_a_refusal_only_what_is_missing_is_asked_for(
    have: tuple[str, ...], says: str
) -> None:
    refused = steps.answer(filed(), NOW, ReportState.REFUSED, RejectionReason.EVIDENCE)
    assert question(msgspec.structs.replace(refused, evidence=have)).startswith(says)
    assert question(refused, have) == question(msgspec.structs.replace(refused, evidence=have))
    assert question(refused, have).count("again") == 1


def answered(accepted: bool, at: datetime = NOW, claim: Claim = Claim.COUNTERFEIT) -> Report:
    state = ReportState.ACCEPTED if accepted else ReportState.REFUSED
    return msgspec.structs.replace(steps.answer(filed(), at, state), claim=claim)


def test_the_share_counts_what_amazon_answered_in_six_months() -> None:
    reports = [
        answered(True),
        answered(False, NOW - timedelta(days=30)),
        answered(False, NOW - timedelta(days=300)),
        answered(True, claim=Claim.PATENT),
        steps.close(answered(True)),
        filed(),
        DRAFT,
    ]
    assert share(reports, NOW) == AcceptanceRate(3, 4)
    assert share(reports, NOW, Claim.PATENT) == AcceptanceRate(1, 1)
    assert str(share([DRAFT], NOW)) == "no answers yet"
    assert str(AcceptanceRate(9, 10)) == "90% (9 of 10)"


@pytest.mark.parametrize(
    ("accepted", "of", "asks"),
    [
        (0, 0, False),
        (1, 1, False),
        (0, 9, False),
        (8, 10, True),
        (9, 10, True),
        (10, 10, False),
        (17, 18, True),
        (18, 19, False),
    ],
)
def test_a_weak_report_needs_a_reason_where_the_share_cannot_bear_a_refusal(
    accepted: int, of: int, asks: bool
) -> None:
    assert needs_reason(AcceptanceRate(accepted, of), weak=True) is asks
    assert not needs_reason(AcceptanceRate(accepted, of), weak=False)


@given(st.lists(st.sampled_from(list(ReportState)), max_size=8))
def test_whatever_amazon_answers_in_whatever_order_the_dates_stay_sound(
    states: list[ReportState],
) -> None:
    report, now = filed(), NOW
    for state in states:
        now += timedelta(days=1)
        try:
            report = steps.answer(report, now, state)
        except UserError:
            continue
        assert report.due_at is None or report.due_at > now
        assert report.filed_at == NOW
