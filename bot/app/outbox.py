"""The outbox: messages are written with the change they tell of, and sent afterwards."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import datetime

import msgspec

from bot.app.collections import OUTBOX, ROOMS, Row
from bot.domain.files import Upload
from bot.ports import Clock, Store, Transaction
from bot.ui.cards import Card

ROWS_OF_ONE = 50
"""Rows of one message that are looked through for an edit that waits."""


class Outbox:
    """Writes messages into transactions, one for each chat; marks every card when simulated."""

    def __init__(self, clock: Clock, chats: Sequence[str], *, simulated: bool) -> None:
        """Number messages on from the clock, so that they sort behind those of earlier runs."""
        self._tickets = itertools.count(int(clock().timestamp() * 1_000_000))
        self.chats = tuple(chats)
        self._simulated = simulated

    def post(
        self,
        tx: Transaction,
        message: str,
        card: Card,
        *,
        thread: str = "",
        ping: bool = False,
        not_before: datetime | None = None,
        files: tuple[Upload, ...] = (),
        only: Sequence[str] | None = None,
    ) -> None:
        """Send a new message once the transaction has taken effect.

        A name with a slash is part of another message: it is never edited and heads no thread.
        ``only`` names the chats that it is for, where that is not all of them.
        """
        for chat in self.chats if only is None else only:
            row = Row(
                chat=chat,
                ticket=self._ticket(),
                message=message,
                op="post",
                lane=f"thread {thread or message}",
                card=self.marked(card),
                thread=thread,
                kept="/" not in message,
                ping=ping,
                not_before=not_before,
                files=files,
            )
            tx.create(OUTBOX, row)

    async def edit(
        self,
        tx: Transaction,
        message: str,
        card: Card,
        *,
        thread: str = "",
        urgent: bool = False,
        only: Sequence[str] | None = None,
    ) -> None:
        """Have a message show another card; of several edits that wait, the newest goes out.

        A chat that never saw the message gets it as a new one, in its ``thread``. ``urgent`` also
        releases a message that was held back for the quiet hours.
        """
        waiting = await tx.find(OUTBOX, "message", message, limit=ROWS_OF_ONE)
        pending = {row.chat: row for row in waiting if row.state == "pending"}
        for chat in self.chats if only is None else only:
            row = pending.get(chat)
            if row is None:
                tx.create(OUTBOX, self._change(chat, message, card, thread))
                continue
            held = None if urgent else row.not_before
            changed = msgspec.structs.replace(
                row, card=self.marked(card), not_before=held, ping=row.ping or urgent
            )
            tx.put(OUTBOX, changed)

    def _change(self, chat: str, message: str, card: Card, thread: str) -> Row:
        return Row(
            chat=chat,
            ticket=self._ticket(),
            message=message,
            op="edit",
            lane=f"headline {message}",
            card=self.marked(card),
            thread=thread,
            kept=True,
        )

    async def drop_unconnected(self, store: Store) -> int:
        """Drop what waits for chats that are connected no more; returns how many messages.

        When such a chat comes back, it is told what is true then.
        """
        dropped = 0
        for room in await store.page(ROOMS):
            if room.chat in self.chats:
                continue
            while rows := await store.find(OUTBOX, "chat", room.chat):
                async with store.transaction() as tx:
                    for row in rows:
                        tx.delete(OUTBOX, row.ticket)
                dropped += len(rows)
        return dropped

    def marked(self, card: Card) -> Card:
        """Return the card with the mark of a simulated marketplace, where it is one."""
        return msgspec.structs.replace(card, simulated=True) if self._simulated else card

    def _ticket(self) -> str:
        return f"{next(self._tickets):020d}"
