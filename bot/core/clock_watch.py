"""Watching the clock on the wall: whether it was set, and which time has come beyond doubt."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog

from bot.core.clocks import ClockReading, ConfirmedTime, confirm
from bot.core.collections import CONFIRMED_TIMES
from bot.core.context import AppContext
from bot.core.store import Store, Transaction, run_in_transaction

log = structlog.get_logger(__name__)

NOTED_EVERY = timedelta(minutes=5)
"""How often the confirmed time is written down."""
IN_DOUBT = 3 * NOTED_EVERY
"""The clock is in doubt when it is so far ahead of the confirmed time."""


class ClockWatch:
    """Compares the two clocks, and notes which time has come beyond doubt."""

    def __init__(self, app: AppContext) -> None:
        """Begin with what the clocks show now."""
        self._app = app
        self._looked = self._noted = self._look()
        self._began = True

    async def tick(self, _: str = "") -> None:
        """Look whether the clock was set, and now and then write down the confirmed time."""
        now = self._look()
        step = now.step_since(self._looked)
        if step:
            self._looked = now
            log.warning("the clock was set", seconds=round(step.total_seconds()))
        ran = now.since(self._noted)
        if self._began or ran >= NOTED_EVERY:

            async def note(tx: Transaction) -> None:
                known = await tx.get(CONFIRMED_TIMES, "now") or ConfirmedTime()
                tx.put(CONFIRMED_TIMES, confirm(known, now.wall, ran))

            await run_in_transaction(self._app.store, note)
            self._noted, self._began = now, False

    def _look(self) -> ClockReading:
        return ClockReading(self._app.clock(), self._app.monotonic())


async def confirmed_time(store: Store | Transaction) -> datetime:
    """Return a time that has come beyond doubt; what cannot be undone goes by it."""
    return (await store.get(CONFIRMED_TIMES, "now") or ConfirmedTime()).at


async def in_doubt(store: Store | Transaction, now: datetime) -> bool:
    """Tell whether the clock may be ahead: since a start or since it was set, for a day."""
    return now - await confirmed_time(store) > IN_DOUBT
