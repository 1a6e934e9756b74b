"""Amazon's order reports as rows: encodings, separators, quotes, and columns by their names.

Only the named columns below are ever given out; what stands in the others, buyers' names and
addresses among it, ends here. Nothing that is raised or reported holds the content of a cell.
"""

from __future__ import annotations

import codecs
import csv
import io
import unicodedata
from collections.abc import Iterator, Mapping
from itertools import islice

import msgspec

from bot.errors import UserError

MOST_LINES = 200_000
LONGEST_ROW = 20
"""Lines. A cell may have line breaks in quotes, but a quote that nobody closes must not swallow
all that follows."""
LONGEST_TEXT = 100_000
"""Characters of a row."""

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
_DELIMITERS = "\t,;"
_QUOTE = '"'


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


class _Table(msgspec.Struct, frozen=True):
    lines: list[str]
    header: int
    """The place of the line that names the columns, from 0."""
    delimiter: str
    columns: list[str]
    """The keys above for columns that are read, empty for the others."""
    names: Mapping[str, str]
    """What the first column of each key is called."""
    rest: int
    """Lines with anything behind the last one that is read."""
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
    table = _find(content)
    if table is None:
        message = (
            "That is no order report: its first line has to name at least the columns "
            "amazon-order-id, purchase-date, asin and quantity. Take 'All orders' from Seller "
            "Central's reports, as Amazon gives it."
        )
        raise UserError(message)
    return OrderRows(table.names, _lines(table))


def columns_of(content: bytes) -> frozenset[str]:
    """Return what a table calls its columns, folded as ``bare`` does; few of what is no table."""
    headers = (
        frozenset(filter(None, map(bare, text.columns))) for text in _texts_as_tables(content)
    )
    return max(headers, key=len, default=frozenset())


def bare(name: str) -> str:
    """Return a column's name without what spreadsheets and translations change about it."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(char for char in folded if char.isalnum())


def _lines(table: _Table) -> Iterator[OrderLine]:
    for line, cells in _cells(table):
        if cells is None:
            yield OrderLine(line, {}, "A quote in it is not closed.")
        elif table.proved < len(cells) <= len(table.columns):
            yield _line(table, line, cells)
        else:
            # With a cell too many or too few, a buyer's name may stand where the SKU belongs.
            names = f"the first line names {len(table.columns)} columns"
            yield OrderLine(line, {}, f"It has {len(cells)} cells, {names}.")
    if table.rest:
        yield OrderLine(MOST_LINES + 1, {}, f"Only {MOST_LINES:,} lines are read.", "", table.rest)


def _line(table: _Table, line: int, cells: list[str]) -> OrderLine:
    """Return a row by its columns. Of two for the same thing, one may be empty."""
    named: dict[str, str] = {}
    short = len(cells) < len(table.columns)
    for place, (key, cell) in enumerate(zip(table.columns, cells, strict=False)):
        value = cell.strip()
        if not key or (short and key == "sku" and place > table.proved):
            # Behind what is proved a cell may be missing, and a buyer's name may have moved here.
            continue
        known = named.get(key) or value
        if value not in ("", known):
            return OrderLine(line, {}, "Two columns for this say different things.", key)
        named[key] = known
    return OrderLine(line, named)


class _Text(msgspec.Struct, frozen=True):
    """A text in one encoding, as a table with one separator."""

    lines: list[str]
    header: int
    """The place of the first line with anything, from 0."""
    delimiter: str
    columns: list[str]
    """What stands in that line."""
    rest: io.StringIO
    """What follows the lines."""


def _find(content: bytes) -> _Table | None:
    """Find the encoding and the separator."""
    for text in _texts_as_tables(content):
        words = [bare(cell) for cell in text.columns]
        columns = [_KEYS.get(word, "") for word in words]
        if all(key in columns for key in _NEEDED):
            return _Table(
                lines=text.lines,
                header=text.header,
                delimiter=text.delimiter,
                columns=columns,
                names={_KEYS[word]: _KNOWN[word] for word in words[::-1] if word in _KEYS},
                rest=sum(bool(line.strip()) for line in text.rest),
                proved=max(columns.index(key) for key in _NEEDED),
            )
    return None


def _texts_as_tables(content: bytes) -> Iterator[_Text]:
    for text in _texts(content):
        # A separator of pages or groups ends a line for str.splitlines, and none in a table.
        rest = io.StringIO(text, newline=None)
        lines = list(islice(rest, MOST_LINES))
        header = next((place for place, line in enumerate(lines) if line.strip()), len(lines))
        for delimiter in _DELIMITERS:
            if row := _row(lines, header, delimiter):
                yield _Text(lines, header, delimiter, row[0], rest)


def _texts(content: bytes) -> Iterator[str]:
    """Give the text in every encoding that it may be in."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    elif b"\x00" in content:
        encodings = []
    else:
        # Japanese reports come in Shift-JIS, most European ones in Windows' Latin.
        encodings = ["utf-8-sig", "cp1252", "cp932"]
    for encoding in encodings:
        try:
            text = content.decode(encoding, "strict" if encoding.startswith("utf") else "replace")
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            yield text


_KNOWN = {
    bare(name): " ".join(name.split()) for names in _COLUMNS.values() for name in names.split(";")
}
_KEYS = {bare(name): key for key, names in _COLUMNS.items() for name in names.split(";")}


def _cells(table: _Table) -> Iterator[tuple[int, list[str] | None]]:
    """Give each row's line, from 1, with its cells; None where it is no row.

    Each is read for itself, so that after a stray quote it goes on with the next line.
    """
    row = _row(table.lines, table.header, table.delimiter)
    place = table.header + (row[1] if row else 1)
    while place < len(table.lines):
        row = _row(table.lines, place, table.delimiter)
        if row is None or any(cell.strip() for cell in row[0]):
            yield place + 1, row[0] if row else None
        place += row[1] if row else 1


def _row(lines: list[str], place: int, delimiter: str) -> tuple[list[str], int] | None:
    """Return the cells of the row that begins there, and how many lines it takes."""
    if delimiter == "\t":
        # Amazon writes inches as quotes between its tabs; a program that saved the file again may
        # have put whole cells in quotes.
        line = "".join(lines[place : place + 1])
        cells = line[:LONGEST_TEXT].rstrip("\n").split(delimiter)
        return [_unquoted(cell) for cell in cells], 1
    reader = csv.reader(_from(lines, place), delimiter=delimiter, strict=True)
    try:
        return next(reader, []), max(1, reader.line_num)
    except csv.Error:
        return None


def _from(lines: list[str], place: int) -> Iterator[str]:
    """Give the lines that a row may have; the reader takes no more of them than it needs.

    Raises:
        csv.Error: they are longer than any row.
    """
    size = 0
    for line in lines[place : place + LONGEST_ROW]:
        size += len(line)
        if size > LONGEST_TEXT:
            raise csv.Error
        yield line


def _unquoted(cell: str) -> str:
    bare = cell.strip()
    if len(bare) > 1 and bare.startswith(_QUOTE) and bare.endswith(_QUOTE):
        return bare[1:-1].replace(_QUOTE * 2, _QUOTE)
    return bare
