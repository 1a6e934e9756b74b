"""Authorizing a seller, as a person asks for it."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from bot.core.identifiers import ProductReference
from bot.core.labeled import LabeledEnum
from bot.core.team import Team
from bot.errors import UserError
from bot.features.watchlist.models.sellers import EVERYWHERE


class Where(LabeledEnum):
    """On which products a seller is to be trusted."""

    CASE = "case", "The case's products"
    ALL = "all", "All products"
    LIST = "list", "Products I list"


class TrustInput(msgspec.Struct, frozen=True, kw_only=True):
    """What was written; its properties read it, each with what is wrong."""

    seller: str
    case: str = ""
    """The key of the case in which it was asked for; empty: in none."""
    where: Where = Where.ALL
    products: str = ""
    """ASINs or links, between blanks or commas, where they are listed."""
    last_day: date | None = None
    today: date | None = None
    document: str = ""
    """The key of the rights document that it rests on."""

    @property
    def asins(self) -> tuple[str, ...]:
        """The products that are named; none where they are the case's. Raises UserError."""
        if self.where is Where.ALL:
            return (EVERYWHERE,)
        if self.where is Where.CASE:
            return ()
        listed = ProductReference.parse_all(self.products)
        if not listed:
            raise UserError("Enter the ASINs, or choose all products.")
        return tuple(dict.fromkeys(each.asin for each in listed))

    @property
    def end(self) -> date | None:
        """The last day. Raises UserError."""
        if self.last_day and self.today and self.last_day < self.today:
            raise UserError("That day has passed. Choose a later one, or leave it empty.")
        return self.last_day

    def until(self, team: Team) -> datetime | None:
        """Return the moment at which it ends. Raises UserError."""
        return team.end_of(self.end) if self.end else None
