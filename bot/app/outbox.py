"""The outbox: messages are written with the change they tell of, and sent afterwards.

A message is ``pending``, then ``sending``, then gone. One that a new process finds in ``sending``
may or may not have been posted: the chat is asked before it is posted again.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from datetime import datetime, timedelta

import msgspec
import structlog

from bot.app.collections import OUTBOX, POSTED, TEAMS, Posted, Row
from bot.app.transact import transact
from bot.domain.team import Team
from bot.errors import ChatError
from bot.ports import Chat, Clock, MessageRef, Outgoing, Store, Transaction
from bot.ui.cards import Card

log = structlog.get_logger(__name__)

CLAIMED_AT_ONCE = 50
LOOKED_THROUGH = 10_000
"""Waiting messages among which the ones that are due are looked for; many may be held at night."""
SLOWEST = timedelta(minutes=5)
"""The longest pause between two tries of one message."""


class Outbox:
    """Writes messages into transactions; every card is marked here when it is simulated."""

    def __init__(self, clock: Clock, *, simulated: bool) -> None:
        """Number messages on from the clock, so that they sort behind those of earlier runs."""
        self._tickets = itertools.count(int(clock().timestamp() * 1_000_000))
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
    ) -> None:
        """Send a new message once the transaction has taken effect."""
        row = Row(
            ticket=self._ticket(),
            message=message,
            op="post",
            lane=f"thread {thread or message}",
            card=self.marked(card),
            thread=thread,
            ping=ping,
            not_before=not_before,
        )
        tx.create(OUTBOX, row)

    async def edit(
        self, tx: Transaction, message: str, card: Card, *, urgent: bool = False
    ) -> None:
        """Have a message show another card; of several edits that wait, the newest goes out.

        ``urgent`` also releases a message that was held back for the quiet hours.
        """
        for waiting in await tx.find(OUTBOX, "message", message, limit=CLAIMED_AT_ONCE):
            if waiting.state == "pending":
                held = None if urgent else waiting.not_before
                changed = msgspec.structs.replace(
                    waiting, card=self.marked(card), not_before=held, ping=waiting.ping or urgent
                )
                tx.put(OUTBOX, changed)
                return
        row = Row(
            ticket=self._ticket(),
            message=message,
            op="edit",
            lane=f"headline {message}",
            card=self.marked(card),
        )
        tx.create(OUTBOX, row)

    def marked(self, card: Card) -> Card:
        """Return the card with the mark of a simulated marketplace, where it is one."""
        return msgspec.structs.replace(card, simulated=True) if self._simulated else card

    def _ticket(self) -> str:
        return f"{next(self._tickets):020d}"


class Sender:
    """Sends what is in the outbox, in order, as often as it takes."""

    def __init__(self, store: Store, chat: Chat, clock: Clock) -> None:
        """Send to ``chat``. Only one ``deliver`` may run at a time."""
        self._store = store
        self._chat = chat
        self._clock = clock
        self._paused_until: datetime | None = None

    async def deliver(self, _: str = "") -> None:
        """Send all that is due; what fails stays for a later call."""
        while not self._paused() and (rows := await transact(self._store, self._claim)):
            stuck: set[str] = set()
            for row in rows:
                if self._paused() or _behind(row, stuck):
                    await self._write(msgspec.structs.replace(row, state="pending"))
                elif not await self._send(row):
                    stuck |= {row.lane, row.message}

    def _paused(self) -> bool:
        return self._paused_until is not None and self._clock() < self._paused_until

    async def _claim(self, tx: Transaction) -> list[Row]:
        """Mark the next messages as being sent; those that a dead process left come first."""
        left_over = await tx.find(OUTBOX, "state", "sending", limit=CLAIMED_AT_ONCE)
        if left_over:
            return left_over
        chosen = self._due(await tx.find(OUTBOX, "state", "pending", limit=LOOKED_THROUGH))
        for row in chosen:
            tx.put(OUTBOX, msgspec.structs.replace(row, state="sending"))
        return chosen

    def _due(self, pending: Iterable[Row]) -> list[Row]:
        """Choose what may go now; behind a message that must wait, its thread waits."""
        now = self._clock()
        waiting: set[str] = set()
        chosen: list[Row] = []
        for row in pending:
            early = row.not_before is not None and row.not_before > now
            if early or len(chosen) >= CLAIMED_AT_ONCE or _behind(row, waiting):
                waiting |= {row.lane, row.message}
            else:
                chosen.append(row)
        return chosen

    async def _send(self, row: Row) -> bool:
        try:
            ref = await self._edit(row) if row.op == "edit" else await self._post(row)
        except ChatError as error:
            await self._postpone(row, error)
            return False
        except Exception as error:
            # One message that the adapter cannot handle must not stop all the others.
            log.exception("message broke the chat adapter", message=row.message)
            await self._postpone(row, ChatError(f"It cannot be shown: {type(error).__name__}."))
            return False
        async with self._store.transaction() as tx:
            tx.delete(OUTBOX, row.ticket)
            if ref is not None and not row.thread:
                tx.put(POSTED, Posted(row.message, ref))
        return True

    async def _post(self, row: Row) -> MessageRef:
        thread = await self._store.get(POSTED, row.thread) if row.thread else None
        if row.thread and thread is None:
            message = "The first message of its thread is not posted yet."
            raise ChatError(message)
        team = await self._store.get(TEAMS, "team") or Team()
        outgoing = Outgoing(
            key=row.message,
            channel=thread.ref.channel if thread else team.channel,
            card=row.card,
            thread=thread.ref if thread else None,
            ping=row.ping,
        )
        if row.attempts or row.state == "sending":
            found = await self._chat.find(outgoing)
            if found is not None:
                log.info("message recognised", message=row.message)
                return found
        return await self._chat.post(outgoing)

    async def _edit(self, row: Row) -> MessageRef | None:
        posted = await self._store.get(POSTED, row.message)
        if posted is not None:
            await self._chat.edit(posted.ref, row.card)
        return None

    async def _postpone(self, row: Row, error: ChatError) -> None:
        now = self._clock()
        pause = min(timedelta(seconds=2 ** min(row.attempts, 10)), SLOWEST)
        if error.retry_after is not None:
            # The chat asks for quiet, whatever the message.
            pause = min(timedelta(seconds=error.retry_after), SLOWEST)
            self._paused_until = now + pause
        if not row.attempts:
            log.warning("message not taken", message=row.message, error=str(error))
        changed = msgspec.structs.replace(
            row,
            state="pending",
            attempts=row.attempts + 1,
            not_before=now + pause,
            error=str(error),
        )
        await self._write(changed)

    async def _write(self, row: Row) -> None:
        async with self._store.transaction() as tx:
            tx.put(OUTBOX, row)


def _behind(row: Row, waiting: set[str]) -> bool:
    """Tell whether something waits that must go out before this one."""
    return bool({row.lane, row.thread, row.message} & waiting)
