"""What a seller says of themselves on their public page."""

from __future__ import annotations

from datetime import datetime

import msgspec


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
        return f"{self.marketplace}-{self.seller}"
