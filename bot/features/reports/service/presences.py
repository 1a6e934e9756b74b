"""What readings know of a seller on the products of a report."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.condition_history import ConditionStay
from bot.core.history import Presence
from bot.core.listing import Watch
from bot.core.store import Transaction
from bot.features.reports.models.lint_input import LastObservation
from bot.features.reports.models.reports import Report
from bot.features.watchlist.collections import CONDITION_HISTORIES, HISTORIES, STATUSES


async def last_observation_of(tx: Transaction, report: Report) -> LastObservation:
    """Tell what the last checks saw of the seller on the report's products.

    A seller who offers them, but not new, was seen when such offers were last looked at.
    """
    new = await _new(tx, report.marketplace, report.seller, report.asins)
    others = await _not_new(tx, report.marketplace, report.seller, report.asins)
    stays = [*new, *map(_presence, others)]
    first = min((stay.first_seen for stay in stays), default=None)
    seen_others = [stay.seen_at for stay in others if stay.present]
    if seen_others and all(stay.gone_at is not None for stay in new):
        return LastObservation(first_seen=first, there=True, seen_at=max(seen_others), gone_at=None)
    keys = [Watch.key_of(report.marketplace, asin) for asin in report.asins]
    statuses = [await tx.get(STATUSES, key) for key in keys]
    seen = [status.seen_at for status in statuses if status and status.seen_at]
    gone = [stay.gone_at for stay in stays if stay.gone_at]
    return LastObservation(
        first_seen=first,
        there=any(stay.gone_at is None for stay in stays),
        seen_at=min(seen, default=None) if len(seen) == len(keys) else None,
        gone_at=max(gone, default=None),
    )


async def presences(
    tx: Transaction, market: str, seller: str, asins: Sequence[str]
) -> list[Presence]:
    """Return what is known of the seller on the products, in whichever condition."""
    others = await _not_new(tx, market, seller, asins)
    return [*await _new(tx, market, seller, asins), *map(_presence, others)]


async def _new(tx: Transaction, market: str, seller: str, asins: Sequence[str]) -> list[Presence]:
    histories = [await tx.get(HISTORIES, Watch.key_of(market, asin)) for asin in asins]
    stays = [history.presence(seller) for history in histories if history]
    return [stay for stay in stays if stay is not None]


async def _not_new(
    tx: Transaction, market: str, seller: str, asins: Sequence[str]
) -> list[ConditionStay]:
    keys = [Watch.key_of(market, asin) for asin in asins]
    histories = [await tx.get(CONDITION_HISTORIES, key) for key in keys]
    return [stay for history in histories if history for stay in history.of(seller)]


def _presence(stay: ConditionStay) -> Presence:
    return Presence(
        seller=stay.seller,
        first_seen=stay.since,
        since=stay.since,
        gone_at=stay.gone_at,
        landed=stay.landed,
    )
