"""What cannot be asked of Amazon, and since when: written down for /health and the outage card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import structlog

from bot.core.context import AppContext
from bot.core.scanning import each
from bot.core.scheduler import Work
from bot.core.store import Transaction, run_in_transaction
from bot.features.watchlist.collections import SOURCE_FAULTS
from bot.features.watchlist.models.health import ACCOUNT, SourceFault

ASKS = (Work.TITLES, Work.SKUS, Work.ACCOUNT, Work.LISTINGS, Work.COPYCATS)
"""What asks Amazon now and then, and finds out by itself whether it is due."""

log = structlog.get_logger(__name__)


class FaultBook:
    """The faults by their scopes; they are written only when they change."""

    def __init__(self, app: AppContext) -> None:
        """Begin with all well."""
        self._app = app
        self._known: Mapping[str, str] = {}

    async def load(self) -> Sequence[SourceFault]:
        """Return what could not be asked when the program stopped."""
        faults = [fault async for fault in each(self._app.store, SOURCE_FAULTS)]
        self._known = {fault.scope: fault.why for fault in faults}
        return faults

    async def tell(self, faults: Mapping[str, str]) -> None:
        """Write down why Amazon cannot be asked, by scope; what is absent can be asked.

        When nothing may be asked no longer, whatever is asked by the hour or day is due.
        """
        if faults == self._known:
            return
        before, self._known = self._known, dict(faults)
        now = self._app.clock()
        await run_in_transaction(self._app.store, lambda tx: _write(tx, before, faults, now))
        if ACCOUNT in before and ACCOUNT not in faults:
            for work in ASKS:
                self._app.scheduler.trigger(work)


async def _write(
    tx: Transaction, before: Mapping[str, str], faults: Mapping[str, str], now: datetime
) -> None:
    for scope in before.keys() - faults.keys():
        log.info("can ask again", scope=scope)
        tx.delete(SOURCE_FAULTS, scope)
    for scope, why in faults.items():
        known = await tx.get(SOURCE_FAULTS, scope)
        if known is None:
            log.warning("cannot ask", scope=scope, why=why)
        if known is None or known.why != why:
            tx.put(SOURCE_FAULTS, SourceFault(scope, why, known.since if known else now))
