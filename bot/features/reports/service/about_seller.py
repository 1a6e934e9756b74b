"""Whether reports speak against trusting a seller."""

from __future__ import annotations

from bot.core.context import AppContext
from bot.core.scanning import each_found
from bot.core.store import Transaction
from bot.features.cases.models.events import ReportsOn
from bot.features.reports.collections import REPORTS
from bot.features.reports.models.reports import OVER, Report, ReportState

NAMED = 5
"""So many reports are named."""


async def reports_on(_: AppContext, tx: Transaction, query: ReportsOn) -> tuple[str, ...]:
    """Name the reports that Amazon accepted first, then those that are open."""
    found = [
        report for case in query.cases async for report in each_found(tx, REPORTS, "case", case)
    ]
    accepted = [
        report for report in found if report.accepted and report.state is not ReportState.RETRACTED
    ]
    opened = [
        report
        for report in found
        if not report.accepted and report.state not in OVER | {ReportState.REFUSED}
    ]
    told = [_told(report, "was accepted by Amazon") for report in accepted]
    told += [_told(report, "is still open") for report in opened]
    return tuple(told[:NAMED])


def _told(report: Report, verb: str) -> str:
    return f"⚠ {report.label} about this seller ({report.claim.label}) {verb}."
