"""Sellers, and where the team trusts them."""

from __future__ import annotations

from datetime import datetime

import msgspec

from bot.core.permissions import Person

EVERYWHERE = "*"
"""Stands for all products in a list of ASINs."""


class Seller(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who sells on our listings, as the team sees them."""

    id: str
    authorised: tuple[str, ...] = ()
    """ASINs for which the team authorised them; ``*`` means all."""
    left_alone: tuple[str, ...] = ()
    """ASINs on which the team decided that they are a lawful reseller: no alert, no accusation."""
    by: Person | None = None
    at: datetime | None = None

    def authorised_on(self, asin: str) -> bool:
        """Tell whether the team authorised them for this product."""
        return asin in self.authorised or EVERYWHERE in self.authorised

    def trusted_on(self, asin: str) -> bool:
        """Tell whether the team wants no alert about them on this product."""
        return self.authorised_on(asin) or asin in self.left_alone or EVERYWHERE in self.left_alone
