"""The list of reports, with the accepted share and how long removals took."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta

import msgspec

from bot.core.cards import Card, Field, Tone
from bot.core.team import Team
from bot.core.views.context import field
from bot.core.views.lists import ListPage, counted
from bot.core.when import moment
from bot.features.evidence.models.items import EvidenceKind
from bot.features.reports.models.claims import GOODS, Claim
from bot.features.reports.models.reports import RejectionReason, Report, ReportState
from bot.features.reports.rules.acceptance import BAR, AcceptanceRate
from bot.features.reports.rules.followups import lasted, took

BAR_CELLS = 10
_QUESTIONS = {
    ReportState.DRAFT: "Fix the issues listed, then ask a colleague to confirm the report.",
    ReportState.CONFIRMED: (
        "The report is confirmed but not filed yet. File it, then press 'I filed it'."
    ),
    ReportState.FILED: "Has Amazon answered? Check Brand Registry or your messages.",
    ReportState.REVIEW: "Has Amazon answered? Check Brand Registry or your messages.",
    ReportState.WANTED: (
        "Amazon wants more from you, such as authorization documents. Send it as soon as you can."
    ),
    ReportState.ACCEPTED: (
        "Amazon accepted the report. The next checks will show when the offer is gone. If it is "
        "still there after a few days, ask Amazon and quote the complaint ID."
    ),
}


class ClaimCount(msgspec.Struct, frozen=True, kw_only=True):
    """How reports with one claim fared."""

    claim: Claim
    share: AcceptanceRate
    removal: float | None
    """The median of seconds from filing to removal."""


def reports_card(
    reports: Sequence[Report],
    overall: AcceptanceRate,
    tallies: Sequence[ClaimCount],
    states: Mapping[ReportState, int],
    page: ListPage,
    team: Team,
) -> Card:
    """Show how the reports stand: the accepted share first, because it is an asset."""
    if not page.total:
        return Card(
            title="No reports yet",
            body="Press 'File a report' on a case, and answer a few questions to find the right "
            "Amazon form.",
        )
    counts = " · ".join(f"{number} {state.label.lower()}" for state, number in states.items())
    lines = [counts, f"Acceptance rate, last 6 months: {overall} {meter(overall)}".rstrip()]
    lines += [_tally_line(tally) for tally in tallies]
    return Card(
        title=counted(page.total, "report"),
        body="\n".join(lines),
        tone=Tone.WARNING if overall.counts and overall.below else Tone.INFO,
        fields=tuple(_line(report, team) for report in reports),
        buttons=page.buttons,
        footer=page.footer or f"Project Zero requires an acceptance rate of {BAR:.0%}.",
    )


def meter(share: AcceptanceRate) -> str:
    """Draw a share as a bar of ten cells; nothing where there is no answer."""
    if share.rate is None:
        return ""
    filled = int(share.rate * BAR_CELLS)
    return "█" * filled + "░" * (BAR_CELLS - filled)


def _tally_line(tally: ClaimCount) -> str:
    gone = f", removed after {lasted(timedelta(seconds=tally.removal))}" if tally.removal else ""
    return f"• {tally.claim.label}: {tally.share}{gone}"


def _line(report: Report, team: Team) -> Field:
    parts = [report.state.label, report.seller or ", ".join(report.asins)]
    duration = took(report)
    if duration is not None:
        parts.append(f"removed after {lasted(duration)}")
    elif report.filed_at is not None:
        parts.append(f"filed {moment(report.filed_at, team)}")
    if report.returned_at is not None:
        parts.append(f"back since {moment(report.returned_at, team)}")
    if report.complaint:
        parts.append(report.complaint)
    return field(f"{report.label} · {report.claim.label}", " · ".join(parts), wide=True)


def question(report: Report, have: Collection[str] = ()) -> str:
    """Say what is to be done about the report, as it stands; ``have``: kinds of evidence by now."""
    if report.is_back:
        return "The reported seller is back. Press 'File a new report'."
    if report.state in (ReportState.REFUSED, ReportState.PARTLY):
        return _escalation(report, {*report.evidence, *have})
    if report.state is ReportState.FILED and not report.complaint:
        return "Has Amazon assigned a complaint ID? Add it."
    return _QUESTIONS.get(report.state, "Nothing to do.")


def _escalation(report: Report, have: Collection[str]) -> str:
    """Say what comes next after Amazon did not accept it: more evidence, a case, a lawyer."""
    if not report.open:
        return "Nothing to do. Another report follows this one."
    advice = _advice(report, have)
    if report.refiles is not None:
        return (
            f"{advice} This was the second try. Open a Brand Registry case with both complaint "
            "IDs, or take the evidence packet to a lawyer."
        )
    if report.state is ReportState.PARTLY:
        return f"{advice} Then answer Amazon, and quote the complaint ID."
    return f"{advice} Then press 'File again'."


def _advice(report: Report, have: Collection[str]) -> str:
    """Say what would mend it; of evidence, only what is not there."""
    if report.refusal is None:
        return "Ask Amazon what was missing."
    if report.refusal is not RejectionReason.EVIDENCE:
        return report.refusal.advice
    if report.claim not in GOODS:
        return "Add screenshots with dates that show the violation."
    bought = EvidenceKind.TEST_BUY in have
    shown = EvidenceKind.RECEIVED in have and EvidenceKind.GENUINE in have
    lacking = [
        words
        for there, words in ((bought, "a test buy"), (shown, "photos next to the genuine product"))
        if not there
    ]
    if lacking:
        return f"Add {' and '.join(lacking)}."
    return "Number the differences, and say in the text which photo shows each of them."
