"""Reads the report of all listings (GET_MERCHANT_LISTINGS_ALL_DATA): a table between tabs.

Source: Amazon's page 'Inventory reports', and issues 2324 (France has no asin1) and 815 (the report
is empty at times) of its models.
"""

from __future__ import annotations

from collections.abc import Mapping

from adapters.amazon.exchange import Unreadable
from adapters.amazon.listing_values import listing_of
from bot.core.marketplaces import Marketplace
from bot.core.own_listings import NEW, ListingStatus, OwnListing
from bot.core.tables import MOST_LINES, TextTable, tables
from bot.core.text import folded

JAPANESE = frozenset({"JP"})
ENCODINGS = frozenset({"utf-8", "cp1252", "iso-8859-1", "cp932", "shift_jis"})
"""Those that a report may say that it has; each is read by the larger one that contains it."""
LARGER = {"iso-8859-1": "cp1252", "shift_jis": "cp932"}

_NAMES = {
    "sku": "seller-sku; 出品者SKU; sku",
    "asin": "asin1; asin 1",
    "product-id": "product-id; 商品ID",
    "title": "item-name; 商品名",
    "condition": "item-condition; コンディション",
    "status": "status; ステータス",
}
_KEYS = {folded(name): key for key, names in _NAMES.items() for name in names.split(";")}

_CONDITIONS = {
    **dict.fromkeys(("1", "2", "3", "4"), "used"),
    **dict.fromkeys(("5", "6", "7", "8"), "collectible"),
    "9": "used",
    "10": "refurbished",
    "11": NEW,
}
"""Amazon's numbers of the conditions."""
_STATUSES = {
    "active": ListingStatus.ACTIVE,
    "出品中": ListingStatus.ACTIVE,
    "inactive": ListingStatus.INACTIVE,
    "incomplete": ListingStatus.INACTIVE,
    "停止中": ListingStatus.INACTIVE,
}


def decode_report(content: bytes, market: Marketplace, charset: str = "") -> str:
    """Return the report's text; ``charset`` is what its answer says of it, where it does.

    Amazon writes Shift-JIS in Japan and Windows' Latin elsewhere, and UTF-8 where it moved on, with
    or without saying so. What is UTF-8 is hardly ever anything else.

    Raises:
        Unreadable: it is no text.
    """
    if b"\x00" in content:
        raise Unreadable(NO_TEXT)
    named = (
        charset.strip().lower().replace("windows-31j", "cp932").replace("windows-1252", "cp1252")
    )
    usual = "cp932" if market.code in JAPANESE else "cp1252"
    told = LARGER.get(named, named) if named in ENCODINGS else usual
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode(usual if told == "utf-8" else told, "replace")


NO_TEXT = "Amazon's listing report is no text."
NO_COLUMNS = "Amazon's listing report does not have the expected columns."
EMPTY = "Amazon's listing report was empty."
TOO_LONG = f"Amazon's listing report has more than {MOST_LINES:,} lines."


def read_report(text: str, seller: str, market: Marketplace) -> tuple[OwnListing, ...]:
    """Return the listings of the report, one for each SKU; a row without one is passed over.

    Raises:
        Unreadable: it is empty, longer than can be read, or has no column with SKUs.
    """
    if not text.strip():
        raise Unreadable(EMPTY)
    table = next((each for each in tables(text, 1, broken=False) if each.delimiter == "\t"), None)
    columns = _columns(table) if table else {}
    if table is None or "sku" not in columns or not {"asin", "product-id"} & columns.keys():
        raise Unreadable(NO_COLUMNS)
    found: dict[str, OwnListing] = {}
    for row in table.rows():
        if row.line > MOST_LINES:
            raise Unreadable(TOO_LONG)
        # The last cells of a row are missing where they are empty.
        cells = {key: row.cells[place] for key, place in columns.items() if place < len(row.cells)}
        listing = _listing(cells, seller, market)
        if listing is not None:
            found[listing.sku] = listing
    if not found:
        raise Unreadable(EMPTY)
    return tuple(found.values())


def _columns(table: TextTable) -> dict[str, int]:
    """Return where each column is; of two with one meaning the first one counts."""
    columns: dict[str, int] = {}
    for place, name in enumerate(table.columns):
        key = _KEYS.get(folded(name))
        if key:
            columns.setdefault(key, place)
    return columns


def _listing(cells: Mapping[str, str], seller: str, market: Marketplace) -> OwnListing | None:
    # A product-id may be an EAN, which is longer than any ASIN, or a UPC.
    asin = cells.get("asin", "").strip() or cells.get("product-id", "")
    return listing_of(
        seller=seller,
        sku=cells.get("sku"),
        market=market,
        asin=asin,
        title=cells.get("title"),
        condition=_CONDITIONS.get(cells.get("condition", "").strip(), ""),
        status=_STATUSES.get(cells.get("status", "").strip().lower(), ListingStatus.UNKNOWN),
    )
