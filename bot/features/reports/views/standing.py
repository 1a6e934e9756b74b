"""How far a report is, as the card of its case shows it."""

from __future__ import annotations

from bot.core.cards import Button
from bot.core.interface import listed, tr
from bot.features.cases.models.events import CaseReport
from bot.features.reports.models.reports import WITH_AMAZON, Report, ReportState
from bot.features.reports.rules.followups import lasted, took
from bot.features.reports.views.relisting import again_button
from bot.features.reports.views.reports import question


def case_report(report: Report) -> CaseReport:
    """Return how far the report is, and the one next step with it."""
    return CaseReport(
        label=report.label,
        said=listed(report.state.said, _became(report)),
        todo=_todo(report),
        step=_step(report),
        open=report.open,
    )


def _todo(report: Report) -> str:
    """Say what is to be done; what is wrong with a draft stands in the thread, not here."""
    if not _waits(report):
        return ""
    if report.state is ReportState.DRAFT and not report.is_back:
        return tr("Open the thread: fix what the draft lists, then ask a colleague to confirm it.")
    return question(report)


def _became(report: Report) -> str:
    if report.is_back:
        return tr("the seller is back")
    duration = took(report)
    return tr("removed after {time}", time=lasted(duration)) if duration is not None else ""


def _waits(report: Report) -> bool:
    return report.is_back or (report.open and report.removed_at is None)


def _step(report: Report) -> Button | None:
    """Return the button for what comes next; a draft is read in the thread first."""
    if report.is_back:
        return again_button(report)
    if not report.open:
        return None
    if report.state is ReportState.CONFIRMED:
        return Button(label=tr("I filed it"), action="report-filed", ref=report.key)
    if report.state in WITH_AMAZON:
        return Button(label=tr("Amazon answered"), action="report-answer", ref=report.key)
    if report.state is ReportState.REFUSED:
        return Button(label=tr("File again"), action="refile", ref=report.key)
    return None
