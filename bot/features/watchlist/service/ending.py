"""Ending the trust in sellers whose last day has passed."""

from __future__ import annotations

from functools import partial

from bot.core.clock_watch import confirmed_time
from bot.core.context import AppContext
from bot.core.scanning import each
from bot.core.scheduler import Work
from bot.core.store import Transaction, run_in_transaction
from bot.features.watchlist.collections import SELLERS
from bot.features.watchlist.views.trust import trust_ended_card


class TrustEnding:
    """Takes off what has ended, and says so.

    Rules ask by the time of a reading, so alerts come without it. What is taken off is gone for
    good, so that waits for a time that is sure.
    """

    def __init__(self, app: AppContext) -> None:
        """Work with the application."""
        self._app = app

    async def tick(self, _: str = "") -> None:
        """Look for sellers who are trusted no longer on some product."""
        now = await confirmed_time(self._app.store)
        async for seller in each(self._app.store, SELLERS):
            if seller.ended(now):
                await run_in_transaction(self._app.store, partial(self._end, seller.id))
                self._app.scheduler.trigger(Work.OUTBOX)

    async def _end(self, id: str, tx: Transaction) -> None:
        seller, now = await tx.get(SELLERS, id), await confirmed_time(tx)
        ended = seller.ended(now) if seller else ()
        if seller is None or not ended:
            return
        left = seller.without(ended)
        if left.authorised or left.left_alone:
            tx.put(SELLERS, left)
        else:
            tx.delete(SELLERS, id)
        last = max(seller.until[product] for product in ended)
        card = trust_ended_card(id, ended, last, await self._app.team(tx))
        self._app.outbox.post(tx, f"trust-ended-{id}-{last:%Y%m%d%H%M}", card)
