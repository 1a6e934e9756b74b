"""A chat whose messages name commands as they are typed there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec

from bot.core.cards import Card
from bot.core.chat import Chat, MessageRef, Outgoing
from bot.core.context import AppContext


@dataclass(frozen=True)
class SpelledChat:
    """Stands before a chat; the outbox keeps what is written once for all chats."""

    app: AppContext
    name: str
    chat: Chat

    async def post(self, message: Outgoing) -> MessageRef:
        """Post a message; see `Chat`."""
        return await self.chat.post(self._spelled(message))

    async def edit(self, ref: MessageRef, card: Card, *, plain: bool = False) -> None:
        """Show another card in the message's place; see `Chat`."""
        await self.chat.edit(ref, self.app.spelling(self.name).card(card), plain=plain)

    async def find(self, messages: Sequence[Outgoing]) -> Mapping[str, MessageRef]:
        """Ask which were posted already; see `Chat`."""
        return await self.chat.find([self._spelled(each) for each in messages])

    async def close_thread(self, head: MessageRef) -> None:
        """Fold the message's thread away; see `Chat`."""
        await self.chat.close_thread(head)

    def _spelled(self, message: Outgoing) -> Outgoing:
        card = self.app.spelling(self.name).card(message.card)
        return message if card is message.card else msgspec.structs.replace(message, card=card)
