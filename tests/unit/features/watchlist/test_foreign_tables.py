"""Tables that were not made for us: Amazon's reports, repricers, spreadsheets. Never guessed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.marketplaces import MARKETPLACES
from bot.core.money import Money
from bot.errors import UserError
from bot.features.watchlist.rules.markets import find_market
from bot.features.watchlist.rules.table import Imported, read_watches
from tests.cases import for_each
from tests.strategies import START

LISTING = (
    "item-name\titem-description\tlisting-id\tseller-sku\tprice\tquantity\tproduct-id-type\t"
    "asin1\tasin2\tproduct-id\tfulfillment-channel\tstatus\n"
)


def read(text: str, home: str = "US") -> Imported:
    return read_watches(text, home, START, "ana")


def floor_of(text: str) -> str:
    [found] = read(text).watches
    return str(found.floor)


def test_amazons_listing_report_is_read_and_its_own_price_is_no_floor() -> None:
    lines = (
        '6" Walnut block\t"Oiled" oak\tL1\tWAL 1\t39.95\t\t1\tB0WALNUTBL\t\tB0WALNUTBL\tAMAZON\tOn',
        '"Old" block\tan open "\tL2\tWAL-2\t39.95\t\t1\tB0WALNUT02\t\tB0WALNUT02\tDEFAULT\tActive',
        'Block\t"open\tL3\tWAL-3\t39.95\t\t1\tB0WALNUT03\t\tB0WALNUT03\tDEFAULT\tActive',
        'Block\tclosed"\tL4\tWAL-4\t39.95\t\t1\tB0WALNUT04\t\tB0WALNUT04\tDEFAULT\tActive',
    )
    found = read(LISTING + "\r\n".join(lines), home="DE")
    assert found.problems == []
    assert [(each.key, each.sku, each.floor) for each in found.watches] == [
        ("DE-B0WALNUTBL", "WAL 1", None),
        ("DE-B0WALNUT02", "WAL-2", None),
        ("DE-B0WALNUT03", "WAL-3", None),
        ("DE-B0WALNUT04", "WAL-4", None),
    ]
    assert [each.title for each in found.watches][:2] == ['6" Walnut block', '"Old" block']
    assert found.renamed == ["item-name as title", "seller-sku as sku", "asin1 as asin"]
    assert {"price", "quantity", "status"} <= {*found.ignored}


def test_where_the_listing_report_has_no_asin_its_product_id_counts_if_it_is_one() -> None:
    text = (
        "item-name\tseller-sku\tproduct-id-type\tproduct-id\n"
        "Planche\tW-1\t1\tB0WALNUTBL\nPlanche\tW-2\t4\t4006381333931\n"
    )
    found = read(text, home="FR")
    assert [each.key for each in found.watches] == ["FR-B0WALNUTBL"]
    [problem] = found.problems
    assert (problem.line, problem.column) == (3, "product-id")
    assert "product-id-type is not 1" in problem.why


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("ASIN\tSKU\tSellingVenue\tMAP", "B0WALNUTBL\tWAL-1\tAmazonDE\t39.95"),
        ("asin;sku;Marketplace name;Min. price", 'B0WALNUTBL;WAL-1;Amazon.de;"39,95 €"'),
        ("Product ASIN,Merchant SKU,Country,Floor price", "B0WALNUTBL,WAL-1,Germany,39.95"),
        ("asin,sku,marketplace,MAP (EUR)", "B0WALNUTBL,WAL-1,DE,39.95"),
        ("asin,sku,marketplace,map_price,currency", 'B0WALNUTBL,WAL-1,DE,"39,95",€'),
        ("asin,msku,marketplace id,minimum-price", "B0WALNUTBL,WAL-1,A1PA6795UKMFR9,39.95"),
    ],
)
def test_exports_of_other_tools_are_read_by_what_their_columns_mean(header: str, row: str) -> None:
    found = read(f"{header}\n{row}\n")
    assert found.problems == []
    [watch] = found.watches
    assert (watch.key, watch.sku) == ("DE-B0WALNUTBL", "WAL-1")
    assert watch.floor == Money(Decimal("39.95"), "EUR")
    assert found.ignored == []


@for_each(
    ("header", "row", "column"),
    [
        ("asin,SellingVenue", "B0WALNUTBL,Walmart", "SellingVenue"),
        ("asin,Region", "B0WALNUTBL,EU", "Region"),
        ("asin,channel", "B0WALNUTBL,FBA", "channel"),
        ("asin,MAP", "B0WALNUTBL,yes", "MAP"),
        ("asin,MAP", "B0WALNUTBL,€39.95", "MAP"),
        ("asin,marketplace,floor", "B0WALNUTBL,DE,$39.95", "floor"),
        ("asin,MAP,Currency", "B0WALNUTBL,39.95,EUR", "MAP"),
        ("asin,MAP (EUR)", "B0WALNUTBL,39.95", "MAP (EUR)"),
        ("asin,MAP (USD),currency", "B0WALNUTBL,39.95,EUR", "MAP (USD)"),
        ("asin,sku", "B0WALNUTBL,-", "sku"),
        ("asin,floor", "B0WALNUTBL,-", "floor"),
        ("asin,sku", "B0WALNUTBL,1.23457E+11", "sku"),
        ("asin,marketplace", "https://www.amazon.de/dp/B0WALNUTBL,US", "marketplace"),
    ],
)
def test_a_market_or_price_that_is_not_understood_costs_the_line_and_is_not_guessed(
    header: str, row: str, column: str
) -> None:
    found = read(f"{header}\n{row}\n")
    assert found.watches == []
    assert [(each.line, each.column) for each in found.problems] == [(2, column)]


def test_a_link_and_a_column_that_agree_are_read() -> None:
    found = read("asin,marketplace\nhttps://www.amazon.de/dp/B0WALNUTBL,Germany\n")
    assert [each.key for each in found.watches] == ["DE-B0WALNUTBL"]


@pytest.mark.parametrize(
    ("text", "floor"),
    [
        ("asin,floor,floor\nB0WALNUTBL,10,\n", "USD 10.00"),
        ("asin,floor,floor\nB0WALNUTBL,,10\n", "USD 10.00"),
        ("asin,floor,floor\nB0WALNUTBL,10\n", "USD 10.00"),
        ("asin,floor,MAP\nB0WALNUTBL,10,10\n", "USD 10.00"),
        ("asin,floor,floor\nB0WALNUTBL,,\n", "None"),
    ],
)
def test_a_column_that_is_there_twice_counts_where_one_is_empty_or_both_agree(
    text: str, floor: str
) -> None:
    assert floor_of(text) == floor
    [told] = read(text).ignored
    assert "the same as column" in told


@pytest.mark.parametrize(
    "rows",
    ["B0WALNUTBL,10,11", "B0WALNUTBL,10,\nB0WALNUT02,,11", "B0WALNUTBL,10,10\nB0WALNUT02,10,"],
)
def test_two_columns_that_contradict_each_other_refuse_the_table(rows: str) -> None:
    message = r"Two columns both mean floor and differ: column 2 \(floor\) and column 3 \(MAP\)\."
    with pytest.raises(UserError, match=message):
        read(f"asin,floor,MAP\n{rows}\n")


def test_two_columns_for_the_market_may_name_it_in_two_ways() -> None:
    found = read("asin,marketplace,country\nB0WALNUTBL,Amazon.de,Germany\n")
    assert [each.key for each in found.watches] == ["DE-B0WALNUTBL"]


@pytest.mark.parametrize(
    "text",
    [
        "sep=;\r\nasin;floor\r\nB0WALNUTBL;20,5\r\n",
        '"sep=;"\r\nasin;floor\r\nB0WALNUTBL;20,5\r\n',
        "\ufeffsep=|\nasin|floor\nB0WALNUTBL|20.5\n",
        "\n\n;;\nasin;floor\nB0WALNUTBL;20.5\n".replace(";;\n", ""),
        'asin,floor\n="B0WALNUTBL","=""20.5"""\n',
        "asin,floor\n'B0WALNUTBL,'20.5\n",
        "'asin,'floor\nB0WALNUTBL,20.5\n",
    ],
)
def test_what_spreadsheets_put_around_a_table_and_its_cells_is_passed_over(text: str) -> None:
    assert floor_of(text) == "USD 20.50"


