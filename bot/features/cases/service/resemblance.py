"""Whether a seller may be one whom the team knows already, under another ID."""

from __future__ import annotations

from collections.abc import AsyncIterator

from bot.core.scanning import each_found
from bot.core.store import Transaction
from bot.features.cases.collections import CASES, SELLER_FACTS
from bot.features.cases.models.seller_facts import LookAlike, SellerFacts, SharedTrait
from bot.features.cases.rules.seller_facts import mark_of

MOST = 10
"""Other sellers with one mark that are looked at."""


async def look_alike(tx: Transaction, facts: SellerFacts) -> LookAlike | None:
    """Return another seller with the same number or address, who has a case if one of them has."""
    found = None
    async for other, by in alike(tx, facts):
        newest = await _newest_case(tx, other.seller)
        known = LookAlike(
            seller=other.seller,
            name=other.name,
            case=newest[0] if newest else "",
            open=newest[1] if newest else False,
            by=by,
        )
        if newest:
            return known
        found = found or known
    return found


async def alike(
    tx: Transaction, facts: SellerFacts
) -> AsyncIterator[tuple[SellerFacts, SharedTrait]]:
    """Give what is known of other sellers who have something in common, the surest first."""
    for by in SharedTrait:
        field, mark = mark_of(facts, by)
        if mark:
            for other in await tx.find(SELLER_FACTS, field, mark, limit=MOST):
                if other.seller != facts.seller:
                    yield other, by


async def _newest_case(tx: Transaction, seller: str) -> tuple[str, bool] | None:
    async for case in each_found(tx, CASES, "seller", seller, newest=True):
        return case.label, case.open
    return None
