"""What follows for cases when a seller is trusted."""

from __future__ import annotations

import asyncio
from collections.abc import Collection

from bot.core.context import AppContext
from bot.core.findings import ENDED_BY_TRUST
from bot.core.permissions import Person
from bot.core.scanning import each_found
from bot.core.store import Transaction
from bot.features.cases.collections import CASES
from bot.features.cases.models.cases import CloseReason
from bot.features.cases.rules import transitions
from bot.features.cases.service.affected import asins_of, products_of
from bot.features.cases.service.keeping import record
from bot.features.watchlist.models.sellers import EVERYWHERE
from bot.features.watchlist.service.trusting import trust_seller


async def authorise_seller(
    app: AppContext, tx: Transaction, who: Person, seller: str, asin: str
) -> bool:
    """Trust a seller on a product or ``EVERYWHERE``; tell whether that changed anything.

    What of their open cases is no alert any more ends.
    """
    changed = await trust_seller(tx, who, app.clock(), seller, authorised=(asin,))
    if changed:
        await settle_cases(app, tx, who, seller, None if asin == EVERYWHERE else (asin,))
    return changed


async def settle_cases(
    app: AppContext, tx: Transaction, who: Person, seller: str, asins: Collection[str] | None
) -> None:
    """End in the seller's open cases what is no alert any more; a case with nothing left closes.

    ``asins`` are the products on which the seller is trusted from now on; None means all.
    """
    now = app.clock()
    async for case in each_found(tx, CASES, "seller", seller):
        if not case.open or not ENDED_BY_TRUST & case.tally.active.keys():
            continue
        covered = await asins_of(tx, case) if asins is None else asins
        products = await products_of(tx, case, covered)
        # They may be on thousands of products: other work goes on meanwhile.
        transition = await asyncio.to_thread(transitions.trust, case, products.values(), who, now)
        if transition is None:
            continue
        steps = [transition]
        if not transition.case.going_on:
            reason = CloseReason.AUTHORISED
            steps.append(transitions.close(transition.case, who, now, reason, ""))
        await record(app, tx, case, steps)
        await asyncio.sleep(0)
