"""Writing down what came of a try: the row, the thread that it heads, and the chat's troubles."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
import structlog

from bot.core.channel_bindings import not_there, settled
from bot.core.chat import MessageRef
from bot.core.chat_troubles import Topic, Trouble
from bot.core.collections import OUTBOX, POSTED, PostedMessage
from bot.core.context import AppContext
from bot.core.dispatch.breaker import ChatBreaker, pause_after
from bot.core.dispatch.claiming import Claims
from bot.core.dispatch.giving_up import give_up
from bot.core.dispatch.messages import Op, OutboxMessage, OutboxState
from bot.core.dispatch.places import Places
from bot.core.dispatch.refusals import Again, GiveUp, fate
from bot.core.routing import routed_channel
from bot.core.scheduler import Work
from bot.core.store import Transaction, run_in_transaction
from bot.core.troubles import end_trouble, note_trouble
from bot.errors import ChatError, Refusal

log = structlog.get_logger(__name__)

LONGEST = 600.0
"""Seconds. A chat that puts every message off for longer takes none."""


@dataclass(frozen=True)
class Outcomes:
    """What came of tries with one chat."""

    app: AppContext
    chat: str
    places: Places
    claims: Claims
    breaker: ChatBreaker

    async def delivered(self, row: OutboxMessage, ref: MessageRef | None) -> Trouble | None:
        """Note that a row was delivered; return the trouble that is over with that."""
        self.claims.forget(row.sequence)
        self.claims.went(row.op)
        mended = await self._mends(row, ref)
        over = await run_in_transaction(
            self.app.store, lambda tx: self._note(tx, row, ref, mended=mended)
        )
        if mended:
            self.breaker.close()
        elif self.breaker.posting and row.op is not Op.POST:
            # It takes something, so it may take a new message again.
            self.breaker.probe_now()
        if row.channel:
            await self.app.features.moved(self.app, self.chat)
        return over

    async def refused(self, row: OutboxMessage, error: ChatError) -> Again | None:
        """Note a refusal; return how the row is tried again, or None if it is not."""
        if not row.attempts:
            log.warning("message not taken", chat=self.chat, message=row.message, why=str(error))
        if error.refusal is Refusal.ROOM and (lost := await self._routed(row)):
            return await self._fall_back(row, lost, error)
        await self._heed(row, error)
        if error.refusal is Refusal.ROOM and row.channel:
            await run_in_transaction(self.app.store, lambda tx: not_there(self.app, tx, row, error))
            return None
        after = fate(row, error, self.app.clock())
        if isinstance(after, Again):
            self.claims.retry_in(row.sequence, 0.0 if after.at_once else pause_after(row.attempts))
            async with self.app.store.transaction() as tx:
                tx.put(OUTBOX, after.row)
            return after
        why = after.why if isinstance(after, GiveUp) else ""
        await run_in_transaction(self.app.store, lambda tx: self._end(tx, row, why))
        self.claims.forget(row.sequence)
        return None

    async def _routed(self, row: OutboxMessage) -> str:
        """Return the routed channel in which a row was refused; empty: it was in no such one."""
        if row.channel or row.private:
            return ""
        at = await self.places.channel_of(row)
        room = await self.places.binding()
        # What only changes a message is told by the thread's head, in whatever channel that is.
        leads = room is not None and at != room.channel and at in room.routed
        return at if leads else ""

    async def _fall_back(self, row: OutboxMessage, lost: str, error: ChatError) -> Again:
        """Let a row go to the channel for alerts, and /health say why."""
        after = msgspec.structs.replace(
            row, routed="", state=OutboxState.PENDING, tried_at=self.app.clock(), error=str(error)
        )

        async def write(tx: Transaction) -> None:
            for message in filter(None, (row.message, row.thread)):
                tx.delete(POSTED, PostedMessage.key_of(self.chat, message))
            tx.put(OUTBOX, after)
            await routed_channel(self.app, tx, self.chat, lost, error)

        await run_in_transaction(self.app.store, write)
        self.claims.retry_in(row.sequence, 0.0)
        # Where that channel is out too, the row waits for it like all the others.
        return Again(after, at_once=not self.breaker.out)

    async def _end(self, tx: Transaction, row: OutboxMessage, why: str) -> None:
        if why:
            await give_up(self.app, tx, row, why)
        else:
            tx.delete(OUTBOX, row.sequence)

    async def _note(
        self, tx: Transaction, row: OutboxMessage, ref: MessageRef | None, *, mended: bool
    ) -> Trouble | None:
        tx.delete(OUTBOX, row.sequence)
        if ref is not None and row.editable:
            tx.put(POSTED, PostedMessage.at(self.chat, row.message, ref))
            await routed_channel(self.app, tx, self.chat, ref.channel, None)
        if ref is not None and row.carries and "/" in row.message:
            # Lines that were joined to another one of their thread are where that one is.
            for name in (row.message, *row.carries):
                tx.put(POSTED, PostedMessage.at(self.chat, name, ref))
        if ref is not None and row.instead:
            head = await tx.get(POSTED, PostedMessage.key_of(self.chat, row.thread))
            if head is not None:
                tx.put(POSTED, msgspec.structs.replace(head, shown=ref))
        if row.channel:
            await settled(self.app, tx, self.chat, row.channel)
        if not mended:
            return None
        room = await end_trouble(self.app, tx, self.chat, Topic.ROOM)
        return await end_trouble(self.app, tx, self.chat, Topic.DELIVERY) or room

    async def _mends(self, row: OutboxMessage, ref: MessageRef | None) -> bool:
        """Tell whether what is out works again, now that this was delivered."""
        if row.channel:
            return True
        if self.breaker.posting and row.op is not Op.POST:
            return False
        if self.breaker.topic is Topic.ROOM:
            room = await self.places.room()
            return (ref.channel if ref else await self.places.channel_of(row)) == room
        return self.breaker.out

    async def _heed(self, row: OutboxMessage, error: ChatError) -> None:
        """Hold back what would be refused for the same reason."""
        match error.refusal:
            case Refusal.LATER if error.retry_after is not None:
                self.claims.pause(row.op, error.retry_after)
                if row.op is Op.POST and self.claims.put_off(row.op) >= LONGEST:
                    await self.out(Topic.DELIVERY, error, row.op)
            case Refusal.CHAT:
                await self.out(Topic.DELIVERY, error, row.op)
            case Refusal.GONE if not row.private:
                await self._forget(row.message if row.op is not Op.POST else row.thread)
            case Refusal.ROOM if not (row.channel or row.private):
                if await self.places.channel_of(row) == await self.places.room():
                    await self.out(Topic.ROOM, error, row.op)
                else:
                    # It is in a channel where alerts went before: it goes on where they go now.
                    await self._forget(row.message)
                    await self._forget(row.thread)

    async def out(self, topic: Topic, error: ChatError, op: Op | None = None) -> None:
        """Note that the chat, or its channel for alerts, takes nothing, or not that kind."""
        now, posting = self.app.monotonic(), op is Op.POST
        self.breaker.open(topic, now, error.retry_after, posting=posting)

        async def write(tx: Transaction) -> bool:
            await note_trouble(self.app, tx, self.chat, topic, str(error), error.remedy)
            return tx.wrote

        if await run_in_transaction(self.app.store, write):
            self.app.scheduler.trigger(Work.OUTBOX)

    async def _forget(self, message: str) -> None:
        async with self.app.store.transaction() as tx:
            tx.delete(POSTED, PostedMessage.key_of(self.chat, message))
