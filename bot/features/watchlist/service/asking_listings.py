"""Having the account's listings read: for whoever asks, and once a day."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from bot.core.catalog_search import LONGEST_BRAND
from bot.core.collections import JOBS, UPKEEP, Upkeep
from bot.core.context import AppContext
from bot.core.interface import tr_data
from bot.core.jobs import enqueue
from bot.core.permissions import Person
from bot.core.scheduler import Work
from bot.core.store import Transaction, run_in_transaction
from bot.core.text import one_line
from bot.errors import UserError
from bot.features.watchlist.collections import LISTINGS_PREVIEWS
from bot.features.watchlist.models.own_listings import ListingsPreview
from bot.features.watchlist.resources import ACCOUNT, CATALOG
from bot.features.watchlist.service.account import NO_SELLER, is_login_out
from bot.features.watchlist.views.brand_products import searching_card
from bot.features.watchlist.views.own_listings import reading_card

DAILY = timedelta(days=1)
LAST_READ = "own listings"
"""The name of the note of when they were asked for last."""


class ListingsJob(StrEnum):
    """A kind of job about our own listings."""

    READ = "read-listings"
    ADD = "add-listings"
    BRAND = "search-brand"


async def ask_for_listings(app: AppContext, tx: Transaction, who: Person) -> ListingsPreview:
    """Have the account's listings read; its card tells how far that is, and then offers them.

    Where they are being read for the daily check, that nobody sees, they are read again after it.

    Raises:
        UserError: there is no account, or they are being read for somebody already.
    """
    if app.resources[ACCOUNT] is None:
        raise UserError(tr_data(NO_ACCOUNT))
    if not app.brand.own_sellers:
        raise UserError(tr_data(NO_SELLER))
    # The daily one and a person's: there are never more.
    if any(job.asked_by for job in await tx.find(JOBS, "kind", ListingsJob.READ, limit=2)):
        raise UserError(tr_data(UNDER_WAY))
    preview = _begin(app, tx, who)
    app.outbox.post(tx, preview.message, reading_card())
    return preview


NO_ACCOUNT = "Listings can only be read from an Amazon account. See 'Connect Amazon' in the README."
UNDER_WAY = "Your listings are being read already. Try again in a few minutes."


async def ask_for_brand(
    app: AppContext, tx: Transaction, who: Person, brand: str
) -> ListingsPreview:
    """Search for a brand's products that the account does not list, and offer to watch them.

    Raises:
        UserError: there is no catalog to search, no brand, or it is being searched already.
    """
    if app.resources[CATALOG] is None:
        raise UserError(tr_data(NO_CATALOG))
    name = one_line(brand or app.brand.name, LONGEST_BRAND)
    if not name:
        raise UserError(tr_data(NO_BRAND))
    if await tx.find(JOBS, "kind", ListingsJob.BRAND, limit=1):
        raise UserError(tr_data(SEARCHING))
    now = app.clock()
    preview = ListingsPreview(id=f"{now:%Y%m%d%H%M%S%f}", asked_at=now, asked_by=who, brand=name)
    tx.create(LISTINGS_PREVIEWS, preview)
    enqueue(app, tx, ListingsJob.BRAND, preview.id, who)
    tx.after(lambda: app.scheduler.trigger(Work.JOBS))
    app.outbox.post(tx, preview.message, searching_card(name))
    return preview


NO_CATALOG = "Searching needs an Amazon account. See 'Connect Amazon' in the README."
NO_BRAND = "Name the brand: /watch brand NAME. To keep it, set BRANDWARDEN_BRAND."
SEARCHING = "Your brand is being searched for already. Try again in a few minutes."


def _begin(app: AppContext, tx: Transaction, who: Person | None) -> ListingsPreview:
    now = app.clock()
    preview = ListingsPreview(id=f"{now:%Y%m%d%H%M%S%f}", asked_at=now, asked_by=who)
    tx.create(LISTINGS_PREVIEWS, preview)
    tx.put(UPKEEP, Upkeep(LAST_READ, now))
    enqueue(app, tx, ListingsJob.READ, preview.id, who)
    tx.after(lambda: app.scheduler.trigger(Work.JOBS))
    return preview


class ListingsDaily:
    """Has the listings read once a day, where there is an account."""

    def __init__(self, app: AppContext) -> None:
        """Work with the application."""
        self._app = app

    async def tick(self, _: str = "") -> None:
        """Have them read if that was not done for a day, and anything may be asked."""
        if self._app.resources[ACCOUNT] is None or not self._app.brand.own_sellers:
            return
        await run_in_transaction(self._app.store, self._begin_if_due)

    async def _begin_if_due(self, tx: Transaction) -> None:
        if await is_login_out(tx):
            return
        last = await tx.get(UPKEEP, LAST_READ)
        # A clock that was set back must not put it off.
        if last is not None and abs(self._app.clock() - last.at) < DAILY:
            return
        if not await tx.find(JOBS, "kind", ListingsJob.READ, limit=1):
            _begin(self._app, tx, None)
