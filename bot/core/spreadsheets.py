"""Tables for people's spreadsheets."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

SIGNS = "=+-@\uff1d\uff0b\uff0d\uff20"
"""What a formula begins with; some spreadsheets read the wide signs alike."""
_FORMULA = re.compile(rf"(?:^|(?<=[;|\t\r\n]))(?=[\s\"']*[{re.escape(SIGNS)}\t\r])")
"""Where a spreadsheet would see a formula begin, whatever mark it parts cells by."""


def write_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table (CSV) in which no cell is a formula to a spreadsheet."""
    out = io.StringIO(newline="")
    table = csv.writer(out)
    table.writerow(columns)
    for row in rows:
        table.writerow([_FORMULA.sub("'", cell) for cell in row])
    return out.getvalue()
