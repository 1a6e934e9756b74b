"""Beginning and ending to watch products, whoever asks: a command, a form, or a table."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from bot.core.context import AppContext
from bot.core.listing import Watch
from bot.core.monitoring import Checker
from bot.core.permissions import Person
from bot.core.store import Transaction
from bot.features.watchlist.collections import HISTORIES, STATUSES, WATCHES
from bot.features.watchlist.models.events import WatchEnded


class WatchAdded(msgspec.Struct, frozen=True):
    """A watch as it is stored now, and as it was before."""

    watch: Watch
    before: Watch | None

    @property
    def changed(self) -> bool:
        """Tell whether anything is new."""
        return self.watch != self.before


async def add_watch(
    tx: Transaction, wanted: Watch, checker: Checker | None, *, no_floor: bool = False
) -> WatchAdded:
    """Store the watch, as ``add_watches`` does."""
    [added] = await add_watches(tx, [wanted], checker, no_floor=no_floor)
    return added


async def add_watches(
    tx: Transaction, wanted: Sequence[Watch], checker: Checker | None, *, no_floor: bool = False
) -> list[WatchAdded]:
    """Store the watches; what one leaves empty stays as it is known.

    ``no_floor`` takes the price floors away. ``checker`` looks at what changed; None: no product
    is looked at in this process.
    """
    added = [await _add(tx, each, no_floor=no_floor) for each in wanted]
    changed = [each.watch for each in added if each.changed]
    if checker is not None and changed:
        tx.after(lambda: checker.follow(*changed))
    return added


async def end_watch(
    app: AppContext, tx: Transaction, watch: Watch, who: Person, checker: Checker
) -> None:
    """Stop watching the product; its cases stay."""
    tx.delete(WATCHES, watch.key)
    tx.delete(STATUSES, watch.key)
    tx.delete(HISTORIES, watch.key)
    await app.tell(tx, WatchEnded(watch, who))
    tx.after(lambda: checker.forget(watch.key))


async def _add(tx: Transaction, wanted: Watch, *, no_floor: bool) -> WatchAdded:
    before = await tx.get(WATCHES, wanted.key)
    watch = merged(before, wanted)
    if no_floor:
        watch = msgspec.structs.replace(watch, floor=None)
    if watch != before:
        tx.put(WATCHES, watch)
    return WatchAdded(watch, before)


def merged(known: Watch | None, wanted: Watch) -> Watch:
    """Return the wanted watch; what it left empty stays as it was known."""
    if known is None:
        return wanted
    return msgspec.structs.replace(
        known,
        floor=wanted.floor or known.floor,
        sku=wanted.sku or known.sku,
        daily_units=wanted.daily_units or known.daily_units,
        title=wanted.title or known.title,
    )
