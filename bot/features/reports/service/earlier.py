"""The reports that a new one, or a draft, may repeat."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.scanning import each_found
from bot.core.store import Transaction
from bot.features.cases.models.cases import Case
from bot.features.reports.collections import REPORTS
from bot.features.reports.models.earlier import EarlierReport
from bot.features.reports.models.reports import Report
from bot.features.reports.rules.repeats import earlier, precedes
from bot.features.reports.service.presences import presences


async def earlier_reports(
    tx: Transaction, about: Case | Report, asins: Sequence[str], before: Report | None = None
) -> tuple[EarlierReport, ...]:
    """Return the reports that one about the seller and the products may repeat, the newest first.

    Those that name no seller count as long as they are open, whatever their case. ``before``: only
    those that may have said it before this one.
    """
    known = [
        report
        async for report in each_found(tx, REPORTS, "open", value=True)
        if not report.seller and not set(report.asins).isdisjoint(asins)
    ]
    if about.seller:
        known += [report async for report in each_found(tx, REPORTS, "seller", about.seller)]
    found = []
    for report in sorted(known, key=lambda each: -each.number):
        elsewhere = report.marketplace != about.marketplace
        if elsewhere or (before is not None and not precedes(report, before)):
            continue
        stays = await presences(tx, report.marketplace, report.seller, report.asins)
        here = [stay.since for stay in stays if stay.gone_at is None]
        found.append(earlier(report, max(here, default=None)))
    return tuple(each for each in found if each is not None)
