"""A text as rows of a table: its separator, Excel's line about it, and stray quotes. Pure."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Generic, TypeVar

import msgspec

from bot.features.watchlist.rules.wanted import LONGEST_SKU, LONGEST_TITLE

LONGEST_ROW = LONGEST_SKU + LONGEST_TITLE
"""Lines. A cell may have line breaks in quotes, but a quote that nobody closes must not swallow
all that follows."""
LONGEST_TEXT = 100_000
"""Characters of a row."""
MOST_LINES = 200_000
DELIMITERS = ",;\t"
"""What parts the cells: a comma; a semicolon where Excel writes decimals with a comma; a tab."""
_QUOTE = '"'
_SEPARATOR = re.compile(r'"?sep=(.)?"?', re.IGNORECASE)
"""The line in which Excel is told what parts the cells."""

H = TypeVar("H")


class Row(msgspec.Struct, frozen=True):
    """A row that is not blank, or why it is none."""

    line: int
    """From 1, as an editor counts."""
    cells: list[str]
    why: str = ""
    lines: int = 1
    """How many lines that is: more than one for the rest of a table that is too long."""


class WatchTable(msgspec.Struct, Generic[H], frozen=True):
    """A text's lines, and the one that names the columns."""

    header: H
    width: int
    """How many columns it names."""
    lines: Sequence[str]
    first: int
    """Where the first row begins, from 1."""
    delimiter: str
    rest: int
    """Lines with anything behind the last one that is read."""

    def rows(self) -> Iterator[Row]:
        """Give the rows that are not blank, each with the number of the line where it begins.

        Each is read for itself, so that after a stray quote it goes on with the next line.
        """
        line = self.first
        while line <= len(self.lines):
            found = _row(self.lines, line, self.delimiter, self.width)
            if found is None:
                yield Row(line, [], "This line could not be read. Look for a stray quotation mark.")
            elif any(cell.strip() for cell in found[0]):
                yield Row(line, found[0])
            line += found[1] if found else 1
        if self.rest:
            why = f"The table has more than {MOST_LINES:,} lines. The rest was not read."
            yield Row(MOST_LINES + 1, [], why, self.rest)


def find_table(text: str, header_of: Callable[[list[str]], H | None]) -> WatchTable[H] | None:
    """Find the line that names the columns, the first with anything; None where it names none."""
    source = io.StringIO(text.removeprefix("\ufeff"), newline="")
    lines = list(islice(source, MOST_LINES))
    first, told = _first(lines)
    for delimiter in dict.fromkeys(f"{told}{DELIMITERS}"):
        row = _row(lines, first, delimiter, 0)
        header = header_of(row[0]) if row else None
        if row and header is not None:
            rest = sum(bool(line.strip()) for line in source)
            return WatchTable(header, len(row[0]), lines, first + row[1], delimiter, rest)
    return None


def _first(lines: Sequence[str]) -> tuple[int, str]:
    """Return the number of the first line that may name columns, and what Excel says parts them."""
    told = ""
    for number, line in enumerate(lines, start=1):
        separator = _SEPARATOR.fullmatch(line.strip("\r\n "))
        if separator:
            told = separator[1] or "\t"
        elif line.strip():
            return number, told
    return len(lines) + 1, told


def _row(
    lines: Sequence[str], line: int, delimiter: str, width: int
) -> tuple[list[str], int] | None:
    """Return the cells of the row that begins at a line, and how many lines it takes.

    None: it is none. ``width`` is how many cells it should have; 0 where that is not known.
    """
    cells = _between_tabs(lines[line - 1 : line]) if delimiter == "\t" else []
    full = len(cells) == width > 0
    # Amazon's reports have quotes of their own, such as inches, and break no cell over lines. A
    # spreadsheet may break the last one, so that its first line has all cells.
    if full and _is_whole(cells[-1]):
        return list(map(_unquoted, cells)), 1
    reader = csv.reader(_from(lines, line), delimiter=delimiter, strict=True)
    try:
        return next(reader, []), max(1, reader.line_num)
    except csv.Error:
        return (list(map(_unquoted, cells)), 1) if full else None


def _between_tabs(line: Sequence[str]) -> list[str]:
    return "".join(line)[:LONGEST_TEXT].rstrip("\r\n").split("\t")


def _is_whole(cell: str) -> bool:
    """Tell whether a cell ends where it seems to: no quote in it is open."""
    bare = cell.strip()
    return not bare.startswith(_QUOTE) or (len(bare) > 1 and bare.endswith(_QUOTE))


def _unquoted(cell: str) -> str:
    bare = cell.strip()
    if bare.startswith(_QUOTE) and _is_whole(bare):
        return bare[1:-1].replace(_QUOTE * 2, _QUOTE)
    return cell


def _from(lines: Sequence[str], first: int) -> Iterator[str]:
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
