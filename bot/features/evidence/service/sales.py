"""Comparing order records that are kept as evidence with the time in which a seller was there."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.core.context import AppContext
from bot.errors import StoreError, UserError
from bot.features.evidence.models.items import EvidenceItem, EvidenceKind
from bot.features.evidence.models.sales import Sales
from bot.features.evidence.rules.orders import Order, overlap, read_orders, sentence


async def sales_during(
    app: AppContext,
    items: Iterable[EvidenceItem],
    asins: Sequence[str],
    since: datetime,
    until: datetime,
) -> Sales | None:
    """Compare own sales of the products with that time; None where no piece holds an order."""
    orders: list[Order] = []
    for item in items:
        if item.kind is EvidenceKind.ORDERS and item.here and item.file is not None:
            try:
                content = await app.evidence.read(item.file.content)
                orders += (await asyncio.to_thread(read_orders, content)).orders
            except (StoreError, UserError):
                # The custody log and the verifier tell what is wrong with it.
                continue
    if not orders:
        return None
    found = overlap(orders, asins, since, until, (await app.team()).zone)
    return Sales(days=found.days, since=found.since, until=found.until, sentence=sentence(found))
