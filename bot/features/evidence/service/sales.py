"""Comparing order records that are kept as evidence with the time in which a seller was there."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec

from bot.core.context import AppContext
from bot.core.files import TableRead
from bot.errors import StoreError, UserError
from bot.features.evidence.models.items import BY_HAND, EvidenceItem, EvidenceKind
from bot.features.evidence.rules.orders import read_orders
from bot.features.evidence.rules.overlap import OrderReport, Uncounted, newest, overlap, sentence


async def sales_during(
    app: AppContext,
    items: Iterable[EvidenceItem],
    asins: Sequence[str],
    since: datetime,
    until: datetime,
) -> str:
    """Compare own sales of the products with that time; empty where no piece is an order record."""
    reports: list[OrderReport] = []
    missing = Uncounted()
    for item in items:
        if item.kind is not EvidenceKind.ORDERS or not item.here or item.file is None:
            continue
        try:
            content = await app.evidence.read(item.file.content)
            table = await asyncio.to_thread(read_orders, content)
        except (StoreError, UserError):
            # The custody log and the verifier tell what is wrong with it.
            missing = msgspec.structs.replace(missing, reports=missing.reports + 1)
            continue
        typed = item.file.name.startswith(BY_HAND)
        reports.append(OrderReport(orders=table.orders, taken_in=item.at, typed=typed))
        handed_in = item.file.table or TableRead(table.lines, 0)
        missing = msgspec.structs.replace(
            missing,
            lines=missing.lines + handed_in.lines,
            left_out=missing.left_out + handed_in.left_out + table.left_out,
        )
    if not reports and not missing.reports:
        return ""
    found = overlap(newest(reports), asins, since, until, (await app.team()).zone)
    return sentence(found, missing)
