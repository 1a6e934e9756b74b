"""What the page keeps of a message, and under which name."""

from __future__ import annotations

import hashlib
from datetime import datetime

import msgspec

from bot.core.cards import Card
from bot.core.files import Upload
from bot.core.store import Collection


class WebMessage(msgspec.Struct, frozen=True, kw_only=True):
    """A message as it stands in the channel or in a thread."""

    seq: int
    """Its place among all messages, from 1."""
    id: str
    channel: str
    thread: str = ""
    """The id of the thread's first message; empty in the channel itself."""
    stream: str
    """Where it is read, for the index: see ``stream_name``."""
    card: Card
    posted_at: datetime
    edited_at: datetime | None = None
    ping: bool = False
    replies: int = 0
    """How many messages its thread has, itself not counted."""
    replied_at: datetime | None = None
    files: tuple[Upload, ...] = ()
    closed: bool | None = None
    """What its thread is about is over; for the index, so never False."""
    closed_at: datetime | None = None

    @property
    def key(self) -> str:
        """The message's name in the store; sorts by age."""
        return f"{self.seq:012d}"


WEB_MESSAGES: Collection[WebMessage] = Collection(
    "web_messages", WebMessage, lambda message: message.key, ("id", "stream", "closed"), packed=True
)

COLLECTIONS = (WEB_MESSAGES,)
"""What the store must know for this adapter."""


def message_id(key: str) -> str:
    """Return the id of the message with that ``Outgoing.key``; it may stand in an address."""
    return hashlib.sha256(key.encode()).hexdigest()[:20]


def stream_name(channel: str, thread: str = "") -> str:
    """Return what a thread's messages, or a channel's own, have in common."""
    return thread or f"#{channel}"
