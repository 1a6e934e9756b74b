"""What a person can press on a report's card, by how far the report is."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.cards import Button, Style
from bot.core.interface import tr
from bot.features.reports.models.lint_input import Objection
from bot.features.reports.models.reports import WITH_AMAZON, Report, ReportState
from bot.features.reports.views.relisting import again_button
from bot.features.reports.views.report_acts import close_confirm, retract_confirm


def report_buttons(report: Report, objections: Sequence[Objection]) -> tuple[Button, ...]:
    """Return what can be done with the report now, first what a seller's return asks for."""
    again = (again_button(report),) if report.is_back else ()
    return (*again, *_buttons(report, objections))


def _buttons(report: Report, objections: Sequence[Objection]) -> tuple[Button, ...]:
    ref = report.key
    over = report.removed_at is not None and not report.is_back
    style = Style.PRIMARY if over else Style.PLAIN
    close = Button(
        label=tr("Close report"),
        action="close-report",
        ref=ref,
        style=style,
        confirm=close_confirm(report),
    )
    if report.state is ReportState.DRAFT:
        return _draft_buttons(report, objections)
    if report.state is ReportState.CONFIRMED:
        return (
            Button(label=tr("I filed it"), action="report-filed", ref=ref, style=Style.PRIMARY),
            Button(label=tr("Edit text"), action="edit-report", ref=ref),
            Button(label=tr("Discard"), action="retract-report", ref=ref),
        )
    if report.state in WITH_AMAZON:
        answered = Button(
            label=tr("Amazon answered"), action="report-answer", ref=ref, style=Style.PRIMARY
        )
        complaint = Button(label=tr("Complaint ID"), action="report-filed", ref=ref)
        retract = Button(
            label=tr("I retracted it"),
            action="retract-report",
            ref=ref,
            confirm=retract_confirm(report),
        )
        known = report.complaint or report.state is not ReportState.FILED
        return (answered, retract) if known else (answered, complaint, retract)
    if report.state is ReportState.REFUSED:
        again = Button(label=tr("File again"), action="refile", ref=ref, style=Style.PRIMARY)
        return (again, Button(label=tr("Amazon answered"), action="report-answer", ref=ref), close)
    if report.state is ReportState.ACCEPTED:
        return (close, Button(label=tr("Amazon answered"), action="report-answer", ref=ref))
    return ()


def _draft_buttons(report: Report, objections: Sequence[Objection]) -> tuple[Button, ...]:
    ref = report.key
    stopped = any(each.stops for each in objections)
    fixes = {each.fix for each in objections if each.fix}
    buttons = [
        Button(
            label=tr("Confirm"),
            action="confirm-report",
            ref=ref,
            style=Style.PLAIN if stopped else Style.PRIMARY,
        ),
        Button(label=tr("Edit text"), action="edit-report", ref=ref),
    ]
    if "collect" in fixes:
        buttons.insert(
            0,
            Button(
                label=tr("Collect evidence"), action="collect", ref=report.case, style=Style.PRIMARY
            ),
        )
    confirm = retract_confirm(report)
    discard = Button(label=tr("Discard"), action="retract-report", ref=ref, confirm=confirm)
    return (*buttons, discard)
