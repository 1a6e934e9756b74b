"""Whether an order is among those that the team brought in as evidence."""

from __future__ import annotations

import msgspec

from bot.core.context import AppContext
from bot.core.scanning import each
from bot.errors import StoreError
from bot.features.evidence.collections import EVIDENCE_ITEMS
from bot.features.evidence.models.items import EvidenceKind

TABLES = 20
"""So many order records are read, the newest ones."""


class Search(msgspec.Struct, frozen=True, kw_only=True):
    """What came of looking for an order in order records."""

    named: bool = False
    """One of them names it."""
    read: int = 0
    """So many could be read."""
    whole: bool = True
    """There are no more than that."""


async def among_orders(app: AppContext, order: str) -> Search:
    """Look for the order in the newest order records."""
    tables: dict[str, None] = {}
    async for item in each(app.store, EVIDENCE_ITEMS, newest=True):
        if item.kind is EvidenceKind.ORDERS and item.here and item.file:
            tables[item.file.content] = None
            if len(tables) > TABLES:
                break
    read = 0
    for content in list(tables)[:TABLES]:
        try:
            table = await app.evidence.read(content)
        except StoreError:
            continue
        read += 1
        # What is kept of an order report is plain CSV, and an order ID in it is whole.
        if order.encode() in table:
            return Search(named=True, read=read)
    return Search(read=read, whole=len(tables) <= TABLES)


async def order_notice(app: AppContext, order: str) -> str:
    """Warn where order records do not name the order; they may be incomplete, so nothing stops."""
    found = await among_orders(app, order)
    if found.named or not found.read:
        return ""
    records = "order records" if found.whole else f"newest {found.read} order records"
    return (
        f"{order} is not in the {records} of your cases. The records may be incomplete, so make "
        "sure the order is yours."
    )
