"""Sends what is in the outbox to one chat: what cannot go never holds back what can.

A row is ``pending``, then ``sending``, then gone. One that is found in ``sending`` may or may not
have been posted: the chat is asked before it is posted again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

import structlog

from bot.core.chat import Chat, MessageRef, Outgoing
from bot.core.chat_troubles import Topic, Trouble, trouble_key
from bot.core.clocks import Ages, ClockReading
from bot.core.collections import TROUBLES, PostedMessage
from bot.core.context import AppContext
from bot.core.dispatch.breaker import ChatBreaker
from bot.core.dispatch.catching_up import LONG, catch_up
from bot.core.dispatch.choosing import holds
from bot.core.dispatch.claiming import Claims
from bot.core.dispatch.messages import Op, OutboxMessage
from bot.core.dispatch.outcomes import Outcomes
from bot.core.dispatch.places import Places, recognise, shown_at
from bot.core.dispatch.spelled_chat import SpelledChat
from bot.core.scheduler import Work
from bot.errors import ChatError, Refusal

log = structlog.get_logger(__name__)

AT_ONCE = 50
"""Rows that are claimed at once, at most."""
AHEAD = 2.0
"""Seconds. About so much work is claimed at once, so that an alert never waits for more."""
SEVERAL = 2
"""So many rows that may be there already are looked for together."""
FORMS = 5
"""In so many ways a row is tried in a row: as a card, as text, without its files, ..."""


class OutboxDispatcher:
    """Sends to one chat what the outbox has for it."""

    def __init__(self, app: AppContext, name: str, chat: Chat, *, alone: bool = True) -> None:
        """Send to the chat of that name. Only one ``deliver`` may run at a time.

        ``alone``: no other process sends to this chat, so a row that is claimed was left behind.
        """
        self.name = name
        self.breaker = ChatBreaker()
        self._app = app
        self._chat = SpelledChat(app, name, chat)
        self._places = Places(name, app.store)
        self._claims = Claims(app, name, self.breaker, alone=alone)
        self._outcomes = Outcomes(app, name, self._places, self._claims, self.breaker)
        self._at_once = AT_ONCE
        self._begun = False
        self._trouble: Trouble | None = None
        self._ages = Ages()

    async def deliver(self, _: str = "") -> None:
        """Send all that may go; what fails stays for a later call."""
        await self._begin()
        if self.breaker.out:
            await self._hear()
        await self._pass_by()
        while self.breaker.due(self._app.monotonic()):
            if self.breaker.out and not await self._catches_up():
                return
            rows = await self._claims.claim(self._at_once)
            if not rows:
                return
            await self._send_all(rows)
            await self._pass_by()

    async def _pass_by(self) -> None:
        """Send what goes past the channel for alerts while that takes nothing."""
        while self.breaker.topic is Topic.ROOM:
            rows = await self._claims.claim_elsewhere(self._at_once)
            if not rows:
                return
            await self._send_all(rows)

    async def _begin(self) -> None:
        """Take up what an earlier process knew of this chat."""
        await self._app.features.moved(self._app, self.name)
        if self._begun:
            return
        for topic in (Topic.ROOM, Topic.DELIVERY):
            if await self._app.store.get(TROUBLES, trouble_key(self.name, topic)) is not None:
                self.breaker.topic = topic
        self._begun = True

    async def _hear(self) -> None:
        """Take up what is written of what is out; nothing: the chat itself told that it is over."""
        topic = self.breaker.topic or Topic.DELIVERY
        known = await self._app.store.get(TROUBLES, trouble_key(self.name, topic))
        self._trouble = known or self._trouble
        if known is None:
            self.breaker.probe_now()

    async def _catches_up(self) -> bool:
        """Fold what waits before the first message goes out; tell whether the chat can be read."""
        trouble = self._trouble
        if trouble is None or self._lasted(trouble) < LONG:
            return True
        # A line that an earlier process had claimed goes with what it was about.
        await self._claims.release()
        try:
            await catch_up(self._app, self._chat, self._places, trouble)
        except ChatError as error:
            await self._outcomes.out(self.breaker.topic or Topic.DELIVERY, error)
            return False
        return True

    def _lasted(self, trouble: Trouble) -> timedelta:
        now = ClockReading(self._app.clock(), self._app.monotonic())
        return self._ages.of(trouble.key, trouble.since, now)

    async def _recognised(self, rows: Sequence[OutboxMessage]) -> Mapping[str, MessageRef | None]:
        try:
            return await recognise(self._chat, self._places, rows, least=SEVERAL)
        except ChatError as error:
            log.info("history not read", chat=self.name, why=str(error))
            return {}

    async def _send_all(self, rows: Sequence[OutboxMessage]) -> None:
        begun = self._app.monotonic()
        known = await self._recognised(rows)
        stuck: set[str] = set()
        for row in rows:
            if await self._must_wait(row, stuck):
                await self._claims.put_back(row)
            elif not await self._send(row, known.get(row.key)) and holds(row):
                stuck |= {row.ordering_key, row.message}
        took = self._app.monotonic() - begun
        fitting = int(AHEAD * len(rows) / took) if took > 0 else AT_ONCE
        self._at_once = max(1, min(AT_ONCE, fitting))

    async def _must_wait(self, row: OutboxMessage, stuck: set[str]) -> bool:
        """Tell whether something came up since it was claimed, or what it follows did not go."""
        out = not self.breaker.due(self._app.monotonic())
        if out and self.breaker.topic is Topic.ROOM:
            out = not await self._places.elsewhere(row)
        behind = not stuck.isdisjoint((row.ordering_key, row.message, row.thread))
        return out or behind or self._claims.paused(row.op)

    async def _send(self, row: OutboxMessage, known: MessageRef | None) -> bool:
        """Try the row, in other forms too; tell whether it is done with."""
        for _ in range(FORMS):
            refusal = await self._try(row, known)
            if refusal is None:
                return True
            again = await self._outcomes.refused(row, refusal)
            if again is None:
                return True
            if not again.at_once:
                return False
            row, known = again.row, None
        return False

    async def _try(self, row: OutboxMessage, known: MessageRef | None) -> ChatError | None:
        """Deliver the row, which may be ``known`` to be there; return what the chat refused."""
        try:
            ref = await self._deliver(row, known)
        except ChatError as error:
            return error
        except Exception:
            # One message that the adapter cannot handle must not stop all the others.
            log.exception("message broke the chat adapter", message=row.message)
            why = "Something went wrong. Look for 'message broke the chat adapter' in the log."
            return ChatError(why, refusal=Refusal.UNLISTED)
        if await self._outcomes.delivered(row, ref) is not None:
            self._app.scheduler.trigger(Work.OUTBOX)
        return None

    async def _deliver(self, row: OutboxMessage, known: MessageRef | None) -> MessageRef | None:
        at = await self._places.posted(row.message)
        if row.op is Op.CLOSE:
            if at is not None:
                await self._chat.close_thread(at.ref)
            return None
        if row.op is Op.EDIT and at is not None:
            await self._chat.edit(shown_at(at), row.card, plain=row.plain)
            return None
        message = await self._places.outgoing(row)
        if row.op is Op.REDACT:
            await self._redact(row, at, message)
            return None
        # What is still true when there is a channel is told then.
        return await self._post(row, message, known) if message is not None else None

    async def _post(
        self, row: OutboxMessage, message: Outgoing, known: MessageRef | None
    ) -> MessageRef:
        if known is None and row.doubted:
            known = (await self._chat.find([message])).get(message.key)
        if known is None:
            return await self._chat.post(message)
        log.info("message recognised", message=row.message)
        if row.editable or row.reworded:
            # The card may have changed since it was posted and not confirmed.
            await self._chat.edit(known, row.card, plain=row.plain)
        return known

    async def _redact(
        self, row: OutboxMessage, at: PostedMessage | None, message: Outgoing | None
    ) -> None:
        """Change what the chat shows of the message, wherever it has it."""
        known = at.ref if at else None
        if known is None and message is not None:
            known = (await self._chat.find([message])).get(message.key)
        if known is not None:
            await self._chat.edit(known, row.card, plain=row.plain)
