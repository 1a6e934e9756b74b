"""A test buy as a person enters it; each property reads a part, or says what is wrong."""

from __future__ import annotations

from datetime import date

import msgspec

from bot.core.files import Upload
from bot.core.identifiers import ProductReference, is_order_id, parse_seller
from bot.core.interface import tr
from bot.core.labeled import LabeledEnum
from bot.core.marketplaces import Marketplace
from bot.core.money import Money
from bot.core.prices import read_price
from bot.core.text import bare
from bot.errors import UserError
from bot.features.evidence.models.items import Purchase

OBSERVED_AT_LEAST = 20
"""The fewest characters that can state a difference."""


class Arrived(LabeledEnum):
    """Whether a test buy brought the genuine product."""

    DIFFERENT = "different", "Not what it should be"
    GENUINE = "genuine", "The genuine product, as described"


class BoughtFor(msgspec.Struct, frozen=True, kw_only=True):
    """The case for which something was bought: what the order must fit."""

    label: str = ""
    marketplace: str = ""
    seller: str = ""
    """The ID of the seller whose offer it is about; empty: any seller counts."""
    asins: tuple[str, ...] = ()
    """Its products; empty: any."""
    today: date | None = None
    """The team's day on which it was asked for."""

    def to_come(self, day: date | None) -> bool:
        """Tell whether a day is still to come."""
        return bool(day and self.today and day > self.today)


def order_id(text: str) -> str:
    """Read an order ID. Raises UserError."""
    order = bare(text)
    if not is_order_id(order):
        message = tr("An order ID looks like 123-1234567-1234567.")
        raise UserError(message)
    return order


def order_day(day: date | None, about: BoughtFor) -> date:
    """Return the day of an order. Raises UserError: there is none, or it is still to come."""
    if day is None:
        raise UserError(tr("Enter the order date."))
    if about.to_come(day):
        raise UserError(tr("That day is in the future."))
    return day


def unit_price(text: str, about: BoughtFor) -> Money:
    """Read what one unit cost. Raises UserError."""
    return read_price(text, Marketplace.named(about.marketplace))


class PurchaseInput(msgspec.Struct, frozen=True, kw_only=True):
    """A test buy. Its properties read it, each with the UserError that says what is wrong."""

    case: str
    """The case's key."""
    about: BoughtFor
    order: str
    seller: str
    sold_by: str = ""
    asin: str = ""
    price: str = ""
    ordered: date | None
    arrived: date | None = None
    result: Arrived = Arrived.DIFFERENT
    observed: str = ""
    verified: str = ""
    files: tuple[Upload, ...] = ()
    """Files that confirm the order."""
    keep_hidden: bool = False
    """The originals keep their hidden data."""

    @property
    def order_id(self) -> str:
        """Amazon's order ID. Raises UserError."""
        return order_id(self.order)

    @property
    def bought_from(self) -> str:
        """The ID of the seller. Raises UserError: it is none, or another one than the case's."""
        seller = parse_seller(self.seller)
        if self.about.seller and seller != self.about.seller:
            message = tr(
                "{case} is about {seller}. An order from another seller proves nothing here: "
                "correct the ID, or add it to that seller's case.",
                case=self.about.label,
                seller=self.about.seller,
            )
            raise UserError(message)
        return seller

    @property
    def product(self) -> str:
        """The ASIN of the listing. Raises UserError: it is none, or not one of the case's."""
        asin = ProductReference.parse(self.asin).asin
        if self.about.asins and asin not in self.about.asins:
            message = tr(
                "{case} is not about {asin}. Enter the ASIN of the listing on which you ordered, "
                "or add it to the case about that listing.",
                case=self.about.label,
                asin=asin,
            )
            raise UserError(message)
        return asin

    @property
    def paid(self) -> Money:
        """What one unit cost. Raises UserError."""
        return unit_price(self.price, self.about)

    @property
    def difference(self) -> str:
        """How it differs from the genuine product; empty: it is genuine. Raises UserError."""
        if self.result is Arrived.GENUINE:
            return ""
        if len(self.observed) < OBSERVED_AT_LEAST:
            message = tr("Say how it differs from the genuine product.")
            raise UserError(message)
        return self.observed

    @property
    def ordered_on(self) -> date:
        """The day on which it was ordered. Raises UserError."""
        return order_day(self.ordered, self.about)

    @property
    def arrived_on(self) -> date | None:
        """The day on which it arrived, if it did. Raises UserError."""
        before = self.arrived and self.ordered and self.arrived < self.ordered
        if before and not self.about.to_come(self.ordered):
            message = tr("The arrival date is before the order date. Correct one of them.")
            raise UserError(message)
        return self.arrived

    @property
    def purchase(self) -> Purchase:
        """The test buy as it is stored. Raises UserError: a part of it is wrong."""
        genuine = self.result is Arrived.GENUINE
        return Purchase(
            order=self.order_id,
            ordered_on=self.ordered_on,
            arrived_on=self.arrived_on,
            observed=self.difference,
            verified="" if genuine else self.verified,
            asin=self.product,
            seller=self.bought_from,
            seller_name=self.sold_by,
            price=self.paid,
            genuine=genuine,
        )
