"""Having the catalog searched for products that look like ours: for whoever asks, and weekly."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from bot.core.collections import UPKEEP, Upkeep
from bot.core.context import AppContext
from bot.core.interface import tr
from bot.core.jobs import enqueue
from bot.core.permissions import Person
from bot.core.scheduler import Work
from bot.core.store import Transaction, run_in_transaction
from bot.errors import UserError
from bot.features.copycats.collections import SEARCHES
from bot.features.copycats.models import CopycatSearch, SearchState
from bot.features.copycats.resources import PAGES
from bot.features.copycats.views import searching_card
from bot.features.watchlist.collections import WATCHES
from bot.features.watchlist.resources import CATALOG
from bot.features.watchlist.service.account import is_login_out

WEEKLY = timedelta(days=7)
LAST = "copycats"
"""The name of the note of when was searched last."""


class CopycatJob(StrEnum):
    """A kind of job about products that look like ours."""

    SEARCH = "search-copycats"


def searchable(app: AppContext) -> bool:
    """Tell whether there is a catalog to search, and pages to compare with."""
    return app.resources[CATALOG] is not None and app.resources[PAGES] is not None


async def ask_for_search(app: AppContext, tx: Transaction, who: Person) -> CopycatSearch:
    """Search for all watched products; its card tells how far that is, and then what to compare.

    Raises:
        UserError: there is no catalog, nothing is watched, or it is being searched already.
    """
    if not searchable(app):
        raise UserError(
            tr("Searching needs an Amazon account. See 'Connect Amazon' in the README.")
        )
    if not await app.store.count(WATCHES):
        raise UserError(tr("There is nothing to compare with yet. Type /watch to add a product."))
    if await tx.find(SEARCHES, "state", SearchState.SEARCHING, limit=1):
        raise UserError(tr("Amazon is being searched already. The result follows in the channel."))
    search = await _begin(app, tx, who)
    app.outbox.post(tx, search.message, searching_card(search))
    return search


async def _begin(app: AppContext, tx: Transaction, who: Person | None) -> CopycatSearch:
    now = app.clock()
    search = CopycatSearch(
        id=f"{now:%Y%m%d%H%M%S%f}",
        asked_at=now,
        asked_by=who,
        products=await app.store.count(WATCHES),
        brands=(app.brand.name,) if app.brand.name else (),
    )
    tx.create(SEARCHES, search)
    tx.put(UPKEEP, Upkeep(LAST, now))
    enqueue(app, tx, CopycatJob.SEARCH, search.id, who)
    tx.after(lambda: app.scheduler.trigger(Work.JOBS))
    return search


class CopycatsWeekly:
    """Has the catalog searched once a week, where somebody asked for a search before."""

    def __init__(self, app: AppContext) -> None:
        """Work with the application."""
        self._app = app

    async def tick(self, _: str = "") -> None:
        """Have it searched if that was not done for a week, and anything may be asked."""
        if searchable(self._app) and await self._app.store.count(WATCHES):
            await run_in_transaction(self._app.store, self._begin_if_due)

    async def _begin_if_due(self, tx: Transaction) -> None:
        if await is_login_out(tx):
            return
        last = await tx.get(UPKEEP, LAST)
        # A clock that was set back must not put it off.
        if last is None or abs(self._app.clock() - last.at) < WEEKLY:
            return
        if not await tx.find(SEARCHES, "state", SearchState.SEARCHING, limit=1):
            await _begin(self._app, tx, None)
