"""Removing the words of a case's entry from its reports."""

from __future__ import annotations

import msgspec

from bot.core.context import AppContext
from bot.core.store import Transaction
from bot.features.cases.models.cases import REMOVED
from bot.features.cases.models.events import WordsRemoved
from bot.features.reports.collections import REPORTS
from bot.features.reports.service.reports import reports_of, show


async def remove_words(app: AppContext, tx: Transaction, event: WordsRemoved) -> None:
    """Take out why there are no order records, where the entry told that."""
    for report in await reports_of(tx, event.case):
        if report.no_orders and report.no_orders in event.entry.words:
            redacted = msgspec.structs.replace(report, no_orders=REMOVED)
            tx.put(REPORTS, redacted)
            await show(app, tx, event.case, redacted)
