"""What a third party tells of sellers, and of the offers that Amazon does not list: the port.

Amazon's interface names no seller. Whoever collects Amazon's public pages can say more, with the
date of its own reading, and never with Amazon's word for it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

import msgspec

from bot.core.conditions import Condition
from bot.core.money import Money

MOST_OFFERS = 100
"""Offers of a product that are asked for, in all conditions."""


class SellerReading(msgspec.Struct, frozen=True, kw_only=True):
    """A seller as the third party knows them; what it does not know is empty, or None.

    Every text is the seller's own. Moments are those of the third party's readings.
    """

    seller: str
    marketplace: str
    told_at: datetime | None = None
    """When it last read who the seller is."""
    first_seen: datetime | None = None
    """Since when it knows the seller."""
    name: str = ""
    business: str = ""
    address: tuple[str, ...] = ()
    """Lines; the last one may be a country's two letters."""
    vat: str = ""
    phone: str = ""
    rating: int | None = None
    """Positive ratings of all time, in percent."""
    ratings: int | None = None
    """How many of all time."""
    rated_at: datetime | None = None
    storefront: int | None = None
    """How many products the seller's storefront has."""
    storefront_at: datetime | None = None
    asins: tuple[str, ...] = ()
    """Products of the storefront, as far as they are known; neither complete nor all current."""


class OfferSighting(msgspec.Struct, frozen=True, kw_only=True):
    """An offer that the third party saw."""

    seller: str
    condition: Condition | None = None
    price: Money | None = None
    """Without shipping."""
    stock: int | None = None
    seen_at: datetime | None = None


class OffersReading(msgspec.Struct, frozen=True, kw_only=True):
    """Offers of a product that were live when the third party last read them."""

    asin: str
    marketplace: str
    told_at: datetime | None = None
    offers: tuple[OfferSighting, ...] = ()


class FactsBudget(msgspec.Struct, frozen=True):
    """What may still be asked, and what went wrong last."""

    tokens: int | None = None
    """None: nothing was asked yet. Below zero: more was used than there was."""
    refill: int | None = None
    """Tokens that come each minute."""
    trouble: str = ""
    """Why the latest question was not answered, in a sentence; empty: it was."""


class FactsSource(Protocol):
    """A third party that is asked about sellers and offers. Each question costs tokens."""

    @property
    def name(self) -> str:
        """What people call it."""
        ...

    @property
    def simulated(self) -> bool:
        """What it tells is invented; every card must say so."""
        ...

    @property
    def budget(self) -> FactsBudget:
        """What may be asked now, as far as it is known without asking."""
        ...

    def covers(self, marketplace: str) -> bool:
        """Tell whether it knows the marketplace with that code."""
        ...

    async def seller(
        self, marketplace: str, seller: str, *, waited_for: bool = False
    ) -> SellerReading | None:
        """Return what it knows of a seller; None where it knows nobody of that ID.

        ``waited_for``: a person waits, so that the reserve of tokens may be used.

        Raises:
            QuotaExceeded: there are too few tokens now.
            SourceError: it could not tell.
        """
        ...

    async def offers(
        self, marketplace: str, asin: str, *, waited_for: bool = False
    ) -> OffersReading | None:
        """Return the live offers of a product; None where it does not know the product.

        Raises:
            QuotaExceeded: there are too few tokens now.
            SourceError: it could not tell.
        """
        ...

    async def check(self) -> FactsBudget:
        """Ask what may be asked, which costs nothing, and proves the key.

        Raises:
            SourceError: it could not tell, or refuses the key.
        """
        ...
