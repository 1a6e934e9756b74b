"""What follows for cases when a product is not watched any more."""

from __future__ import annotations

from bot.core.context import AppContext
from bot.core.store import Transaction
from bot.features.cases.collections import AFFECTED, CASES
from bot.features.cases.rules import transitions
from bot.features.cases.service.affected import cases_on
from bot.features.cases.service.keeping import record
from bot.features.watchlist.models.events import WatchEnded


async def settle_unwatched(app: AppContext, tx: Transaction, event: WatchEnded) -> None:
    """End what open cases say of the product: from now on nobody knows."""
    async for found in cases_on(tx, event.watch.key):
        case = await tx.get(CASES, found.case)
        on = await tx.get(AFFECTED, found.key)
        transition = (
            transitions.unwatch(case, on, event.who, event.at)
            if case and case.open and on
            else None
        )
        if case is not None and transition is not None:
            await record(app, tx, case, [transition])
