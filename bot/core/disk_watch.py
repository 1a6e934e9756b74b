"""Watching the disk: a warning before it is full, and words past the outbox when it fails."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from functools import partial

import structlog

from bot.core.cards import Card
from bot.core.chat import Chat, MessageRef, Outgoing
from bot.core.collections import CHANNEL_BINDINGS, OUTAGES
from bot.core.context import AppContext, view_context
from bot.core.disk import MB, Space
from bot.core.outages import Outage
from bot.core.scheduler import Work
from bot.core.store import Transaction, run_in_transaction
from bot.core.views.disk import failed_card, low_card, mended_card, room_card
from bot.errors import ChatError, StoreError

log = structlog.get_logger(__name__)

DISK = "disk"
"""The name of the warning among what the channel was told."""
LOOKED_EVERY = timedelta(minutes=1)
PATIENCE = 5.0
"""Seconds that a chat has to take the words that nothing can be recorded."""
CALM = timedelta(minutes=10)
"""What fails again so soon changes the message that is there."""
AGAIN = 1.0
"""Seconds between two looks at a disk that takes no changes."""


class DiskWatch:
    """Looks after the disk that holds the data."""

    def __init__(self, app: AppContext, chats: Mapping[str, Chat]) -> None:
        """Tell these chats without the outbox, which nobody can write when the disk fails."""
        self._app = app
        self._chats = chats
        self._told: dict[str, MessageRef] = {}
        self._failing = False
        self._changed_at = 0.0
        self._looked_at = float("-inf")
        self._telling = asyncio.Lock()

    async def tick(self, _: str = "") -> None:
        """Tell of a failure, or of its end; warn where room becomes scarce."""
        async with self._telling:
            await self._failure()
        now = self._app.monotonic()
        if not self._failing and now - self._looked_at >= LOOKED_EVERY.total_seconds():
            self._looked_at = now
            await self._room()

    async def until_dead(self) -> str:
        """Wait until no change will be taken before a restart, and people know; return why."""
        store = self._app.store
        while True:
            why = await store.failed()
            dead = store.dead
            await self.tick()
            if dead:
                return why
            await asyncio.sleep(AGAIN)

    async def _failure(self) -> None:
        why, simulated = self._app.store.failure, self._app.brand.simulated
        if bool(why) == self._failing:
            return
        self._failing = bool(why)
        now = self._app.monotonic()
        lately = now - self._changed_at < CALM.total_seconds()
        self._changed_at = now
        if not why:
            await self._tell(mended_card(simulated=simulated), anew=False)
            return
        card = failed_card(why, dead=self._app.store.dead, simulated=simulated)
        await self._tell(card, anew=not lately)

    async def _tell(self, card: Card, *, anew: bool) -> None:
        """Post to every chat, or change what was posted: once, and none holds up another."""
        if anew:
            self._told.clear()
        await asyncio.gather(*(self._tell_one(name, card) for name in self._chats))

    async def _tell_one(self, name: str, card: Card) -> None:
        chat, known = self._chats[name], self._told.get(name)
        room = await self._app.store.get(CHANNEL_BINDINGS, name)
        try:
            async with asyncio.timeout(PATIENCE):
                if known is not None:
                    await chat.edit(known, card)
                elif self._failing and room is not None and room.channel:
                    key = f"{DISK}-{self._app.clock():%Y%m%d%H%M%S%f}"
                    message = Outgoing(key=key, channel=room.channel, card=card, ping=True)
                    self._told[name] = await chat.post(message)
        except (ChatError, StoreError, TimeoutError) as error:
            log.warning("chat not told of the disk", chat=name, error=str(error))

    async def _room(self) -> None:
        space = self._app.space()
        if space is not None and await run_in_transaction(
            self._app.store, partial(self._warn, space)
        ):
            self._app.scheduler.trigger(Work.OUTBOX)

    async def _warn(self, space: Space, tx: Transaction) -> bool:
        """Post a warning, change it each time that half is gone, or say that there is room."""
        told = await tx.get(OUTAGES, DISK)
        warned = told is not None and not told.over
        view = await view_context(self._app, tx)
        if told is None or told.over:
            if space.low:
                message = f"{DISK}-{view.now:%Y%m%d%H%M%S%f}"
                tx.put(OUTAGES, Outage(DISK, message, view.now, space.free // MB))
                self._app.outbox.post(tx, message, low_card(space, view.now, view))
        elif space.enough:
            tx.put(OUTAGES, Outage(DISK, told.message, told.since, told.failing, over=True))
            await self._app.outbox.edit(tx, told.message, room_card(space))
        elif warned and 2 * space.free <= told.failing * MB:
            tx.put(OUTAGES, Outage(DISK, told.message, told.since, space.free // MB))
            await self._app.outbox.edit(tx, told.message, low_card(space, told.since, view))
        return tx.wrote
