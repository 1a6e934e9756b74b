"""What the core asks of a chat. Adapters give it; tests give fakes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

import msgspec

from bot.core.cards import Card
from bot.core.files import Upload
from bot.core.mentions import Mention


class MessageRef(msgspec.Struct, frozen=True):
    """Where a chat put a message: the channel and the chat's own id of the message."""

    channel: str
    id: str


class ThreadLink(msgspec.Struct, frozen=True):
    """Another thread that a message leads to."""

    label: str
    """How people call it: ``C-12``."""
    head: MessageRef


class Outgoing(msgspec.Struct, frozen=True, kw_only=True):
    """A message on its way to the chat."""

    key: str
    """The same at every try, so that a chat or its history can tell that it was posted."""
    channel: str
    card: Card
    private: bool = False
    """The channel is the id of a person, who alone reads it."""
    thread: MessageRef | None = None
    """The first message of the thread that it belongs to."""
    ping: bool = False
    """It is worth a person's attention now."""
    mentions: tuple[Mention, ...] = ()
    """Whom it calls, in this chat. Its text calls no other person, whatever it says."""
    files: tuple[Upload, ...] = ()
    carries: tuple[str, ...] = ()
    """The keys of other messages whose words are in this one."""
    threads: tuple[ThreadLink, ...] = ()
    """Where what it tells of is discussed."""
    plain: bool = False
    """Its text alone, without what makes it a card: the chat refused its form."""
    beside: MessageRef | None = None
    """The alert that it belongs to, which can have no thread: it stands in the channel and links
    to that."""
    written: datetime | None = None
    """When it was written, where that is known: it was not posted before."""


class Chat(Protocol):
    """A platform on which the team talks."""

    async def post(self, message: Outgoing) -> MessageRef:
        """Post a message.

        Raises:
            MessageGone: the thread's first message was deleted.
            ChatError: its ``refusal`` says what it means. After a refusal of the
                form, the thread or the room it is surely not there; after any other ``find``
                decides.
        """
        ...

    async def edit(self, ref: MessageRef, card: Card, *, plain: bool = False) -> None:
        """Show another card in the message's place; ``plain`` as in Outgoing.

        Raises:
            MessageGone: it was deleted.
            ChatError: it was not changed; its ``refusal`` says what that means.
        """
        ...

    async def find(self, messages: Sequence[Outgoing]) -> Mapping[str, MessageRef]:
        """Ask the platform which of these were posted already; return where, by their keys.

        All of them are for one channel and one thread, whose history is read once. Files that
        failed after a message that is there are posted now. Raises ChatError.
        """
        ...

    async def close_thread(self, head: MessageRef) -> None:
        """Fold the message's thread away, where the chat limits how many are open.

        The next message in it opens it again. Raises ChatError.
        """
        ...
