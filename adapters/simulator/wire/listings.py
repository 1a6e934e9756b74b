"""The shape of our own listings: searchListingsItems.

Source: Amazon's model listingsItems_2021-08-01.json.
"""

import msgspec


class ListingSummary(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """The main facts of a listing in a marketplace."""

    marketplace_id: str
    asin: str
    product_type: str
    status: tuple[str, ...]
    item_name: str
    created_date: str
    last_updated_date: str


class ListingItem(msgspec.Struct, frozen=True, kw_only=True):
    """One of the own listings; without a summary it is on sale nowhere."""

    sku: str
    summaries: tuple[ListingSummary, ...] = ()


class ListingResults(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """The body of the answer; SKUs that the seller does not have are simply not in it."""

    number_of_results: int
    items: tuple[ListingItem, ...]
