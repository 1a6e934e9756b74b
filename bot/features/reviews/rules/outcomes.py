"""What became of reports and letters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from statistics import median

from bot.features.letters.models.letters import Letter, LetterKind, LetterState
from bot.features.reports.models.reports import WITH_AMAZON, RejectionReason, Report, ReportState
from bot.features.reports.rules.acceptance import AcceptanceRate, share
from bot.features.reports.rules.followups import lasted, took
from bot.features.reviews.models.facts import Facts, Weighed, counted, listed, some, written
from bot.features.reviews.models.reviews import Point

SLOW = timedelta(days=7)
"""A removal that takes longer is slow."""
SILENT = timedelta(days=14)
"""Whoever has not answered for so long is asked again."""


def refused(facts: Facts) -> Weighed | None:
    """Return that Amazon refused reports, and that the accepted share is under the bar."""
    found = [each for each in answered(facts) if each.verdict is ReportState.REFUSED]
    if not found:
        return None
    overall = share(_until_then(facts), facts.span.ends)
    reasons = Counter(each.refusal or RejectionReason.OTHER for each in found).most_common()
    told = listed(f"{reason.label.lower()} ({times})" for reason, times in reasons)
    bar = " Project Zero requires 90%." if overall.below else ""
    what = f"{counted(len(found), 'report')} rejected"
    point = Point(
        heading=f"Acceptance rate over six months {overall}, {what}" if overall.below else what,
        says=f"Reasons: {told}. Acceptance rate over six months: {overall}.{bar}",
        propose=reasons[0][0].advice,
        refs=some(each.label for each in found),
    )
    return Weighed(75 if overall.below else min(60, 48 + 2 * len(found)), point)


def slow(facts: Facts) -> Weighed | None:
    """Return that removals took long."""
    middle = removal(facts)
    if middle is None or middle <= SLOW:
        return None
    gone = _removed(facts)
    longest = max(gone, key=lambda each: took(each) or timedelta())
    point = Point(
        heading=f"Removals took {lasted(middle)}",
        says=f"That is the median of {len(gone)}. {longest.label} took longest: "
        f"{lasted(took(longest) or timedelta())}.",
        propose="When a reminder comes for an accepted report, ask Amazon and quote its "
        "complaint ID.",
        refs=some(each.label for each in gone),
    )
    return Weighed(42, point)


def silent(facts: Facts) -> Weighed | None:
    """Return reports that Amazon has not answered."""
    found = [
        report
        for report in facts.reports
        if report.open
        and report.state in WITH_AMAZON
        and report.verdict is None
        and report.filed_at is not None
        and report.filed_at <= facts.span.ends - SILENT
    ]
    if not found:
        return None
    told = [f"{each.label} ({each.claim.label})" for each in found]
    point = Point(
        heading=f"{counted(len(found), 'report')} without an answer from Amazon",
        says=f"Filed more than {SILENT.days} days before the quarter ended: {listed(told)}.",
        propose="Open a Brand Registry case for each, with its complaint ID.",
        refs=some(each.label for each in found),
    )
    return Weighed(min(58, 44 + 2 * len(found)), point)


def unanswered(facts: Facts) -> Weighed | None:
    """Return letters to Amazon's support that got no answer; buyers owe none (facts: buyers)."""
    found = [
        letter
        for letter in facts.letters
        if letter.kind is LetterKind.SUPPORT
        and letter.state is LetterState.SENT
        and letter.sent_at is not None
        and letter.sent_at <= facts.span.ends - SILENT
    ]
    if not found:
        return None
    told = [f"{each.label} from {_sent(each, facts)}" for each in found]
    point = Point(
        heading=f"{counted(len(found), 'letter')} without an answer from Amazon",
        says=f"Sent more than {SILENT.days} days before the quarter ended: {listed(told)}.",
        propose="Write again in the same Amazon case, or say in the letter's thread why not.",
        refs=some(each.label for each in found),
    )
    return Weighed(min(50, 35 + 2 * len(found)), point)


def answered(facts: Facts) -> list[Report]:
    """Return the reports on which Amazon gave its word in the quarter."""
    return [each for each in facts.reports if each.answered_at in facts.span and each.verdict]


def accepted(facts: Facts) -> AcceptanceRate:
    """Return the accepted share of the quarter."""
    here = answered(facts)
    return AcceptanceRate(sum(each.accepted for each in here), len(here))


def removal(facts: Facts) -> timedelta | None:
    """Return the median from filing to removal; None where nothing was removed."""
    spans = [length.total_seconds() for each in _removed(facts) if (length := took(each))]
    return timedelta(seconds=median(spans)) if spans else None


def removals(facts: Facts) -> int:
    """Return how many reported offers were removed."""
    return len(_removed(facts))


def _removed(facts: Facts) -> list[Report]:
    return [each for each in facts.reports if each.removed_at in facts.span and took(each)]


def _until_then(facts: Facts) -> Sequence[Report]:
    ends = facts.span.ends
    return [each for each in facts.reports if each.answered_at and each.answered_at < ends]


def _sent(letter: Letter, facts: Facts) -> str:
    return written(facts.day(letter.sent_at or letter.written_at))
