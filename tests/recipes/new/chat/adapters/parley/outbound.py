"""Messages on their way to Parley, which keeps each under its key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from adapters.parley import render
from adapters.parley.attachments import attached
from adapters.parley.calls import Wire
from bot.core.cards import Card
from bot.core.chat import MessageRef, Outgoing
from bot.core.chat_platform import ReadFile


class ParleyChat:
    """The chat on the team's Parley server."""

    def __init__(self, wire: Wire, read: ReadFile) -> None:
        """Post over the wire; take the bytes of files from ``read``."""
        self._wire = wire
        self._read = read

    async def post(self, message: Outgoing) -> MessageRef:
        """Post a message; the channel of a private one is a person, who alone reads it.

        Raises:
            MessageGone: its thread's first message was deleted.
            ChatError: it was refused, or nobody can tell.
        """
        told = await self._wire.call(
            do="post",
            key=message.key,
            channel=message.channel,
            thread=message.thread.id if message.thread else "",
            files=await attached(message.files, self._read),
            calls=[each.id for each in message.mentions],
            **render.message(message.card, plain=message.plain, threads=message.threads),
        )
        return MessageRef(message.channel, str(told["message"]))

    async def edit(self, ref: MessageRef, card: Card, *, plain: bool = False) -> None:
        """Show another card in the message's place. Raises MessageGone, ChatError."""
        shown = render.message(card, plain=plain)
        await self._wire.call(do="edit", channel=ref.channel, message=ref.id, **shown)

    async def find(self, messages: Sequence[Outgoing]) -> Mapping[str, MessageRef]:
        """Ask the server which of these it has, by their keys. Raises ChatError."""
        if not messages:
            return {}
        keys = [each.key for each in messages]
        told = await self._wire.call(do="find", channel=messages[0].channel, keys=keys)
        return {key: MessageRef(messages[0].channel, str(id)) for key, id in told["found"].items()}

    async def close_thread(self, head: MessageRef) -> None:
        """Do nothing: Parley folds threads by itself."""
