"""An order, and the cells that it is read from.

Each cell has a form of its own, and what has another form is not let in. No form has room for an
address, an e-mail or a formula. No error holds what was read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

import msgspec

from bot.core.identifiers import is_asin, is_order_id
from bot.core.marketplaces import MARKETPLACES, Marketplace
from bot.core.money import Money
from bot.core.prices import read_price
from bot.core.spreadsheets import CellError
from bot.errors import UserError
from bot.features.evidence.rules.order_days import is_two_days, read_moment
from bot.features.evidence.rules.order_rows import OrderLine

MOST_UNITS = 100_000
"""Units of a product in one order."""
UNTOUCHED = "Attach the report as Amazon provides it, not as saved by a spreadsheet."
TWO_DAYS = f"The purchase date is ambiguous: month and day are both below 13. {UNTOUCHED}"
_SKU = re.compile(r"(?=[^0-9]*[0-9])[A-Za-z0-9][A-Za-z0-9._/#()+&-]{0,39}", re.ASCII)
"""With a digit, without spaces and @, so that no name, no address and no e-mail is one."""
_UNITS = re.compile(r"[1-9][0-9]{0,5}", re.ASCII)
_PLAIN = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,2})?|0+,0{1,2}", re.ASCII)
"""A price as programs write it, in whichever currency; nothing may cost 0."""
_MULTI_CHANNEL = re.compile(r"S[0-9]{2}-[0-9]{7}-[0-9]{7}", re.ASCII)
_ELSEWHERE = "non-amazon"
"""So begins the sales channel of a multi-channel order."""
_CURRENCIES = frozenset(market.currency for market in MARKETPLACES)
_CANCELLED = re.compile(
    r"cancel|storniert|annul|anulowan|avbruten|avbokad|[iİ]ptal|キャンセル|取消|取り消し|ملغ|إلغاء",
    re.IGNORECASE,
)
"""In the languages of Amazon's shops: English, Spanish and Portuguese; German; French, Italian and
Dutch; Polish; Swedish; Turkish; Japanese; Arabic."""


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """One product in one order."""

    id: str
    """Amazon's order ID: ``123-1234567-1234567``."""
    at: datetime
    """When it was bought, in UTC; noon where only the day is known."""
    asin: str
    sku: str = ""
    """Empty where it is not told, or could be something else than a SKU."""
    quantity: int
    """Units; 0 of what was cancelled."""
    price: Money | None = None
    """What the buyer paid for all units together, without shipping; None where it is not told."""
    cancelled: bool = False
    """It is no sale. It is kept all the same, for an older report may tell it as one."""
    updated: datetime | None = None
    """When Amazon last changed the order, in UTC; None where it is not told."""


def was_cancelled(row: OrderLine) -> bool:
    """Tell whether the row's order or item was cancelled, in any of the languages."""
    status = " ".join(row.cells.get(name, "") for name in ("status", "item"))
    return _CANCELLED.search(status) is not None


def read_order(row: OrderLine, *, day_first: bool | None = None) -> Order:
    """Return the row's order, without its price; ``day_first`` as ``read_day`` takes it.

    Raises:
        CellError: a cell has the wrong form; the message holds nothing of it.
    """
    if row.why:
        raise CellError(row.column, row.why)
    cells = row.cells
    cancelled = was_cancelled(row)
    sku, updated = cells.get("sku", ""), cells.get("updated", "")
    return Order(
        id=_order_id(cells["order"], cells.get("channel", "")),
        at=_moment(cells["at"], day_first),
        asin=_asin(cells["asin"]),
        sku=sku if is_sku(sku) else "",
        quantity=0 if cancelled else _units(cells["quantity"]),
        cancelled=cancelled,
        updated=read_moment(updated, day_first=day_first),
    )


def read_paid(row: OrderLine) -> Money | None:
    """Return what the buyer paid for the line's goods; None where it is not told.

    Without a currency the sales channel (``Amazon.de``) tells it.

    Raises:
        CellError: it is told, and cannot be read.
    """
    text, code = row.cells.get("price", ""), row.cells.get("currency", "").upper()
    if not text:
        return None
    named = Marketplace.find(row.cells.get("channel", ""))
    market = named or next((each for each in MARKETPLACES if each.currency == code), None)
    if market is None:
        raise CellError("currency", "The currency is missing.")
    if code and code not in _CURRENCIES:
        raise CellError("currency", "No Amazon marketplace uses this currency.")
    if _PLAIN.fullmatch(text):
        return Money(Decimal(text.replace(",", ".")), code or market.currency)
    try:
        return read_price(text, market, code)
    except UserError:
        # What it says may quote the cell.
        raise CellError("price", "The price cannot be read.") from None


def unkept(row: OrderLine, order: Order) -> Iterator[CellError]:
    """Give what of a line that was read is not in its order, though it has a cell."""
    if row.cells.get("sku") and not order.sku:
        yield CellError("sku", "Only SKUs that have a digit and no spaces are kept.")
    if row.cells.get("updated") and order.updated is None:
        yield CellError("updated", "The date of the last change cannot be read.")


def together(one: Order, other: Order) -> Order:
    """Add two lines of an order up. Raises CellError when they are more than any order."""
    quantity = one.quantity + other.quantity
    if quantity > MOST_UNITS:
        raise CellError(
            "quantity", f"With this line, the order has more than {MOST_UNITS:,} units."
        )
    same = one.price and other.price and one.price.currency == other.price.currency
    price = one.price + other.price if same and one.price and other.price else None
    return msgspec.structs.replace(one, quantity=quantity, price=price)


def is_sku(text: str) -> bool:
    """Tell whether the text can be kept as a SKU: a digit, no spaces, at most 40 characters."""
    return _SKU.fullmatch(text) is not None


def read_units(text: str) -> int | None:
    """Return how many units; None for what is no number from 1 to ``MOST_UNITS``."""
    units = int(text) if _UNITS.fullmatch(text) else 0
    return units if 0 < units <= MOST_UNITS else None


def _order_id(text: str, channel: str) -> str:
    if _MULTI_CHANNEL.fullmatch(text) or channel.casefold().startswith(_ELSEWHERE):
        raise CellError("order", "This is a multi-channel order, not a sale on Amazon.")
    if not is_order_id(text):
        raise CellError("order", "The order ID does not look like 123-1234567-1234567.")
    return text


def _moment(text: str, day_first: bool | None) -> datetime:
    moment = read_moment(text, day_first=day_first)
    if moment is None and is_two_days(text):
        raise CellError("at", TWO_DAYS)
    if moment is None:
        raise CellError("at", f"The purchase date cannot be read. {UNTOUCHED}")
    return moment


def _asin(text: str) -> str:
    if not is_asin(text.upper()):
        raise CellError("asin", "This is not an ASIN.")
    return text.upper()


def _units(text: str) -> int:
    units = read_units(text)
    if units is None:
        raise CellError("quantity", f"This is not a whole number from 1 to {MOST_UNITS:,}.")
    return units
