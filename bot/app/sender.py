"""Sending what is in the outbox, to one chat.

A message is ``pending``, then ``sending``, then gone. One that a new process finds in ``sending``
may or may not have been posted: the chat is asked before it is posted again.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import msgspec
import structlog

from bot.app.collections import OUTBOX, POSTED, ROOMS, Posted, Row, posted, posted_key
from bot.app.transact import transact
from bot.errors import ChatError, MessageGone
from bot.ports import Chat, Clock, MessageRef, Outgoing, Store, Transaction

log = structlog.get_logger(__name__)

CLAIMED_AT_ONCE = 50
LOOKED_THROUGH = 10_000
"""Waiting messages among which the ones that are due are looked for; many may be held at night."""
SLOWEST = timedelta(minutes=5)
"""The longest pause between two tries of one message."""
QUIET_AT_MOST = timedelta(hours=1)
"""The longest pause that a chat may ask for."""


class Sender:
    """Sends to one chat what the outbox has for it, in order, as often as it takes."""

    def __init__(self, name: str, store: Store, chat: Chat, clock: Clock) -> None:
        """Send to the chat of that name. Only one ``deliver`` may run at a time."""
        self.name = name
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
        rows = await tx.find(OUTBOX, "chat", self.name, limit=LOOKED_THROUGH)
        left_over = [row for row in rows if row.state == "sending"]
        if left_over:
            return left_over[:CLAIMED_AT_ONCE]
        chosen = self._due(rows)
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
            if ref is not None and row.kept:
                tx.put(POSTED, posted(self.name, row.message, ref))
        return True

    async def _post(self, row: Row) -> MessageRef | None:
        thread = await self._posted(row.thread)
        if row.thread and thread is None and await self._waits(row.thread):
            message = "The first message of its thread is not posted yet."
            raise ChatError(message)
        room = await self._store.get(ROOMS, self.name)
        if room is None or not room.channel:
            # Nobody is there to read. What is still true then is told when somebody lets us in.
            return None
        outgoing = Outgoing(
            key=row.message,
            channel=thread.ref.channel if thread else room.channel,
            card=row.card,
            thread=thread.ref if thread else None,
            ping=row.ping,
            files=row.files,
        )
        if row.attempts or row.state == "sending":
            found = (await self._chat.find([outgoing])).get(outgoing.key)
            if found is not None:
                log.info("message recognised", message=row.message)
                await self._catch_up(row, found)
                return found
        try:
            return await self._chat.post(outgoing)
        except MessageGone:
            await self._forget(row.thread)
            raise

    async def _catch_up(self, row: Row, found: MessageRef) -> None:
        """Show the card as it is now: it may have changed since it was posted and not confirmed."""
        if row.kept and row.attempts:
            await self._chat.edit(found, row.card)

    async def _edit(self, row: Row) -> MessageRef | None:
        known = await self._posted(row.message)
        if known is None:
            return await self._post(row)
        try:
            await self._chat.edit(known.ref, row.card)
        except MessageGone:
            # Whoever deleted it does not want it back, until there is news.
            await self._forget(row.message)
        return None

    async def _posted(self, message: str) -> Posted | None:
        return await self._store.get(POSTED, posted_key(self.name, message)) if message else None

    async def _waits(self, message: str) -> bool:
        """Tell whether a message is on its way to this chat; if not, its thread never begins."""
        rows = await self._store.find(OUTBOX, "message", message, limit=CLAIMED_AT_ONCE)
        return any(row.chat == self.name for row in rows)

    async def _forget(self, message: str) -> None:
        async with self._store.transaction() as tx:
            tx.delete(POSTED, posted_key(self.name, message))

    async def _postpone(self, row: Row, error: ChatError) -> None:
        now = self._clock()
        pause = min(timedelta(seconds=2 ** min(row.attempts, 10)), SLOWEST)
        if error.retry_after is not None:
            # The chat asks for quiet, whatever the message.
            pause = min(timedelta(seconds=error.retry_after), QUIET_AT_MOST)
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
