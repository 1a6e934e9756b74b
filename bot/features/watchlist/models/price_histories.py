"""A product's prices over a time, as people look at them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import msgspec

from bot.core.listing import Watch
from bot.core.marketplaces import Marketplace
from bot.core.price_history import PriceChange, PriceState


class PriceStretch(msgspec.Struct, frozen=True):
    """A product in one state, from one moment to another."""

    begin: datetime
    end: datetime
    state: PriceState


class PriceHistory(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a product from ``since`` to ``until``."""

    watch: Watch
    since: datetime
    until: datetime
    changes: tuple[PriceChange, ...] = ()
    """In the order of time; before the first one nothing is known."""

    @property
    def currency(self) -> str:
        """The currency of its prices."""
        return Marketplace.named(self.watch.marketplace).currency

    @property
    def now(self) -> PriceState | None:
        """The state at the end; None where none is known."""
        last = self.changes[-1].state if self.changes else None
        return last if last is not None and last.checked else None

    def stretches(self) -> Iterator[PriceStretch]:
        """Give the times of each state; what is not known has none."""
        ends = (*(change.at for change in self.changes[1:]), self.until)
        for change, end in zip(self.changes, ends, strict=False):
            if change.state.checked and change.at < end:
                yield PriceStretch(change.at, end, change.state)
