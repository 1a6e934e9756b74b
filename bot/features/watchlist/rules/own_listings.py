"""What the team is offered of the account's listings, and which of them are gone. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from datetime import datetime, timedelta

import msgspec

from bot.core.listing import Watch
from bot.core.own_listings import NEW, ListingStatus, OwnListing, OwnListings
from bot.errors import UserError
from bot.features.watchlist.models.own_listings import (
    KnownListing,
    ListingCounts,
    ListingsPreview,
    product_of,
)
from bot.features.watchlist.rules.unheard import is_unheard
from bot.features.watchlist.rules.wanted import LONGEST_TITLE, WatchInput

ENDED_AFTER = timedelta(hours=12)
"""A listing is gone when it is absent from two readings that are so far apart: Amazon's lists are
empty or cut short at times (facts: issue 815)."""


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """What a reading of one marketplace changes."""

    written: tuple[KnownListing, ...]
    """What is known now, as far as that is another thing than before."""
    offered: tuple[OwnListing, ...]
    """One listing for each product that can be watched now."""
    filling: tuple[OwnListing, ...]
    """One listing for each watched product that has no SKU, and can be given this one."""
    ended: tuple[OwnListing, ...]
    """Listings of watched products that are gone, with no other SKU in their place."""
    counts: ListingCounts
    inactive: tuple[KnownListing, ...] = ()
    """Listings that cannot be bought, of which nobody would hear: only the daily check asks."""


def compare(
    read: OwnListings,
    known: Mapping[str, KnownListing],
    watched: Mapping[str, Watch],
    preview: ListingsPreview,
    *,
    first: bool,
) -> Compared:
    """Compare what was read in one marketplace with what is ``known`` of it, by its keys.

    ``watched`` are the watches by their keys. Who asked is offered all that is not watched, and the
    SKUs of what is watched without one. The daily check offers products that were never seen,
    unless it is the ``first`` reading of the account. What is offered or gone is so again when it
    is done once more for the same preview.
    """
    groups = _by_product(read.listings)
    seen_before = {each.product for each in known.values() if _known_before(each, preview)}
    offered = {
        product: best(group)
        for product, group in groups.items()
        if product not in watched and (not preview.daily or not (first or product in seen_before))
    }
    filling = [
        listing
        for product, group in groups.items()
        if not preview.daily
        and product in watched
        and not watched[product].sku
        and watch_of(listing := best(group), "", preview.asked_at).sku
    ]
    chosen = {listing.key for listing in (*offered.values(), *filling)}
    now = [_seen(each, known.get(each.key), preview, chosen) for each in read.listings]
    gone = [_missing(each, preview) for each in _absent(read, known)]
    unheard = (each for each in now if preview.daily and is_unheard(each, watched, preview))
    return Compared(
        written=tuple(each for each in (*now, *gone) if each != known.get(each.key)),
        offered=tuple(offered.values()),
        filling=tuple(filling),
        ended=tuple(
            each.listing
            for each in gone
            if each.ended_in == preview.id
            and each.product in watched
            and each.product not in groups
        ),
        counts=ListingCounts(
            products=len(groups),
            watched=len(watched.keys() & groups.keys()),
            offered=len(offered),
            skuless=len(filling),
            pageless=sum(not each.asin for each in read.listings),
            hidden=max(0, read.counted - len(read.listings)),
        ),
        inactive=tuple(unheard),
    )


def best(listings: Iterable[OwnListing]) -> OwnListing:
    """Return the listing by whose SKU a product is watched: one that sells it new, if there is."""
    return min(listings, key=_rank)


def watch_of(listing: OwnListing, by: str, now: datetime) -> Watch:
    """Return the watch on a listing's product.

    It is asked for by its SKU where that can be used: of a used one the offers for new ones would
    be another matter.
    """
    wanted = WatchInput(
        product=listing.asin,
        home=listing.marketplace,
        market=listing.marketplace,
        sku=listing.sku if listing.condition in (NEW, "") else "",
        title=listing.title[:LONGEST_TITLE],
    )
    try:
        return wanted.watch(by, now)
    except UserError:
        # The SKU is none that can be asked for; the product is.
        return msgspec.structs.replace(wanted, sku="").watch(by, now)


def _rank(listing: OwnListing) -> tuple[bool, bool, str]:
    return (
        listing.condition not in (NEW, ""),
        listing.status is ListingStatus.INACTIVE,
        listing.sku,
    )


def _by_product(listings: Iterable[OwnListing]) -> dict[str, list[OwnListing]]:
    groups: defaultdict[str, list[OwnListing]] = defaultdict(list)
    for listing in listings:
        if product := product_of(listing):
            groups[product].append(listing)
    return dict(groups)


def _known_before(known: KnownListing, preview: ListingsPreview) -> bool:
    """Tell whether a listing was there before this reading; one that had ended begins anew."""
    ended = known.ended_in is not None and known.ended_in != preview.id
    return known.first_seen_at < preview.asked_at and not ended


def _seen(
    listing: OwnListing, known: KnownListing | None, preview: ListingsPreview, chosen: Set[str]
) -> KnownListing:
    same = known is not None and known.ended_in is None and known.listing.asin == listing.asin
    begun = known.first_seen_at if known is not None and same else preview.asked_at
    offer = preview.id if listing.key in chosen else known.offer if known else None
    seen = KnownListing(listing=listing, first_seen_at=begun, offer=offer)
    if known is None or not same or listing.status is ListingStatus.ACTIVE:
        return seen
    # What is wrong with it goes on, as far as it is known.
    return msgspec.structs.replace(seen, problem=known.problem, problem_in=known.problem_in)


def _absent(read: OwnListings, known: Mapping[str, KnownListing]) -> list[KnownListing]:
    """Return what should have been there; nothing where only a part was read."""
    if not read.complete or not read.listings:
        return []
    there = {each.key for each in read.listings}
    seller = read.listings[0].seller
    return [
        each for each in known.values() if each.key not in there and each.listing.seller == seller
    ]


def _missing(known: KnownListing, preview: ListingsPreview) -> KnownListing:
    if known.ended_in is not None:
        return known
    if known.missing_since is None:
        return msgspec.structs.replace(known, missing_since=preview.asked_at)
    if preview.asked_at - known.missing_since < ENDED_AFTER:
        return known
    return msgspec.structs.replace(known, ended_in=preview.id)
