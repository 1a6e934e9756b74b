"""Our own listings: what the account says that we sell where, and who tells it."""

from __future__ import annotations

import enum
from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol, runtime_checkable

import msgspec

Progress = Callable[[int, int], Awaitable[None]]
"""Told how many listings were read so far, and of how many; 0 where nobody knows how many."""


class ListingStatus(enum.StrEnum):
    """Whether shoppers can buy from a listing of ours."""

    UNKNOWN = "unknown"
    """Amazon did not say."""
    ACTIVE = "active"
    INACTIVE = "inactive"
    """They cannot: it is out of stock, closed, suppressed or not finished."""


NEW = "new"
"""The condition of what is sold as new."""


class OwnListing(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """One of our SKUs in one marketplace, as the account tells it."""

    seller: str
    """Our seller ID under which it was found."""
    sku: str
    marketplace: str
    """The marketplace's code."""
    asin: str = ""
    """Empty: the SKU has no product page."""
    title: str = ""
    condition: str = ""
    """``new``, ``used``, ``refurbished``, ``collectible`` or ``club``; empty: not told."""
    status: ListingStatus = ListingStatus.UNKNOWN

    @property
    def key(self) -> str:
        """The listing's name in the store: one for each SKU, seller and marketplace."""
        return f"{self.marketplace}-{self.seller}-{self.sku}"


class OwnListings(msgspec.Struct, frozen=True):
    """What was read of our listings in one marketplace."""

    listings: tuple[OwnListing, ...]
    counted: int
    """How many there are by Amazon's count."""

    @property
    def complete(self) -> bool:
        """Tell whether a SKU that is not among them can be taken for gone."""
        return len(self.listings) >= self.counted


@runtime_checkable
class AccountSource(Protocol):
    """A source that tells what a selling account sells."""

    async def sells_in(self, code: str) -> tuple[str, ...]:
        """Return the marketplaces in which the account sells, by their codes.

        They are those of one region: that of the marketplace with the code ``code``.

        Raises:
            AccessRefused: the app's roles do not let it ask.
            SourceError: nobody could tell.
        """
        ...

    async def own_listings(
        self, sellers: Sequence[str], code: str, progress: Progress
    ) -> OwnListings:
        """Return the listings in one marketplace; ``sellers`` are our seller IDs.

        This takes minutes where there are thousands.

        Raises:
            SourceError: nobody could tell, or only a part of it could be read.
        """
        ...
