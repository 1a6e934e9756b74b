"""Incidents as a table (CSV), for people's spreadsheets."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

from bot.features.attacks.models import Incident

COLUMNS = ("ref", "at", "hour_known", "method", "source", "asins")

_FORMULA = re.compile(r"(?:^|(?<=[;|\t\r\n]))(?=[\s\"']*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r])")
"""Where a spreadsheet would see a formula begin, whatever mark it parts cells by; some read wide
signs alike."""


def write_incidents(incidents: Iterable[Incident]) -> str:
    """Write the incidents as they come, times in UTC; no cell is a formula to a spreadsheet."""
    out = io.StringIO(newline="")
    table = csv.writer(out)
    table.writerow(COLUMNS)
    for each in incidents:
        at, known = each.at.isoformat(timespec="seconds"), "yes" if each.timed else "no"
        cells = (each.ref, at, known, each.method.value, each.source, " ".join(each.asins))
        table.writerow([_FORMULA.sub("'", cell) for cell in cells])
    return out.getvalue()
