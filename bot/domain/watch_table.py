"""Watches as a table (CSV), for people's spreadsheets: in with its errors by line, and out."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import datetime

import msgspec

from bot.domain.identifiers import parse_product
from bot.domain.marketplaces import marketplace
from bot.domain.money import parse_money
from bot.domain.offers import Watch
from bot.errors import UserError

COLUMNS = ("asin", "marketplace", "floor", "sku", "daily_units", "title")
LONGEST_SKU = 40
LONGEST_TITLE = 500
MOST_UNITS = 1_000_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_GUARD = "'"


class Problem(msgspec.Struct, frozen=True):
    """A line that was left out, and why."""

    line: int
    why: str


class Imported(msgspec.Struct, frozen=True):
    """What a table held."""

    watches: list[Watch]
    problems: list[Problem]


def read_watches(text: str, home: str, now: datetime, by: str) -> Imported:
    """Read a table whose first line names its columns; only ``asin`` has to be there.

    ``home`` is the marketplace where none is named. A wrong line is left out and reported.

    Raises:
        UserError: it is no such table at all.
    """
    rows = csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""))
    watches: dict[str, Watch] = {}
    problems: list[Problem] = []
    header = _header(rows)
    for line, row in _rows(rows, problems):
        cells = dict(zip(header, (_unguarded(cell) for cell in row), strict=False))
        try:
            watch = _watch(cells, home, now, by)
        except UserError as error:
            problems.append(Problem(line, str(error)))
            continue
        if watch.key in watches:
            problems.append(Problem(line, f"{watch.asin} stands in the table twice."))
        else:
            watches[watch.key] = watch
    return Imported(list(watches.values()), problems)


def merged(known: Watch | None, imported: Watch) -> Watch:
    """Return the imported watch; what its line left empty stays as it was known."""
    if known is None:
        return imported
    return msgspec.structs.replace(
        known,
        floor=imported.floor or known.floor,
        sku=imported.sku or known.sku,
        daily_units=imported.daily_units or known.daily_units,
        title=imported.title or known.title,
    )


def write_watches(watches: Iterable[Watch]) -> str:
    """Write a table that ``read_watches`` reads; no cell of it is a formula to a spreadsheet."""
    out = io.StringIO(newline="")
    table = csv.writer(out, lineterminator="\n")
    table.writerow(COLUMNS)
    for watch in watches:
        floor = str(watch.floor.amount) if watch.floor else ""
        units = str(watch.daily_units or "")
        cells = (watch.asin, watch.marketplace, floor, watch.sku, units, watch.title)
        table.writerow([_guarded(cell) for cell in cells])
    return out.getvalue()


def _header(rows: Iterator[list[str]]) -> list[str]:
    try:
        header = [cell.strip().lower() for cell in next(rows, [])]
    except csv.Error:
        header = []
    if "asin" not in header:
        message = f"The first line must name the columns: {','.join(COLUMNS)}. Only asin is needed."
        raise UserError(message)
    return header


def _rows(rows: Iterator[list[str]], problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    line = 1
    while True:
        line += 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error:
            problems.append(Problem(line, "This line is no table row (a stray quote?)."))
            continue
        if any(cell.strip() for cell in row):
            yield line, row


def _watch(cells: dict[str, str], home: str, now: datetime, by: str) -> Watch:
    product = parse_product(cells["asin"])
    named = cells.get("marketplace", "")
    market = marketplace(named) if named else product.marketplace or marketplace(home)
    floor = cells.get("floor", "")
    return Watch(
        asin=product.asin,
        marketplace=market.code,
        floor=parse_money(floor, market.currency) if floor else None,
        sku=_short(cells.get("sku", ""), LONGEST_SKU, "SKU"),
        daily_units=_units(cells.get("daily_units", "")),
        title=_short(cells.get("title", ""), LONGEST_TITLE, "title"),
        added_by=by,
        added_at=now,
    )


def _units(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(MOST_UNITS))):
        message = f"{text[:20]!r} is no number of units a day."
        raise UserError(message)
    return int(text) or None


def _short(text: str, most: int, name: str) -> str:
    if len(text) > most:
        message = f"The {name} has {len(text)} characters; {most} are allowed."
        raise UserError(message)
    return text


def _guarded(cell: str) -> str:
    return _GUARD + cell if cell.startswith((*_FORMULA, _GUARD)) else cell


def _unguarded(cell: str) -> str:
    text = cell.strip()
    return text[1:] if text.startswith(_GUARD) else text
