"""A test buy that is planned: who orders it, where it goes, and how far it is."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import msgspec

from bot.core.interface import tr
from bot.core.labeled import LabeledEnum
from bot.core.money import Money
from bot.core.permissions import Person
from bot.core.reminding import REMINDERS, later, put_off
from bot.core.removed_words import REMOVED
from bot.errors import UserError
from bot.features.evidence.models.items import Purchase


class BuyState(LabeledEnum):
    """How far a test buy is."""

    PLANNED = "planned", "Not ordered yet"
    ORDERED = "ordered", "Ordered, not here yet"
    ARRIVED = "arrived", "Arrived, not recorded yet"

    @property
    def inside(self) -> str:
        """The state as it stands inside a sentence."""
        return self.said[0].lower() + self.said[1:]


class PlannedBuy(msgspec.Struct, frozen=True, kw_only=True):
    """The test buy that a case waits for; once it is recorded as evidence, its plan goes."""

    case: str
    """The case's key."""
    entry: int
    """The place of the timeline's entry that tells of it."""
    asin: str = ""
    buyer: Person
    place: str = ""
    """Where it goes, in a label such as ``Ana's home``: never an address."""
    budget: Money | None = None
    planned_by: Person
    planned_at: datetime
    state: BuyState = BuyState.PLANNED
    order: str = ""
    """Amazon's order ID."""
    ordered_on: date | None = None
    price: Money | None = None
    """What one unit cost."""
    arrived_on: date | None = None
    due_at: datetime | None = None
    """When the buyer is reminded."""
    reminded: int = 0

    def is_of(self, purchase: Purchase) -> bool:
        """Tell whether this is the test buy that was planned: the same order, or product."""
        if self.order:
            return purchase.order == self.order
        return not (self.asin and purchase.asin) or purchase.asin == self.asin

    @property
    def without_words(self) -> PlannedBuy:
        """The plan without what a person wrote: where the test buy goes."""
        return msgspec.structs.replace(self, place=self.place and REMOVED)


def to_come(buy: PlannedBuy, now: datetime) -> datetime | None:
    """Return when the buyer is reminded next; None: never again, or it is due already."""
    if buy.due_at is None or buy.due_at <= now or buy.reminded >= REMINDERS:
        return None
    return buy.due_at


AGAIN = timedelta(days=1)
"""The first pause of reminders; each reminder doubles it."""
ARRIVES_WITHIN = timedelta(days=5)
"""The time that a parcel has before the buyer is asked about it."""


def ordered(buy: PlannedBuy, order: str, on: date, price: Money | None, at: datetime) -> PlannedBuy:
    """Return the plan with its order. Raises UserError: it was already ordered."""
    if buy.state is not BuyState.PLANNED:
        raise UserError(tr("This test buy was already ordered. Press its other button."))
    changed = msgspec.structs.replace(
        buy, state=BuyState.ORDERED, order=order, ordered_on=on, price=price
    )
    return _begun(changed, at)


def arrived(buy: PlannedBuy, on: date, at: datetime) -> PlannedBuy:
    """Return the plan as arrived. Raises UserError: it was not ordered, or already arrived."""
    if buy.state is not BuyState.ORDERED:
        raise UserError(tr("This test buy was not ordered, or it already arrived."))
    return _begun(msgspec.structs.replace(buy, state=BuyState.ARRIVED, arrived_on=on), at)


def reminded(buy: PlannedBuy, at: datetime) -> PlannedBuy:
    """Return the plan after a reminder, with the time of the next one."""
    count = buy.reminded + 1
    return msgspec.structs.replace(buy, reminded=count, due_at=later(at, AGAIN, count))


def brought_forward(buy: PlannedBuy, at: datetime) -> PlannedBuy | None:
    """Return the plan with its pause counted from now; None unless a clock was ahead.

    The day of the first reminder was chosen: no clock put it off.
    """
    if buy.state is BuyState.PLANNED and not buy.reminded:
        return None
    anew = later(at, _first(buy), buy.reminded)
    return msgspec.structs.replace(buy, due_at=anew) if put_off(buy.due_at, anew) else None


def _begun(buy: PlannedBuy, at: datetime) -> PlannedBuy:
    return msgspec.structs.replace(buy, reminded=0, due_at=later(at, _first(buy), 0))


def _first(buy: PlannedBuy) -> timedelta:
    return ARRIVES_WITHIN if buy.state is BuyState.ORDERED and not buy.reminded else AGAIN
