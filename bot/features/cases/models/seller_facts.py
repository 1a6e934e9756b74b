"""What a third party told of a seller, kept as long as a case needs it; and of a product's offers.

Of somebody who may be a private person, neither address nor VAT number is kept.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from bot.core.conditions import Condition
from bot.core.labeled import LabeledEnum
from bot.core.money import Money
from bot.core.removed_words import Removal


class SellerFacts(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Who a seller is by a third party's word, not Amazon's. Every text is the seller's own."""

    seller: str
    marketplace: str
    source: str
    """Who told it: ``Keepa``."""
    simulated: bool = False
    read_at: datetime
    """When we asked."""
    told_at: datetime | None = None
    """When the source read who the seller is; so for the others."""
    first_seen: datetime | None = None
    name: str = ""
    business: str = ""
    company: bool = False
    """The business name has a legal form; anybody else may be a private person."""
    place: str = ""
    """Of a company the end of its address, of anybody else the country's two letters."""
    address: tuple[str, ...] = ()
    """Of a company alone."""
    vat: str = ""
    """Of a company alone."""
    rating: int | None = None
    """Positive ratings of all time, in percent."""
    ratings: int | None = None
    rated_at: datetime | None = None
    storefront: int | None = None
    """Products of the storefront."""
    storefront_at: datetime | None = None
    ours: tuple[str, ...] = ()
    """The first of our watched products that the storefront has."""
    ours_in_all: int = 0
    vat_mark: str | None = None
    """What the same VAT number always gives, and no other one; so for the others."""
    business_mark: str | None = None
    """Of business name and address together."""
    phone_mark: str | None = None

    @property
    def key(self) -> str:
        """The name in the store: the same as that of the seller's profile."""
        return SellerFacts.key_of(self.marketplace, self.seller)

    @property
    def as_of(self) -> datetime:
        """When the source read it, as far as it says so."""
        return self.told_at or self.read_at

    @staticmethod
    def key_of(marketplace: str, seller: str) -> str:
        """Return the key of what is known of a seller in a marketplace."""
        return f"{marketplace}-{seller}"


class UnreadFacts(msgspec.Struct, frozen=True, kw_only=True):
    """A seller of whom the source told nothing."""

    seller: str
    marketplace: str
    source: str
    at: datetime
    why: str
    """A sentence."""
    unknown: bool = False
    """It was asked, and knows nobody of that ID."""

    @property
    def key(self) -> str:
        """The name in the store: the same as that of facts."""
        return SellerFacts.key_of(self.marketplace, self.seller)


class ForgottenSeller(msgspec.Struct, frozen=True):
    """A seller of whom an admin had everything removed: nobody asks about them again."""

    seller: str
    removal: Removal


class SharedTrait(LabeledEnum):
    """What two sellers have in common."""

    VAT = "vat", "same VAT number"
    BUSINESS = "business", "same business name and address"
    PHONE = "phone", "same phone number"


class LookAlike(msgspec.Struct, frozen=True, kw_only=True):
    """Another seller who may be the same company; never certain."""

    seller: str
    name: str
    case: str
    """The newest case about them: ``C-12``; empty: there is none."""
    open: bool = False
    """That case is open."""
    by: SharedTrait


class UnlistedOffer(msgspec.Struct, frozen=True, kw_only=True):
    """An offer by a third party's word."""

    seller: str
    condition: Condition | None = None
    price: Money | None = None
    stock: int | None = None


class AllOffers(msgspec.Struct, frozen=True, kw_only=True):
    """All offers of a product that a third party knows: told once, and not kept."""

    asin: str
    source: str
    at: datetime
    """When the source read them, as far as it says so."""
    offers: tuple[UnlistedOffer, ...] = ()


class AskedOffers(msgspec.Struct, frozen=True):
    """When a third party was asked last for all offers of a product."""

    product: str
    """The key of its watch."""
    at: datetime
