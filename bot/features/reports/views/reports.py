"""The list of reports, with the accepted share and how long removals took."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta

import msgspec

from bot.core.cards import Card, Field, Tone
from bot.core.interface import listed, together, tr, tr_count, tr_data
from bot.core.team import Team
from bot.core.views.context import field
from bot.core.views.lists import ListPage
from bot.core.when import moment
from bot.features.evidence.models.items import EvidenceKind
from bot.features.reports.models.claims import GOODS, Claim
from bot.features.reports.models.reports import RejectionReason, Report, ReportState
from bot.features.reports.rules.acceptance import BAR, AcceptanceRate
from bot.features.reports.rules.followups import lasted, took

BAR_CELLS = 10
QUESTIONS = {
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
"""What is to be done about a report, by its state."""


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
            title=tr("No reports yet"),
            body=tr(
                "Press 'File a report' on a case, and answer a few questions to find the right "
                "Amazon form."
            ),
        )
    counts = " · ".join(
        tr("{count} {state}", count=number, state=state.said.lower())
        for state, number in states.items()
    )
    rate = tr("Acceptance rate, last 6 months: {rate}", rate=overall)
    lines = [counts, f"{rate} {meter(overall)}".rstrip()]
    lines += [_tally_line(tally) for tally in tallies]
    return Card(
        title=tr_count(page.total, "{count} report", "{count} reports"),
        body="\n".join(lines),
        tone=Tone.WARNING if overall.counts and overall.below else Tone.INFO,
        fields=tuple(_line(report, team) for report in reports),
        buttons=page.buttons,
        footer=page.footer
        or tr("Project Zero requires an acceptance rate of {rate}.", rate=f"{BAR:.0%}"),
    )


def meter(share: AcceptanceRate) -> str:
    """Draw a share as a bar of ten cells; nothing where there is no answer."""
    if share.rate is None:
        return ""
    filled = int(share.rate * BAR_CELLS)
    return "█" * filled + "░" * (BAR_CELLS - filled)


def _tally_line(tally: ClaimCount) -> str:
    gone = tally.removal and tr(
        "removed after {time}", time=lasted(timedelta(seconds=tally.removal))
    )
    fared = listed(str(tally.share), gone or "")
    return tr("• {claim}: {fared}", claim=tally.claim.said, fared=fared)


def _line(report: Report, team: Team) -> Field:
    parts = [report.state.said, report.seller or listed(*report.asins)]
    duration = took(report)
    if duration is not None:
        parts.append(tr("removed after {time}", time=lasted(duration)))
    elif report.filed_at is not None:
        parts.append(tr("filed {time}", time=moment(report.filed_at, team)))
    if report.returned_at is not None:
        parts.append(tr("back since {time}", time=moment(report.returned_at, team)))
    if report.complaint:
        parts.append(report.complaint)
    return field(f"{report.label} · {report.claim.said}", " · ".join(parts), wide=True)


def question(report: Report, have: Collection[str] = ()) -> str:
    """Say what is to be done about the report, as it stands; ``have``: kinds of evidence by now."""
    if report.is_back:
        return tr("The reported seller is back. Press 'File a new report'.")
    if report.state in (ReportState.REFUSED, ReportState.PARTLY):
        return _escalation(report, {*report.evidence, *have})
    if report.state is ReportState.FILED and not report.complaint:
        return tr("Has Amazon assigned a complaint ID? Add it.")
    return tr_data(QUESTIONS.get(report.state, "")) or tr("Nothing to do.")


def _escalation(report: Report, have: Collection[str]) -> str:
    """Say what comes next after Amazon did not accept it: more evidence, a case, a lawyer."""
    if not report.open:
        return tr("Nothing to do. Another report follows this one.")
    advice = _advice(report, have)
    if report.refiles is not None:
        second = tr(
            "This was the second try. Open a Brand Registry case with both complaint IDs, or take "
            "the evidence packet to a lawyer."
        )
        return together(advice, second)
    if report.state is ReportState.PARTLY:
        return together(advice, tr("Then answer Amazon, and quote the complaint ID."))
    return together(advice, tr("Then press 'File again'."))


def _advice(report: Report, have: Collection[str]) -> str:
    """Say what would mend it; of evidence, only what is not there."""
    if report.refusal is None:
        return tr("Ask Amazon what was missing.")
    if report.refusal is not RejectionReason.EVIDENCE:
        return tr_data(report.refusal.advice)
    if report.claim not in GOODS:
        return tr("Add screenshots with dates that show the violation.")
    return _goods_advice(have)


def _goods_advice(have: Collection[str]) -> str:
    bought = EvidenceKind.TEST_BUY in have
    shown = EvidenceKind.RECEIVED in have and EvidenceKind.GENUINE in have
    if not (bought or shown):
        return tr_data(RejectionReason.EVIDENCE.advice)
    if not bought:
        return tr("Add a test buy.")
    if not shown:
        return tr("Add photos next to the genuine product.")
    return tr("Number the differences, and say in the text which photo shows each of them.")
