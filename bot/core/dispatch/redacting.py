"""Changing what a message shows wherever it is: waiting, posted, or joined to another one."""

from __future__ import annotations

from bot.core.cards import Card
from bot.core.collections import OUTBOX
from bot.core.context import AppContext
from bot.core.dispatch.messages import Op
from bot.core.scanning import each_found
from bot.core.store import Transaction


async def redact_message(
    app: AppContext, tx: Transaction, message: str, card: Card, *, thread: str
) -> None:
    """Have the message show this card, for good. Lines that were joined to it go with it."""
    waiting = [
        row
        for chat in app.outbox.chats
        async for row in each_found(tx, OUTBOX, "chat", chat)
        if message in (row.message, *row.carries) and row.op is not Op.CLOSE
    ]
    app.outbox.redact(tx, message, card, thread=thread, waiting=waiting)
