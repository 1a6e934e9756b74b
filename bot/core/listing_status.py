"""Whether our own listings can be found and bought, and what Amazon has against them. Pure.

Source: searchListingsItems in the model listingsItems_2021-08-01, with the data sets summaries,
issues, offers and fulfillmentAvailability. A data set that is missing was not told: it says neither
that all is well nor that anything is wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol, runtime_checkable

import msgspec

from bot.core.listing import Watch
from bot.core.questions import Bucket
from bot.errors import SourceError

LISTING_SUPPRESSED = "LISTING_SUPPRESSED"
"""Amazon took away that the listing can be bought."""
SEARCH_SUPPRESSED = "SEARCH_SUPPRESSED"
"""Amazon hides the product in its search."""
ATTRIBUTE_SUPPRESSED = "ATTRIBUTE_SUPPRESSED"
"""Amazon rejected the value of an attribute."""
CATALOG_ITEM_REMOVED = "CATALOG_ITEM_REMOVED"
"""Amazon took the product out of its catalogue, with all offers on it."""
TAKES_DOWN = frozenset({LISTING_SUPPRESSED, CATALOG_ITEM_REMOVED})
"""What takes a listing down."""


class ListingIssue(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Something that Amazon has against a listing."""

    code: str
    message: str
    """Amazon's words, in the language of the marketplace."""
    error: bool
    """Its severity is ERROR."""
    categories: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    """What Amazon does because of it, by its own names; more of them than above may come."""
    exempt: bool = False
    """Amazon does not do it now."""
    until: datetime | None = None
    """When the exemption ends; None: it does not, as far as told."""

    @property
    def enforced(self) -> tuple[str, ...]:
        """What Amazon does because of it now."""
        return () if self.exempt else self.actions


class ListingState(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One of our listings in one marketplace, as it was at one moment. None: not told."""

    sku: str
    seller: str
    """Our seller ID that was asked."""
    marketplace: str
    """The marketplace's code."""
    at: datetime
    listed: bool = True
    """The seller has this SKU in the marketplace."""
    asin: str = ""
    """The product's page; empty where there is none, or it was not told."""
    buyable: bool | None = None
    discoverable: bool | None = None
    product_type: str = ""
    """Amazon's category of the product, such as ``LUGGAGE``."""
    issues: tuple[ListingIssue, ...] | None = None
    unread: bool = False
    """Some of its issues could not be read: that one is not among them says nothing."""
    offered: bool | None = None
    """It has an offer for consumers."""
    stock: int | None = None
    """Units for sale in all channels."""
    by_amazon: bool | None = None
    """Amazon's warehouses have some of them."""
    digest: str = ""
    """SHA-256 of what Amazon sent of it, in hexadecimal."""

    @property
    def all_issues_told(self) -> bool:
        """Tell whether an issue that is not among the issues is not there."""
        return self.issues is not None and not self.unread

    @property
    def taken_down(self) -> bool:
        """Tell whether Amazon enforces something that takes the listing down."""
        return not TAKES_DOWN.isdisjoint(self.enforced)

    @property
    def stranded(self) -> bool:
        """Tell whether Amazon has units that cannot be bought, as far as it says."""
        return self.buyable is False and bool(self.by_amazon) and bool(self.stock)

    @property
    def closed(self) -> bool:
        """Tell whether it cannot be bought for no reason that is told.

        What is known to be out of stock is not closed.
        """
        told = self.taken_down or self.stranded or self.stock == 0
        return self.listed and self.buyable is False and not told

    @property
    def enforced(self) -> frozenset[str]:
        """What Amazon does against the listing now, as far as told."""
        return frozenset(action for issue in self.issues or () for action in issue.enforced)


class StatusReading(msgspec.Struct, frozen=True):
    """What came of asking about one watch's SKU: its state, or why it is not known."""

    watch: Watch
    result: ListingState | SourceError
    raw: bytes = b""
    """What Amazon sent of it, for the evidence."""


@runtime_checkable
class StatusSource(Protocol):
    """A source that tells how our own listings are."""

    def status_quota(self, region: str) -> Bucket:
        """Return the quota of such questions."""
        ...

    async def listing_states(self, seller: str, watches: Sequence[Watch]) -> list[StatusReading]:
        """Ask once about at most twenty products' SKUs, of one marketplace; a reading for each.

        ``seller`` is one of our seller IDs; a SKU that it does not have is not ``listed``. Each SKU
        is one that fits a list; see `bot.core.sku_lists`.

        Raises:
            AccessRefused: the account does not speak for this seller, or the app may not ask.
            SourceError: the request failed as a whole, and says nothing about any listing.
        """
        ...

    def lone_status_quota(self, region: str) -> Bucket:
        """Return the quota of questions about one listing alone."""
        ...

    async def lone_listing_state(self, seller: str, watch: Watch) -> StatusReading:
        """Ask once about one product's SKU, which may be any.

        Raises:
            AccessRefused: as above, or the SKU cannot stand in an address.
            SourceError: the request failed, and says nothing about the listing.
        """
        ...
