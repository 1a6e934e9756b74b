"""What a seller says of themselves on their public page."""

from __future__ import annotations

from datetime import datetime

import msgspec

from bot.core.identifiers import LONGEST_SELLER_ID
from bot.core.text import at_word, one_line

NAME = 40
"""Characters of a seller's name that say who it is."""


class SellerProfile(msgspec.Struct, frozen=True, kw_only=True):
    """A seller's public profile, read when a case was opened. Every text is the seller's."""

    seller: str
    """Amazon's ID."""
    marketplace: str
    name: str
    """The storefront's name: ``BrightLeaf Store 88``."""
    business: str = ""
    """The business name, where the country requires it."""
    address: tuple[str, ...] = ()
    """The business address, a line each, where the country requires it."""
    rating: str = ""
    """What the page says of feedback: ``67% positive, 3 ratings``."""
    source: str
    """The address of the page that it was read from."""
    read_at: datetime
    simulated: bool = False
    """It is a page of the simulated marketplace."""

    @property
    def key(self) -> str:
        """The profile's name in the store."""
        return SellerProfile.key_of(self.marketplace, self.seller)

    @staticmethod
    def key_of(marketplace: str, seller: str) -> str:
        """Return the key of a seller's profile in a marketplace."""
        return f"{marketplace}-{seller}"


class UnreadSellerPage(msgspec.Struct, frozen=True, kw_only=True):
    """A seller's page that could not be read."""

    seller: str
    marketplace: str
    at: datetime
    why: str
    """A sentence."""

    @property
    def key(self) -> str:
        """The failure's name in the store: the same as the profile's."""
        return SellerProfile.key_of(self.marketplace, self.seller)


def seller_called(seller: str, profile: SellerProfile | None) -> str:
    """Say who a seller is: ``BrightLeaf Store 88 (A1QX7ZP9KD4W2M)``, or the ID alone.

    A seller chooses the name: it is made harmless, and never stands without the ID.
    """
    known = one_line(seller, LONGEST_SELLER_ID)
    return f"{at_word(profile.name, NAME)} ({known})" if profile else known