def test_lines_before_the_header_are_counted() -> None:
    found = read("sep=;\n\nasin;floor\nB0WALNUTBL;20\nwrong;20\n")
    assert found.lines == [4]
    assert [each.line for each in found.problems] == [5]


def test_a_number_that_a_spreadsheet_was_told_to_keep_as_text_is_an_sku() -> None:
    rows = 'B0WALNUTBL,\'00123\nB0WALNUT02,="00124"\n'
    assert [each.sku for each in read(f"asin,sku\n{rows}").watches] == ["00123", "00124"]


@for_each("market", MARKETPLACES, ids=lambda market: market.code)
def test_every_marketplace_is_known_by_what_tools_call_it(market: object) -> None:
    code, domain = getattr(market, "code", ""), getattr(market, "domain", "")
    names = (code, domain, f"amazon.{domain}", f"Amazon {code}", f"Amazon{code}", f"AMAZON_{code}")
    assert {found.code for name in names if (found := find_market(name))} == {code}


@pytest.mark.parametrize("text", ["", "Mars", "EU", "Walmart", "amazon", "FBA", "AmazonXX"])
def test_no_marketplace_is_made_of_what_is_none(text: str) -> None:
    assert find_market(text) is None


@pytest.mark.parametrize(
    ("header", "line", "key"),
    [
        ("ASIN;Kraj;Cena minimalna", "B0WALNUTBL;PL;99,00", "PL-B0WALNUTBL 99.00"),
        ("ASIN;Marknad;Lägsta pris", "B0WALNUTBL;SE;199 kr", "SE-B0WALNUTBL 199"),
        ("ASIN;país;precio mínimo", "B0WALNUTBL;ES;24,99", "ES-B0WALNUTBL 24.99"),
        ("ASIN;Verkoopkanaal;Floor EUR", "B0WALNUTBL;Amazon.nl;24,99", "NL-B0WALNUTBL 24.99"),
        ("ASIN;Pazar yeri;MAP_TRY", "B0WALNUTBL;TR;1.299,90", "TR-B0WALNUTBL 1299.90"),
    ],
)
def test_columns_in_more_of_the_shops_languages(header: str, line: str, key: str) -> None:
    [found] = read(f"{header}\n{line}\n").watches
    assert found.floor is not None
    assert f"{found.key} {found.floor.amount}" == key


