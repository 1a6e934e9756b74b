"""What readings know of a seller on the products of a report."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.history import Presence
from bot.core.listing import Watch
from bot.core.store import Transaction
from bot.features.reports.models.lint_input import LastObservation
from bot.features.reports.models.reports import Report
from bot.features.watchlist.collections import HISTORIES, STATUSES


async def last_observation_of(tx: Transaction, report: Report) -> LastObservation:
    """Tell what the last checks saw of the seller on the report's products."""
    stays = await presences(tx, report.marketplace, report.seller, report.asins)
    keys = [Watch.key_of(report.marketplace, asin) for asin in report.asins]
    statuses = [await tx.get(STATUSES, key) for key in keys]
    seen = [status.seen_at for status in statuses if status and status.seen_at]
    gone = [stay.gone_at for stay in stays if stay.gone_at]
    return LastObservation(
        first_seen=min((stay.first_seen for stay in stays), default=None),
        there=any(stay.gone_at is None for stay in stays),
        seen_at=min(seen, default=None) if len(seen) == len(keys) else None,
        gone_at=max(gone, default=None),
    )


async def presences(
    tx: Transaction, market: str, seller: str, asins: Sequence[str]
) -> list[Presence]:
    """Return what is known of the seller on the products."""
    histories = [await tx.get(HISTORIES, Watch.key_of(market, asin)) for asin in asins]
    stays = [history.presence(seller) for history in histories if history]
    return [stay for stay in stays if stay is not None]
