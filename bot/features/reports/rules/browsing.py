"""What a list of reports is sorted, filtered and searched by."""

from __future__ import annotations

from bot.core.browse.arranging import searchable
from bot.core.browse.models import RowMark, tag_of
from bot.features.reports.models.reports import Report

STATE, OPEN, MARKET = "state", "open", "market"
"""Names of filters."""
YES, NO = "yes", "no"


def report_mark(report: Report) -> RowMark:
    """Return what a row is found by; the texts of reports are not searched."""
    return RowMark(
        key=report.key,
        sorts=(
            float(report.number),
            report.seller or None,
            report.state.value,
            report.filed_at.timestamp() if report.filed_at else None,
            report.answered_at.timestamp() if report.answered_at else None,
            report.removed_at.timestamp() if report.removed_at else None,
            report.complaint or None,
            float(int(report.case)) if report.case.isdigit() else None,
        ),
        words=searchable(
            report.label,
            report.claim.label,
            report.seller,
            report.complaint,
            report.marketplace,
            report.right,
            *report.asins,
        ),
        tags=(
            tag_of(STATE, report.state),
            tag_of(OPEN, YES if report.open else NO),
            tag_of(MARKET, report.marketplace),
        ),
    )
