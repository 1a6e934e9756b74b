"""Reading the account's listings, for whoever asks and once a day, and offering what is new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from enum import StrEnum
from functools import partial

import msgspec
import structlog

from bot.core.collections import JOBS, UPKEEP, Job, Upkeep
from bot.core.context import AppContext
from bot.core.jobs import enqueue, take_off
from bot.core.own_listings import OwnListings
from bot.core.permissions import Person
from bot.core.scanning import each
from bot.core.scheduler import Work
from bot.core.store import Transaction, run_in_transaction
from bot.errors import UserError
from bot.features.watchlist.collections import KNOWN_LISTINGS, LISTINGS_PREVIEWS, WATCHES
from bot.features.watchlist.models.own_listings import (
    KnownListing,
    ListingsPreview,
    PreviewState,
)
from bot.features.watchlist.resources import ACCOUNT
from bot.features.watchlist.rules.own_listings import Compared, compare
from bot.features.watchlist.service.account import NO_SELLER, AccountRead, read_account
from bot.features.watchlist.views.own_listings import (
    failed_card,
    news_card,
    preview_card,
    reading_card,
)

AT_ONCE = 200
"""Listings that are written in one transaction."""
DAILY = timedelta(days=1)
TOLD_EVERY = 3.0
"""Seconds between two changes of the card that shows how far the reading is."""
LAST_READ = "own listings"
"""The name of the note of when they were asked for last."""
FIRST_READ = "own listings known"
"""The name of the note of when they were first read."""

log = structlog.get_logger(__name__)


class ListingsJob(StrEnum):
    """A kind of job about our own listings."""

    READ = "read-listings"
    ADD = "add-listings"


async def ask_for_listings(app: AppContext, tx: Transaction, who: Person) -> ListingsPreview:
    """Have the account's listings read; its card tells how far that is, and then offers them.

    Raises:
        UserError: there is no account, or they are being read already.
    """
    if app.resources[ACCOUNT] is None:
        raise UserError(NO_ACCOUNT)
    if not app.brand.own_sellers:
        raise UserError(NO_SELLER)
    if await tx.find(JOBS, "kind", ListingsJob.READ, limit=1):
        raise UserError(UNDER_WAY)
    preview = _begin(app, tx, who)
    app.outbox.post(tx, preview.message, reading_card())
    return preview


NO_ACCOUNT = "Listings can only be read from an Amazon account. See 'Connect Amazon' in the README."
UNDER_WAY = "Your listings are being read already. Try again in a few minutes."


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
        """Have them read if that was not done for a day."""
        if self._app.resources[ACCOUNT] is None or not self._app.brand.own_sellers:
            return
        await run_in_transaction(self._app.store, self._begin_if_due)

    async def _begin_if_due(self, tx: Transaction) -> None:
        last = await tx.get(UPKEEP, LAST_READ)
        # A clock that was set back must not put it off.
        if last is not None and abs(self._app.clock() - last.at) < DAILY:
            return
        if not await tx.find(JOBS, "kind", ListingsJob.READ, limit=1):
            _begin(self._app, tx, None)


class ListingsReading:
    """Does the job of reading them."""

    def __init__(self, app: AppContext) -> None:
        """Work with the application."""
        self._app = app

    async def run(self, job: Job) -> None:
        """Read all marketplaces of the account side by side, and offer what can be watched.

        A marketplace that cannot be read costs the others nothing.

        Raises:
            SourceError: none of them could be read; a later try may work.
            UserError: nor will a later try, until a person does something.
        """
        preview = await self._app.store.get(LISTINGS_PREVIEWS, job.ref)
        source = self._app.resources[ACCOUNT]
        if source is None or preview is None or preview.state is not PreviewState.READING:
            await run_in_transaction(self._app.store, lambda tx: take_off(tx, job))
            return
        watched = {watch.key: watch.marketplace async for watch in each(self._app.store, WATCHES)}
        progress = _Progress(self._app, preview)
        told = await read_account(source, self._app.brand, set(watched.values()), progress.tell)
        compared = await self._compare(preview, told, set(watched))
        await self._write([each for several in compared.values() for each in several.written])
        await run_in_transaction(
            self._app.store, partial(self._offer, job, preview, compared, _unread(told, compared))
        )

    async def gave_up(self, tx: Transaction, job: Job, why: str) -> None:
        """Say that they could not be read, to who asked."""
        preview = await tx.get(LISTINGS_PREVIEWS, job.ref)
        if preview is None:
            return
        if preview.daily:
            log.warning("own listings not read", why=why)
            tx.delete(LISTINGS_PREVIEWS, preview.id)
            return
        failed = msgspec.structs.replace(preview, state=PreviewState.FAILED)
        tx.put(LISTINGS_PREVIEWS, failed)
        await self._app.outbox.edit(tx, preview.message, failed_card(why))

    async def _compare(
        self,
        preview: ListingsPreview,
        told: AccountRead,
        watched: set[str],
    ) -> dict[str, Compared]:
        known: dict[str, dict[str, KnownListing]] = {code: {} for code in told}
        first = await self._app.store.get(UPKEEP, FIRST_READ) is None
        async for listing in each(self._app.store, KNOWN_LISTINGS):
            known.setdefault(listing.listing.marketplace, {})[listing.key] = listing
        return {
            code: compare(read, known[code], watched, preview, first=first)
            for code, read in told.items()
            if isinstance(read, OwnListings) and not _doubtful(read, known[code])
        }

    async def _write(self, listings: Sequence[KnownListing]) -> None:
        for start in range(0, len(listings), AT_ONCE):
            some = listings[start : start + AT_ONCE]
            await run_in_transaction(self._app.store, partial(_put_all, some))

    async def _offer(
        self,
        job: Job,
        preview: ListingsPreview,
        compared: Mapping[str, Compared],
        unread: dict[str, str],
        tx: Transaction,
    ) -> None:
        if not await take_off(tx, job):
            return
        if await tx.get(UPKEEP, FIRST_READ) is None:
            tx.put(UPKEEP, Upkeep(FIRST_READ, preview.asked_at))
        offered = [listing for each in compared.values() for listing in each.offered]
        ended = [listing for each in compared.values() for listing in each.ended]
        read = msgspec.structs.replace(
            preview,
            state=PreviewState.OFFERED,
            counts={code: each.counts for code, each in compared.items()},
            unread=unread,
            ended=len(ended),
        )
        if not preview.daily:
            tx.put(LISTINGS_PREVIEWS, read)
            await self._app.outbox.edit(tx, read.message, preview_card(read))
        elif offered or ended:
            tx.put(LISTINGS_PREVIEWS, read)
            card = news_card(read, offered, ended)
            self._app.outbox.post(tx, read.message, card, quiet=True)
        else:
            tx.delete(LISTINGS_PREVIEWS, preview.id)


class _Progress:
    """Shows on the card how far the reading is, now and then."""

    def __init__(self, app: AppContext, preview: ListingsPreview) -> None:
        self._app = app
        self._preview = preview
        self._told: dict[str, tuple[int, int]] = {}
        self._next = app.monotonic() + TOLD_EVERY

    async def tell(self, code: str, read: int, total: int) -> None:
        """Note how many of how many were read in a marketplace."""
        self._told[code] = (read, total)
        if self._preview.daily or self._app.monotonic() < self._next:
            return
        self._next = self._app.monotonic() + TOLD_EVERY
        card = reading_card(dict(sorted(self._told.items())))
        edit = partial(self._app.outbox.edit, message=self._preview.message, card=card)
        await run_in_transaction(self._app.store, edit)
        self._app.scheduler.trigger(Work.OUTBOX)


def _doubtful(read: OwnListings, known: Mapping[str, KnownListing]) -> bool:
    """Tell whether nothing was listed where something was before: that is no proof of an end."""
    return not read.listings and any(each.ended_in is None for each in known.values())


def _unread(told: AccountRead, compared: Mapping[str, Compared]) -> dict[str, str]:
    return {
        code: LISTED_NONE if isinstance(read, OwnListings) else str(read)
        for code, read in told.items()
        if code not in compared
    }


LISTED_NONE = "Amazon listed none of your products, which it did before."


async def _put_all(listings: Sequence[KnownListing], tx: Transaction) -> None:
    for listing in listings:
        tx.put(KNOWN_LISTINGS, listing)
