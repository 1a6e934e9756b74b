"""What people write of a seller, as they write it."""

from __future__ import annotations

import msgspec

from bot.core.marketplaces import Marketplace
from bot.core.money import Money
from bot.core.prices import read_price


class SellerNoteInput(msgspec.Struct, frozen=True, kw_only=True):
    """What was written; its properties read it, each with what is wrong."""

    nickname: str = ""
    price: str = ""
    note: str = ""
    home: str = ""
    """The code of the marketplace whose currency is meant where none is named."""

    @property
    def agreed(self) -> Money | None:
        """The agreed price; None: there is none. Raises UserError."""
        if not self.price:
            return None
        return read_price(self.price, Marketplace.named(self.home))
