"""Reading the account's listings, and offering what can be watched, or what is new."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import partial

import msgspec
import structlog

from bot.core.collections import UPKEEP, Job, Upkeep
from bot.core.context import AppContext, view_context
from bot.core.jobs import take_off
from bot.core.listing import Watch
from bot.core.own_listings import OwnListings
from bot.core.scanning import each
from bot.core.scheduler import Work
from bot.core.store import Transaction, run_in_transaction
from bot.errors import SourceError
from bot.features.watchlist.collections import KNOWN_LISTINGS, LISTINGS_PREVIEWS, WATCHES
from bot.features.watchlist.models.own_listings import (
    KnownListing,
    ListingsPreview,
    PreviewState,
)
from bot.features.watchlist.resources import ACCOUNT
from bot.features.watchlist.rules.own_listings import Compared, compare
from bot.features.watchlist.service.account import is_login_out, read_account
from bot.features.watchlist.service.asking_listings import LAST_READ
from bot.features.watchlist.service.unheard_listings import Unheard, UnheardListings
from bot.features.watchlist.views.own_listings import (
    failed_card,
    news_card,
    preview_card,
    reading_card,
    unread_card,
)

AT_ONCE = 200
"""Listings that are written in one transaction."""
TOLD_EVERY = 3.0
"""Seconds between two changes of the card that shows how far the reading is."""
READ = "own listings read"
TOLD = "own listings unread"
"""The names of the notes of when they were read last, and when it was told that they were not."""
UNREAD = timedelta(days=3)
"""So long they may stay unread before the channel hears of it."""

log = structlog.get_logger(__name__)


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
        watched = {watch.key: watch async for watch in each(self._app.store, WATCHES)}
        codes = {watch.marketplace for watch in watched.values()}
        progress = _Progress(self._app, preview)
        read = await read_account(source, self._app.brand, codes, progress.tell)
        compared = await self._compare(preview, read.told, watched)
        await self._write([each for several in compared.values() for each in several.written])
        unread = _unread(read.told, compared)
        told = msgspec.structs.replace(preview, guessed=read.guessed, unread=unread)
        inactive = [listing for each in compared.values() for listing in each.inactive]
        unheard = await UnheardListings(self._app).look(inactive, preview)
        offer = partial(self._offer, job, told, compared, unheard)
        await run_in_transaction(self._app.store, offer)

    async def gave_up(self, tx: Transaction, job: Job, why: str) -> None:
        """Say that they could not be read, to who asked."""
        preview = await tx.get(LISTINGS_PREVIEWS, job.ref)
        if preview is None:
            return
        if preview.daily:
            tx.delete(LISTINGS_PREVIEWS, preview.id)
            if await is_login_out(tx):
                tx.delete(UPKEEP, LAST_READ)
            await self._unread_for_days(tx, preview, why)
            return
        failed = msgspec.structs.replace(preview, state=PreviewState.FAILED)
        tx.put(LISTINGS_PREVIEWS, failed)
        await self._app.outbox.edit(tx, preview.message, failed_card(why))

    async def _unread_for_days(self, tx: Transaction, preview: ListingsPreview, why: str) -> None:
        """Tell the channel, once, that the daily check has not worked for days; it did before."""
        log.warning("own listings not read", why=why)
        read, told = await tx.get(UPKEEP, READ), await tx.get(UPKEEP, TOLD)
        if read is None or preview.asked_at - read.at < UNREAD or (told and told.at > read.at):
            return
        tx.put(UPKEEP, Upkeep(TOLD, preview.asked_at))
        view = await view_context(self._app, tx)
        card = unread_card(view.clock(read.at), why)
        self._app.outbox.post(tx, f"{preview.message}-unread", card, quiet=True)

    async def _compare(
        self,
        preview: ListingsPreview,
        told: Mapping[str, OwnListings | SourceError],
        watched: Mapping[str, Watch],
    ) -> dict[str, Compared]:
        known: dict[str, dict[str, KnownListing]] = {code: {} for code in told}
        first = await self._app.store.get(UPKEEP, READ) is None
        async for listing in each(self._app.store, KNOWN_LISTINGS):
            known.setdefault(listing.listing.marketplace, {})[listing.key] = listing
        # In a thread: of a hundred thousand listings it takes a second.
        return {
            code: await asyncio.to_thread(compare, read, known[code], watched, preview, first=first)
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
        unheard: Unheard,
        tx: Transaction,
    ) -> None:
        if not await take_off(tx, job):
            return
        tx.put(UPKEEP, Upkeep(READ, preview.asked_at))
        offered = [listing for each in compared.values() for listing in each.offered]
        ended = [listing for each in compared.values() for listing in each.ended]
        read = msgspec.structs.replace(
            preview,
            state=PreviewState.OFFERED,
            counts={code: each.counts for code, each in compared.items()},
            ended=len(ended),
            unheard=dict(Counter(each.problem for each in unheard.wrong)),
            unasked=unheard.unread,
        )
        if not preview.daily:
            tx.put(LISTINGS_PREVIEWS, read)
            await self._app.outbox.edit(tx, read.message, preview_card(read))
        elif offered or ended or unheard.wrong:
            tx.put(LISTINGS_PREVIEWS, read)
            card = news_card(read, offered, ended, unheard.wrong)
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


def _unread(
    told: Mapping[str, OwnListings | SourceError], compared: Mapping[str, Compared]
) -> dict[str, str]:
    return {
        code: LISTED_NONE if isinstance(read, OwnListings) else str(read)
        for code, read in told.items()
        if code not in compared
    }


LISTED_NONE = "Amazon listed none of your products, which it did before."


async def _put_all(listings: Sequence[KnownListing], tx: Transaction) -> None:
    for listing in listings:
        tx.put(KNOWN_LISTINGS, listing)
