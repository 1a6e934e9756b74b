"""Changing what a message shows wherever it is: waiting, posted, or joined to another one."""

from __future__ import annotations

import msgspec

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
    await _close_without(tx, message.partition("/")[0])
    app.outbox.redact(tx, message, card, thread=thread, waiting=waiting)


async def _close_without(tx: Transaction, head: str) -> None:
    """Have all that waits to close the thread show its head as it is now, and not as it was."""
    closing = [
        row async for row in each_found(tx, OUTBOX, "message", head) if row.op is not Op.REDACT
    ]
    # An edit that waits has what the head shows now, wherever it stands.
    edits_last = sorted(closing, key=lambda row: row.op is not Op.CLOSE)
    now = {row.chat: row.card for row in edits_last}
    for row in closing:
        if row.op is Op.CLOSE and row.card != now[row.chat]:
            tx.put(OUTBOX, msgspec.structs.replace(row, card=now[row.chat]))
