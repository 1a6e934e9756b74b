"""Which of the account's listings have problems of which nobody would hear. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.core.findings import CLOSED, STRANDED, SUPPRESSED
from bot.core.listing import Watch
from bot.core.listing_status import ListingState
from bot.core.own_listings import ListingStatus
from bot.features.watchlist.models.own_listings import KnownListing, ListingsPreview


def is_unheard(known: KnownListing, watched: Mapping[str, Watch], preview: ListingsPreview) -> bool:
    """Tell whether a listing is to be looked at closer by this daily check.

    It cannot be bought, as far as that is told, has a page, and was not told of by an earlier
    check. Its product is not watched, or without a SKU: with any SKU of ours, the team knows what
    is watched.
    """
    watch = watched.get(known.product)
    watching = watch is not None and bool(watch.sku)
    sound = known.listing.status is ListingStatus.ACTIVE
    told = known.problem_in not in (None, preview.id)
    return bool(known.product) and not (watching or sound or told)


def problem_of(state: ListingState) -> str:
    """Return the signal of what is wrong with a listing; empty: nothing that is known."""
    if not state.listed:
        return ""
    if state.taken_down:
        return SUPPRESSED
    if state.stranded:
        return STRANDED
    return CLOSED if state.closed else ""


def some_of(
    listings: Sequence[KnownListing], most: int, preview: ListingsPreview
) -> list[KnownListing]:
    """Return at most so many listings, each day the ones behind those of the day before."""
    if len(listings) <= most:
        return list(listings)
    start = preview.asked_at.toordinal() * most % len(listings)
    return [*listings[start:], *listings[:start]][:most]
