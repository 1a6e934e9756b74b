"""Watches as a table (CSV), for people's spreadsheets: in with its errors by line, and out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

import msgspec

from bot.core.listing import Watch
from bot.core.spreadsheets import CellError, guarded, to_csv, unguarded
from bot.core.tables import MOST_LINES, Row, TextTable, tables
from bot.errors import UserError
from bot.features.watchlist.rules.columns import COLUMNS, Header, floor_in, product_in
from bot.features.watchlist.rules.skus import OwnSkus
from bot.features.watchlist.rules.wanted import (
    ALL,
    LONGEST_SKU,
    LONGEST_TITLE,
    NEW,
    WatchInput,
)

MOST_PROBLEMS = 1000
"""Wrong lines that are reported; the rest is counted."""
TALLEST = LONGEST_SKU + LONGEST_TITLE
"""Lines that a row may have."""


class Problem(msgspec.Struct, frozen=True):
    """A line that was left out, and why."""

    line: int
    why: str
    column: str = ""
    """What the table calls the column; empty for the whole line."""


class Imported(msgspec.Struct, frozen=True):
    """What a table held: each line that is not blank is a watch or left out."""

    watches: list[Watch]
    problems: list[Problem]
    """The first wrong lines."""
    ignored: list[str]
    """Columns of the table that are not used."""
    left_out: int
    """How many lines were wrong in all."""
    renamed: list[str] = []
    """Columns that have other names than ours, and how they were understood."""
    lines: list[int] = []
    """Where each of the watches stands."""


def read_watches(text: str, home: str, now: datetime, by: str) -> Imported:
    """Read a table whose first line names its columns; only the ASIN has to be there.

    ``home`` is the marketplace where no column names one. A wrong line is left out and reported.

    Raises:
        UserError: it is no such table at all, or two of its columns contradict each other.
    """
    found = ((table, Header.of(table.columns)) for table in tables(text, TALLEST))
    table, header = next((each for each in found if each[1]), (None, None))
    if table is None or header is None:
        columns = ",".join(COLUMNS)
        message = f"The first line must contain the column names: {columns}. Only asin is required."
        raise UserError(message)
    header = header.without_twins(row.cells for row in table.rows() if not row.why)
    return _Reading(table, header, home, now, by).read()


def without_taken(imported: Imported, known: Iterable[Watch]) -> Imported:
    """Leave out the lines whose SKU belongs to another product, by the table or what is known."""
    skus = OwnSkus(known)
    kept: list[tuple[Watch, int]] = []
    taken: list[Problem] = []
    for watch, line in zip(imported.watches, imported.lines, strict=True):
        try:
            skus.take(watch)
            kept.append((watch, line))
        except UserError as error:
            taken.append(Problem(line, str(error), "sku"))
    return msgspec.structs.replace(
        imported,
        watches=[watch for watch, _ in kept],
        lines=[line for _, line in kept],
        problems=sorted((*imported.problems, *taken[:MOST_PROBLEMS]), key=lambda each: each.line),
        left_out=imported.left_out + len(taken),
    )


def write_watches(watches: Iterable[Watch]) -> str:
    """Write a table that ``read_watches`` reads; no cell of it is a formula to a spreadsheet."""
    return to_csv(COLUMNS, map(_cells, watches))


class _Reading:
    """One way through a table."""

    def __init__(self, table: TextTable, header: Header, home: str, now: datetime, by: str) -> None:
        self._table = table
        self._header = header
        self._home = home
        self._now = now
        self._by = by
        self._watches: dict[str, Watch] = {}
        self._lines: list[int] = []
        self._problems: list[Problem] = []
        self._left_out = 0
        self._nameless: set[int] = set()

    def read(self) -> Imported:
        """Read the table to its end."""
        for row in self._table.rows():
            try:
                self._take(row)
            except CellError as error:
                self._left_out += row.lines
                if len(self._problems) < MOST_PROBLEMS or row.line > MOST_LINES:
                    column = self._header.name_of(error.column)
                    self._problems.append(Problem(row.line, str(error), column))
        nameless = [f"column {place + 1}, which has no heading" for place in sorted(self._nameless)]
        return Imported(
            watches=list(self._watches.values()),
            problems=self._problems,
            ignored=[*self._header.unused, *nameless],
            left_out=self._left_out,
            renamed=self._header.renamed,
            lines=self._lines,
        )

    def _take(self, row: Row) -> None:
        if row.why:
            raise CellError("", row.why)
        named = self._named(row.cells)
        watch = self._watch(named)
        if not named.get("marketplace") and (
            other := self._header.other_market(row.cells, watch.marketplace)
        ):
            raise CellError("", other)
        if watch.key in self._watches:
            message = f"{watch.asin} is in the table twice for {watch.marketplace}."
            raise CellError("asin", message)
        self._watches[watch.key] = watch
        self._lines.append(row.line)

    def _named(self, cells: list[str]) -> Mapping[str, str]:
        """Return the cells by what they are.

        Raises:
            CellError: there are more cells than columns, so that nobody knows which is which.
        """
        header = self._header
        if any(cell.strip() for cell in cells[len(header.keys) :]):
            message = (
                f"The line has {len(cells)} cells, but the first line has {len(header.keys)} "
                "columns. Put quotes around a cell that contains the separator."
            )
            raise CellError("", message)
        named: dict[str, str] = {}
        for place, cell in enumerate(cells[: len(header.keys)]):
            if key := header.keys[place]:
                said = unguarded(cell, text=key == "title")
                unit = header.units[place]
                named[key] = f"{unit} {said}" if unit and said else said
            elif not header.names[place] and cell.strip():
                self._nameless.add(place)
        return named

    def _watch(self, cells: Mapping[str, str]) -> Watch:
        try:
            product = product_in(cells)
        except UserError as error:
            raise CellError("product-id", str(error)) from error
        wanted = WatchInput(
            product=product,
            home=self._home,
            market=cells.get("marketplace", ""),
            floor=floor_in(cells),
            sku=cells.get("sku", ""),
            units=cells.get("daily_units", ""),
            title=cells.get("title", ""),
            conditions=cells.get("conditions", ""),
            in_table=True,
        )
        try:
            return wanted.watch(self._by, self._now)
        except UserError as error:
            raise CellError(wanted.wrong_part, str(error)) from error


def _cells(watch: Watch) -> list[str]:
    floor = f"{watch.floor.amount:f}" if watch.floor else ""
    units = str(watch.daily_units or "")
    chosen = "" if watch.new_only is None else NEW if watch.new_only else ALL
    cells = (watch.asin, watch.marketplace, floor, watch.sku, units, watch.title, chosen)
    return [guarded(cell) for cell in cells]
