"""Watching what a preview of the account's listings offered, once a person confirmed it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial

import msgspec

from bot.core.collections import Job
from bot.core.context import AppContext
from bot.core.flows.forms import WrongAnswers
from bot.core.interface import tr_data
from bot.core.jobs import enqueue, in_parts, take_off
from bot.core.listing import Watch
from bot.core.own_listings import OwnListing
from bot.core.permissions import Person
from bot.core.scheduler import Work
from bot.core.store import Transaction
from bot.errors import UserError
from bot.features.watchlist.collections import (
    BRAND_PRODUCTS,
    FIRST_LOOKS,
    KNOWN_LISTINGS,
    LISTINGS_PREVIEWS,
    SKU_CHECKS,
    WATCHES,
)
from bot.features.watchlist.models.first_looks import FirstLooks
from bot.features.watchlist.models.own_listings import (
    BrandProduct,
    KnownListing,
    ListingsPreview,
    PreviewState,
)
from bot.features.watchlist.models.skus import SkuCheck
from bot.features.watchlist.resources import LOOKING
from bot.features.watchlist.rules.own_listings import watch_of
from bot.features.watchlist.service.asking_listings import ListingsJob
from bot.features.watchlist.service.watching import add_watch
from bot.features.watchlist.views.own_listings import decided_card

AT_ONCE = 200
"""Products that are added in one transaction."""
ACCOUNT = "account"
"""Who adds products where nobody confirmed them by name."""


async def confirm_listings(
    app: AppContext, tx: Transaction, id: str, who: Person
) -> ListingsPreview:
    """Have all that a preview offers watched. Raises UserError: that was decided already."""
    preview = await _undecided(tx, id)
    adding = msgspec.structs.replace(preview, state=PreviewState.ADDING, confirmed_by=who)
    await _show(app, tx, adding)
    enqueue(app, tx, ListingsJob.ADD, id, who)
    tx.after(lambda: app.scheduler.trigger(Work.JOBS))
    return adding


async def decline_listings(app: AppContext, tx: Transaction, id: str) -> ListingsPreview:
    """Watch nothing of what a preview offers. Raises UserError: that was decided already."""
    preview = await _undecided(tx, id)
    declined = msgspec.structs.replace(preview, state=PreviewState.DECLINED)
    await _show(app, tx, declined)
    return declined


async def _undecided(tx: Transaction, id: str) -> ListingsPreview:
    preview = await tx.get(LISTINGS_PREVIEWS, id)
    if preview is None or preview.state is not PreviewState.OFFERED:
        raise UserError(tr_data(DECIDED))
    return preview


DECIDED = "That was decided already. To see them again, type /watch all or /watch brand."


async def _show(app: AppContext, tx: Transaction, preview: ListingsPreview) -> None:
    tx.put(LISTINGS_PREVIEWS, preview)
    await app.outbox.edit(tx, preview.message, decided_card(preview))


class ListingsAdding:
    """Does the job of adding them, some at a time; a restart goes on where it was."""

    def __init__(self, app: AppContext) -> None:
        """Work with the application."""
        self._app = app

    async def run(self, job: Job) -> None:
        """Watch all that the job's preview offers and that is not watched yet."""
        await in_parts(self._app, partial(self._some, job))

    async def gave_up(self, tx: Transaction, job: Job, _: str) -> None:
        """Offer again what could not be added."""
        preview = await tx.get(LISTINGS_PREVIEWS, job.ref)
        if preview is not None and preview.state is PreviewState.ADDING:
            again = msgspec.structs.replace(preview, state=PreviewState.OFFERED)
            await _show(self._app, tx, again)

    async def _some(self, job: Job, tx: Transaction) -> bool:
        """Add the next ones; tell whether there may be more."""
        preview = await tx.get(LISTINGS_PREVIEWS, job.ref)
        if preview is None or preview.state is not PreviewState.ADDING:
            await take_off(tx, job)
            return False
        page = await _offered(tx, preview)
        by = preview.confirmed_by.name if preview.confirmed_by else ACCOUNT
        listings = [known.listing for known in page]
        added = await add_listings(tx, listings, by, self._app.clock(), known_at=preview.asked_at)
        more = len(page) == AT_ONCE
        going = msgspec.structs.replace(
            preview,
            added=preview.added + len(added.new),
            filled=preview.filled + len(added.filled),
            last=page[-1].key if page else preview.last,
            state=PreviewState.ADDING if more else PreviewState.DONE,
        )
        if not more and not await take_off(tx, job):
            return False
        await _show(self._app, tx, going)
        # What first looks find is told of the account's listings: there it is news for the team.
        if not more and going.added and not going.brand:
            tx.put(FIRST_LOOKS, FirstLooks(id=going.id, since=self._app.clock()))
        checker = self._app.resources[LOOKING].checker
        if checker is not None and added.all:
            tx.after(lambda: checker.follow(*added.all))
        return more


async def _offered(
    tx: Transaction, preview: ListingsPreview
) -> Sequence[KnownListing | BrandProduct]:
    """Return what comes next of all that a preview offers."""
    if preview.brand:
        return await tx.find(BRAND_PRODUCTS, "offer", preview.id, after=preview.last, limit=AT_ONCE)
    return await tx.find(KNOWN_LISTINGS, "offer", preview.id, after=preview.last, limit=AT_ONCE)


class ListingsAdded(msgspec.Struct, frozen=True):
    """What listings changed."""

    new: tuple[Watch, ...]
    filled: tuple[Watch, ...]
    """Watched products that were given their SKU."""

    @property
    def all(self) -> tuple[Watch, ...]:
        """All that is to be looked at otherwise now."""
        return (*self.new, *self.filled)


async def add_listings(
    tx: Transaction, listings: Iterable[OwnListing], by: str, now: datetime, *, known_at: datetime
) -> ListingsAdded:
    """Watch the products of listings; one that is watched without a SKU is given it.

    All else that the team set on a product stays as it is, and so does what was added after
    ``known_at``, when the person who confirmed was told what there is.
    """
    new, filled = [], []
    for wanted in (watch_of(listing, by, now) for listing in listings if listing.asin):
        known = await tx.get(WATCHES, wanted.key)
        if known is None:
            new.append(await _add(tx, wanted))
        elif wanted.sku and not known.sku and known.added_at <= known_at:
            with_sku = await _add(tx, msgspec.structs.replace(known, sku=wanted.sku))
            filled += [with_sku] if with_sku.sku else []
    for watch in (*new, *filled):
        if watch.sku:
            # The account itself says whose it is: it need not be asked again before it is used.
            tx.put(SKU_CHECKS, SkuCheck.lookup(watch, watch.asin, "", None, known_at))
    return ListingsAdded(tuple(new), tuple(filled))


async def _add(tx: Transaction, wanted: Watch) -> Watch:
    try:
        return (await add_watch(tx, wanted, None)).watch
    except WrongAnswers:
        # Its SKU is another product's by what the team wrote; that is checked by itself.
        bare = msgspec.structs.replace(wanted, sku="")
        return (await add_watch(tx, bare, None)).watch
