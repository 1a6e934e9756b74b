"""Order records: the brand's own sales, without anything of the buyers.

Of Amazon's reports only order ID, moment, ASIN, SKU, quantity, price, whether it was cancelled and
when it changed are kept (facts: order records). ``reduced`` is the only form in which a table may
reach the disk.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from datetime import UTC
from decimal import Decimal

import msgspec

from bot.core.identifiers import ProductReference, is_asin, is_order_id
from bot.core.interface import tr
from bot.core.spreadsheets import CellError, to_csv
from bot.core.text import bare
from bot.errors import UserError
from bot.features.evidence.rules.order_cells import (
    MOST_UNITS,
    TWO_DAYS,
    Order,
    is_sku,
    read_order,
    read_paid,
    read_units,
    together,
    unkept,
)
from bot.features.evidence.rules.order_days import at_noon, is_day_first, read_day
from bot.features.evidence.rules.order_rows import OrderLine, OrderRows, read_rows

__all__ = (
    "Order",
    "OrderTable",
    "Skipped",
    "by_hand",
    "read_orders",
    "reduced",
    "write_orders",
)

COLUMNS = (
    "amazon-order-id",
    "purchase-date",
    "asin",
    "sku",
    "quantity",
    "item-price",
    "currency",
    "order-status",
    "last-updated-date",
)
CANCELLED = "Cancelled"
CENT = Decimal("0.01")


class Skipped(msgspec.Struct, frozen=True, array_like=True):
    """A line or a cell of a report that was left out. It holds nothing of what stood there."""

    line: int
    """From 1, as an editor counts."""
    column: str
    """What the report calls the column; empty for the whole line."""
    why: str
    lines: int = 1
    """How many lines that is, from ``line`` on."""


class OrderTable(msgspec.Struct, frozen=True):
    """What a report held."""

    orders: tuple[Order, ...]
    """In the report's order, what was cancelled among it. Lines of one order with the same ASIN,
    SKU and state are one."""
    skipped: tuple[Skipped, ...] = ()
    """Lines that are in no order."""
    unkept: tuple[Skipped, ...] = ()
    """Cells of lines that are in an order, but for them."""
    lines: int = 0
    """Lines in all that are not blank, but for the one that names the columns."""

    @property
    def left_out(self) -> int:
        """How many lines are in no order."""
        return sum(each.lines for each in self.skipped)


def read_orders(content: bytes) -> OrderTable:
    """Read an order report of Amazon's, or what ``write_orders`` wrote.

    A line that cannot be read is left out and told; so is a cell that an order can do without.

    Raises:
        UserError: it is no order report.
    """
    reading = _Reading(read_rows(content))
    reading.read_all()
    if any(each.why == TWO_DAYS for each in reading.skipped):
        day_first = is_day_first(row.cells.get("at", "") for row in read_rows(content).lines)
        if day_first is not None:
            reading = _Reading(read_rows(content), day_first=day_first)
            reading.read_all()
    return reading.table


class _Reading:
    """One way through a report."""

    def __init__(self, rows: OrderRows, *, day_first: bool | None = None) -> None:
        self._rows = rows
        self._day_first = day_first
        self._orders: dict[tuple[object, ...], Order] = {}
        self._unkept: list[Skipped] = []
        self._lines = 0
        self.skipped: list[Skipped] = []

    @property
    def table(self) -> OrderTable:
        """What was read so far."""
        orders, skipped = tuple(self._orders.values()), tuple(self.skipped)
        return OrderTable(orders, skipped, tuple(self._unkept), self._lines)

    def read_all(self) -> None:
        """Read the report to its end."""
        for row in self._rows.lines:
            self._lines += row.lines
            try:
                self._read(row)
            except CellError as error:
                self.skipped.append(self._told(row, error))

    def _read(self, row: OrderLine) -> None:
        order = read_order(row, day_first=self._day_first)
        cells = list(unkept(row, order))
        try:
            paid = None if order.cancelled else read_paid(row)
            order = msgspec.structs.replace(order, price=paid)
        except CellError as error:
            cells.append(error)
        key = (*_line(order), order.cancelled, order.updated)
        known = self._orders.get(key)
        self._orders[key] = together(known, order) if known else order
        self._unkept += [self._told(row, each) for each in cells]

    def _told(self, row: OrderLine, error: CellError) -> Skipped:
        return Skipped(row.line, self._rows.names.get(error.column, ""), str(error), row.lines)


def write_orders(orders: Iterable[Order]) -> bytes:
    """Return the orders as a CSV in which no cell can be a formula.

    Raises:
        ValueError: an order has something in it that ``read_orders`` would not let in.
    """
    rows = [_cells(order) for order in orders]
    if not all(cell[:1].isalnum() for cell in itertools.chain(*rows) if cell):
        raise ValueError("a cell could be a formula")
    return to_csv(COLUMNS, rows).encode("ascii")


def reduced(table: OrderTable) -> bytes:
    """Return the only form in which an order report may be kept: ``COLUMNS`` and nothing else."""
    return write_orders(table.orders)


def by_hand(order: str, day: str, asin: str, units: str) -> Order:
    """Return one order from what a person typed.

    Raises:
        UserError: something of it has the wrong form; the sentence says what.
    """
    order = bare(order)
    when, quantity = read_day(bare(day)), read_units(bare(units))
    if not is_order_id(order):
        message = tr(
            "{typed} is not an order ID. It looks like 123-1234567-1234567.", typed=repr(order[:30])
        )
        raise UserError(message)
    if when is None:
        message = tr("{typed} is not a date. Write it like 2026-11-20.", typed=repr(day[:30]))
        raise UserError(message)
    if quantity is None:
        message = tr(
            "{typed} is not a number of units from 1 to {most}.",
            typed=repr(units[:30]),
            most=f"{MOST_UNITS:,}",
        )
        raise UserError(message)
    product = ProductReference.parse(asin).asin
    return Order(id=order, at=at_noon(when), asin=product, quantity=quantity)


def _cells(order: Order) -> tuple[str, ...]:
    if not (is_order_id(order.id) and is_asin(order.asin) and (not order.sku or is_sku(order.sku))):
        raise ValueError("an order's ID, ASIN or SKU has the wrong format")
    return (
        order.id,
        order.at.astimezone(UTC).isoformat(timespec="seconds"),
        order.asin,
        order.sku,
        str(order.quantity),
        f"{order.price.amount.quantize(CENT):f}" if order.price else "",
        order.price.currency if order.price else "",
        CANCELLED if order.cancelled else "",
        order.updated.astimezone(UTC).isoformat(timespec="seconds") if order.updated else "",
    )


def _line(order: Order) -> tuple[str, str, str]:
    return order.id, order.asin, order.sku
