"""Telling once, in one card, what was wrong with our listings when they were looked at first."""

from __future__ import annotations

from datetime import timedelta

import msgspec

from bot.core.context import AppContext, view_context
from bot.core.scanning import each_found
from bot.core.scheduler import Work
from bot.core.store import Transaction, run_in_transaction
from bot.features.watchlist.collections import LISTING_RECORDS, WATCHES
from bot.features.watchlist.models.listing_records import ListingRecord
from bot.features.watchlist.views.listing_problems import first_problems_card, problems_of

CALM = timedelta(seconds=30)
"""After so long without another first look, all of them are told."""
LATEST = timedelta(minutes=5)
"""After so long what is known is told, however many first looks follow."""
MOST = 1000
"""Listings of one card; what is left is told by the next one."""


class FirstProblems:
    """Waits until the first looks calm down, and tells what they showed."""

    def __init__(self, app: AppContext) -> None:
        """Work with the application."""
        self._app = app

    async def tick(self, _: str = "") -> None:
        """Post the card if it is time."""
        if await self._app.store.find(LISTING_RECORDS, "untold", True, limit=1):
            await run_in_transaction(self._app.store, self._tell)
            self._app.scheduler.trigger(Work.OUTBOX)

    async def _tell(self, tx: Transaction) -> None:
        untold = each_found(tx, LISTING_RECORDS, "untold", True)
        records = [record async for record in untold][:MOST]
        if not self._is_time(records):
            return
        for record in records:
            tx.put(LISTING_RECORDS, msgspec.structs.replace(record, untold=False))
        wrong = [record for record in records if problems_of(record)]
        if not wrong:
            # What was wrong is over before anybody heard of it.
            return
        view = await view_context(self._app, tx)
        card = first_problems_card(wrong, await _names(tx, wrong), view)
        self._app.outbox.post(tx, f"listings-now-{view.now:%Y%m%d%H%M%S%f}", card, quiet=True)

    def _is_time(self, records: list[ListingRecord]) -> bool:
        if not records:
            return False
        now = self._app.clock()
        # A clock that was set back puts nothing off.
        first = abs(now - min(record.first_at for record in records))
        last = abs(now - max(record.first_at for record in records))
        return last >= CALM or first >= LATEST


async def _names(tx: Transaction, records: list[ListingRecord]) -> dict[str, str]:
    watches = [await tx.get(WATCHES, record.key) for record in records]
    return {watch.key: watch.name for watch in watches if watch is not None}
