"""Order records: the brand's own sales, without anything of the buyers.

Of Amazon's reports only order ID, moment, ASIN, SKU, quantity and price are kept (facts: order
records). ``reduced`` is the only form in which a table may reach the disk.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import msgspec

from bot.core.identifiers import ProductReference, is_asin, is_order_id
from bot.errors import UserError
from bot.features.evidence.rules.order_cells import (
    MOST_UNITS,
    Order,
    at_noon,
    is_sku,
    read_day,
    read_order,
    read_units,
    together,
    was_cancelled,
)
from bot.features.evidence.rules.order_rows import read_rows

__all__ = (
    "Order",
    "OrderTable",
    "Overlap",
    "Skipped",
    "by_hand",
    "overlap",
    "read_orders",
    "reduced",
    "sentence",
    "write_orders",
)

COLUMNS = ("amazon-order-id", "purchase-date", "asin", "sku", "quantity", "item-price", "currency")
AROUND = timedelta(days=14)
"""So long before and after is compared with the time in which the other seller was there."""
DAY = timedelta(days=1)
CENT = Decimal("0.01")


class Skipped(msgspec.Struct, frozen=True, array_like=True):
    """A line of a report that was left out. It holds nothing of what stood there."""

    line: int
    """From 1, as an editor counts."""
    why: str


class OrderTable(msgspec.Struct, frozen=True):
    """What a report held."""

    orders: tuple[Order, ...]
    """In the report's order; lines of one order with the same ASIN and SKU are one."""
    skipped: tuple[Skipped, ...] = ()
    cancelled: int = 0
    """Lines that are no sales because they were cancelled."""


class Overlap(msgspec.Struct, frozen=True, kw_only=True):
    """Own sales while another seller was on the listing, and around that time."""

    days: tuple[tuple[date, int], ...]
    """Units by day, from ``AROUND`` before to ``AROUND`` after, as far as the records reach: a day
    beyond them is not there, because nobody knows that nothing was sold."""
    since: date
    until: date
    """The first and the last day on which the other seller was there."""
    units: int
    orders: int
    """Units, and orders with any, from ``since`` to ``until``."""
    first: date | None
    last: date | None
    """The days of the first and the last order on record, of whichever product."""


def read_orders(content: bytes) -> OrderTable:
    """Read an order report of Amazon's, or what ``write_orders`` wrote.

    A line that cannot be read is left out and told; a price that cannot be read is not told.

    Raises:
        UserError: it is no order report.
    """
    orders: dict[tuple[str, str, str], Order] = {}
    skipped: list[Skipped] = []
    cancelled = 0
    for row in read_rows(content):
        if was_cancelled(row):
            cancelled += 1
            continue
        try:
            order = read_order(row)
            known = orders.get(_line(order))
            orders[_line(order)] = together(known, order) if known else order
        except UserError as error:
            skipped.append(Skipped(row.line, str(error)))
    return OrderTable(tuple(orders.values()), tuple(skipped), cancelled)


def write_orders(orders: Iterable[Order]) -> bytes:
    """Return the orders as a CSV in which no cell can be a formula.

    Raises:
        ValueError: an order has something in it that ``read_orders`` would not let in.
    """
    out = io.StringIO(newline="")
    table = csv.writer(out)
    table.writerow(COLUMNS)
    for order in orders:
        cells = _cells(order)
        if not all(cell[:1].isalnum() for cell in cells if cell):
            raise ValueError("a cell could be a formula")
        table.writerow(cells)
    return out.getvalue().encode("ascii")


def reduced(content: bytes) -> bytes:
    """Return the only form in which an order report may be kept: ``COLUMNS`` and nothing else.

    Raises:
        UserError: it is no order report, or has no order that can be read.
    """
    table = read_orders(content)
    if not table.orders:
        why = f" Line {table.skipped[0].line}: {table.skipped[0].why}" if table.skipped else ""
        raise UserError(f"No order could be read from the report.{why}")
    return write_orders(table.orders)


