"""What ends a report: the question before it, and what is said once it is done."""

from __future__ import annotations

from bot.core.cards import Confirm
from bot.core.interface import tr
from bot.core.permissions import Permission, Person
from bot.core.undo.models import Act, Image
from bot.features.reports.models.reports import OVER, Report, ReportState


def retract_confirm(report: Report) -> Confirm | None:
    """Ask before a report is discarded, or noted as retracted.

    None: it is over, or it was confirmed, and then a form asks why.
    """
    if report.state in OVER or report.state is ReportState.CONFIRMED:
        return None
    if report.filed_at is None:
        return Confirm(
            title=tr("Discard {label}?", label=report.label),
            text=tr("The draft won't be filed. You can undo this for 10 minutes."),
            yes=tr("Discard"),
        )
    return Confirm(
        title=tr("Retracted {label}?", label=report.label),
        text=tr(
            "Say yes only if you retracted it at Amazon: Brandwarden can't do that. It will stop "
            "following {label}. You can undo this for 10 minutes.",
            label=report.label,
        ),
        yes=tr("I retracted it"),
    )


def close_confirm(report: Report) -> Confirm | None:
    """Ask before a report is closed whose offer is not known to be gone; None elsewhere."""
    if report.state in OVER or (report.removed_at is not None and not report.is_back):
        return None
    return Confirm(
        title=tr("Close {label}?", label=report.label),
        text=tr(
            "As far as the checks show, the reported offer is not gone. You will get no more "
            "reminders of {label}. You can undo this for 10 minutes.",
            label=report.label,
        ),
        yes=tr("Close report"),
    )


def end_act(who: Person, before: Report, after: Report, image: Image) -> Act:
    """Say who ended a report, and how."""
    name, label = who.name, before.label
    match after.state:
        case ReportState.DISCARDED:
            title = tr("{name} discarded {label}.", name=name, label=label)
        case ReportState.RETRACTED:
            title = tr("{name} retracted {label}.", name=name, label=label)
        case _:
            title = tr("{name} closed {label}.", name=name, label=label)
    return Act(
        title=title,
        permission=Permission.WORK_CASES,
        images=(image,),
        instead=tr("Press 'File a report' on its case."),
    )
