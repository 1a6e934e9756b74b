"""The operations that the marketplace answers, named as Amazon names them."""

from enum import Enum


class Operation(Enum):
    """An operation. The value is Amazon's own name, or ours where Amazon has none."""

    TOKEN = "token"
    ITEM_OFFERS = "getItemOffers"
    LISTING_OFFERS = "getListingOffers"
    ITEM_OFFERS_BATCH = "getItemOffersBatch"
    LISTING_OFFERS_BATCH = "getListingOffersBatch"
    COMPETITIVE_PRICING = "getCompetitivePricing"
    SEARCH_CATALOG = "searchCatalogItems"
    SEARCH_LISTINGS = "searchListingsItems"
    PAGE = "page"


SELLING_PARTNER_API = frozenset(Operation) - {Operation.TOKEN, Operation.PAGE}
"""The operations that need an access token and have a quota."""
