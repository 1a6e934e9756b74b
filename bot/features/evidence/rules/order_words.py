"""What was left out of an order report, in words for who handed it in. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from bot.core.interface import together, tr, tr_data
from bot.core.text import folded
from bot.features.evidence.rules.order_rows import columns_of
from bot.features.evidence.rules.orders import OrderTable, Skipped

NAMED = 3
"""Lines that are named of those with the same reason, and reasons that are named; the rest is
counted."""
TAKE = (
    "Download All Orders instead: in Seller Central, open Reports > Fulfillment > All Orders and "
    "choose text or CSV."
)
REPORTS = (
    ("the unshipped orders report", "days-past-promise"),
    ("a settlement report", "settlement-id"),
    ("the FBA returns report", "return-date"),
    ("an FBA inventory report", "afn-fulfillable-quantity"),
    ("the FBA shipments report, which has no ASINs", "shipment-id amazon-order-item-id"),
    ("the FBA shipments report, which has no purchase dates", "shipment-date amazon-order-id"),
    ("the inventory ledger", "FNSKU MSKU EventType"),
    ("a business report, which has totals but no orders", "UnitsOrdered OrderedProductSales"),
    ("a listing report, which has products but no orders", "seller-sku item-name"),
    ("a listing report, which has products but no orders", "sku asin price quantity"),
    ("the 'Order report', which has no ASINs", "order-id order-item-id purchase-date"),
    ("the 'Order report', which has no ASINs", "Bestellnummer Kaufdatum"),
)
"""What a report is called, and the columns that only it has. An order report has been looked for
before, and the first match counts."""
_COLUMNS_AT_LEAST = 3
"""A line of prose seldom has so many parts."""
_NO_TEXT = re.compile(rb"[\x01-\x08\x0e-\x1f]")
_XML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<\?xml\b.{0,4000}?<(?:AmazonEnvelope|AmazonOrderID)\b", re.DOTALL
)


def left_out_words(table: OrderTable) -> str:
    """Say which lines and cells were left out of what is kept, and why; empty if none was."""
    return " ".join((*_lines(table), *_cells(table)))


def _lines(table: OrderTable) -> Iterator[str]:
    if table.skipped:
        verb = "was" if table.left_out == 1 else "were"
        yield (
            f"{table.left_out:,} of {_counted(table.lines, 'line')} {verb} left out. "
            f"{_reasons(table.skipped)}"
        )


def _cells(table: OrderTable) -> Iterator[str]:
    if table.unkept:
        cells = _counted(len(table.unkept), "cell")
        verb = "was" if len(table.unkept) == 1 else "were"
        yield f"{cells} {verb} left out of the other lines. {_reasons(table.unkept)}"


def _reasons(told: Iterable[Skipped]) -> str:
    groups: dict[tuple[str, str], list[Skipped]] = {}
    for each in told:
        groups.setdefault((each.column, each.why), []).append(each)
    words = [_reason(*key, lines) for key, lines in list(groups.items())[:NAMED]]
    rest = sum(each.lines for lines in list(groups.values())[NAMED:] for each in lines)
    if rest:
        words.append(f"And {rest:,} more for other reasons.")
    return " ".join(words)


def _reason(column: str, why: str, lines: Sequence[Skipped]) -> str:
    count = sum(each.lines for each in lines)
    numbers = ", ".join(f"{each.line}" for each in lines[:NAMED])
    more = count - len(lines[:NAMED])
    where = f" ({column})" if column else ""
    named = f"{numbers} and {more:,} more" if more else numbers
    return f"{'Line' if count == 1 else 'Lines'} {named}{where}: {why}"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


_KNOWN = tuple((name, frozenset(map(folded, columns.split()))) for name, columns in REPORTS)


def other_report(content: bytes) -> str:
    """Say which other report the bytes are, and which one to take; empty if it is not known."""
    if _XML.match(content):
        return together(tr("This is the XML version of an order report."), tr_data(TAKE))
    columns = columns_of(content)
    name = next((name for name, needed in _KNOWN if needed <= columns), "")
    if not name:
        return ""
    return together(tr("This is {name}.", name=tr_data(name)), tr_data(TAKE))


def other_table(content: bytes) -> str:
    """Say which report to take instead of a table that is none of them; empty if it is no table."""
    if _NO_TEXT.search(content) or len(columns_of(content)) < _COLUMNS_AT_LEAST:
        return ""
    return together(tr("This is a table, but not an Amazon order report."), tr_data(TAKE))
