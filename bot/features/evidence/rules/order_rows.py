"""Amazon's order reports as rows, with their columns by their names.

Only the named columns below are ever given out; what stands in the others, buyers' names and
addresses among it, ends here. Nothing that is raised or reported holds the content of a cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from bot.core.interface import tr
from bot.core.spreadsheets import unguarded
from bot.core.tables import TextTable, tables, texts
from bot.core.text import folded, seen
from bot.errors import UserError

_COLUMNS = {
    "order": """amazon-order-id; order-id; Amazon-Bestellnummer; Bestellnummer;
        Numéro de commande Amazon; Identifiant de commande Amazon; Numéro de la commande;
        Número de pedido de Amazon; Identificador de pedido de Amazon; Número de pedido;
        Numero d'ordine Amazon; Numero ordine Amazon; Numero dell'ordine;
        Amazon注文番号; Amazon注文ID; 注文番号""",
    "at": """purchase-date; Kaufdatum; Date d'achat; Fecha de compra; Data di acquisto;
        Data acquisto; 購入日; 購入日時""",
    "asin": "asin; asin1; product-asin",
    "sku": """sku; seller-sku; merchant-sku; Händler-SKU; Verkäufer-SKU; SKU du vendeur;
        SKU del vendedor; SKU venditore; SKU del venditore; 出品者SKU""",
    "quantity": """quantity; quantity-purchased; quantity-ordered; Menge; Anzahl;
        Bestellte Menge; Quantité; Quantité achetée; Cantidad; Cantidad comprada; Quantità;
        Quantità acquistata; 数量; 注文数""",
    "price": """item-price; Artikelpreis; Prix de l'article; Prix article; Precio del artículo;
        Precio del producto; Prezzo articolo; Prezzo dell'articolo; 商品価格; 商品の価格""",
    "currency": "currency; Währung; Devise; Divisa; Moneda; Valuta; 通貨; 通貨コード",
    "status": """order-status; Bestellstatus; Statut de la commande; Estado del pedido;
        Stato dell'ordine; Stato ordine; 注文状況; 注文ステータス; 注文の状況""",
    "item": "item-status; Artikelstatus",
    "updated": "last-updated-date",
    "channel": """sales-channel; Verkaufskanal; Vertriebskanal; Canal de vente;
        Canal de ventas; Canale di vendita; 販売チャネル; 販売経路""",
}
"""Columns that are read, and their names in Amazon's reports (All Orders, and the Selling Partner
API's GET_FLAT_FILE_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL, whose names are English everywhere;
Seller Central translates some reports). 'Order date' is none of them: the list of what one bought
oneself has it, and would pass for sales."""
_NEEDED = ("order", "at", "asin", "quantity")
_TALLEST = 20
"""Lines that a row may have."""


class OrderLine(msgspec.Struct, frozen=True):
    """One line of a report: the cells that are read, by column, or why it cannot be read."""

    line: int
    cells: Mapping[str, str]
    """Empty for columns that the report does not have."""
    why: str = ""
    column: str = ""
    """The column that is why; empty for the whole line."""
    lines: int = 1
    """How many lines that is: more than one for the rest of a report that is too long."""


class _Report(msgspec.Struct, frozen=True):
    table: TextTable
    columns: list[str]
    """The keys above for columns that are read, empty for the others."""
    names: Mapping[str, str]
    """What the first column of each key is called."""
    proved: int
    """The place of the last column that each line needs. A line that ends earlier than the first
    one is shifted nowhere before it, if all that it needs is right."""


class OrderRows(msgspec.Struct, frozen=True):
    """The rows of an order report that are not blank, in their order."""

    names: Mapping[str, str]
    """What the report calls the columns that are read, by the keys of ``OrderLine.cells``."""
    lines: Iterator[OrderLine]


def is_order_report(content: bytes) -> bool:
    """Tell whether the bytes are a table whose header is an order report's."""
    return _find(content) is not None


def read_rows(content: bytes) -> OrderRows:
    """Find the rows of an order report.

    Raises:
        UserError: it is no order report.
    """
    report = _find(content)
    if report is None:
        message = tr(
            "This is not an order report. Its first line must include at least the columns "
            "amazon-order-id, purchase-date, asin and quantity. Download All Orders from Seller "
            "Central and attach it unchanged."
        )
        raise UserError(message)
    return OrderRows(report.names, _lines(report))


def columns_of(content: bytes) -> frozenset[str]:
    """Return what a table calls its columns, folded; few of what is no table."""
    headers = (frozenset(filter(None, map(folded, each.columns))) for each in _tables(content))
    return max(headers, key=len, default=frozenset())


def _tables(content: bytes) -> Iterator[TextTable]:
    return (each for text in texts(content) for each in tables(text, _TALLEST, broken=False))


def _lines(report: _Report) -> Iterator[OrderLine]:
    for row in report.table.rows():
        if row.why:
            yield OrderLine(row.line, {}, row.why, "", row.lines)
        elif report.proved < len(row.cells) <= len(report.columns):
            yield _line(report, row.line, row.cells)
        else:
            # With a cell too many or too few, a buyer's name may stand where the SKU belongs.
            names = f"but the first line lists {len(report.columns)} columns"
            yield OrderLine(row.line, {}, f"The line has {len(row.cells)} cells, {names}.")


def _line(report: _Report, line: int, cells: list[str]) -> OrderLine:
    """Return a row by its columns. Of two for the same thing, one may be empty."""
    named: dict[str, str] = {}
    short = len(cells) < len(report.columns)
    for place, (key, cell) in enumerate(zip(report.columns, cells, strict=False)):
        value = unguarded(seen(cell), text=False)
        if not key or (short and key == "sku" and place > report.proved):
            # Behind what is proved a cell may be missing, and a buyer's name may have moved here.
            continue
        known = named.get(key) or value
        if value not in ("", known):
            return OrderLine(line, {}, "Two columns contradict each other.", key)
        named[key] = known
    return OrderLine(line, named)


def _find(content: bytes) -> _Report | None:
    """Find the encoding, and what parts the cells."""
    for table in _tables(content):
        words = [folded(cell) for cell in table.columns]
        columns = [_KEYS.get(word, "") for word in words]
        if all(key in columns for key in _NEEDED):
            return _Report(
                table=table,
                columns=columns,
                names={_KEYS[word]: _KNOWN[word] for word in words[::-1] if word in _KEYS},
                proved=max(columns.index(key) for key in _NEEDED),
            )
    return None


_KNOWN = {
    folded(name): " ".join(name.split()) for names in _COLUMNS.values() for name in names.split(";")
}
_KEYS = {folded(name): key for key, names in _COLUMNS.items() for name in names.split(";")}
