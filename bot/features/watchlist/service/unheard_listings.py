"""Looking closer at listings that cannot be bought and that nobody watches, once a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import partial

import msgspec
import structlog

from bot.core.context import AppContext
from bot.core.listing import Watch
from bot.core.listing_status import ListingState, StatusReading, StatusSource
from bot.core.marketplaces import Marketplace
from bot.core.questions import Operation
from bot.core.sku_lists import asked_together, fits_lists
from bot.core.store import Transaction, run_in_transaction
from bot.errors import SourceError
from bot.features.watchlist.collections import KNOWN_LISTINGS
from bot.features.watchlist.models.own_listings import KnownListing, ListingsPreview
from bot.features.watchlist.resources import LISTING_STATES, PAUSE
from bot.features.watchlist.rules.unheard import problem_of, some_of

MOST = 2_000
"""Listings that are looked at in a day; more of them take turns."""
AT_ONCE = Operation.SEARCH_LISTINGS.products
SHARE = 5
"""One in so many requests of the quota looks closer; the others look at watched listings."""

log = structlog.get_logger(__name__)


class Unheard(msgspec.Struct, frozen=True):
    """What a closer look came to."""

    wrong: tuple[KnownListing, ...] = ()
    """Listings with a problem that is to be told."""
    unread: int = 0
    """Listings that cannot be bought and could not be looked at closer today."""


class UnheardListings:
    """Looks closer at them."""

    def __init__(self, app: AppContext) -> None:
        """Work with the application."""
        self._app = app

    async def look(self, inactive: Sequence[KnownListing], preview: ListingsPreview) -> Unheard:
        """Ask why these listings cannot be bought, and note what is to be told by this check.

        Done once more for the same check, it returns what was noted then as well.
        """
        source = self._app.resources[LISTING_STATES]
        noted = [each for each in inactive if each.problem_in == preview.id]
        left = [each for each in inactive if each.problem_in is None]
        if source is None:
            return Unheard(tuple(noted), len(left))
        groups: defaultdict[tuple[str, str], list[KnownListing]] = defaultdict(list)
        for each in some_of(left, MOST, preview):
            groups[each.listing.marketplace, each.listing.seller].append(each)
        wrong: list[KnownListing] = []
        asked = 0
        for (_, seller), several in groups.items():
            found, read = await self._ask(source, seller, several, preview)
            wrong += found
            asked += read
        return Unheard((*noted, *wrong), len(left) - asked)

    async def _ask(
        self,
        source: StatusSource,
        seller: str,
        listings: Sequence[KnownListing],
        preview: ListingsPreview,
    ) -> tuple[list[KnownListing], int]:
        """Ask about listings of one marketplace; return what is wrong, and how many were read."""
        by_key = {each.key: each for each in listings}
        key_of = {each.listing.sku: each.key for each in listings}
        watches = [_watch(each, preview) for each in listings]
        wrong: list[KnownListing] = []
        read = 0
        for together in asked_together(watches, AT_ONCE):
            try:
                readings = await self._read(source, seller, together)
            except SourceError as error:
                log.info("unwatched listings not read", number=len(together), why=str(error))
                continue
            found: dict[str, str] = {}
            for each in readings:
                if isinstance(each.result, ListingState):
                    read += 1
                    found[key_of[each.watch.sku]] = problem_of(each.result)
            told = [
                msgspec.structs.replace(by_key[key], problem=problem, problem_in=preview.id)
                for key, problem in found.items()
                if problem
            ]
            if told:
                await run_in_transaction(self._app.store, partial(_note, told))
            wrong += told
        return wrong, read

    async def _read(
        self, source: StatusSource, seller: str, watches: Sequence[Watch]
    ) -> list[StatusReading]:
        """Ask once, when the quota has more than the watched listings need."""
        region = Marketplace.named(watches[0].marketplace).region
        listed = fits_lists(watches[0].sku)
        bucket = source.status_quota(region) if listed else source.lone_status_quota(region)
        await self._app.resources[PAUSE](bucket.eta() + bucket.interval * (SHARE - 1))
        if listed:
            return await source.listing_states(seller, watches)
        return [await source.lone_listing_state(seller, watches[0])]


def _watch(known: KnownListing, preview: ListingsPreview) -> Watch:
    """Return the listing as it is asked for."""
    listing = known.listing
    return Watch(
        asin=listing.asin,
        marketplace=listing.marketplace,
        sku=listing.sku,
        added_at=preview.asked_at,
    )


async def _note(listings: Sequence[KnownListing], tx: Transaction) -> None:
    for each in listings:
        tx.put(KNOWN_LISTINGS, each)
