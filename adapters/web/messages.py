"""What the page keeps of a message, under which name, and how long.

The page's messages are copies for reading: what happened stays with the case, entry by entry.
"""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import msgspec

from bot.core.cards import Card
from bot.core.chat import ThreadLink
from bot.core.files import Upload
from bot.core.store import Collection, Naming, Store

KEPT_DAYS = 90
"""After a thread was closed; one that goes on is open again."""
LOOKED_AT = 10
"""Closed threads that are looked at each time: reading them holds up other work."""
AT_ONCE = 5
"""Threads that are removed each time; fewer are closed meanwhile."""
REPLIES = 100

Past = Callable[[], Awaitable[datetime]]
"""Tells a time that has come beyond doubt: what is removed is gone."""


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
    called: str = ""
    """The names of whom it calls."""
    threads: tuple[ThreadLink, ...] = ()
    """Where what it tells of is discussed."""
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
    "web_messages",
    WebMessage,
    lambda message: message.key,
    ("id", "stream", "closed"),
    packed=True,
    naming=Naming.SHOWS,
)

COLLECTIONS = (WEB_MESSAGES,)
"""What the store must know for this adapter."""


def message_id(key: str) -> str:
    """Return the id of the message with that ``Outgoing.key``; it may stand in an address."""
    return hashlib.sha256(key.encode()).hexdigest()[:20]


def stream_name(channel: str, thread: str = "") -> str:
    """Return what a thread's messages, or a channel's own, have in common."""
    return thread or f"#{channel}"


class Keeping:
    """Removes closed threads that are old enough, a few at a time."""

    def __init__(self, store: Store, past: Past) -> None:
        """Look through the store's messages."""
        self._store = store
        self.past = past
        self._looked_to = ""

    async def sweep(self) -> None:
        """Look at some closed threads, and go on there the next time. Raises StoreError."""
        before = await self.past() - timedelta(days=KEPT_DAYS)
        some = await self._store.find(
            WEB_MESSAGES, "closed", value=True, after=self._looked_to, limit=LOOKED_AT
        )
        old = [each for each in some if each.closed_at is not None and each.closed_at < before]
        for first in old[:AT_ONCE]:
            await self._remove(first)
        self._looked_to = some[-1].key if len(some) == LOOKED_AT and len(old) <= AT_ONCE else ""

    async def _remove(self, first: WebMessage) -> None:
        # Its head goes last: were this broken off, the rest is found by it.
        while replies := await self._store.find(WEB_MESSAGES, "stream", first.id, limit=REPLIES):
            async with self._store.transaction() as tx:
                for reply in replies:
                    tx.delete(WEB_MESSAGES, reply.key)
        async with self._store.transaction() as tx:
            tx.delete(WEB_MESSAGES, first.key)
