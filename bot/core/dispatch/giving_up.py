"""Messages that a chat will never take: written down, and said where people can read it."""

from __future__ import annotations

import msgspec

from bot.core import cards
from bot.core.cards import Card, Tone
from bot.core.chat_troubles import Undelivered
from bot.core.collections import CHANNEL_BINDINGS, OUTBOX, UNDELIVERED
from bot.core.context import AppContext
from bot.core.dispatch.messages import OutboxMessage
from bot.core.scanning import each, each_page_found
from bot.core.store import Transaction
from bot.core.text import clip, one_line

KEPT = 20
"""So many of a chat's undelivered messages are remembered."""
_MARK = "/undelivered-"


async def give_up(app: AppContext, tx: Transaction, row: OutboxMessage, why: str) -> None:
    """Take the row out, and say in the other chats what did not arrive and why."""
    tx.delete(OUTBOX, row.sequence)
    gone = Undelivered(
        chat=row.chat, sequence=row.sequence, at=app.clock(), title=row.card.title, why=why
    )
    others = [chat for chat in app.outbox.chats if chat != row.chat]
    if others and _MARK not in row.message:
        thread = row.thread or (row.message if row.editable else "")
        name = f"{thread or row.message}{_MARK}{row.sequence}"
        gone = msgspec.structs.replace(gone, notice=name, thread=thread)
        app.outbox.post(tx, name, notice_card(gone), thread=thread, only=others)
    await _remember(tx, gone)


def notice_card(gone: Undelivered) -> Card:
    """Say what did not arrive, and why."""
    title = one_line(f"Not delivered to {gone.chat.capitalize()}: {gone.title}", cards.TITLE)
    return Card(title=title, body=clip(gone.why, cards.BODY), tone=Tone.WARNING)


async def drop_unconnected(app: AppContext) -> int:
    """Drop what waits for chats that are not connected any more; returns how many messages.

    When such a chat comes back, it is told what is true then.
    """
    store, dropped = app.store, 0
    async for room in each(store, CHANNEL_BINDINGS):
        if room.chat in app.outbox.chats:
            continue
        async for rows in each_page_found(store, OUTBOX, "chat", room.chat):
            async with store.transaction() as tx:
                for row in rows:
                    tx.delete(OUTBOX, row.sequence)
            dropped += len(rows)
    return dropped


async def _remember(tx: Transaction, gone: Undelivered) -> None:
    known = await tx.find(UNDELIVERED, "chat", gone.chat, limit=2 * KEPT)
    for old in known[: max(0, len(known) - KEPT + 1)]:
        tx.delete(UNDELIVERED, old.key)
    tx.put(UNDELIVERED, gone)
