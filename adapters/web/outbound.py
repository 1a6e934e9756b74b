"""The page as a chat: messages live in the store, and open pages hear of them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager

import msgspec

from adapters.web.live import Change, Live
from adapters.web.messages import WEB_MESSAGES, Keeping, Past, WebMessage, message_id, stream_name
from bot.core.cards import Card
from bot.core.chat import MessageRef, Outgoing
from bot.core.clocks import Clock
from bot.core.mentions import called
from bot.core.store import Store, Transaction
from bot.errors import ChatError, MessageGone, Refusal, StoreError


class WebChat:
    """The team's chat on this machine. It posts a message once, however often it is asked to."""

    def __init__(self, store: Store, now: Clock, past: Past | None = None) -> None:
        """Keep messages in the store, which must know ``COLLECTIONS``.

        Without ``past`` nothing is ever removed.
        """
        self._keeping = Keeping(store, past) if past is not None else None
        self._store = store
        self._now = now
        self._lock = asyncio.Lock()
        self.live = Live()

    async def post(self, message: Outgoing) -> MessageRef:
        """Post a message, or return the one that was posted under its key.

        Raises:
            MessageGone: its thread does not exist.
            ChatError: it could not be stored.
        """
        if message.private:
            # Everybody who opens the page reads all of it.
            raise ChatError("The page has no private messages.", refusal=Refusal.PRIVATE)
        changes: list[Change] = []
        async with self._writing() as (tx, last):
            known = await _by_id(tx, message_id(message.key))
            if known is None:
                known = self._new(message, last + 1)
                changes = [Change(known, new=True), *await _count_reply(tx, known)]
                tx.create(WEB_MESSAGES, known)
        self._publish(changes)
        return MessageRef(known.channel, known.id)

    async def edit(self, ref: MessageRef, card: Card, *, plain: bool = False) -> None:  # noqa: ARG002 (the page refuses no form)
        """Show another card in the message's place.

        Raises:
            MessageGone: there is no such message.
            ChatError: it could not be stored.
        """
        changes: list[Change] = []
        async with self._writing() as (tx, _):
            old = await _by_id(tx, ref.id)
            if old is None:
                raise MessageGone
            if old.card != card:
                new = msgspec.structs.replace(old, card=card, edited_at=self._now())
                tx.put(WEB_MESSAGES, new)
                changes = [Change(new, new=False)]
        self._publish(changes)

    async def find(self, messages: Sequence[Outgoing]) -> Mapping[str, MessageRef]:
        """Tell where messages with these keys were posted, if they were. Raises ChatError."""
        found: dict[str, MessageRef] = {}
        for wanted in messages:
            known = await self.message(message_id(wanted.key))
            if known is not None:
                found[wanted.key] = MessageRef(known.channel, known.id)
        return found

    async def close_thread(self, head: MessageRef) -> None:
        """Note that what the thread is about is over, and remove some that are so for long.

        Raises:
            MessageGone: there is no such message.
            ChatError: it could not be stored.
        """
        async with self._writing() as (tx, _):
            first = await _by_id(tx, head.id)
            if first is None:
                raise MessageGone
            # What is told in another's thread has none of its own, and goes with the other's.
            if not first.thread:
                tx.put(WEB_MESSAGES, await self._closed(first))
        if self._keeping is not None:
            with _translated():
                async with self._lock:
                    await self._keeping.sweep()

    async def _closed(self, first: WebMessage) -> WebMessage:
        """Note when it was closed: never before what is beyond doubt, or it would go too soon."""
        now = self._now()
        at = max(now, await self._keeping.past()) if self._keeping is not None else now
        return msgspec.structs.replace(first, closed=True, closed_at=at)

    async def message(self, id: str) -> WebMessage | None:
        """Return the message with that id, or None. Raises ChatError."""
        with _translated():
            found = await self._store.find(WEB_MESSAGES, "id", id, limit=1)
        return found[0] if found else None

    async def newest(self, channel: str, *, before: str = "", limit: int) -> list[WebMessage]:
        """Return the channel's last messages before a key, the oldest first. Raises ChatError."""
        with _translated():
            found = await self._store.find(
                WEB_MESSAGES, "stream", stream_name(channel), after=before, limit=limit, newest=True
            )
        return found[::-1]

    async def replies(self, thread: str, *, before: str = "", limit: int) -> list[WebMessage]:
        """Return a thread's last replies before a key, the oldest first. Raises ChatError."""
        with _translated():
            found = await self._store.find(
                WEB_MESSAGES, "stream", thread, after=before, limit=limit, newest=True
            )
        return found[::-1]

    @asynccontextmanager
    async def _writing(self) -> AsyncIterator[tuple[Transaction, int]]:
        """Give a transaction and the last message's number.

        The number is read before the transaction looks for a message, and a new message is created
        under the next one: should another process post the same message, one of the two ends in
        Conflict, and its next try finds the other's.
        """
        with _translated():
            async with self._lock:
                latest = await self._store.page(WEB_MESSAGES, limit=1, newest=True)
                async with self._store.transaction() as tx:
                    yield tx, latest[0].seq if latest else 0

    def _new(self, message: Outgoing, seq: int) -> WebMessage:
        thread = message.thread.id if message.thread else ""
        return WebMessage(
            seq=seq,
            id=message_id(message.key),
            channel=message.channel,
            thread=thread,
            stream=stream_name(message.channel, thread),
            card=message.card,
            posted_at=self._now(),
            ping=message.ping,
            called=called(message.mentions),
            threads=message.threads,
            files=message.files,
        )

    def _publish(self, changes: list[Change]) -> None:
        for change in changes:
            self.live.publish(change)


async def _by_id(tx: Transaction, id: str) -> WebMessage | None:
    found = await tx.find(WEB_MESSAGES, "id", id, limit=1)
    # Only what is read by key is checked for changes when the transaction ends.
    return await tx.get(WEB_MESSAGES, found[0].key) if found else None


async def _count_reply(tx: Transaction, reply: WebMessage) -> list[Change]:
    if not reply.thread:
        return []
    first = await _by_id(tx, reply.thread)
    if first is None:
        raise MessageGone
    counted = msgspec.structs.replace(
        first,
        replies=first.replies + 1,
        replied_at=reply.posted_at,
        closed=None,
        closed_at=None,
    )
    tx.put(WEB_MESSAGES, counted)
    return [Change(counted, new=False)]


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except StoreError as error:
        raise ChatError(str(error)) from error
