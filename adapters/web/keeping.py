"""How long the page keeps the threads of what is over.

The page's messages are copies for reading: what happened stays with the case, entry by entry.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from adapters.web.messages import WEB_MESSAGES, WebMessage
from bot.core.store import Store

KEPT_DAYS = 90
"""After a thread was closed; one that goes on is open again."""
LOOKED_AT = 10
"""Closed threads that are looked at each time: reading them holds up other work."""
AT_ONCE = 5
"""Threads that are removed each time; fewer are closed meanwhile."""
REPLIES = 100

Past = Callable[[], Awaitable[datetime]]
"""Tells a time that has come beyond doubt: what is removed is gone."""


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
