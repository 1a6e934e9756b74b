"""Incidents as a table (CSV), for people's spreadsheets."""

from __future__ import annotations

from collections.abc import Iterable

from bot.core.spreadsheets import write_table
from bot.features.attacks.models import Incident

COLUMNS = ("ref", "at", "hour_known", "method", "source", "asins", "decided")


def write_incidents(incidents: Iterable[Incident]) -> str:
    """Write the incidents as they come, times in UTC; no cell is a formula to a spreadsheet."""
    return write_table(COLUMNS, map(_row, incidents))


def _row(each: Incident) -> tuple[str, ...]:
    at, known = each.at.isoformat(timespec="seconds"), "yes" if each.timed else "no"
    decided = "yes" if each.decided else "no"
    return each.ref, at, known, each.method.value, each.source, " ".join(each.asins), decided
