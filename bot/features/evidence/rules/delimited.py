"""Bytes as a table: in whichever encoding, with whichever separator, and stray quotes. Pure."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from itertools import islice

import msgspec

MOST_LINES = 200_000
LONGEST_ROW = 20
"""Lines. A cell may have line breaks in quotes, but a quote that nobody closes must not swallow
all that follows."""
LONGEST_TEXT = 100_000
"""Characters of a row."""

_DELIMITERS = "\t,;"
_QUOTE = '"'
_SEPARATOR = re.compile(r'"?sep=.?"?', re.IGNORECASE)


class Delimited(msgspec.Struct, frozen=True):
    """A text in one encoding, as a table with one separator."""

    lines: list[str]
    header: int
    """The place of the first line with anything, from 0."""
    delimiter: str
    columns: list[str]
    """What stands in that line."""
    rest: io.StringIO
    """What follows the lines."""


def readings(content: bytes) -> Iterator[Delimited]:
    """Give all tables that the bytes can be, by encoding and separator."""
    for text in _texts(content):
        # A separator of pages or groups ends a line for str.splitlines, and none in a table.
        rest = io.StringIO(text, newline=None)
        lines = list(islice(rest, MOST_LINES))
        header = next((place for place, line in enumerate(lines) if _counts(line)), len(lines))
        for delimiter in _DELIMITERS:
            if row := _row(lines, header, delimiter):
                yield Delimited(lines, header, delimiter, row[0], rest)


def _counts(line: str) -> bool:
    """Tell whether a line holds anything; Excel may name the separator before the table."""
    return bool(line.strip()) and not _SEPARATOR.fullmatch(line.strip())


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


def rows(table: Delimited) -> Iterator[tuple[int, list[str] | None]]:
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
