"""Telling what the first looks at many new products show, from when half of them were looked at."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from functools import partial

import msgspec

from bot.core.context import AppContext
from bot.core.listing import Watch
from bot.core.scanning import each, each_page_found
from bot.core.scheduler import Work
from bot.core.store import Transaction, run_in_transaction
from bot.features.watchlist.collections import (
    FIRST_LOOKS,
    HISTORIES,
    KNOWN_LISTINGS,
    SELLERS,
    STATUSES,
    WATCHES,
)
from bot.features.watchlist.models.first_looks import FirstLooks, LookedAt
from bot.features.watchlist.models.sellers import Seller
from bot.features.watchlist.views.first_looks import first_looks_card

PERIOD = timedelta(seconds=5)
"""How often the card is brought up to date."""
AT_ONCE = 50
"""Products that are counted before other work has its turn: for each, three things are read."""
LONGEST = timedelta(minutes=10)
"""After so long the card comes, however few products were looked at."""
FOLLOWED = timedelta(hours=2)
"""So long it is brought up to date; what was not looked at by then is in /health."""


class FirstLooksNews:
    """Posts the card when half of the products were looked at, and edits it until all were."""

    def __init__(self, app: AppContext) -> None:
        """Work with the application."""
        self._app = app

    async def tick(self, _: str = "") -> None:
        """Look how far each round of first looks has come."""
        sellers: dict[str, Seller] | None = None
        async for looks in each(self._app.store, FIRST_LOOKS):
            if sellers is None:
                sellers = {seller.id: seller async for seller in each(self._app.store, SELLERS)}
            seen = await self._count(looks, sellers)
            over = seen.done or abs(self._app.clock() - looks.since) >= FOLLOWED
            if over or (seen != looks.seen and self._is_due(looks, seen)):
                await run_in_transaction(
                    self._app.store, partial(self._tell, looks.id, seen, over=over)
                )
                self._app.scheduler.trigger(Work.OUTBOX)

    def _is_due(self, looks: FirstLooks, seen: LookedAt) -> bool:
        if looks.seen is not None or 2 * seen.tried >= seen.products:
            return True
        return abs(self._app.clock() - looks.since) >= LONGEST

    async def _count(self, looks: FirstLooks, sellers: dict[str, Seller]) -> LookedAt:
        counted: set[str] = set()
        failing: Counter[str] = Counter()
        strangers: Counter[str] = Counter()
        store, products, checked = self._app.store, 0, 0
        pages = each_page_found(store, KNOWN_LISTINGS, "offer", looks.id, at_once=AT_ONCE)
        async for page in pages:
            keys = {known.product for known in page if known.product} - counted
            counted |= keys
            for key in keys:
                watch, status = await store.get(WATCHES, key), await store.get(STATUSES, key)
                if watch is None:
                    continue
                products += 1
                if status and status.seen_at:
                    checked += 1
                    strangers.update(await self._strangers(watch, sellers))
                elif status and status.failure:
                    failing[status.failure] += 1
        return LookedAt(
            products=products,
            checked=checked,
            failing=dict(failing.most_common()),
            strangers=dict(sorted(strangers.items(), key=lambda pair: (-pair[1], pair[0]))),
        )

    async def _strangers(self, watch: Watch, sellers: dict[str, Seller]) -> set[str]:
        """Return who offers the product and is neither one of us nor trusted there."""
        history = await self._app.store.get(HISTORIES, watch.key)
        last = history.last if history else None
        if last is None:
            return set()
        ids = {offer.seller for offer in last.offers} - self._app.brand.own_sellers
        return {
            id for id in ids if id not in sellers or not sellers[id].trusted_on(watch.asin, last.at)
        }

    async def _tell(self, id: str, seen: LookedAt, tx: Transaction, *, over: bool) -> None:
        looks = await tx.get(FIRST_LOOKS, id)
        if looks is None:
            return
        card = first_looks_card(seen)
        if looks.seen is None:
            self._app.outbox.post(tx, looks.message, card)
        else:
            await self._app.outbox.edit(tx, looks.message, card)
        if over:
            tx.delete(FIRST_LOOKS, id)
        else:
            tx.put(FIRST_LOOKS, msgspec.structs.replace(looks, seen=seen))
