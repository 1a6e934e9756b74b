"""What is kept at hand of a table's rows: read once, then only what changed since."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from operator import attrgetter

from bot.core.browse.models import RowMark
from bot.core.browse.table import BrowseTable
from bot.core.context import AppContext
from bot.core.scanning import in_turns
from bot.core.store import Changes


class RowIndex:
    """The marks of a table's rows. Nothing is read before the first question."""

    def __init__(self, app: AppContext, table: BrowseTable) -> None:
        """Keep what the table says of its rows."""
        self._app = app
        self._table = table
        self._marks: dict[str, RowMark] = {}
        self._by_key: Sequence[RowMark] = ()
        """The marks in the order of their keys; empty: they changed, or there are none."""
        self._tags: Counter[str] = Counter()
        self._changes: tuple[Changes, ...] = ()
        self._whole = True
        """All has to be read: nothing was read yet, or what changed since is not known."""
        self._reading = asyncio.Lock()

    async def marks(self) -> Sequence[RowMark]:
        """Return the marks as they are now, by key: a sort of what is sorted takes no time."""
        async with self._reading:
            await self._catch_up()
            if not self._by_key:
                self._by_key = sorted(self._marks.values(), key=attrgetter("key"))
            return self._by_key

    async def _catch_up(self) -> None:
        changed = set() if self._whole else await self._changed()
        # If reading fails, what was taken from the changes is lost.
        whole, self._whole = self._whole or changed is None, True
        if whole:
            await self._read_all()
        else:
            await self._read(sorted(changed or ()))
        self._whole = False

    async def _changed(self) -> set[str] | None:
        """Return the rows that changed since they were read; None: too many to tell apart."""
        self._whole = True
        changed: set[str] = set()
        for followed, changes in zip(self._table.follows, self._changes, strict=True):
            keys = changes.take()
            if keys is None:
                return None
            async for key in in_turns(tuple(keys)):
                changed.update(await followed.rows(self._app, key))
        self._whole = False
        return changed

    async def _read_all(self) -> None:
        if not self._changes:
            store = self._app.store
            self._changes = tuple(store.follow(each.collection) for each in self._table.follows)
        for changes in self._changes:
            changes.take()
        self._by_key = ()
        self._marks.clear()
        self._tags.clear()
        await self._read([key async for key in self._table.keys(self._app)])

    async def _read(self, keys: Sequence[str]) -> None:
        async for key in in_turns(keys):
            self._keep(key, await self._table.mark(self._app, key))

    def _keep(self, key: str, mark: RowMark | None) -> None:
        self._by_key = ()
        if before := self._marks.pop(key, None):
            self._tags.subtract(before.tags)
        if mark is not None:
            self._marks[key] = mark
            self._tags.update(mark.tags)

    def values(self, name: str) -> list[str]:
        """Return the values of a filter that the rows have, the least first."""
        begin = f"{name}="
        found = [tag for tag, count in self._tags.items() if count and tag.startswith(begin)]
        return sorted(tag.removeprefix(begin) for tag in found)
