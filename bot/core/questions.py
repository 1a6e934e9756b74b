"""Questions to a source: the operations, and the quota that says how many each takes. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from enum import Enum
from typing import Protocol, runtime_checkable

import msgspec

from bot.core.listing import Watch
from bot.core.monitoring import OfferSource, Reading

IN_FLIGHT = 16
"""Requests of one operation and region that may wait for their answers at the same time."""

_ROUNDING = 1e-6


class Question(msgspec.Struct, frozen=True):
    """What is asked in one request: an operation, and products of one marketplace by their keys."""

    operation: Operation
    marketplace: str
    """The marketplace's code."""
    keys: tuple[str, ...]


class Bucket(msgspec.Struct, frozen=True, kw_only=True):
    """What one operation's quota holds in one region at one moment."""

    operation: Operation
    region: str
    tokens: float
    """Requests that may be sent at once; below zero while others wait for their turn."""
    interval: float
    """Seconds in which one more may be sent."""
    pause: float = 0.0
    """Seconds for which nothing may be sent, because Amazon asked for a pause."""
    room: int = IN_FLIGHT
    """How many more answers may be waited for."""

    def ready(self, within: float) -> int:
        """Return how many requests may be sent within so many seconds."""
        if self.pause > within:
            return 0
        gained = within / self.interval if self.interval else self.room
        return max(0, min(self.room, math.floor(self.tokens + gained + _ROUNDING)))

    def eta(self, requests: int = 1) -> float:
        """Return in how many seconds the last of so many more requests can be sent."""
        return max(self.pause, (requests - self.tokens) * self.interval, 0.0)


@runtime_checkable
class MeteredSource(OfferSource, Protocol):
    """A source with quotas: whoever asks it decides what is asked next."""

    def buckets(self, region: str) -> Sequence[Bucket]:
        """Return the quotas of the operations that tell offers."""
        ...

    async def ask(self, operation: Operation, watches: Sequence[Watch]) -> list[Reading]:
        """Send one request, once, about products of one marketplace; a reading for each.

        Raises:
            SourceError: the request failed as a whole, and says nothing about any product.
        """
        ...


class Unmetered:
    """A source without quotas, such as a file, asked as if it had some that never end."""

    def __init__(self, source: OfferSource) -> None:
        """Ask ``source``."""
        self.simulated = source.simulated
        self.read = source.read
        self.products = source.products

    def buckets(self, region: str) -> Sequence[Bucket]:
        """Return quotas that are never spent."""
        return [
            Bucket(operation=operation, region=region, tokens=IN_FLIGHT, interval=0.0)
            for operation in OFFERS
        ]

    async def ask(self, operation: Operation, watches: Sequence[Watch]) -> list[Reading]:  # noqa: ARG002 (it has one way only)
        """Read the products."""
        return await self.read(watches)


def metered(source: OfferSource) -> MeteredSource:
    """Return the source, as one with quotas if it has none."""
    return source if isinstance(source, MeteredSource) else Unmetered(source)


class Operation(Enum):
    """An operation: its path, requests a second, burst, and how many products one request holds.

    A pair of braces in the path stands for the ASIN, the SKU, the seller, the A+ document, the
    report or the kind of notification. Source: the usage plans in Amazon's models productPricingV0,
    productPricing_2022-05-01, catalogItems_2022-04-01, listingsItems_2021-08-01,
    aplusContent_2020-11-01, sellers, reports_2021-06-30 and notifications.
    """

    ITEM_OFFERS = ("/products/pricing/v0/items/{}/offers", 0.5, 1, 1)
    LISTING_OFFERS = ("/products/pricing/v0/listings/{}/offers", 1.0, 2, 1)
    ITEM_OFFERS_BATCH = ("/batches/products/pricing/v0/itemOffers", 0.1, 1, 20)
    LISTING_OFFERS_BATCH = ("/batches/products/pricing/v0/listingOffers", 0.5, 1, 20)
    COMPETITIVE_PRICING = ("/products/pricing/v0/competitivePrice", 0.5, 1, 20)
    COMPETITIVE_SUMMARY = (
        "/batches/products/pricing/2022-05-01/items/competitiveSummary",
        0.033,
        1,
        20,
    )
    SEARCH_CATALOG = ("/catalog/2022-04-01/items", 2.0, 2, 20)
    SEARCH_LISTINGS = ("/listings/2021-08-01/items/{}", 5.0, 5, 20)
    GET_LISTING = ("/listings/2021-08-01/items/{}/{}", 5.0, 10, 1)
    APLUS_RECORDS = ("/aplus/2020-11-01/contentPublishRecords", 10.0, 10, 1)
    APLUS_DOCUMENT = ("/aplus/2020-11-01/contentDocuments/{}", 10.0, 10, 1)
    PARTICIPATIONS = ("/sellers/v1/marketplaceParticipations", 0.016, 15, 1)
    CREATE_REPORT = ("/reports/2021-06-30/reports", 0.0167, 15, 1)
    GET_REPORT = ("/reports/2021-06-30/reports/{}", 2.0, 15, 1)
    GET_REPORT_DOCUMENT = ("/reports/2021-06-30/documents/{}", 0.0167, 15, 1)
    DESTINATIONS = ("/notifications/v1/destinations", 1.0, 5, 1)
    SUBSCRIPTION = ("/notifications/v1/subscriptions/{}", 1.0, 5, 1)
    TEST_NOTIFICATION = ("/notifications/v1/subscriptions/{}/testNotification", 1.0, 5, 1)

    def __init__(self, path: str, rate: float, burst: int, products: int) -> None:
        """Name the parts of the value."""
        self.path = path
        self.rate = rate
        self.burst = burst
        self.products = products


MARGIN = 0.1
"""Seconds, at least, by which a request may be faster on its way than another one was: Amazon
counts arrivals, saves nothing beyond the burst, and would refuse one that comes too early."""
PART = 0.05
"""Of the time in which a bucket for one request fills, that may be given to such differences."""
LONGEST_MARGIN = 1.0
"""Seconds that are given to them at most where the bucket holds several requests."""
DRIFT = 0.01
"""Of the time between two requests, because Amazon's clock and ours never run quite alike."""


def most_margin(rate: float, burst: int) -> float:
    """Return the differences on the way, in seconds, that a bucket can make up for.

    One that holds several requests does so by what it holds, and loses none of its rate.
    """
    if burst == 1:
        return max(MARGIN, PART / rate)
    return max(MARGIN, min(LONGEST_MARGIN, (burst - 1) / rate))


def refill_time(rate: float, burst: int) -> float:
    """Return the seconds in which a bucket gains one request, once it gains anything."""
    # What a bucket for one request adds after each of them makes up for the clocks, too.
    return 1 / rate if burst == 1 else (1 + DRIFT) / rate


def spacing(rate: float, burst: int, margin: float = MARGIN) -> float:
    """Return the seconds from one request to the next while as many as possible are sent."""
    return max(refill_time(rate, burst), margin + (2 - burst) / rate)


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
