"""What follows for a relisting when the team comes to trust its seller, or no longer does."""

from __future__ import annotations

from bot.core.context import AppContext
from bot.core.interface import noted
from bot.core.scanning import each_found
from bot.core.store import Transaction
from bot.core.undo.models import Undone
from bot.features.cases.collections import CASES
from bot.features.cases.models.cases import Case
from bot.features.reports.collections import REPORTS
from bot.features.reports.models.reports import Report
from bot.features.reports.rules import steps
from bot.features.reports.service.removals import back_since, show_alert
from bot.features.reports.service.reports import case_of, keep
from bot.features.rights.collections import RIGHTS_DOCUMENTS
from bot.features.watchlist.collections import SELLERS
from bot.features.watchlist.models.events import TrustChanged


async def follow_trust(app: AppContext, tx: Transaction, event: TrustChanged) -> None:
    """Settle the seller's relistings where the team trusts them now, and open them again else."""
    if not event.seller:
        return
    for report in [each async for each in each_found(tx, REPORTS, "seller", event.seller)]:
        there = await back_since(app, tx, report, report.asins)
        changed = steps.trust(report, app.clock(), trusted=there is None)
        if changed is None:
            continue
        await keep(app, tx, changed, _told(changed), None)
        await show_alert(app, tx, await _seen_in(tx, changed), changed)


async def judge_undone(app: AppContext, tx: Transaction, event: Undone) -> None:
    """Look again at the relistings of sellers whose trust was changed back."""
    sellers = [each.id for pair in event.images(SELLERS) for each in pair if each]
    sellers += [each.party for pair in event.images(RIGHTS_DOCUMENTS) for each in pair if each]
    for seller in dict.fromkeys(sellers):
        await follow_trust(app, tx, TrustChanged(seller))


def _told(report: Report) -> str:
    if report.trusted:
        return noted(
            "{report}: the team trusts the seller who is back. No new report is needed.",
            report=report.label,
        )
    return noted("{report}: the team no longer trusts the seller who is back.", report=report.label)


async def _seen_in(tx: Transaction, report: Report) -> Case:
    """Return the newest case of the seller in the marketplace: that is where they were seen."""
    async for case in each_found(tx, CASES, "seller", report.seller, newest=True):
        if case.marketplace == report.marketplace:
            return case
    return await case_of(tx, report)
