"""Tables that people hand in: the encoding, what parts the cells, and stray quotes. Pure.

Nothing is refused that can be read: spreadsheets and Amazon's reports write tables in many ways.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Sequence
from itertools import islice

import msgspec

LONGEST_TEXT = 100_000
"""Characters of a row."""
MOST_LINES = 200_000
DELIMITERS = ",;\t"
"""What parts the cells: a comma; a semicolon where Excel writes decimals with a comma; a tab."""
_QUOTE = '"'
_SEPARATOR = re.compile(r'"?sep=(.)?"?', re.IGNORECASE)
"""The line in which Excel is told what parts the cells."""


class Row(msgspec.Struct, frozen=True):
    """A row that is not blank, or why it is none."""

    line: int
    """From 1, as an editor counts."""
    cells: list[str]
    why: str = ""
    lines: int = 1
    """How many lines that is: more than one for the rest of a table that is too long."""


class TextTable(msgspec.Struct, frozen=True):
    """A text's lines, and the cells of the one that may name the columns."""

    columns: list[str]
    lines: Sequence[str]
    first: int
    """Where the first row begins, from 1."""
    delimiter: str
    tallest: int
    """Lines that a row may have. A cell may have line breaks in quotes, but a quote that nobody
    closes must not swallow all that follows."""
    rest: io.StringIO
    """The text, of which what follows the lines is not read."""
    end: int

    def rows(self) -> Iterator[Row]:
        """Give the rows that are not blank, each with the number of the line where it begins.

        Each is read for itself, so that after a stray quote it goes on with the next line.
        """
        line = self.first
        while line <= len(self.lines):
            found = _row(self.lines, line, self.delimiter, self.tallest, len(self.columns))
            if found is None:
                yield Row(line, [], "This line could not be read. Look for a stray quotation mark.")
            elif any(cell.strip() for cell in found[0]):
                yield Row(line, found[0])
            line += found[1] if found else 1
        self.rest.seek(self.end)
        if rest := sum(bool(line.strip()) for line in self.rest):
            why = f"The table has more than {MOST_LINES:,} lines. The rest was not read."
            yield Row(MOST_LINES + 1, [], why, rest)


def texts(content: bytes) -> Iterator[str]:
    """Give the text in every encoding that the bytes may be in."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    elif b"\x00" in content:
        encodings = []
    else:
        # Japanese reports come in Shift-JIS, most European ones in Windows' Latin.
        encodings = ["utf-8", "cp1252", "cp932"]
    for encoding in encodings:
        try:
            text = content.decode(encoding, "strict" if encoding.startswith("utf") else "replace")
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            yield text


def tables(text: str, tallest: int, *, broken: bool = True) -> Iterator[TextTable]:
    """Give all tables that a text can be, by what parts the cells.

    ``tallest`` is how many lines a row may have. Unless cells may be ``broken`` over lines between
    tabs, too, each line is a row there, and quotes in it that part nothing are its own.
    """
    # A separator of pages or groups ends a line for str.splitlines, and none in a table.
    source = io.StringIO(text.removeprefix("\ufeff"), newline="")
    lines = list(islice(source, MOST_LINES))
    end = source.tell()
    first, told = _first(lines)
    for delimiter in dict.fromkeys(f"{told}{DELIMITERS}"):
        most = tallest if broken or delimiter != "\t" else 1
        if row := _row(lines, first, delimiter, most, 0):
            yield TextTable(row[0], lines, first + row[1], delimiter, most, source, end)


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
    lines: Sequence[str], line: int, delimiter: str, tallest: int, width: int
) -> tuple[list[str], int] | None:
    """Return the cells of the row that begins at a line, and how many lines it takes.

    None: it is none. ``width`` is how many cells it should have; 0 where that is not known.
    """
    cells = _between_tabs(lines[line - 1 : line]) if delimiter == "\t" else []
    full = len(cells) == width > 0
    # Amazon's reports have quotes of their own, such as inches, and break no cell over lines. A
    # spreadsheet may break the last one, so that its first line has all cells.
    if cells and (tallest == 1 or (full and _is_whole(cells[-1]))):
        return list(map(_unquoted, cells)), 1
    reader = csv.reader(_from(lines, line, tallest), delimiter=delimiter, strict=True)
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


def _from(lines: Sequence[str], first: int, most: int) -> Iterator[str]:
    """Give the lines that a row may have; the reader takes no more of them than it needs.

    Raises:
        csv.Error: they are longer than any row.
    """
    size = 0
    for line in lines[first - 1 : first - 1 + most]:
        size += len(line)
        if size > LONGEST_TEXT:
            raise csv.Error
        yield line
