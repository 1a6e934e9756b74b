"""Where a message goes, and where it is already: which channel, in whose thread."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.core.channels import ChannelBinding
from bot.core.chat import Chat, MessageRef, Outgoing, ThreadLink
from bot.core.collections import CHANNEL_BINDINGS, POSTED, PostedMessage
from bot.core.dispatch.messages import Op, OutboxMessage
from bot.core.store import Store


@dataclass(frozen=True)
class Places:
    """Looks up where one chat's messages are and belong."""

    chat: str
    store: Store

    async def posted(self, message: str) -> PostedMessage | None:
        """Return where the chat put a message, if it has it."""
        return (
            await self.store.get(POSTED, PostedMessage.key_of(self.chat, message))
            if message
            else None
        )

    async def room(self) -> str:
        """Return the channel to which alerts go; empty while there is none."""
        room = await self.binding()
        return room.channel if room else ""

    async def binding(self) -> ChannelBinding | None:
        """Return the chat's binding; None while it was never connected."""
        return await self.store.get(CHANNEL_BINDINGS, self.chat)

    async def channel_of(self, row: OutboxMessage) -> str:
        """Return the channel in which a row is, or would be, delivered; empty: in none."""
        known = None if row.op is Op.POST else await self.posted(row.message)
        if known is not None:
            return known.ref.channel
        message = await self.outgoing(row)
        return message.channel if message else ""

    async def elsewhere(self, row: OutboxMessage) -> bool:
        """Tell whether a row is delivered in another channel than the one for alerts."""
        return await self.channel_of(row) not in ("", await self.room())

    async def outgoing(self, row: OutboxMessage) -> Outgoing | None:
        """Return the message as it goes out; None where nobody could read it."""
        head = await self._head(row)
        if row.private:
            return Outgoing(
                key=row.key,
                channel=row.private,
                private=True,
                card=row.card,
                mentions=row.mentions,
                written=row.written_at,
                plain=row.plain,
                beside=head.ref if head else None,
            )
        channel = row.channel or (head.ref.channel if head else row.routed or await self.room())
        if not channel:
            return None
        return Outgoing(
            key=row.key,
            channel=channel,
            card=row.card,
            thread=head.ref if head and not row.beside else None,
            ping=row.ping,
            mentions=row.mentions,
            files=row.files,
            carries=row.carries,
            threads=await self._threads(row.threads),
            written=row.written_at,
            plain=row.plain,
            beside=head.ref if head and row.beside else None,
        )

    async def _threads(self, names: Iterable[str]) -> tuple[ThreadLink, ...]:
        """Return those of the threads that the chat has."""
        found = [(name, await self.posted(name)) for name in names]
        return tuple(ThreadLink(name, at.ref) for name, at in found if at is not None)

    async def _head(self, row: OutboxMessage) -> PostedMessage | None:
        """Return the head of its thread, if it is posted.

        Where that is in a channel to which alerts went before, it may have been posted anew where
        they go now: then the thread goes on there, under the message that it is a part of.
        """
        if not row.thread:
            return None
        head = await self.posted(row.thread)
        part_of = row.message.partition("/")[0]
        room = await self.binding()
        stays = head is not None and room is not None and room.keeps(head.ref.channel)
        if part_of == row.message or stays:
            return head
        return await self.posted(part_of) or head


def shown_at(posted: PostedMessage) -> MessageRef:
    """Return the message that shows the card now: the head, or what stands in for it."""
    return posted.shown or posted.ref


def in_doubt(row: OutboxMessage) -> bool:
    """Tell whether a row may have been posted by an earlier try."""
    return row.op is Op.POST and row.doubted


async def recognise(
    chat: Chat, places: Places, rows: Iterable[OutboxMessage], *, least: int = 1
) -> Mapping[str, MessageRef | None]:
    """Return where rows in doubt are, by their keys; None for those that are surely not there.

    Places with fewer than ``least`` of them are left out. Raises ChatError.
    """
    doubted: dict[tuple[str, MessageRef | None], list[Outgoing]] = {}
    for row in rows:
        message = await places.outgoing(row) if in_doubt(row) else None
        if message is not None:
            doubted.setdefault((message.channel, message.thread), []).append(message)
    known: dict[str, MessageRef | None] = {}
    for messages in doubted.values():
        if len(messages) < least:
            continue
        found = await chat.find(messages)
        known |= {message.key: found.get(message.key) for message in messages}
    return known
