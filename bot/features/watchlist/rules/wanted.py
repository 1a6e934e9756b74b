"""A watch as a person writes it: after a command, in a form, in a line of a table."""

from __future__ import annotations

from datetime import datetime

import msgspec

from bot.core.identifiers import ProductReference
from bot.core.listing import Watch
from bot.core.marketplaces import Marketplace
from bot.core.money import Money
from bot.core.prices import read_price
from bot.errors import UserError

LONGEST_SKU = 40
LONGEST_TITLE = 500
MOST_UNITS = 1_000_000


class WatchInput(msgspec.Struct, frozen=True, kw_only=True):
    """What was written of a product to watch; all but the product may be empty.

    Its properties read it, each with the UserError that says what is wrong.
    """

    product: str
    """Its ASIN, or a link to its page."""
    home: str
    """The code of the marketplace where neither the link nor ``market`` names one."""
    market: str = ""
    floor: str = ""
    sku: str = ""
    units: str = ""
    """How many are sold a day."""
    title: str = ""

    @property
    def marketplace(self) -> Marketplace:
        """Where it is sold. Raises UserError."""
        if self.market:
            return Marketplace.named(self.market)
        return ProductReference.parse(self.product).marketplace or Marketplace.named(self.home)

    @property
    def price_floor(self) -> Money | None:
        """The price below which every offer is told. Raises UserError."""
        return read_price(self.floor, self.marketplace) if self.floor else None

    @property
    def daily_units(self) -> int | None:
        """How many are sold a day; None for nothing or zero. Raises UserError."""
        text = self.units
        if not text:
            return None
        if not (text.isascii() and text.isdigit() and len(text) <= len(str(MOST_UNITS))):
            message = f"{text[:20]!r} is no number of units a day."
            raise UserError(message)
        return int(text) or None

    def watch(self, by: str, now: datetime) -> Watch:
        """Return the watch that ``by`` asks for. Raises UserError."""
        return Watch(
            asin=ProductReference.parse(self.product).asin,
            marketplace=self.marketplace.code,
            floor=self.price_floor,
            sku=_short(self.sku, LONGEST_SKU, "SKU"),
            daily_units=self.daily_units,
            title=_short(self.title, LONGEST_TITLE, "title"),
            added_by=by,
            added_at=now,
        )


def _short(text: str, most: int, name: str) -> str:
    if len(text) > most:
        message = f"The {name} has {len(text)} characters; {most} are allowed."
        raise UserError(message)
    return text
