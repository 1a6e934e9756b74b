"""Reads Amazon's notifications, and has looked at what they are about.

A notification is a reason to look and no proof: what is alarmed about is what the look shows. So
one that is lost costs the time until the product's turn, one that comes twice or late costs
nothing, and one that lies costs a look.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

import msgspec
import structlog

from bot.core.context import AppContext
from bot.core.listing import Watch
from bot.core.notifications import (
    Notification,
    PushSubject,
    UnreadableNotification,
    digest_of,
    read_notification,
)
from bot.core.push import NotificationQueue, QueuedMessage
from bot.core.scanning import each, each_found
from bot.core.store import Transaction, run_in_transaction
from bot.errors import SourceError
from bot.features.watchlist.collections import (
    HEARD_NOTIFICATIONS,
    PUSH_STATES,
    UNREADABLE_MESSAGES,
    WATCHES,
)
from bot.features.watchlist.models.push import THIS, HeardNotification, PushState
from checks.push_memory import PushBatch, PushMemory

ROUNDS = 50
"""So often the queue is read before other work of the same name has its turn."""
FIRST_PAUSE, LONGEST_PAUSE = 5.0, 300.0
"""Seconds before a queue that failed is tried again; each failure doubles the pause."""
MOMENT = timedelta(minutes=1)
"""By so much at most, what is stored of the last arrival is older than it."""
OWED = timedelta(minutes=10)
"""After a start, what was told of pages and listings so long before is looked at once more."""
KNOWN_AFTER_A_START = (PushSubject.OFFERS, PushSubject.ACCOUNT)
"""Subjects of which is stored when they were looked at."""


class Lookout(Protocol):
    """Whoever looks; `checks.monitor.ListingMonitor` does."""

    def look_soon(self, key: str, subject: PushSubject) -> None:
        """Have a subject of a watch, by its key, looked at before its turn.

        Of the account, the key is the code of a marketplace.
        """
        ...

    async def seen_at(self, key: str, subject: PushSubject) -> datetime | None:
        """Return when it was looked at last; None: it was not, or nobody knows."""
        ...


log = structlog.get_logger(__name__)


class PushListener:
    """Takes notifications out of the queue, each of them once."""

    def __init__(self, app: AppContext, queue: NotificationQueue, looks: Lookout) -> None:
        """Read from ``queue``; nothing is read before ``load``."""
        self._app = app
        self._queue = queue
        self._looks = looks
        self._memory = PushMemory()
        self._state = PushState()
        self._pause = 0.0
        self._again_at = 0.0
        self._waiting: asyncio.Future[Sequence[QueuedMessage]] | None = None
        self._closed = False

    async def load(self) -> None:
        """Take up what is stored, and look at what a notification told that nobody looked at."""
        store, now = self._app.store, self._app.clock()
        self._state = await store.get(PUSH_STATES, THIS) or self._state
        unreadable = [one async for one in each(store, UNREADABLE_MESSAGES)]
        heard = [one async for one in each(store, HEARD_NOTIFICATIONS)]
        self._memory.resume(heard, unreadable)
        for one in heard:
            if await self._is_owed(one, now):
                self._looks.look_soon(one.key, one.subject)

    async def tick(self, _: str = "") -> None:
        """Read what is in the queue; wait some seconds for the first message."""
        if self._app.monotonic() < self._again_at:
            return
        try:
            for _round in range(ROUNDS):
                messages = await self._receive()
                await self._works()
                if not messages:
                    break
                await self.take_in(messages)
                # Only now: whoever is killed before this is told once more.
                await self._queue.remove(messages)
        except SourceError as error:
            await self._fails(error)

    def close(self) -> None:
        """Wait for no more messages: the program stops."""
        self._closed = True
        if self._waiting is not None:
            self._waiting.cancel()

    async def _receive(self) -> Sequence[QueuedMessage]:
        if self._closed:
            return []
        self._waiting = asyncio.ensure_future(self._queue.receive())
        try:
            await asyncio.wait([self._waiting])
            return [] if self._waiting.cancelled() else self._waiting.result()
        finally:
            self._waiting.cancel()
            self._waiting = None

    async def take_in(self, messages: Sequence[QueuedMessage]) -> None:
        """Record in one transaction what leads to a look, and have it looked at.

        Raises:
            StoreError: nothing was recorded, and the messages have to come again.
        """
        batch = self._memory.batch(self._app.clock())
        for message in messages:
            await self._sort(message, batch)
        if batch.unreadable:
            why = batch.unreadable[0].why
            log.warning("unreadable notifications", messages=len(batch.unreadable), why=why)
        await self._record(batch)
        for heard in batch.heard:
            self._looks.look_soon(heard.key, heard.subject)

    async def _sort(self, message: QueuedMessage, batch: PushBatch) -> None:
        """Add to the batch what the message leads to."""
        try:
            notification = read_notification(message.text)
        except UnreadableNotification as error:
            batch.add_unreadable(digest_of(message.text), str(error), message.text)
        else:
            for key in await self._keys(notification):
                batch.add(notification, key)

    async def _record(self, batch: PushBatch) -> None:
        state = self._state_with(batch)

        async def write(tx: Transaction) -> None:
            for heard in batch.heard:
                tx.put(HEARD_NOTIFICATIONS, heard)
            for kept in batch.unreadable:
                tx.put(UNREADABLE_MESSAGES, kept)
            tx.put(PUSH_STATES, state)

        if batch.heard or batch.unreadable or state != self._state:
            await run_in_transaction(self._app.store, write)
        self._state = state
        self._memory.take_in(batch)

    async def _keys(self, notification: Notification) -> list[str]:
        """Return the watches that are to be looked at because of it; none: it tells nothing new.

        For the account, it is the marketplace's code; empty: Amazon did not say which.
        """
        if notification.subject is PushSubject.ACCOUNT:
            return [notification.marketplace]
        found = [each for each in await self._watches(notification) if each is not None]
        return [watch.key for watch in found if not await self._shown(notification, watch.key)]

    async def _watches(self, notification: Notification) -> Sequence[Watch | None]:
        if not notification.marketplace or notification.subject is PushSubject.NOTHING:
            return []
        if notification.asin:
            key = Watch.key_of(notification.marketplace, notification.asin)
            return [await self._app.store.get(WATCHES, key)]
        if not notification.sku:
            return []
        there = each_found(self._app.store, WATCHES, "sku", notification.sku)
        return [one async for one in there if one.marketplace == notification.marketplace]

    async def _shown(self, notification: Notification, key: str) -> bool:
        """Tell whether a look has shown already what it tells of."""
        return notification.is_outdated(await self._looks.seen_at(key, notification.subject))

    async def _is_owed(self, heard: HeardNotification, now: datetime) -> bool:
        if heard.subject not in KNOWN_AFTER_A_START:
            # When pages were looked at is known only until the program stops.
            return now - heard.at < OWED
        seen_at = await self._looks.seen_at(heard.key, heard.subject)
        return seen_at is None or seen_at < heard.at

    def _state_with(self, batch: PushBatch) -> PushState:
        heard_at = self._state.heard_at
        if heard_at is None or abs(batch.now - heard_at) >= MOMENT:
            heard_at = batch.now
        unreadable = self._state.unreadable + len(batch.unreadable)
        return msgspec.structs.replace(self._state, heard_at=heard_at, unreadable=unreadable)

    async def _works(self) -> None:
        self._pause = self._again_at = 0.0
        if self._state.failing_since is not None:
            log.info("notifications are read again")
            await self._put(msgspec.structs.replace(self._state, failing_since=None, why=""))

    async def _fails(self, error: SourceError) -> None:
        self._pause = min(max(2 * self._pause, FIRST_PAUSE), LONGEST_PAUSE)
        self._again_at = self._app.monotonic() + self._pause
        why = str(error)
        if self._state.failing_since is None:
            log.warning("cannot read notifications", why=why)
        if self._state.why != why:
            since = self._state.failing_since or self._app.clock()
            await self._put(msgspec.structs.replace(self._state, failing_since=since, why=why))

    async def _put(self, state: PushState) -> None:
        async def write(tx: Transaction) -> None:
            tx.put(PUSH_STATES, state)

        await run_in_transaction(self._app.store, write)
        self._state = state
