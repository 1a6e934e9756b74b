"""Beginning to watch products, whoever asks: a command, a form, or a table."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from bot.core.listing import Watch
from bot.core.store import Transaction
from bot.features.watchlist.collections import WATCHES
from bot.features.watchlist.rules.table import merged


class WatchAdded(msgspec.Struct, frozen=True):
    """A watch as it is stored now, and as it was before."""

    watch: Watch
    before: Watch | None

    @property
    def changed(self) -> bool:
        """Tell whether anything is new."""
        return self.watch != self.before


async def add_watches(
    tx: Transaction, wanted: Sequence[Watch], *, no_floor: bool = False
) -> list[WatchAdded]:
    """Store the watches; what one leaves empty stays as it is known.

    ``no_floor`` takes the price floors away. The caller has what changed looked at, by
    ``Checker.follow``, once the transaction has taken effect.
    """
    return [await _add(tx, each, no_floor=no_floor) for each in wanted]


async def _add(tx: Transaction, wanted: Watch, *, no_floor: bool) -> WatchAdded:
    before = await tx.get(WATCHES, wanted.key)
    watch = merged(before, wanted)
    if no_floor:
        watch = msgspec.structs.replace(watch, floor=None)
    if watch != before:
        tx.put(WATCHES, watch)
    return WatchAdded(watch, before)
