"""The table of incidents: no cell of it is a formula, whatever a source is called."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.attacks.rules.table import COLUMNS, write_incidents
from tests.unit.features.attacks.worlds import incident

AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def cells(source: str, delimiter: str = ",") -> list[list[str]]:
    table = write_incidents([incident("A-1", AT, source=source, asins=("B1", "B2"))])
    return list(csv.reader(io.StringIO(table, newline=""), delimiter=delimiter))


def test_an_incident_is_a_line() -> None:
    header, line = cells("A1QX7ZP9KD4W2M")
    assert header == list(COLUMNS)
    assert line == [
        "A-1",
        "2026-11-24T09:30:00+00:00",
        "yes",
        "follow-up",
        "A1QX7ZP9KD4W2M",
        "B1 B2",
        "yes",
    ]


def test_an_unknown_seller_is_no_decided_attack() -> None:
    table = write_incidents([incident("C-1", AT, source="A1", decided=False)])
    [row] = csv.DictReader(io.StringIO(table, newline=""))
    assert row["decided"] == "no"


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff20"])
def test_what_begins_like_a_formula_gets_an_apostrophe(sign: str) -> None:
    _, line = cells(f"{sign}cmd|' /C calc'!A0")
    assert line[4].startswith(f"'{sign}")


@given(st.text(alphabet="=+-@;|,\t\r\n\"' a1", max_size=20), st.sampled_from(",;\t|"))
def test_no_spreadsheet_sees_a_formula_whatever_parts_its_cells(source: str, mark: str) -> None:
    for row in cells(source, mark):
        for cell in row:
            assert not cell.lstrip(' "').startswith(("=", "+", "-", "@"))
