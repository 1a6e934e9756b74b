"""An order, and the cells that it is read from.

Each cell has a form of its own, and what has another form is not let in. No form has room for an
address, an e-mail or a formula. No error holds what was read.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal

import msgspec

from bot.core.identifiers import is_asin, is_order_id
from bot.core.marketplaces import MARKETPLACES, Marketplace
from bot.core.money import Money
from bot.errors import UserError
from bot.features.evidence.rules.order_rows import OrderLine

MOST_UNITS = 100_000
"""Units of a product in one order."""
NOON = 12
"""The hour, in UTC, of an order of which only the day is known: the day stays the same almost
everywhere."""
FIRST_YEAR, LAST_YEAR = 1995, 2100

_SKU = re.compile(r"(?=[^0-9]*[0-9])[A-Za-z0-9][A-Za-z0-9._/#()+&-]{0,39}", re.ASCII)
"""With a digit, without spaces and @, so that no name, no address and no e-mail is one."""
_UNITS = re.compile(r"[1-9][0-9]{0,5}", re.ASCII)
_NOTHING = re.compile(r"0+(?:[.,]0{1,2})?", re.ASCII)
_DAY = re.compile(
    r"(?:(?P<year>[0-9]{4})(?P<mark>[-/])(?P<month>[0-9]{1,2})(?P=mark)(?P<day>[0-9]{1,2})"
    r"|(?P<d>[0-9]{1,2})\.(?P<m>[0-9]{1,2})\.(?P<y>[0-9]{4}))",
    re.ASCII,
)
_PARTS = (("year", "y"), ("month", "m"), ("day", "d"))
_TIME = re.compile(
    r"[T ]\s*(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.[0-9]+)?)?"
    r"\s*(?P<zone>[A-Z]{1,4}|[+-][0-9]{2}:?[0-9]{2})?",
    re.ASCII,
)
_ZONES = {
    **dict.fromkeys(("Z", "UTC", "GMT", "WET"), 0),
    **dict.fromkeys(("BST", "WEST", "CET", "MET", "MEZ"), 1),
    **dict.fromkeys(("CEST", "MEST", "MESZ"), 2),
    "JST": 9,
    "PDT": -7,
    "PST": -8,
}
"""Hours before UTC, as older reports name zones."""
_CURRENCIES = frozenset(market.currency for market in MARKETPLACES)
_CANCELLED = re.compile(r"cancel|storniert|annul|キャンセル", re.IGNORECASE)
"""In English and Spanish, German, French and Italian, Japanese."""


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """One product in one order."""

    id: str
    """Amazon's order ID: ``123-1234567-1234567``."""
    at: datetime
    """When it was bought, in UTC; noon where only the day is known."""
    asin: str
    sku: str = ""
    """Empty where it is not told, or could be something else than an SKU."""
    quantity: int
    price: Money | None = None
    """What the buyer paid for all units together, without shipping; None where it is not told."""


def was_cancelled(row: OrderLine) -> bool:
    """Tell whether the row's order or item was cancelled, in any of the languages."""
    status = " ".join(row.cells.get(name, "") for name in ("status", "item"))
    return _CANCELLED.search(status) is not None


def read_order(row: OrderLine) -> Order:
    """Return the row's order.

    Raises:
        UserError: a cell has the wrong form; the message holds nothing of it.
    """
    if row.why:
        raise UserError(row.why)
    cells = row.cells
    at, units = read_moment(cells["at"]), read_units(cells["quantity"])
    asin = cells["asin"].upper()
    if not is_order_id(cells["order"]):
        raise UserError("It has no order ID of Amazon's.")
    if at is None:
        raise UserError("Its purchase date cannot be read.")
    if not is_asin(asin):
        raise UserError("It has no ASIN.")
    if units is None:
        raise UserError(f"Its quantity is no number from 1 to {MOST_UNITS:,}.")
    sku = cells.get("sku", "")
    price = read_price(*(cells.get(name, "") for name in ("price", "currency", "channel")))
    return Order(
        id=cells["order"],
        at=at,
        asin=asin,
        sku=sku if is_sku(sku) else "",
        quantity=units,
        price=price,
    )


def together(one: Order, other: Order) -> Order:
    """Add two lines of an order up. Raises UserError when they are more than any order."""
    quantity = one.quantity + other.quantity
    if quantity > MOST_UNITS:
        raise UserError(f"With it, its order has more than {MOST_UNITS:,} units.")
    same = one.price and other.price and one.price.currency == other.price.currency
    price = one.price + other.price if same and one.price and other.price else None
    return msgspec.structs.replace(one, quantity=quantity, price=price)


def is_sku(text: str) -> bool:
    """Tell whether the text can be kept as an SKU: a digit, no spaces, at most 40 characters."""
    return _SKU.fullmatch(text) is not None


def read_units(text: str) -> int | None:
    """Return how many units; None for what is no number from 1 to ``MOST_UNITS``."""
    units = int(text) if _UNITS.fullmatch(text) else 0
    return units if 0 < units <= MOST_UNITS else None


def read_day(text: str) -> date | None:
    """Return a day, written year first or day first with dots; None for what is none.

    Month and day between slashes are told apart by nobody, so they are not read.
    """
    found = _DAY.fullmatch(text)
    if found is None:
        return None
    year, month, day = (int(found[one] or found[two]) for one, two in _PARTS)
    try:
        return date(year, month, day) if FIRST_YEAR <= year <= LAST_YEAR else None
    except ValueError:
        return None


def read_moment(text: str) -> datetime | None:
    """Return a moment in UTC, to the second; None for what is none.

    A time without a zone is in UTC; a day without a time means noon.
    """
    first, *rest = re.split(r"(?=[T ])", text, maxsplit=1)
    day = read_day(first)
    if day is None or not rest:
        return at_noon(day) if day else None
    found = _TIME.fullmatch(rest[0])
    zone = _zone(found["zone"] or "Z") if found else None
    if found is None or zone is None:
        return None
    try:
        clock = time(int(found["hour"]), int(found["minute"]), int(found["second"] or 0), 0, zone)
    except ValueError:
        return None
    return datetime.combine(day, clock).astimezone(UTC)


def at_noon(day: date) -> datetime:
    """Return the moment that stands for a day."""
    return datetime.combine(day, time(NOON, tzinfo=UTC))


def read_price(text: str, currency: str, channel: str) -> Money | None:
    """Return what the buyer paid for the line's goods; None where nobody can tell.

    Without a currency the sales channel (``Amazon.de``) tells it.
    """
    market = Marketplace.find(channel)
    code = currency.upper() or (market.currency if market else "")
    if code not in _CURRENCIES:
        return None
    if _NOTHING.fullmatch(text):
        return Money(Decimal(0), code)
    try:
        return Money.parse(text, code)
    except UserError:
        return None


def _zone(text: str) -> timezone | None:
    if text in _ZONES:
        return timezone(timedelta(hours=_ZONES[text]))
    if text[0] not in "+-":
        return None
    hours, minutes = int(text[1:3]), int(text[-2:])
    shift = timedelta(hours=hours, minutes=minutes)
    return timezone(-shift if text[0] == "-" else shift) if shift < timedelta(days=1) else None
