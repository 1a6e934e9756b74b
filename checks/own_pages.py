"""What our own listing data says of pages that were first read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import structlog

from bot.core.context import AppContext
from bot.core.listing import Watch
from bot.core.listing_content import ListingContent
from bot.core.own_content import OwnContentSource
from bot.core.questions import Operation
from bot.core.sku_lists import asked_together
from bot.errors import LoginError, Refused, SourceError
from bot.features.watchlist.collections import WATCHES
from checks.listings.guarding import Uncompared

log = structlog.get_logger(__name__)

AT_ONCE = Operation.SEARCH_LISTINGS.products
NO_SKU = "You have no SKU for this product here."
NOT_LISTED = "Amazon did not return your listing data for this SKU."
NO_SOURCE = "This source has no listing data of yours."
NO_SELLER = "Your seller ID is not set. Set BRANDWARDEN_OWN_SELLERS."


def has_own_data(watch: Watch | None) -> bool:
    """Tell whether our own listing data of a product can be asked for."""
    return watch is not None and bool(watch.sku)


class OwnPages:
    """Asks for our own listing data."""

    def __init__(self, app: AppContext, source: object) -> None:
        """Ask ``source``, if it knows any."""
        self._app = app
        self._source = source if isinstance(source, OwnContentSource) else None

    async def read(self, keys: Sequence[str]) -> Mapping[str, ListingContent | Uncompared]:
        """Return our listing data by the watches' keys, or why there is none to compare with.

        A SKU need not have been checked before: what is another product's is not returned.
        """
        found: dict[str, ListingContent | Uncompared] = {}
        by_market: defaultdict[str, list[Watch]] = defaultdict(list)
        for key in keys:
            watch = await self._app.store.get(WATCHES, key)
            if watch is None or not has_own_data(watch):
                found[key] = Uncompared(NO_SKU)
            else:
                by_market[watch.marketplace].append(watch)
        for several in by_market.values():
            for together in asked_together(several, AT_ONCE):
                found |= await self._ask(together)
        return found

    async def _ask(self, watches: Sequence[Watch]) -> dict[str, ListingContent | Uncompared]:
        sellers = sorted(self._app.brand.own_sellers)
        if self._source is None or not sellers:
            none = Uncompared(NO_SOURCE if self._source is None else NO_SELLER)
            return {watch.key: none for watch in watches}
        told: dict[str, ListingContent | Uncompared] = {
            watch.key: Uncompared(NOT_LISTED) for watch in watches
        }
        errors: list[SourceError] = []
        for seller in sellers:
            try:
                told |= await self._source.own_contents(seller, watches)
            except SourceError as error:
                # It may be our seller ID of another region, which this account does not speak for.
                log.info("own listing data not read", seller=seller, why=str(error))
                errors.append(error)
        later = [error for error in errors if not isinstance(error, LoginError | Refused)]
        if later or len(errors) == len(sellers):
            # The seller who did not answer may be the one who lists what the others do not.
            why = Uncompared(str((later or errors)[0]), passing=True)
            missing = {key for key, data in told.items() if isinstance(data, Uncompared)}
            told |= dict.fromkeys(missing, why)
        return told
