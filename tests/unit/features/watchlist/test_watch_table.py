"""Watches as a table: whatever people's spreadsheets write is read or reported by its line."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.listing import Watch
from bot.core.marketplaces import MARKETPLACES, Marketplace
from bot.core.money import Money
from bot.core.tables import LONGEST_TEXT, MOST_LINES
from bot.errors import UserError
from bot.features.watchlist.rules.columns import COLUMNS
from bot.features.watchlist.rules.table import (
    MOST_PROBLEMS,
    Imported,
    read_watches,
    write_watches,
)
from bot.features.watchlist.rules.wanted import LONGEST_SKU, LONGEST_TITLE, MOST_UNITS
from bot.features.watchlist.service.watching import merged
from tests.cases import for_each
from tests.strategies import START, money, products

SIGNS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
FORMULA = (*SIGNS, "\t", "\r")


def read(text: str, home: str = "US") -> Imported:
    return read_watches(text, home, START, "ana")


def watch(
    asin: str = "B0WALNUTBL",
    *,
    floor: Money | None = None,
    sku: str = "",
    daily_units: int | None = None,
    title: str = "",
) -> Watch:
    return Watch(
        asin=asin,
        marketplace="US",
        floor=floor,
        sku=sku,
        daily_units=daily_units,
        title=title,
        added_by="ana",
        added_at=START,
    )


def wrong_lines(imported: Imported) -> list[int]:
    return [problem.line for problem in imported.problems]


def test_every_column_is_read() -> None:
    imported = read(
        "asin,marketplace,floor,sku,daily_units,title\n"
        'B0WALNUTBL,US,24.99,WAL-1,14,"Block, walnut"\n'
    )
    assert imported.problems == []
    assert imported.watches == [
        watch(
            floor=Money(Decimal("24.99"), "USD"), sku="WAL-1", daily_units=14, title="Block, walnut"
        )
    ]


@pytest.mark.parametrize(
    ("cell", "new_only"),
    [("new", True), ("all", False), ("", None), (" New ", True), ("ALL", False)],
)
def test_the_conditions_are_read(cell: str, *, new_only: bool | None) -> None:
    [found] = read(f"asin,conditions\nB0WALNUTBL,{cell}\n").watches
    assert found.new_only is new_only
    assert read(write_watches([found])).watches == [found]


@pytest.mark.parametrize("cell", ["used", "yes", "New only", "n/a"])
def test_another_word_for_the_conditions_is_refused(cell: str) -> None:
    [problem] = read(f"asin,conditions\nB0WALNUTBL,{cell}\n").problems
    assert (problem.line, problem.column) == (2, "conditions")
    assert problem.why.startswith(f"'{cell}' is not a choice of conditions. Write 'new'")


@pytest.mark.parametrize("name", ["condition", "item-condition", "Conditions sold"])
def test_the_condition_of_a_listing_is_no_choice(name: str) -> None:
    [found] = read(f"asin,{name}\nB0WALNUTBL,new\n").watches
    assert found.new_only is None


@pytest.mark.parametrize(
    ("known", "wanted", "after"),
    [
        (None, None, None),
        (True, None, True),
        (True, False, False),
        (None, True, True),
        (False, None, False),
    ],
)
def test_an_empty_cell_keeps_the_conditions(
    *, known: bool | None, wanted: bool | None, after: bool | None
) -> None:
    one = msgspec.structs.replace(watch(), new_only=known)
    other = msgspec.structs.replace(watch(), new_only=wanted)
    assert merged(one, other).new_only is after


@pytest.mark.parametrize(
    "text",
    [
        "asin\nB0WALNUTBL",
        "\ufeffasin\nB0WALNUTBL\n",
        "asin\r\nB0WALNUTBL\r\n",
        "asin\rB0WALNUTBL\r",
        " ASIN ,title\n b0walnutbl ,\n",
        '"asin";"floor"\n"B0WALNUTBL";""\n',
        "floor\tasin\n\tB0WALNUTBL\n",
        "asin\n\n,,\nB0WALNUTBL\n\n",
        "asin,sku\nB0WALNUTBL,,,\n",
    ],
)
def test_what_spreadsheets_write(text: str) -> None:
    imported = read(text)
    assert (imported.watches, imported.problems) == ([watch()], [])


def test_excel_in_europe() -> None:
    imported = read("asin;marketplace;floor;title\r\nB0WALNUTBL;DE;1.024,99;Block, Nussbaum\r\n")
    [found] = imported.watches
    assert found.floor == Money(Decimal("1024.99"), "EUR")
    assert found.title == "Block, Nussbaum"


def test_a_link_names_product_and_marketplace_and_home_stands_in() -> None:
    imported = read("asin\nhttps://www.amazon.fr/dp/B0WALNUTBL\nB0WALNUTBL\n", home="DE")
    assert [found.key for found in imported.watches] == ["FR-B0WALNUTBL", "DE-B0WALNUTBL"]


@for_each(
    ("row", "words"),
    [
        ("nonsense", "'NONSENSE' is not an ASIN"),
        (",US", "Enter a product"),
        ("B0WALNUTBL,Mars", "'Mars' is not a marketplace"),
        ("B0WALNUTBL,US,cheap", "'cheap' is not a price"),
        ("B0WALNUTBL,US,-5", "'-5' is not a price"),
        ("B0WALNUTBL,US,5," + "S" * 41, "The SKU has 41 characters. Shorten it to 40."),
        ("B0WALNUTBL,US,5,S,many", "'many' is not a whole number."),
        ("B0WALNUTBL,US,5,S,-1", "'-1' is not a whole number."),
        ("B0WALNUTBL,US,5,S,1," + "T" * 501, "The title has 501 characters"),
        ("B0WALNUTBL,US,24,99,S,1,Title,new", "The line has 8 cells"),
        ('B0WALNUTBL,US,5,S,1,"T" x', "stray quotation mark"),
        ("B0WALNUTBL,US," + "9" * 200_000, "stray quotation mark"),
        ("B0ALDER001", "is in the table twice"),
    ],
)
def test_a_wrong_line_is_reported_and_the_rest_is_read(row: str, words: str) -> None:
    header = ",".join(COLUMNS)
    imported = read(f"{header}\nB0ALDER001\n{row}\nB0ALDER002\n")
    assert [found.asin for found in imported.watches] == ["B0ALDER001", "B0ALDER002"]
    [problem] = imported.problems
    assert problem.line == 3
    assert words in problem.why


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    imported = read(
        "asin,title\r\n"  # 1
        'B0ALDER001,"one\r\ntwo\r\nthree"\r\n'  # 2 to 4
        "\r\n"  # 5
        "wrong,\r\n"  # 6
        'B0ALDER002,"one\ntwo"\r\n'  # 7 and 8
        'worse,"one\n\ntwo"\r\n'  # 9 to 11
        "worst,\r\n"  # 12
    )
    assert wrong_lines(imported) == [6, 9, 12]
    assert [found.title for found in imported.watches] == ["one\r\ntwo\r\nthree", "one\ntwo"]


def test_a_quote_that_nobody_closes_costs_one_line() -> None:
    rows = [f"B0ALDER{number:03},title {number}" for number in range(1000)]
    rows[10] = 'B0ALDER010,"title 10'
    imported = read("asin,title\n" + "\n".join(rows))
    assert wrong_lines(imported) == [12]
    assert len(imported.watches) == 999


def test_the_same_product_in_two_marketplaces_is_no_duplicate() -> None:
    imported = read("asin,marketplace\nB0WALNUTBL,US\nB0WALNUTBL,DE\nB0WALNUTBL,us\n")
    assert len(imported.watches) == 2
    assert wrong_lines(imported) == [4]


def test_columns_that_are_not_used_are_named() -> None:
    assert read("asin,price,title,\nB0WALNUTBL,5,x,\n").ignored == ["price"]
    assert read("asin,,title\nB0WALNUTBL,5,x\n").ignored == ["column 2, which has no heading"]


@pytest.mark.parametrize("text", ["", "\n", "B0WALNUTBL\n", "sku,title\n", '"asin\nB0WALNUTBL'])
def test_what_is_no_table_is_refused(text: str) -> None:
    with pytest.raises(UserError, match="The first line must contain the column names"):
        read(text)


def test_what_a_line_leaves_empty_stays_as_it_was() -> None:
    five = Money(Decimal(5), "USD")
    known = watch(floor=five, sku="WAL-1", daily_units=3, title="Block")
    assert merged(known, watch()) == known
    assert merged(None, watch()) == watch()
    assert merged(known, watch(daily_units=9)).daily_units == 9


def test_an_apostrophe_that_guards_nothing_is_kept() -> None:
    [found] = read("asin,title\nB0WALNUTBL,'Tis the season\n").watches
    assert found.title == "'Tis the season"


@pytest.mark.parametrize("sign", SIGNS)
def test_no_cell_begins_with_what_a_spreadsheet_calculates(sign: str) -> None:
    written = write_watches([watch(title=f"{sign}1+1")])
    assert f",'{sign}1+1" in written
    assert read(written).watches == [watch(title=f"{sign}1+1")]


@pytest.mark.parametrize("mark", [";", "\t", "|", "\n", ';"', "; ", ";'"])
def test_a_formula_behind_another_separator_is_guarded(mark: str) -> None:
    title = f'Pan{mark}=HYPERLINK("https://evil.example","Amazon")'
    written = write_watches([watch(title=title)])
    assert f"{mark[0]}'" in written
    assert read(written).watches == [watch(title=title)]


def test_the_first_wrong_lines_are_kept_and_the_rest_is_counted() -> None:
    imported = read("asin\n" + "x\n" * (MOST_PROBLEMS + 5))
    assert wrong_lines(imported) == list(range(2, MOST_PROBLEMS + 2))
    assert imported.left_out == MOST_PROBLEMS + 5


@pytest.mark.ci
def test_a_table_without_end_is_read_so_far() -> None:
    imported = read("asin\n" + "x\n" * (MOST_PROBLEMS + 5) + "\n" * MOST_LINES + "x\n\nx")
    assert imported.left_out == MOST_PROBLEMS + 7
    last = imported.problems[-1]
    assert last.line == MOST_LINES + 1
    assert last.why == "The table has more than 200,000 lines. The rest was not read."
    assert len(imported.problems) == MOST_PROBLEMS + 1


def test_a_row_of_endless_cells_is_no_row() -> None:
    imported = read("asin\n" + "," * (LONGEST_TEXT + 1) + "\nB0WALNUTBL\n")
    assert wrong_lines(imported) == [2]
    assert imported.watches == [watch()]


def is_sku(text: str) -> bool:
    # What spreadsheets write where they have nothing is none either.
    if text.strip().upper() in ("NAN", "NULL", "N/A", "N.A."):
        return False
    return not text or not text.isascii() or any(map(str.isalnum, text))


def _watches_in(market: Marketplace) -> st.SearchStrategy[Watch]:
    # Surrogates are no text that a store could hold.
    text = st.text(st.characters(exclude_categories=["Cs"]))
    odd = st.sampled_from(("=1+1", "'=1", "''", "'", " x ", "\r", "a\rb", "@\n", '"', ";", ","))
    odd |= st.text("""a;\t|\r\n ,'\"""" + "".join(SIGNS))
    return st.builds(
        Watch,
        asin=products,
        marketplace=st.just(market.code),
        floor=st.none() | money((market.currency,)).filter(lambda floor: floor.amount > 0),
        sku=(odd | text).map(lambda cell: cell[:LONGEST_SKU]).filter(is_sku),
        daily_units=st.none() | st.integers(1, MOST_UNITS),
        title=odd | text.map(lambda cell: cell[:LONGEST_TITLE]),
        added_by=st.just("ana"),
        added_at=st.just(START),
        new_only=st.none() | st.booleans(),
    )


