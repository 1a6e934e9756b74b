"""Single values of our own listings, made safe one by one."""

from __future__ import annotations

from bot.core.identifiers import is_asin
from bot.core.marketplaces import Marketplace
from bot.core.own_listings import NEW, ListingStatus, OwnListing
from bot.core.text import one_line

LONGEST_SKU = 100
"""Characters. Amazon takes 40; a longer one is no SKU."""
LONGEST_TITLE = 500
CONDITIONS = (NEW, "used", "refurbished", "collectible", "club")
"""The families of conditions; a condition begins with one of them, as in ``used_very_good``."""


def listing_of(
    *,
    seller: str,
    sku: str | None,
    market: Marketplace,
    asin: str | None,
    title: str | None,
    condition: str,
    status: ListingStatus,
) -> OwnListing | None:
    """Return the listing; None where it has no SKU that can be one. No ASIN: no product page."""
    if not sku or len(sku) > LONGEST_SKU or not sku.isprintable():
        return None
    page = (asin or "").strip().upper()
    return OwnListing(
        seller=seller,
        sku=sku,
        marketplace=market.code,
        asin=page if is_asin(page) else "",
        title=one_line(title or "", LONGEST_TITLE),
        condition=condition,
        status=status,
    )


def condition_of(told: str | None) -> str:
    """Return the family of a condition as Amazon writes it: ``new_new``, ``used_very_good``."""
    word = (told or "").lower()
    return next((family for family in CONDITIONS if word.startswith(family)), "")
