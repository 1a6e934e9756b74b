"""The operations of the Selling Partner API that are asked, and how often each may be."""

from __future__ import annotations

from enum import Enum


class Operation(Enum):
    """An operation: its path, requests a second, burst, and how many products one request holds.

    A pair of braces in the path stands for the ASIN or SKU. Source: the usage plans in Amazon's
    models productPricingV0 and catalogItems_2022-04-01.
    """

    ITEM_OFFERS = ("/products/pricing/v0/items/{}/offers", 0.5, 1, 1)
    LISTING_OFFERS = ("/products/pricing/v0/listings/{}/offers", 1.0, 2, 1)
    ITEM_OFFERS_BATCH = ("/batches/products/pricing/v0/itemOffers", 0.1, 1, 20)
    LISTING_OFFERS_BATCH = ("/batches/products/pricing/v0/listingOffers", 0.5, 1, 20)
    SEARCH_CATALOG = ("/catalog/2022-04-01/items", 2.0, 2, 20)

    def __init__(self, path: str, rate: float, burst: int, products: int) -> None:
        """Name the parts of the value."""
        self.path = path
        self.rate = rate
        self.burst = burst
        self.products = products


MARGIN = 0.1
"""Seconds added between two requests: the second may be faster on its way than the first was, and
Amazon, which counts arrivals and saves nothing beyond the burst, would refuse it."""

OFFERS = (
    Operation.ITEM_OFFERS,
    Operation.LISTING_OFFERS,
    Operation.ITEM_OFFERS_BATCH,
    Operation.LISTING_OFFERS_BATCH,
)
"""Those that tell the offers of a product."""

BY_SKU = frozenset({Operation.LISTING_OFFERS, Operation.LISTING_OFFERS_BATCH})
"""Those that are asked by our own SKU; all others by ASIN."""


def alone(*, own: bool) -> Operation:
    """Return the operation that asks for one product; ``own``: by our SKU."""
    return Operation.LISTING_OFFERS if own else Operation.ITEM_OFFERS


def batched(*, own: bool) -> Operation:
    """Return the operation that asks for many products; ``own``: by our SKUs."""
    return Operation.LISTING_OFFERS_BATCH if own else Operation.ITEM_OFFERS_BATCH
