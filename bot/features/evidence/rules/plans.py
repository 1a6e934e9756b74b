"""A plan of a test buy as a person writes it, and the order that follows."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import msgspec

from bot.core.interface import tr
from bot.core.marketplaces import Marketplace
from bot.core.money import Money
from bot.core.permissions import Person
from bot.core.prices import read_price
from bot.core.team import Team
from bot.errors import UserError
from bot.features.evidence.rules.purchases import BoughtFor, order_day, order_id, unit_price

FURTHEST = timedelta(days=60)
"""The longest time until the first reminder."""


class PlanInput(msgspec.Struct, frozen=True, kw_only=True):
    """A plan. Its properties read it, each with the UserError that says what is wrong."""

    case: str
    """The case's key."""
    about: BoughtFor
    people: tuple[Person, ...]
    """Who may be chosen, whoever plans it first."""
    buyer: str = ""
    """The chosen one's ID; empty: there is only one."""
    asin: str = ""
    place: str = ""
    budget: str = ""
    remind: date | None = None

    @property
    def who_buys(self) -> Person:
        """The chosen buyer; without a choice, the person who plans."""
        return next((each for each in self.people if each.id == self.buyer), self.people[0])

    @property
    def label(self) -> str:
        """Where it goes. Raises UserError: it looks like an address."""
        if any(map(str.isdigit, self.place)) or "," in self.place:
            message = tr("Enter a label such as Ana's home. Brandwarden keeps no address.")
            raise UserError(message)
        return self.place

    @property
    def most(self) -> Money | None:
        """The budget; None: none was given. Raises UserError."""
        market = Marketplace.named(self.about.marketplace)
        return read_price(self.budget, market) if self.budget else None

    @property
    def first_reminder(self) -> date:
        """The day of the first reminder. Raises UserError: it is past, or too far ahead."""
        today = self.about.today
        if self.remind is None or (today and not today <= self.remind <= today + FURTHEST):
            message = tr("Choose a day within the next {days} days.", days=FURTHEST.days)
            raise UserError(message)
        return self.remind

    def reminds_at(self, team: Team) -> datetime:
        """Return the beginning of that day. Raises UserError."""
        return team.end_of(self.first_reminder - timedelta(days=1))


class OrderedInput(msgspec.Struct, frozen=True, kw_only=True):
    """The order of a test buy. Its properties read it, as those of a plan do."""

    case: str
    about: BoughtFor
    order: str = ""
    ordered: date | None = None
    price: str = ""

    @property
    def order_id(self) -> str:
        """Amazon's order ID. Raises UserError."""
        return order_id(self.order)

    @property
    def ordered_on(self) -> date:
        """The day of the order. Raises UserError."""
        return order_day(self.ordered, self.about)

    @property
    def paid(self) -> Money | None:
        """What one unit cost; None: no price was given. Raises UserError."""
        return unit_price(self.price, self.about) if self.price else None
