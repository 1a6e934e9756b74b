"""What reports tell of a case: whether they speak against its seller, and what came of them."""

from __future__ import annotations

from collections.abc import Iterable

from bot.core.context import AppContext
from bot.core.scanning import each_found
from bot.core.store import Store, Transaction
from bot.core.views.lists import counted
from bot.features.cases.models.cases import case_key
from bot.features.cases.models.events import AccusedIn, BecameOfCase, ReportsOn
from bot.features.reports.collections import REPORTS
from bot.features.reports.models.reports import Report, ReportState
from bot.features.reports.rules.followups import outcome
from bot.features.reports.rules.repeats import earlier

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


async def _on(known: Store | Transaction, cases: Iterable[str]) -> list[Report]:
    return [report for case in cases async for report in each_found(known, REPORTS, "case", case)]


def _told(report: Report) -> str:
    rejected = "was rejected by Amazon, and " if report.state is ReportState.REFUSED else ""
    verb = "was accepted by Amazon" if report.upheld else f"{rejected}is still open"
    return f"⚠ {report.label} about this seller ({report.claim.label}) {verb}."


async def what_became(_: AppContext, tx: Transaction, query: BecameOfCase) -> str:
    """Answer for the card of the case that follows."""
    case = query.case
    found = each_found(tx, REPORTS, "case", case_key(case.earlier or 0))
    told = [outcome(report) async for report in found if report.filed_at is not None]
    again = " If they relist, file a new report." if told else ""
    hidden = len(told) - REPORTS_TOLD
    left = [counted(hidden, "earlier report")] if hidden > 0 else []
    return f"{'. '.join([f'C-{case.earlier}', *left, *told[-REPORTS_TOLD:]])}.{again}"
