"""Letting go of what a third party told of a seller, and of every card that shows it."""

from __future__ import annotations

from bot.core.context import AppContext
from bot.core.scanning import each_found
from bot.core.store import Transaction
from bot.features.cases.collections import CASES, SELLER_FACTS, UNREAD_FACTS
from bot.features.cases.models.steps import Transition
from bot.features.cases.service.keeping import record
from bot.features.cases.service.resemblance import alike


async def drop_facts(app: AppContext, tx: Transaction, key: str) -> None:
    """Delete what was told of a seller in a marketplace; cards that name them say it no more."""
    facts = await tx.get(SELLER_FACTS, key)
    tx.delete(UNREAD_FACTS, key)
    if facts is None:
        return
    others = {other.seller async for other, _ in alike(tx, facts)}
    tx.delete(SELLER_FACTS, key)
    for seller in sorted({facts.seller, *others}):
        await show_again(app, tx, seller)


async def show_again(app: AppContext, tx: Transaction, seller: str, *, closed: bool = True) -> None:
    """Have the headlines of a seller's cases show what is known of them now."""
    async for case in each_found(tx, CASES, "seller", seller):
        if case.open or closed:
            await record(app, tx, case, [Transition(case)])
