"""Watches as a table (CSV), for people's spreadsheets: in with its errors by line, and out."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice

import msgspec

from bot.core.listing import Watch
from bot.errors import UserError
from bot.features.watchlist.rules.wanted import LONGEST_SKU, LONGEST_TITLE, WatchInput

COLUMNS = ("asin", "marketplace", "floor", "sku", "daily_units", "title")
LONGEST_ROW = LONGEST_SKU + LONGEST_TITLE
"""Lines. A cell may have line breaks in quotes, but a quote that nobody closes must not swallow
all that follows."""
LONGEST_TEXT = 100_000
"""Characters of a row."""
MOST_LINES = 200_000
MOST_PROBLEMS = 1000
"""Wrong lines that are reported; the rest is counted."""
DELIMITERS = ",;\t"
"""What parts the cells: a comma; a semicolon where Excel writes decimals with a comma; a tab."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_GUARD = "'"
_INNER = r"(?=(?:[^\S\t\r\n]|\")*[=+\-@])"
_BEHIND = r"(?<=[;|\t\r\n])"
_UNGUARDED = re.compile(rf"{_BEHIND}(?={_GUARD}*{_INNER})")
_GUARDED = re.compile(rf"{_BEHIND}{_GUARD}(?={_GUARD}*{_INNER})")
"""Where a spreadsheet that parts cells by other marks than commas would see a formula begin."""


class Problem(msgspec.Struct, frozen=True):
    """A line that was left out, and why."""

    line: int
    why: str


class Imported(msgspec.Struct, frozen=True):
    """What a table held."""

    watches: list[Watch]
    problems: list[Problem]
    """The first wrong lines."""
    ignored: list[str]
    """Columns of the table that nobody reads."""
    left_out: int
    """How many lines were wrong in all."""


class _Row(msgspec.Struct, frozen=True):
    line: int
    cells: list[str]


def read_watches(text: str, home: str, now: datetime, by: str) -> Imported:
    """Read a table whose first line names its columns; only ``asin`` has to be there.

    ``home`` is the marketplace where none is named. A wrong line is left out and reported.

    Raises:
        UserError: it is no such table at all.
    """
    lines = list(islice(io.StringIO(text.removeprefix("\ufeff"), newline=""), MOST_LINES + 1))
    columns, delimiter = _header(lines)
    watches: dict[str, Watch] = {}
    problems: list[Problem] = []
    left_out = 0
    for row in _rows(lines, delimiter):
        try:
            if isinstance(row, Problem):
                raise UserError(row.why)
            watch = _input(_named(columns, row.cells), home).watch(by, now)
            if watch.key in watches:
                message = f"{watch.asin} stands in the table twice for {watch.marketplace}."
                raise UserError(message)
            watches[watch.key] = watch
        except UserError as error:
            left_out += 1
            if left_out <= MOST_PROBLEMS or row.line > MOST_LINES:
                problems.append(Problem(row.line, str(error)))
    ignored = [column for column in columns if column and column not in COLUMNS]
    return Imported(list(watches.values()), problems, ignored, left_out)


def write_watches(watches: Iterable[Watch]) -> str:
    """Write a table that ``read_watches`` reads; no cell of it is a formula to a spreadsheet."""
    out = io.StringIO(newline="")
    table = csv.writer(out)
    table.writerow(COLUMNS)
    for watch in watches:
        floor = f"{watch.floor.amount:f}" if watch.floor else ""
        units = str(watch.daily_units or "")
        cells = (watch.asin, watch.marketplace, floor, watch.sku, units, watch.title)
        table.writerow([_guarded(cell) for cell in cells])
    return out.getvalue()


def _header(lines: list[str]) -> tuple[list[str], str]:
    """Return the names of the columns, and what parts them."""
    for delimiter in DELIMITERS:
        for row in _rows(lines[:1], delimiter, first=1):
            if isinstance(row, _Row):
                columns = [cell.strip().lower() for cell in row.cells]
                if "asin" in columns:
                    return columns, delimiter
    message = f"The first line must name the columns: {','.join(COLUMNS)}. Only asin is needed."
    raise UserError(message)


def _rows(lines: list[str], delimiter: str, first: int = 2) -> Iterator[_Row | Problem]:
    """Give the rows that are not empty, each with the number of the line where it begins.

    Each is read for itself, so that after a stray quote it goes on with the next line.
    """
    line = first
    while line <= len(lines):
        if line > MOST_LINES:
            why = f"The table has more than {MOST_LINES:,} lines; from here on it is not read."
            yield Problem(line, why)
            return
        reader = csv.reader(_from(lines, line), delimiter=delimiter, strict=True)
        try:
            cells = next(reader)
        except csv.Error:
            yield Problem(line, "This line is no table row: look for a stray quote.")
            line += 1
            continue
        if any(cell.strip() for cell in cells):
            yield _Row(line, cells)
        line += reader.line_num


def _from(lines: list[str], first: int) -> Iterator[str]:
    """Give the lines that a row may have; the reader takes no more of them than it needs.

    Raises:
        csv.Error: they are longer than any row.
    """
    size = 0
    for number in range(first - 1, min(first - 1 + LONGEST_ROW, len(lines))):
        size += len(lines[number])
        if size > LONGEST_TEXT:
            raise csv.Error
        yield lines[number]


def _named(columns: list[str], cells: list[str]) -> dict[str, str]:
    """Return the cells by column.

    Raises:
        UserError: there are more cells than columns, so that nobody knows which is which.
    """
    if any(cell.strip() for cell in cells[len(columns) :]):
        message = (
            f"The line has {len(cells)} cells, the first line names {len(columns)} columns: "
            "put a text or price that has the separator in it in quotes."
        )
        raise UserError(message)
    return dict(zip(columns, map(_unguarded, cells), strict=False))


def _input(cells: dict[str, str], home: str) -> WatchInput:
    return WatchInput(
        product=cells.get("asin", ""),
        home=home,
        market=cells.get("marketplace", ""),
        floor=cells.get("floor", ""),
        sku=cells.get("sku", ""),
        units=cells.get("daily_units", ""),
        title=cells.get("title", ""),
    )


def _guarded(cell: str) -> str:
    inner = _UNGUARDED.sub(_GUARD, cell)
    return _GUARD + inner if _needs_guard(inner) else inner


def _unguarded(cell: str) -> str:
    guarded = cell.startswith(_GUARD) and _needs_guard(cell[1:])
    return _GUARDED.sub("", cell[1:] if guarded else cell.strip())


def _needs_guard(cell: str) -> bool:
    """Tell whether a spreadsheet would calculate the cell, or reading it would change it."""
    return cell.startswith((*_FORMULA, _GUARD)) or cell != cell.strip()