def by_hand(order: str, day: str, asin: str, units: str) -> Order:
    """Return one order from what a person typed.

    Raises:
        UserError: something of it has the wrong form; the sentence says what.
    """
    when, quantity = read_day(day.strip()), read_units(units.strip())
    if not is_order_id(order.strip()):
        raise UserError(f"{order[:30]!r} is no order ID. It looks like 123-1234567-1234567.")
    if when is None:
        raise UserError(f"{day[:30]!r} is no day. Write it like 2026-11-20.")
    if quantity is None:
        raise UserError(f"{units[:30]!r} is no number of units from 1 to {MOST_UNITS:,}.")
    product = ProductReference.parse(asin).asin
    return Order(id=order.strip(), at=at_noon(when), asin=product, quantity=quantity)


def overlap(
    orders: Iterable[Order], asins: Sequence[str], since: datetime, until: datetime, zone: str
) -> Overlap:
    """Compare own sales of the products with the time in which another seller was there.

    Whole days count, in the IANA ``zone``. An order that several reports tell counts once.
    """
    local = ZoneInfo(zone)
    sold = [(order.at.astimezone(local).date(), order) for order in _distinct(orders)]
    first = min((day for day, _ in sold), default=None)
    last = max((day for day, _ in sold), default=None)
    start, end = since.astimezone(local).date(), until.astimezone(local).date()
    ours = [(day, order) for day, order in sold if order.asin in asins]
    during = [order for day, order in ours if start <= day <= end]
    units: dict[date, int] = {}
    if first is not None and last is not None:
        units = dict.fromkeys(_days(max(first, start - AROUND), min(last, end + AROUND)), 0)
    for day, order in ours:
        if day in units:
            units[day] += order.quantity
    return Overlap(
        days=tuple(units.items()),
        since=start,
        until=end,
        units=sum(order.quantity for order in during),
        orders=len({order.id for order in during}),
        first=first,
        last=last,
    )


def sentence(found: Overlap) -> str:
    """Say what the records show of own sales before, in and after that time, and nothing more."""
    stay = f"The other seller was seen on the listing from {found.since} to {found.until}."
    if found.first is None:
        return f"{stay} We have no order records to compare it with."
    before = _sold(found, found.since - AROUND, found.since - DAY)
    during = _sold(found, found.since, found.until)
    after = _sold(found, found.until + DAY, found.until + AROUND)
    orders = f" ({found.orders:,} order{'' if found.orders == 1 else 's'})" if found.orders else ""
    return (
        f"{stay} Our order records reach from {found.first} to {found.last}. Units that we sold by "
        f"them: before that time {before}; in it {during}{orders}; after it {after}. "
        "This shows what we sold, not why."
    )


def _sold(found: Overlap, first: date, last: date) -> str:
    """Say how many units were sold, and on how many of the days that are on record."""
    units = [count for day, count in found.days if first <= day <= last]
    days = (last - first).days + 1
    if not units:
        return "not on record"
    told = f"{len(units)} of {days}" if len(units) < days else f"{days}"
    return f"{sum(units):,} on {told} day{'' if days == 1 else 's'}"


def _cells(order: Order) -> tuple[str, ...]:
    if not (is_order_id(order.id) and is_asin(order.asin) and (not order.sku or is_sku(order.sku))):
        raise ValueError("an order's ID, ASIN or SKU has another form than it must have")
    return (
        order.id,
        order.at.astimezone(UTC).isoformat(timespec="seconds"),
        order.asin,
        order.sku,
        str(order.quantity),
        f"{order.price.amount.quantize(CENT):f}" if order.price else "",
        order.price.currency if order.price else "",
    )


def _line(order: Order) -> tuple[str, str, str]:
    return order.id, order.asin, order.sku


def _distinct(orders: Iterable[Order]) -> Iterator[Order]:
    """Give each line of an order once; one typed by hand has no SKU, and yields to a report's."""
    lines = {_line(order): order for order in orders}
    told = {(order.id, order.asin) for order in lines.values() if order.sku}
    for order in lines.values():
        if order.sku or (order.id, order.asin) not in told:
            yield order


def _days(first: date, last: date) -> Iterator[date]:
    return (first + DAY * number for number in range((last - first).days + 1))
