"""Troubles: what is wrong with one of the chats, as people have to know it."""

from __future__ import annotations

import enum
from datetime import datetime

import msgspec


class Topic(enum.StrEnum):
    """What may be wrong; a chat has at most one trouble of each kind."""

    DELIVERY = "delivery"
    """The chat takes no messages at all."""
    ROOM = "room"
    """The channel for alerts takes none."""
    CONNECTION = "connection"
    """Nothing that people do there reaches us."""
    COMMANDS = "commands"
    """The commands are not registered there, or not all of them."""
    ROUTE = "route"
    """A channel to which a route leads takes no messages: they go to the one for alerts."""


class Trouble(msgspec.Struct, frozen=True, kw_only=True):
    """Something that is wrong with a chat now."""

    chat: str
    topic: Topic
    since: datetime
    cause: str
    """What happened, in a sentence."""
    remedy: str = ""
    """What a person can do about it, in a sentence; empty where waiting is all."""
    message: str = ""
    """The message by which the other chats were told; empty if they were not."""

    @property
    def key(self) -> str:
        """The trouble's name in the store."""
        return trouble_key(self.chat, self.topic)


class Undelivered(msgspec.Struct, frozen=True, kw_only=True):
    """A message that a chat will never take."""

    chat: str
    sequence: str = msgspec.field(name="ticket")
    at: datetime
    title: str
    why: str
    notice: str = ""
    """The name of the message that says so in other chats; empty: there is none."""
    thread: str = ""
    """Where that stands."""

    @property
    def key(self) -> str:
        """Its name in the store; sorts by when it was written."""
        return f"{self.chat} {self.sequence}"


def trouble_key(chat: str, topic: Topic) -> str:
    """Return the key of a chat's trouble of that kind."""
    return f"{chat} {topic}"