def test_a_column_that_nobody_knows_and_that_names_another_marketplace_costs_its_line() -> None:
    found = read(
        "asin,Trg,country of origin\nB0WALNUTBL,PL,DE\nB0WALNUT02,US,DE\nB0WALNUT03,,IT\n"
        "https://www.amazon.pl/dp/B0WALNUT04,PL,\nhttps://www.amazon.de/dp/B0WALNUT05,PL,\n"
    )
    assert [each.key for each in found.watches] == [
        "US-B0WALNUT02",
        "US-B0WALNUT03",
        "PL-B0WALNUT04",
    ]
    assert [each.line for each in found.problems] == [2, 6]
    assert found.problems[0].why == (
        "The column 'Trg' says 'PL', but this product would be watched on amazon.com. Rename "
        "that column to marketplace, or remove it."
    )


def test_a_listing_report_of_another_region_is_not_watched_at_home() -> None:
    rows = "".join(f"W-{n}\tB0WALNUT0{n}\t{x}\n" for n, x in enumerate(("NA", "EU", "IN")))
    header = "seller-sku\tasin1\tfulfillment-channel\n"
    found = read(header + rows.replace("\tNA", "\tAMAZON_NA").replace("\tEU", "\tAMAZON_EU"))
    assert [each.key for each in found.watches] == ["US-B0WALNUT00"]
    assert [each.line for each in found.problems] == [3, 4]


@pytest.mark.parametrize("cell", ["#N/A", "#REF!", "#DIV/0!", "#NAME?", "n/a", "NULL", "-"])
def test_what_a_spreadsheet_writes_for_nothing_is_no_sku_and_no_price(cell: str) -> None:
    for column, what in (("sku", "a SKU"), ("floor", "a price")):
        [problem] = read(f"asin,{column}\nB0WALNUTBL,{cell}\n").problems
        assert problem.column == column
        assert problem.why == f"{cell!r} is not {what}. Leave the cell empty if there is none."


CELLS = st.sampled_from(
    ("B0WALNUTBL", "B0WALNUT02", "x", "", "DE", "Mars", "20", "$5", "'7", '="8"')
)
NAMES = st.sampled_from(
    ("asin", "asin1", "product-id", "SellingVenue", "country", "MAP", "floor", "sku", "price", "")
)


@given(st.lists(NAMES, max_size=4), st.lists(st.lists(CELLS, min_size=1, max_size=6), max_size=8))
def test_each_line_is_a_watch_or_is_told_with_its_number_and_reason(
    names: list[str], rows: list[list[str]]
) -> None:
    lines = ["\t".join(row) for row in (["asin", *names], *rows)]
    refused = ""
    try:
        found = read("\n".join(lines))
    except UserError as error:
        found, refused = None, str(error)
    if found is None:
        assert "Two columns both mean" in refused
        return
    filled = [number for number, line in enumerate(lines[1:], start=2) if line.strip()]
    told = [problem.line for problem in found.problems]
    assert sorted(found.lines + told) == filled
    assert len(found.watches) + found.left_out == len(filled)
    assert all(problem.why for problem in found.problems)
    named = {name for name in names if name}
    assert {problem.column for problem in found.problems} <= {"", "asin", *named}
