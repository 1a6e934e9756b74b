"""Forgetting interactions, forms and records whose time is over, and taking off late Undos."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import TypeVar

import msgspec

from bot.core.audit.acts import write_refusals
from bot.core.audit.entries import key_at
from bot.core.clock_watch import confirmed_time
from bot.core.collections import (
    AUDIT,
    AUDIT_KEYS,
    HANDLED,
    PAGE_SESSIONS,
    SESSIONS,
    UNDOABLES,
)
from bot.core.context import AppContext
from bot.core.page_sessions import is_over
from bot.core.scanning import each_page, each_page_found
from bot.core.store import Collection
from bot.core.undo.announcing import end_undo

T = TypeVar("T", bound=msgspec.Struct)

SWEPT_AT_ONCE = 100
KEPT_DAYS = 2
"""How long an interaction is known as done; no chat delivers one again after that."""
SESSIONS_KEPT = timedelta(days=21)
"""What a form was given is gone within a month, with the time that its files are kept longer."""
AUDIT_KEPT = timedelta(days=366)
ACTS_KEPT = timedelta(days=30)
"""How long it is known who undid an act, for those who press its button late."""


class Sweeping:
    """Looks now and then for what is to be forgotten, by the time that is sure."""

    def __init__(self, app: AppContext) -> None:
        """Work with the application."""
        self._app = app
        self._swept_to = ""

    async def tick(self, _: str = "") -> None:
        """Forget what is old."""
        store = self._app.store
        await write_refusals(self._app)
        await end_undo(self._app)
        now = await confirmed_time(store)
        last = (now - timedelta(days=KEPT_DAYS)).date().isoformat()
        # However long the program stood still: there are as many days as it ran.
        for day in [str(day) for day in await store.values(HANDLED, "day") if str(day) < last]:
            async for page in each_page_found(store, HANDLED, "day", day):
                await self._forget(HANDLED, [done.id for done in page])
        # Some of them each time, going round.
        some = await store.page(SESSIONS, after=self._swept_to, limit=SWEPT_AT_ONCE)
        self._swept_to = some[-1].key if some else ""
        old = [session.key for session in some if now - session.started_at > SESSIONS_KEPT]
        await self._forget(SESSIONS, old)
        async for sessions in each_page(store, PAGE_SESSIONS):
            await self._forget(PAGE_SESSIONS, [one.digest for one in sessions if is_over(one, now)])
        first_kept = key_at(now - AUDIT_KEPT, "")
        await self._forget_before(AUDIT, first_kept)
        await self._forget_before(AUDIT_KEYS, first_kept)
        await self._forget_before(UNDOABLES, key_at(now - ACTS_KEPT, ""))

    async def _forget_before(self, collection: Collection[T], first_kept: str) -> None:
        """Forget what sorts before a key, some of it each time."""
        oldest = await self._app.store.page(collection, limit=SWEPT_AT_ONCE)
        keys = [collection.key(each) for each in oldest]
        await self._forget(collection, [key for key in keys if key < first_kept])

    async def _forget(self, collection: Collection[T], keys: Iterable[str]) -> None:
        gone = list(keys)
        if not gone:
            return
        async with self._app.store.transaction() as tx:
            for key in gone:
                tx.delete(collection, key)
