"""A watch as a person writes it: after a command, in a form, in a line of a table."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

import msgspec

from bot.core.identifiers import ProductReference
from bot.core.listing import Watch
from bot.core.marketplaces import Marketplace
from bot.core.money import Money
from bot.core.prices import read_price
from bot.core.text import one_line
from bot.errors import UserError
from bot.features.watchlist.rules.markets import market_named

LONGEST_SKU = 40
LONGEST_TITLE = 500
MOST_UNITS = 1_000_000
NEW, ALL = "new", "all"
"""What is written of conditions: behind /conditions, in a form or in a table."""
NOTHING = frozenset({"-", "\N{EN DASH}", "\N{EM DASH}", "\N{MINUS SIGN}"})
"""What stands in the place of a floor or a SKU that is to be taken away, by a person or a chat
that makes a nicer dash of it."""

_EMPTY = "Leave the cell empty if there is none."
_NO_VALUE = re.compile(r"#(?:N/A|[A-Z]+[!?]|DIV/0!)|n/a|n\.a\.|null|nan", re.ASCII | re.IGNORECASE)
"""What spreadsheets and programs write where they have nothing, or could calculate nothing."""
_SHORTENED = re.compile(r"[0-9][.,][0-9]{1,14}E\+[0-9]{2}", re.ASCII)
"""What spreadsheets make of a long number."""


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
    conditions: str = ""
    """Which offers are looked for: ``new`` ones only, or ``all``."""
    in_table: bool = False
    """It stands in a table: ``NOTHING`` is no way to take something away there, and spreadsheets
    change what they hold."""

    @property
    def no_floor(self) -> bool:
        """The price floor is to be taken away."""
        return not self.in_table and self.floor.strip() in NOTHING

    @property
    def no_sku(self) -> bool:
        """The SKU is to be taken away."""
        return not self.in_table and self.sku.strip() in NOTHING

    @property
    def marketplace(self) -> Marketplace:
        """Where it is sold. Raises UserError: it is none, or not that of the link."""
        return self._marketplace(ProductReference.parse(self.product))

    @property
    def price_floor(self) -> Money | None:
        """The price below which every offer is told; None for none. Raises UserError."""
        return self._floor(self.marketplace)

    @property
    def daily_units(self) -> int | None:
        """How many are sold a day; None for nothing or zero. Raises UserError."""
        text = self.units
        if not text:
            return None
        if not (text.isascii() and text.isdigit() and len(text) <= len(str(MOST_UNITS))):
            message = f"{text[:20]!r} is not a whole number. Write the units per day, like 14."
            raise UserError(message)
        return int(text) or None

    @property
    def own_sku(self) -> str:
        """Our own SKU; empty for none. Raises UserError."""
        if self.no_sku:
            return ""
        if self.sku and self.sku.isascii() and not any(map(str.isalnum, self.sku)):
            raise UserError(f"{self.sku[:20]!r} is not a SKU.{f' {_EMPTY}' * self.in_table}")
        if self.in_table and _NO_VALUE.fullmatch(self.sku):
            raise UserError(f"{self.sku!r} is not a SKU. {_EMPTY}")
        if self.in_table and _SHORTENED.fullmatch(self.sku):
            message = (
                f"A spreadsheet shortened the SKU to {self.sku}. Format its column as text, and "
                "enter the SKU again."
            )
            raise UserError(message)
        return _short(self.sku, LONGEST_SKU, "SKU")

    @property
    def new_only(self) -> bool | None:
        """Only new offers are looked for; None: it was not said. Raises UserError."""
        word = self.conditions.strip().casefold()
        if word not in ("", NEW, ALL):
            message = (
                f"{one_line(self.conditions, 20)!r} is not a choice of conditions. Write 'new' for "
                "new offers only, or 'all'."
            )
            raise UserError(message)
        return word == NEW if word else None

    @property
    def name(self) -> str:
        """The product's title. Raises UserError."""
        return _short(self.title, LONGEST_TITLE, "title")

    @property
    def wrong_part(self) -> str:
        """The first part that cannot be read, as a table calls it; empty if all can."""
        parts: tuple[tuple[str, Callable[[], object]], ...] = (
            ("asin", lambda: ProductReference.parse(self.product)),
            ("marketplace", lambda: self.marketplace),
            ("floor", lambda: self.price_floor),
            ("sku", lambda: self.own_sku),
            ("daily_units", lambda: self.daily_units),
            ("title", lambda: self.name),
            ("conditions", lambda: self.new_only),
        )
        for part, read in parts:
            try:
                read()
            except UserError:
                return part
        return ""

    def watch(self, by: str, now: datetime) -> Watch:
        """Return the watch that ``by`` asks for. Raises UserError."""
        product = ProductReference.parse(self.product)
        market = self._marketplace(product)
        return Watch(
            asin=product.asin,
            marketplace=market.code,
            floor=self._floor(market),
            sku=self.own_sku,
            daily_units=self.daily_units,
            title=self.name,
            new_only=self.new_only,
            added_by=by,
            added_at=now,
        )

    def _marketplace(self, product: ProductReference) -> Marketplace:
        """Return where it is sold, by what the link says and what was written. Raises UserError."""
        linked = product.marketplace
        if not self.market:
            home = Marketplace.named(self.home)
            if product.region not in ("", home.region):
                message = (
                    "A Seller Central link does not show its marketplace, and this one is not for "
                    f"amazon.{home.domain}. Add the marketplace, such as UK."
                )
                raise UserError(message)
            return linked or home
        named = market_named(self.market)
        if linked not in (None, named):
            message = (
                f"The link is to amazon.{linked.domain}, but the marketplace is {named.code}. "
                "Write the ASIN with one marketplace."
            )
            raise UserError(message)
        return named

    def _floor(self, market: Marketplace) -> Money | None:
        if not self.floor or self.no_floor:
            return None
        if self.in_table and (self.floor in NOTHING or _NO_VALUE.fullmatch(self.floor)):
            raise UserError(f"{self.floor!r} is not a price. {_EMPTY}")
        return read_price(self.floor, market)


def _short(text: str, most: int, name: str) -> str:
    if len(text) > most:
        message = f"The {name} has {len(text)} characters. Shorten it to {most}."
        raise UserError(message)
    return text
