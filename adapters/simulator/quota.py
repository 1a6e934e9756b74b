"""The operations that the marketplace answers, and their quotas: a token bucket for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum


class Operation(Enum):
    """An operation. The value is Amazon's own name, or ours where Amazon has none."""

    TOKEN = "token"
    ITEM_OFFERS = "getItemOffers"
    LISTING_OFFERS = "getListingOffers"
    ITEM_OFFERS_BATCH = "getItemOffersBatch"
    LISTING_OFFERS_BATCH = "getListingOffersBatch"
    COMPETITIVE_PRICING = "getCompetitivePricing"
    COMPETITIVE_SUMMARY = "getCompetitiveSummary"
    SEARCH_CATALOG = "searchCatalogItems"
    SEARCH_LISTINGS = "searchListingsItems"
    GET_LISTING = "getListingsItem"
    APLUS_RECORDS = "searchContentPublishRecords"
    APLUS_DOCUMENT = "getContentDocument"
    PARTICIPATIONS = "getMarketplaceParticipations"
    CREATE_REPORT = "createReport"
    GET_REPORT = "getReport"
    GET_REPORT_DOCUMENT = "getReportDocument"
    GET_DESTINATIONS = "getDestinations"
    CREATE_DESTINATION = "createDestination"
    GET_SUBSCRIPTION = "getSubscription"
    CREATE_SUBSCRIPTION = "createSubscription"
    TEST_NOTIFICATION = "sendTestNotification"
    DOCUMENT = "document"
    PAGE = "page"
    KEEPA_SELLER = "keepaSeller"
    KEEPA_PRODUCT = "keepaProduct"
    KEEPA_TOKEN = "keepaToken"


KEEPA = frozenset({Operation.KEEPA_SELLER, Operation.KEEPA_PRODUCT, Operation.KEEPA_TOKEN})
"""What Keepa is asked."""
SELLING_PARTNER_API = (
    frozenset(Operation) - {Operation.TOKEN, Operation.DOCUMENT, Operation.PAGE} - KEEPA
)
"""The operations that need an access token and have a quota."""

GRANTLESS = frozenset(
    {Operation.GET_DESTINATIONS, Operation.CREATE_DESTINATION, Operation.TEST_NOTIFICATION}
)
"""Those of them that are asked as the app alone, with a token that stands for no seller."""


@dataclass(frozen=True)
class Quota:
    """What Amazon allows: `rate` requests a second on average, `burst` at once."""

    rate: float
    burst: int


QUOTAS: Mapping[Operation, Quota] = {
    Operation.ITEM_OFFERS: Quota(0.5, 1),
    Operation.LISTING_OFFERS: Quota(1.0, 2),
    Operation.ITEM_OFFERS_BATCH: Quota(0.1, 1),
    Operation.LISTING_OFFERS_BATCH: Quota(0.5, 1),
    Operation.COMPETITIVE_PRICING: Quota(0.5, 1),
    Operation.COMPETITIVE_SUMMARY: Quota(0.033, 1),
    Operation.SEARCH_CATALOG: Quota(2.0, 2),
    Operation.SEARCH_LISTINGS: Quota(5.0, 5),
    Operation.GET_LISTING: Quota(5.0, 10),
    Operation.APLUS_RECORDS: Quota(10.0, 10),
    Operation.APLUS_DOCUMENT: Quota(10.0, 10),
    Operation.PARTICIPATIONS: Quota(0.016, 15),
    Operation.CREATE_REPORT: Quota(0.0167, 15),
    Operation.GET_REPORT: Quota(2.0, 15),
    Operation.GET_REPORT_DOCUMENT: Quota(0.0167, 15),
    Operation.GET_DESTINATIONS: Quota(1.0, 5),
    Operation.CREATE_DESTINATION: Quota(1.0, 5),
    Operation.GET_SUBSCRIPTION: Quota(1.0, 5),
    Operation.CREATE_SUBSCRIPTION: Quota(1.0, 5),
    Operation.TEST_NOTIFICATION: Quota(1.0, 5),
}


@dataclass
class _Bucket:
    """Tokens as they were at `checked_at` (seconds of the monotonic clock)."""

    tokens: float
    checked_at: float


class Quotas:
    """The buckets of one selling account.

    `scale` multiplies the rates (a demo that runs ten times as fast wants 10); None means no
    quota at all. `monotonic` tells real seconds.
    """

    def __init__(self, scale: float | None, monotonic: Callable[[], float]) -> None:
        self._scale = scale
        self._monotonic = monotonic
        start = monotonic()
        self._buckets = {
            operation: _Bucket(quota.burst, start) for operation, quota in QUOTAS.items()
        }

    def rate(self, operation: Operation) -> float:
        """Requests a second that are allowed on average."""
        return QUOTAS[operation].rate * (1.0 if self._scale is None else self._scale)

    def take(self, operation: Operation) -> bool:
        """Take one token; False when the bucket is empty and the request must be refused."""
        if self._scale is None:
            return True
        bucket = self._buckets[operation]
        now = self._monotonic()
        refill = (now - bucket.checked_at) * self.rate(operation)
        bucket.tokens = min(QUOTAS[operation].burst, bucket.tokens + refill)
        bucket.checked_at = now
        if bucket.tokens < 1:
            return False
        bucket.tokens -= 1
        return True
