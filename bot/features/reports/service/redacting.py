"""Removing the words of a case's entry from its reports."""

from __future__ import annotations

import msgspec

from bot.core.context import AppContext
from bot.core.removed_words import REMOVED
from bot.core.store import Transaction
from bot.core.text import one_line
from bot.features.cases.models.events import WordsRemoved
from bot.features.reports.collections import REPORTS
from bot.features.reports.models.reports import Report, Version
from bot.features.reports.service.handing_over import take_texts_out
from bot.features.reports.service.handling import CHANGES
from bot.features.reports.service.reports import reports_of, show


async def remove_words(app: AppContext, tx: Transaction, event: WordsRemoved) -> None:
    """Take out why there are no order records, and older texts that the entry told of."""
    told = frozenset(fact.value for fact in event.entry.facts)
    for report in await reports_of(tx, event.case):
        redacted = _without(report, event.entry.words, told)
        if redacted.versions != report.versions:
            redacted = await take_texts_out(app, tx, event.case, redacted)
        if redacted != report:
            tx.put(REPORTS, redacted)
            await show(app, tx, event.case, redacted)


def _without(report: Report, words: str, told: frozenset[str]) -> Report:
    """Return the report without the words; its newest text is what was or will be filed."""
    newest = report.versions[-1:]
    gone = told.difference(*map(_lines, newest))
    older = tuple(
        each if gone.isdisjoint(_lines(each)) else msgspec.structs.replace(each, text=REMOVED)
        for each in report.versions[:-1]
    )
    no_orders = REMOVED if report.no_orders and report.no_orders in words else report.no_orders
    return msgspec.structs.replace(report, versions=(*older, *newest), no_orders=no_orders)


def _lines(version: Version) -> frozenset[str]:
    """Return the lines of the text as the timeline tells that they changed."""
    return frozenset(one_line(line, CHANGES) for line in version.text.splitlines())
