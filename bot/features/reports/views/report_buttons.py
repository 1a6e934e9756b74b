"""What a person can press on a report's card, by how far the report is."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from bot.core.cards import Button, Menu, Style
from bot.core.interface import tr
from bot.features.reports.models.lint_input import Objection
from bot.features.reports.models.reports import WITH_AMAZON, Report, ReportState
from bot.features.reports.views.relisting import again_button
from bot.features.reports.views.report_acts import close_confirm, retract_confirm

BUTTONS = 3
"""So many stand on a card."""


def report_buttons(report: Report, objections: Sequence[Objection]) -> tuple[Button, ...]:
    """Return what can be done with the report now, first what a seller's return asks for."""
    again = (again_button(report),) if report.is_back else ()
    return (*again, *_buttons(report, objections))


def folded(buttons: Sequence[Button]) -> tuple[tuple[Button, ...], Menu | None]:
    """Return the next step and two more, and what else can be done in a menu."""
    rest = tuple(buttons[BUTTONS:])
    return tuple(buttons[:BUTTONS]), Menu(tr("More"), rest) if rest else None


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
    confirm = Button(label=tr("Confirm"), action="confirm-report", ref=ref)
    edit = Button(label=tr("Edit text"), action="edit-report", ref=ref)
    steps: tuple[Button, ...] = (edit, confirm) if stopped else (confirm, edit)
    if "collect" in {each.fix for each in objections}:
        collect = Button(label=tr("Collect evidence"), action="collect", ref=report.case)
        steps = (collect, confirm, edit)
    first = msgspec.structs.replace(steps[0], style=Style.PRIMARY)
    discard = Button(
        label=tr("Discard"),
        action="retract-report",
        ref=ref,
        confirm=retract_confirm(report),
    )
    return (first, *steps[1:], discard)
