"""Tables for people's spreadsheets: no cell is a formula, and what guards it is taken off again."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from bot.errors import UserError

SIGNS = "=+-@\uff1d\uff0b\uff0d\uff20"
"""What a formula begins with; some spreadsheets read the wide signs alike."""
_FORMULA = re.compile(rf"(?:^|(?<=[;|\t\r\n]))(?=[\s\"']*[{re.escape(SIGNS)}\t\r])")
"""Where a spreadsheet would see a formula begin, whatever mark it parts cells by."""
GUARD = "'"
_BEGINS = (*SIGNS, "\t", "\r")
_INNER = rf"(?=(?:[^\S\t\r\n]|\")*[{re.escape(SIGNS)}])"
_BEHIND = r"(?<=[;|\t\r\n])"
_UNGUARDED = re.compile(rf"{_BEHIND}(?={GUARD}*{_INNER})")
_GUARDED = re.compile(rf"{_BEHIND}{GUARD}(?={GUARD}*{_INNER})")
"""Where a spreadsheet that parts cells by other marks than commas would see a formula begin."""
_AS_TEXT = re.compile(r'="(.*)"', re.DOTALL)
"""How Excel is made to take a number for a text."""


def to_csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table (CSV) of cells that are harmless already."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows((columns, *rows))
    return out.getvalue()


def write_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table (CSV) in which no cell is a formula to a spreadsheet."""
    return to_csv(columns, ([_FORMULA.sub("'", cell) for cell in row] for row in rows))


class CellError(UserError):
    """A cell cannot be read; ``column`` is its column's key, empty for the whole line."""

    def __init__(self, column: str, why: str) -> None:
        """Say in which column, and why."""
        super().__init__(why)
        self.column = column


def guarded(cell: str) -> str:
    """Return a cell so that no spreadsheet calculates it; ``unguarded`` takes it back."""
    inner = _UNGUARDED.sub(GUARD, cell)
    return GUARD + inner if _needs_guard(inner) else inner


def unguarded(cell: str, *, text: bool) -> str:
    """Return what a cell says, without the guard, the space around it, or Excel's ``="..."``.

    Of what is no running text, the ``'`` falls that spreadsheets put before a number.
    """
    if cell.isalnum():
        return cell
    if cell.startswith(GUARD) and _needs_guard(cell[1:]):
        return _GUARDED.sub("", cell[1:])
    bare = cell.strip()
    if as_text := _AS_TEXT.fullmatch(bare):
        bare = as_text[1].replace('""', '"')
    elif not text:
        bare = bare.removeprefix(GUARD)
    return _GUARDED.sub("", bare)


def _needs_guard(cell: str) -> bool:
    """Tell whether a spreadsheet would calculate the cell, or reading it would change it."""
    return cell.startswith((*_BEGINS, GUARD)) or cell != cell.strip()
