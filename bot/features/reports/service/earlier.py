"""What became of the reports on the case before."""

from __future__ import annotations

from bot.core.context import AppContext
from bot.core.scanning import each_found
from bot.core.store import Transaction
from bot.core.views.lists import counted
from bot.features.cases.models.cases import case_key
from bot.features.cases.models.events import BecameOfCase
from bot.features.reports.collections import REPORTS
from bot.features.reports.rules.followups import outcome

REPORTS_TOLD = 5
"""Of a case before, the last reports; the others are counted."""


async def what_became(_: AppContext, tx: Transaction, query: BecameOfCase) -> str:
    """Answer for the card of the case that follows."""
    case = query.case
    found = each_found(tx, REPORTS, "case", case_key(case.earlier or 0))
    told = [outcome(report) async for report in found if report.filed_at is not None]
    again = " If they relist, file a new report." if told else ""
    hidden = len(told) - REPORTS_TOLD
    left = [counted(hidden, "earlier report")] if hidden > 0 else []
    return f"{'. '.join([f'C-{case.earlier}', *left, *told[-REPORTS_TOLD:]])}.{again}"
