"""Reports as rows of a list."""

from __future__ import annotations

from bot.core.browse.models import TableCell, TableColumn, TableFilter, TableRow
from bot.core.browse.table import Labels
from bot.core.cards import Tone
from bot.core.forms import OPTION, Option, options_of
from bot.core.interface import listed, tr
from bot.core.text import one_line
from bot.features.reports.models.reports import Report, ReportState
from bot.features.reports.rules.browsing import MARKET, NO, OPEN, STATE, YES

CASE = "C-"
WAITING = frozenset({ReportState.DRAFT, ReportState.CONFIRMED, ReportState.WANTED})
"""States in which the team has to do something."""


def report_columns() -> tuple[TableColumn, ...]:
    """Return the columns of the list."""
    return (
        TableColumn("report", tr("Report")),
        TableColumn("seller", tr("Seller or product")),
        TableColumn("state", tr("State")),
        TableColumn("filed", tr("Filed")),
        TableColumn("answered", tr("Answered")),
        TableColumn("removed", tr("Offer gone")),
        TableColumn("complaint", tr("Complaint ID")),
        TableColumn("case", tr("Case")),
    )


def report_filters(labels: Labels) -> tuple[TableFilter, ...]:
    """Return what the list can be narrowed by."""
    todo = (Option(YES, tr("Something to do")), Option(NO, tr("Nothing to do")))
    markets = tuple(Option(each, one_line(each, OPTION)) for each in labels(MARKET))
    return (
        TableFilter(STATE, tr("State"), options_of(ReportState)),
        TableFilter(OPEN, tr("To do"), todo),
        TableFilter(MARKET, tr("Marketplace"), markets),
    )


def report_row(report: Report) -> TableRow:
    """Show a report: against whom, how it stands, and when what happened."""
    refusal = report.refusal.said if report.refusal else ""
    back = tr("The seller is back") if report.is_back else ""
    number = int(report.case) if report.case.isdigit() else 0
    return TableRow(
        report.key,
        (
            TableCell(text=f"{report.label} · {report.claim.said}", note=report.marketplace),
            TableCell(text=report.seller or listed(*report.asins[:3])),
            TableCell(
                text=report.state.said,
                note=listed(refusal, back),
                tone=Tone.WARNING if back or report.state in WAITING else None,
            ),
            TableCell(at=report.filed_at, text=tr("not filed")),
            TableCell(at=report.answered_at),
            TableCell(at=report.removed_at),
            TableCell(text=report.complaint),
            TableCell(text=f"{CASE}{number}", row=("cases", report.case)),
        ),
    )
