"""Reports that people hand in where an order report is wanted: each by what gives it away. Pure."""

from __future__ import annotations

import re

from bot.core.text import folded
from bot.features.evidence.rules.order_rows import columns_of

TAKE = (
    "Download All Orders instead: in Seller Central, open Reports > Fulfillment > All Orders and "
    "choose text or CSV."
)

_REPORTS = (
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
_KNOWN = tuple((name, frozenset(map(folded, columns.split()))) for name, columns in _REPORTS)
_COLUMNS_AT_LEAST = 3
"""A line of prose seldom has so many parts."""
_NO_TEXT = re.compile(rb"[\x01-\x08\x0e-\x1f]")
_XML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<\?xml\b.{0,4000}?<(?:AmazonEnvelope|AmazonOrderID)\b", re.DOTALL
)


def other_report(content: bytes) -> str:
    """Say which other report the bytes are, and which one to take; empty if it is not known."""
    if _XML.match(content):
        return f"This is the XML form of an order report. {TAKE}"
    columns = columns_of(content)
    name = next((name for name, needed in _KNOWN if needed <= columns), "")
    return f"This is {name}. {TAKE}" if name else ""


def other_table(content: bytes) -> str:
    """Say which report to take instead of a table that is none of them; empty if it is no table."""
    if _NO_TEXT.search(content) or len(columns_of(content)) < _COLUMNS_AT_LEAST:
        return ""
    return f"This is a table, but not an Amazon order report. {TAKE}"
