"""Parts of the record of a product's prices."""

from __future__ import annotations

import msgspec

NAMED = 8
"""Hexadecimal digits of a block's name: as text they sort as the numbers do."""


class PriceBlock(msgspec.Struct, frozen=True, kw_only=True):
    """Many changes of one product, which are read alone; the last one still grows."""

    product: str
    """The watch's key."""
    begun: int
    """About the minute of its first change, counted from 1970; no two of a product have one."""
    packed: bytes
    """The changes; see `bot.core.price_history`."""

    @property
    def key(self) -> str:
        """The block's name in the store: those of a product in the order of time."""
        return PriceBlock.key_of(self.product, self.begun)

    @staticmethod
    def key_of(product: str, begun: int) -> str:
        """Return the key of the product's block of that name."""
        return f"{product} {begun:0{NAMED}x}"
