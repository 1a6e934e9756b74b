"""When reports are followed up, for the team's calendar."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.calendar_file import Due
from bot.core.context import AppContext
from bot.core.interface import tr
from bot.core.scanning import each_found
from bot.core.store import Transaction
from bot.features.reports.collections import REPORTS


async def due_reports(app: AppContext, _: Transaction) -> Sequence[Due]:
    """Tell when somebody should look after each open report."""
    return [
        Due(
            id=f"report-{report.number}",
            says=tr("{report}: follow up", report=report.label),
            when=report.due_at,
            command=f"reports {report.label}",
        )
        async for report in each_found(app.store, REPORTS, "open", value=True)
        if report.due_at is not None
    ]
