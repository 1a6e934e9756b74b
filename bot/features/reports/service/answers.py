"""What reports tell of a case: whether they speak against its seller, and what came of them."""

from __future__ import annotations

from collections.abc import Iterable

from bot.core.context import AppContext
from bot.core.interface import together, tr, tr_count
from bot.core.scanning import each_found
from bot.core.store import Store, Transaction
from bot.features.cases.models.cases import case_key
from bot.features.cases.models.events import (
    AccusedIn,
    BecameOfCase,
    CaseReport,
    ReportOfCase,
    ReportsOn,
)
from bot.features.reports.collections import REPORTS
from bot.features.reports.models.reports import Report, ReportState
from bot.features.reports.rules.followups import outcome
from bot.features.reports.rules.repeats import earlier
from bot.features.reports.views.standing import case_report

NAMED = 5
"""So many reports are named."""
REPORTS_TOLD = 5
"""Of a case before, the last reports; the others are counted."""


async def reports_on(_: AppContext, tx: Transaction, query: ReportsOn) -> tuple[str, ...]:
    """Name the reports that Amazon accepted first, then those that are open."""
    known = [report for report in await _on(tx, query.cases) if report.seller and earlier(report)]
    known.sort(key=lambda report: not report.upheld)
    return tuple(_told(report) for report in known[:NAMED])


async def accused_in(_: AppContext, tx: Transaction, query: AccusedIn) -> frozenset[str]:
    """Answer for the analysis of attacks."""
    return await cases_accused(tx, query.cases)


async def cases_accused(known: Store | Transaction, cases: Iterable[str]) -> frozenset[str]:
    """Return the keys of the cases on whose seller the team filed a report that it did not retract.

    A report that names no seller, as those about a page do, says nothing of who did it.
    """
    return frozenset(report.case for report in await _on(known, cases) if report.accuses)


async def report_of_case(_: AppContext, tx: Transaction, query: ReportOfCase) -> CaseReport | None:
    """Answer for the case's card: a seller who is back first, then what is open, then the last."""
    found = await _on(tx, (query.case.key,))
    known = [each for each in found if each.open or each.filed_at is not None]
    first = max(known, key=lambda each: (each.is_back, each.open, each.number), default=None)
    return case_report(first) if first else None


async def _on(known: Store | Transaction, cases: Iterable[str]) -> list[Report]:
    return [report for case in cases async for report in each_found(known, REPORTS, "case", case)]


def _told(report: Report) -> str:
    label, claim = report.label, report.claim.said
    if report.upheld:
        return tr(
            "⚠ {label} about this seller ({claim}) was accepted by Amazon.",
            label=label,
            claim=claim,
        )
    if report.state is ReportState.REFUSED:
        return tr(
            "⚠ {label} about this seller ({claim}) was rejected by Amazon, and is still open.",
            label=label,
            claim=claim,
        )
    return tr("⚠ {label} about this seller ({claim}) is still open.", label=label, claim=claim)


async def what_became(_: AppContext, tx: Transaction, query: BecameOfCase) -> str:
    """Answer for the card of the case that follows."""
    case = query.case
    found = each_found(tx, REPORTS, "case", case_key(case.earlier or 0))
    told = [outcome(report) async for report in found if report.filed_at is not None]
    hidden = len(told) - REPORTS_TOLD
    left = tr_count(hidden, "{count} earlier report", "{count} earlier reports")
    parts = (f"C-{case.earlier}", *([left] if hidden > 0 else []), *told[-REPORTS_TOLD:])
    before = tr("{reports}.", reports=tr(". ").join(parts))
    return together(before, tr("If they relist, file a new report.") if told else "")
