"""Whether an order is among those that the team brought in as evidence."""

from __future__ import annotations

from bot.app.collections import PIECES
from bot.app.desk import Desk
from bot.domain.evidence.pieces import PieceKind
from bot.errors import StoreError

PIECES_READ = 1000
TABLES = 20
"""The newest pieces of evidence, and the newest order records among them, are looked through."""


async def among_orders(desk: Desk, order: str) -> bool | None:
    """Tell whether order records name the order; None: there are none that can be read."""
    pieces = await desk.store.page(PIECES, limit=PIECES_READ, newest=True)
    tables = [
        piece.file.content
        for piece in pieces
        if piece.kind is PieceKind.ORDERS and piece.here and piece.file
    ]
    read = 0
    for content in list(dict.fromkeys(tables))[:TABLES]:
        try:
            table = await desk.evidence.read(content)
        except StoreError:
            continue
        read += 1
        # What is kept of an order report is plain CSV, and an order ID in it is whole.
        if order.encode() in table:
            return True
    return False if read else None
