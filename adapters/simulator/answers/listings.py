"""Answers of searchListingsItems."""

from adapters.simulator.wire.listings import ListingItem, ListingSummary
from adapters.simulator.world import Listing

PRODUCT_TYPE = "KITCHEN"
MADE = "2026-01-05T09:00:00Z"
"""When every listing was made and last changed."""


def listing_item_of(sku: str, listing: Listing, own_seller: str) -> ListingItem:
    """The listing behind one of the own SKUs."""
    on_sale = own_seller in listing.offers
    summary = ListingSummary(
        marketplace_id=listing.product.marketplace,
        asin=listing.product.asin,
        product_type=PRODUCT_TYPE,
        status=("BUYABLE", "DISCOVERABLE") if on_sale else ("DISCOVERABLE",),
        item_name=listing.title,
        created_date=MADE,
        last_updated_date=MADE,
    )
    return ListingItem(sku=sku, summaries=(summary,))
