"""Telling the channel, once, that products cannot be checked; and once that they can again."""

from __future__ import annotations

from datetime import datetime
from functools import partial

import msgspec

from bot.core.clocks import Ages, ClockReading
from bot.core.collections import OUTAGES
from bot.core.context import AppContext, view_context
from bot.core.outages import Outage
from bot.core.scanning import in_turns
from bot.core.scheduler import Work
from bot.core.store import Transaction, run_in_transaction
from bot.features.watchlist.models.health import Health
from bot.features.watchlist.service.health import read_health
from bot.features.watchlist.views.outages import outage_card

GROWN = 2
"""So many times as many products as were told of are a new message."""

MOVED = 10
"""A message is changed when its number moved by more than one in so many: while thousands of
products come back one by one, it need not follow each of them."""


class OutageWatch:
    """Compares what is seen with what the channel was told."""

    def __init__(self, app: AppContext) -> None:
        """Work with the application."""
        self._app = app
        self._looked = ClockReading(app.clock(), app.monotonic())
        self._settles_from = self._looked.steady
        self._ages = Ages()

    async def tick(self, _: str = "") -> None:
        """Post a card, change it, or say that it is over."""
        health = await read_health(self._app)
        lasting = await self._lasting(health)
        fine = not health.failing and not health.overdue
        changed = await run_in_transaction(self._app.store, partial(self._tell, lasting, fine=fine))
        if changed:
            self._app.scheduler.trigger(Work.OUTBOX)

    async def _tell(self, lasting: Health, tx: Transaction, *, fine: bool) -> bool:
        number = len(lasting.failing) + len(lasting.overdue)
        told = await tx.get(OUTAGES, "now")
        if told is None or told.over or number >= GROWN * told.failing:
            if number:
                await self._begin(tx, lasting)
        elif fine:
            await self._change(tx, told, lasting, over=True)
        elif number and abs(number - told.failing) > told.failing // MOVED:
            await self._change(tx, told, lasting, over=False)
        return tx.wrote

    async def _lasting(self, health: Health) -> Health:
        """Keep the failures that last long enough to be told."""
        now = ClockReading(self._app.clock(), self._app.monotonic())
        if now.step_since(self._looked):
            # Until all is looked at again, it is the clock that made products overdue.
            self._settles_from = now.steady
        self._looked = now
        self._ages.keep(status.key for _, status in health.failing)
        lasting = [
            (watch, status)
            async for watch, status in in_turns(health.failing)
            if status.failing_since
            and self._ages.of(status.key, status.failing_since, now) >= self._app.outage_after
        ]
        # Right after a start everything is overdue, and is being looked at.
        running = now.steady - self._settles_from
        overdue = [
            (watch, status)
            async for watch, status in in_turns(health.overdue)
            if running >= (self._app.overdue_after(watch) + self._app.outage_after).total_seconds()
        ]
        return msgspec.structs.replace(health, failing=lasting, overdue=overdue)

    async def _begin(self, tx: Transaction, health: Health) -> None:
        view = await view_context(self._app, tx)
        since = _since(health) or view.now
        number = len(health.failing) + len(health.overdue)
        outage = Outage("now", f"outage-{view.now:%Y%m%d%H%M%S%f}", since, number)
        tx.put(OUTAGES, outage)
        card = outage_card(health, view, since)
        self._app.outbox.post(tx, outage.message, card, quiet=True)

    async def _change(self, tx: Transaction, told: Outage, health: Health, *, over: bool) -> None:
        view = await view_context(self._app, tx)
        since = told.since if over else _since(health) or told.since
        number = len(health.failing) + len(health.overdue)
        tx.put(OUTAGES, msgspec.structs.replace(told, since=since, failing=number, over=over))
        card = outage_card(health, view, since, until=view.now if over else None)
        await self._app.outbox.edit(tx, told.message, card)


def _since(health: Health) -> datetime | None:
    """Return since when the first of them has not been seen."""
    moments = [status.failing_since or status.seen_at for _, status in health.failing]
    moments += [status.seen_at for _, status in health.overdue]
    return min((moment for moment in moments if moment), default=None)
