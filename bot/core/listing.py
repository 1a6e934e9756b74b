"""Watches, offers and snapshots: what is looked at and what was seen."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime
from decimal import Decimal

import msgspec

from bot.core.marketplaces import Marketplace
from bot.core.money import Money

LISTED_AT_MOST = 20
"""Amazon lists no more offers than this in one answer, however many it counts."""


class Watch(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A product that is looked at again and again. Prices are in the marketplace's currency."""

    asin: str
    marketplace: str
    """The marketplace's code, for example ``US``."""
    title: str = ""
    floor: Money | None = None
    """An offer below this price is a finding, whoever makes it."""
    sku: str = ""
    """Our own SKU for it, where we sell it ourselves: such products are read five times faster."""
    daily_units: int | None = None
    """How many we sell a day, as the team told us; what a lost Buy Box costs follows from it."""
    added_by: str = ""
    added_at: datetime
    new_only: bool | None = None
    """Only new offers are looked for; None: the team did not choose, and all offers are."""

    @property
    def key(self) -> str:
        """The watch's name in the store: one for each product and marketplace."""
        return Watch.key_of(self.marketplace, self.asin)

    @staticmethod
    def key_of(marketplace: str, asin: str) -> str:
        """Return the key of the watch on ``asin`` in the marketplace with that code."""
        return f"{marketplace}-{asin}"

    @property
    def name(self) -> str:
        """The product as people call it: the title's first part, else the ASIN."""
        return short_name(self.title) or self.asin


SHORTEST_NAME = 10
"""A title's first part that is shorter says too little."""


def short_name(title: str) -> str:
    """Return the first part of a title; sellers append sizes and search words behind a comma."""
    words = " ".join(title[:1000].split())
    first = re.split(r", | [-\u2013|(\[]", words, maxsplit=1)[0]
    return first if len(first) >= SHORTEST_NAME else words


class Offer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One seller's offer in one reading. None means that Amazon did not say."""

    seller: str
    price: Money
    shipping: Money | None = None
    points: Money | None = None
    """What a buyer gets back in points, which are money there (Japan)."""
    fba: bool | None = None
    """Fulfilled by Amazon."""
    prime: bool | None = None
    feedback_count: int | None = None
    positive_percent: int | None = None
    ships_from: str = ""

    @property
    def landed(self) -> Money:
        """What a buyer pays in the end: price and shipping, less points."""
        asked = self.asked
        return asked if self.points is None or not self._less else asked - self.points

    @property
    def asked(self) -> Money:
        """Price and shipping, points aside; the price alone where shipping is not told."""
        if self.shipping is None or self.shipping.currency != self.price.currency:
            return self.price
        return self.price + self.shipping

    @property
    def _less(self) -> bool:
        """Tell whether there are points that can be taken off."""
        points, asked = self.points, self.asked
        if points is None or points.currency != asked.currency:
            return False
        return 0 < points.amount <= asked.amount

    @property
    def cost(self) -> str:
        """What a buyer pays, for people; with points also how it comes to that."""
        landed, asked = self.landed, self.asked
        if landed == asked:
            return str(landed)
        return f"{landed} ({asked.figure} less {(asked - landed).figure} points)"

    @property
    def told(self) -> bool:
        """Tell whether it is known what a buyer pays in all."""
        return self.shipping is not None and self.shipping.currency == self.price.currency


class Snapshot(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One reading of an ASIN's offers in one condition, with what it could not see."""

    asin: str
    marketplace: str
    at: datetime
    offers: tuple[Offer, ...] = ()
    total: int = 0
    """How many offers of this condition Amazon counts, listed or not."""
    holders: tuple[str, ...] | None = ()
    """Who holds the Buy Box: nobody, one, or two (Prime and not); None: the answer contradicts
    itself or names a price and no seller, so it decides nothing."""
    buy_box_price: Money | None = None
    rank: int | None = None
    """Its place among the best sellers of the category that Amazon names first; None: not told."""
    digest: str = ""
    """SHA-256 of the raw answer, in hexadecimal: the name of its bytes in the evidence."""

    @property
    def unlisted(self) -> int:
        """How many offers Amazon counts but does not show."""
        return max(0, self.total - len(self.offers))

    @property
    def complete(self) -> bool:
        """Tell whether every offer is listed, so that a seller who is missing is not there."""
        return self.unlisted == 0 and len(self.offers) < LISTED_AT_MOST

    @property
    def empty(self) -> bool:
        """Tell whether it shows no offer at all: possibly one of Amazon's false zeros."""
        return not self.offers and self.total == 0

    def cheapest_of(self, seller: str) -> Offer | None:
        """Return the seller's offer that costs a buyer least; a seller may have several."""
        theirs = [offer for offer in self.offers if offer.seller == seller]
        if len(theirs) <= 1:
            return theirs[0] if theirs else None
        market = Marketplace.find(self.marketplace)
        currency = market.currency if market else ""
        return min(theirs, key=lambda offer: _by_cost(offer, currency))

    def same_as(self, other: Snapshot | None) -> bool:
        """Tell whether nothing that matters changed between two readings."""
        if other is None or self._rest() != other._rest():
            return False
        # A bag only where it must be: offers of the same price come in random order.
        return self.offers == other.offers or Counter(self.offers) == Counter(other.offers)

    def _rest(self) -> tuple[object, ...]:
        holders = None if self.holders is None else sorted(self.holders)
        return (len(self.offers), self.total, holders, self.buy_box_price)


def _by_cost(offer: Offer, currency: str) -> tuple[bool, Decimal, bool, bool, Decimal, str]:
    """Return a sort key: the market's own currency first, then cost, and no tie left to chance."""
    landed = offer.landed
    return (
        landed.currency != currency,
        landed.amount,
        offer.fba is not True,
        offer.fba is None,
        offer.price.amount,
        offer.ships_from,
    )


class WatchStatus(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """Whether a watch is being seen. One small document, written at every check."""

    key: str
    tried_at: datetime | None = None
    seen_at: datetime | None = None
    """The last reading that succeeded."""
    failure: str = ""
    """Why the last try failed, for people; empty when it did not."""
    failing_since: datetime | None = None
    failures: int = 0
    """Tries that failed in a row."""
    passing: bool = False
    """The last try failed in a way that may pass by itself: it is not the product's fault."""
    unknown: bool = False
    """Amazon says that it does not know the product, and it was never seen: that is no outage."""
    hurry: bool = False
    """The last reading must be confirmed by another one soon."""