watch_lists = st.lists(
    st.sampled_from(MARKETPLACES).flatmap(_watches_in),
    max_size=5,
    unique_by=lambda found: found.key,
)


def found_lines(text: str) -> list[int]:
    """Return where the rows behind the header begin, as an editor counts."""
    reader = csv.reader(io.StringIO(text, newline=""))
    starts = [1]
    starts += [reader.line_num + 1 for _ in reader]
    return starts[1:-1]


@given(watch_lists)
def test_what_is_written_is_read_again_and_no_cell_is_a_formula(watches: list[Watch]) -> None:
    written = write_watches(watches)
    assert read(written) == Imported(watches, [], [], 0, [], found_lines(written))
    rows = csv.reader(io.StringIO(written, newline=""))
    assert not [cell for row in rows for cell in row if cell.startswith(FORMULA)]
    for mark in ";\t|":
        cells = [cell for line in re.split(r"[\r\n]", written) for cell in line.split(mark)]
        assert not [cell for cell in cells if cell.lstrip(' "').startswith(SIGNS)]


@given(st.text())
def test_after_a_good_header_no_text_is_refused_as_a_whole(text: str) -> None:
    imported = read(f"asin,title\n{text}")
    assert len(imported.watches) + len(imported.problems) <= text.count("\n") + text.count("\r") + 1
