"""What is known of our own listings, and what the team is offered of them."""

from __future__ import annotations

import enum
from datetime import datetime

import msgspec

from bot.core.listing import Watch
from bot.core.own_listings import OwnListing
from bot.core.permissions import Person


class KnownListing(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A listing of ours as it was read last."""

    listing: OwnListing
    first_seen_at: datetime
    """When it was first seen with the product that it sells now."""
    offer: str | None = None
    """The preview that last offered to watch its product by it."""
    missing_since: datetime | None = None
    """When it was first absent from what Amazon listed; None: it was there."""
    ended_in: str | None = None
    """The preview in which it counted as gone."""
    problem: str = ""
    """The signal of what was told to be wrong with it while nobody watched it."""
    problem_in: str | None = None
    """The daily check that told it."""

    @property
    def key(self) -> str:
        """Its name in the store."""
        return self.listing.key

    @property
    def product(self) -> str:
        """The key of the watch on its product; empty where it has no page."""
        return product_of(self.listing)


def product_of(listing: OwnListing) -> str:
    """Return the key of the watch on its product; empty where it has no page."""
    return Watch.key_of(listing.marketplace, listing.asin) if listing.asin else ""


class BrandProduct(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A product of our brand that the catalog has, and that the account does not list."""

    asin: str
    marketplace: str
    """The marketplace's code."""
    title: str = ""
    offer: str
    """The preview that last offered to watch it."""

    @property
    def key(self) -> str:
        """Its name in the store, the same as that of a watch on it."""
        return Watch.key_of(self.marketplace, self.asin)

    @property
    def listing(self) -> OwnListing:
        """The product as it is watched: by no SKU."""
        return OwnListing(
            seller="", sku="", marketplace=self.marketplace, asin=self.asin, title=self.title
        )


class ListingCounts(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What was read of our listings in one marketplace."""

    products: int = 0
    watched: int = 0
    """Products that are watched already."""
    offered: int = 0
    """Products that can be watched now."""
    skuless: int = 0
    """Watched products that have no SKU, and can be given one."""
    pageless: int = 0
    """SKUs without a product page."""
    hidden: int = 0
    """SKUs that Amazon counted and did not list."""


class PreviewState(enum.StrEnum):
    """How far a preview got."""

    READING = "reading"
    OFFERED = "offered"
    ADDING = "adding"
    DONE = "done"
    DECLINED = "declined"
    FAILED = "failed"


class ListingsPreview(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What was read of the account at one time, and what became of it."""

    id: str
    asked_at: datetime
    asked_by: Person | None = None
    """None: it is the daily check."""
    brand: str = ""
    """The brand whose products were searched for; empty: the account's listings were read."""
    state: PreviewState = PreviewState.READING
    counts: dict[str, ListingCounts] = {}
    """By the marketplace's code."""
    unread: dict[str, str] = {}
    """Marketplaces that could not be checked, and why."""
    guessed: bool = False
    """Nobody may ask where the account sells, so that it may sell in more marketplaces."""
    ended: int = 0
    """Watched products that are no longer listed."""
    unheard: dict[str, int] = {}
    """How many listings that nobody watches have a problem, by its signal."""
    unasked: int = 0
    """Listings that cannot be bought and that nobody could ask about."""
    confirmed_by: Person | None = None
    added: int = 0
    filled: int = 0
    """Watched products that were given their SKU."""
    last: str = ""
    """The key of the listing that was added last: a restart goes on behind it."""

    @property
    def message(self) -> str:
        """The name of its card."""
        return f"listings-{self.id}"

    @property
    def daily(self) -> bool:
        """Tell whether nobody asked for it."""
        return self.asked_by is None

    @property
    def total(self) -> ListingCounts:
        """What was read in all marketplaces together."""
        several = self.counts.values()
        return ListingCounts(
            products=sum(each.products for each in several),
            watched=sum(each.watched for each in several),
            offered=sum(each.offered for each in several),
            skuless=sum(each.skuless for each in several),
            pageless=sum(each.pageless for each in several),
            hidden=sum(each.hidden for each in several),
        )
