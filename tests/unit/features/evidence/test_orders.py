"""Order records: what Amazon's reports tell of sales is read, and nothing of the buyers stays."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import tables
from bot.core.marketplaces import MARKETPLACES
from bot.core.money import Money
from bot.core.tables import MOST_LINES
from bot.errors import UserError
from bot.features.evidence.rules.order_cells import MOST_UNITS
from bot.features.evidence.rules.order_days import FIRST_YEAR, LAST_YEAR
from bot.features.evidence.rules.orders import (
    COLUMNS,
    Order,
    Skipped,
    by_hand,
    read_orders,
    reduced,
    write_orders,
)
from tests.cases import for_each
from tests.patience import computing
from tests.strategies import money, products
from tests.unit.features.evidence.order_reports import GENERAL, ORDER, ROW, flat

HEADER = "amazon-order-id,purchase-date,asin,sku,quantity,item-price,currency,order-status"


def table(line: str) -> bytes:
    return f"{HEADER}\n{line}\n".encode()


@for_each("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@for_each("end", ["\n", "\r\n", "\r", "\n\n \n"])
def test_the_flat_file_is_read_in_every_encoding(encoding: str, end: str) -> None:
    content = flat({"ship-city": "Köln"}, end=end).encode(encoding)
    assert read_orders(content).orders == (ORDER,)


@given(st.permutations(GENERAL), st.sampled_from("\t,;"))
def test_the_order_of_the_columns_and_what_parts_them_do_not_matter(
    columns: list[str], delimiter: str
) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerows([columns, [ROW.get(name, "") for name in columns]])
    assert read_orders(b"\r\n\r\n" + out.getvalue().encode()).orders == (ORDER,)


@pytest.mark.parametrize("first", ["sep=;\r\n", "\r\nsep=;\n", '"sep=;"\n'])
def test_the_line_in_which_excel_names_the_separator_is_passed_over(first: str) -> None:
    content = first + flat({}).replace("\t", ";").replace('6" Block; "walnut", oiled', "Block")
    assert read_orders(content.encode()).orders == (ORDER,)


def test_inches_between_tabs_are_no_quotes() -> None:
    rows = [{"product-name": '"6 inch'}, {"amazon-order-id": "302-0000000-0000001"}]
    assert len(read_orders(flat(*rows).encode()).orders) == 2


@pytest.mark.parametrize(
    ("header", "encoding"),
    [
        ("Amazon-Bestellnummer;Kaufdatum;ASIN;Händler-SKU;Menge;Artikelpreis;Währung", "cp1252"),
        (
            "Identifiant de commande Amazon;Date d\u2019achat;ASIN;SKU;Quantité;"
            "Prix de l'article;Devise",
            "utf-8",
        ),
        (
            "Número de pedido de Amazon;Fecha de compra;ASIN;SKU;Cantidad;Precio del artículo;"
            "Divisa",
            "cp1252",
        ),
        (
            "Numero d'ordine Amazon;Data di acquisto;ASIN;SKU;Quantità;Prezzo articolo;Valuta",
            "utf-16",
        ),
        ("Amazon注文番号;購入日;ASIN;SKU;数量;商品価格;通貨", "cp932"),
        ("Amazon Order ID;Purchase Date;ASIN;Merchant SKU;QUANTITY;Item_Price;currency", "utf-8"),
    ],
)
def test_headers_in_other_languages(header: str, encoding: str) -> None:
    row = "302-1234567-7654321;2026-11-20T23:15:42Z;B0WALNUTBL;WAL-1;2;49,98;EUR"
    assert read_orders(f"{header}\n{row}\n".encode(encoding)).orders == (ORDER,)


@for_each(
    ("line", "why"),
    [
        ("S02-1234567-1234567,2026-11-20,B0WALNUTBL,W,1,5,EUR,Shipped", "This is a multi-channel"),
        ("302-1234567-123456,2026-11-20,B0WALNUTBL,W,1,5,EUR,Shipped", "The order ID does not"),
        ("302-1234567-1234567,2026-11-20,A0WALNUTBL,W,1,5,EUR,Shipped", "This is not an ASIN"),
        (
            "302-1234567-1234567,2026-11-20,B0WALNUTBL,W,0,5,EUR,Shipped",
            "This is not a whole number from 1",
        ),
        (
            "302-1234567-1234567,2026-11-20,B0WALNUTBL,W,1.5,5,EUR,Shipped",
            "This is not a whole number from 1",
        ),
        (
            "302-1234567-1234567,2026-11-20,B0WALNUTBL,W,-1,5,EUR,Shipped",
            "This is not a whole number from 1",
        ),
        (
            f"302-1234567-1234567,2026-11-20,B0WALNUTBL,W,{'9' * 5000},5,EUR,Shipped",
            "This is not a whole number from 1",
        ),
        ("302-1234567-1234567,2026-11-20,B0WALNUTBL,W", "The line has 4 cells"),
        ("302-1234567-1234567,2026-11-20,B0WALNUTBL,W,1,5,EUR,Shipped,", "The line has 9 cells"),
        (
            '302-1234567-1234567,2026-11-20,B0WALNUTBL,"W,1,5,EUR,Shipped',
            "This line could not be read",
        ),
        (",,,,,,,Ana", "The order ID does not"),
    ],
)
def test_a_line_that_cannot_be_read_is_told_and_the_next_one_is_read(line: str, why: str) -> None:
    good = "302-7654321-7654321,2026-11-20,B0WALNUTBL,W,1,5,EUR,Shipped"
    found = read_orders(table(f"{line}\n{good}"))
    assert [order.id for order in found.orders] == ["302-7654321-7654321"]
    [skipped] = found.skipped
    assert skipped.line == 2
    assert skipped.why.startswith(why)


@pytest.mark.parametrize(
    "status", ["Cancelled", "Canceled", "cancelado", "Storniert", "Annulée", "Annullato"]
)
def test_what_was_cancelled_is_remembered_and_is_no_sale(status: str) -> None:
    found = read_orders(flat({"order-status": status, "quantity": "0"}, {}).encode())
    gone = msgspec.structs.replace(ORDER, quantity=0, price=None, cancelled=True)
    assert (found.orders, found.skipped) == ((gone, ORDER), ())
    assert read_orders(reduced(found)).orders == (gone, ORDER)
    assert read_orders(flat({"item-status": status}).encode()).orders == (gone,)


def test_lines_of_one_order_with_the_same_product_are_one() -> None:
    found = read_orders(flat({}, {}, {"sku": "WAL-2"}).encode())
    assert [(order.sku, order.quantity) for order in found.orders] == [("WAL-1", 4), ("WAL-2", 2)]
    assert found.orders[0].price == Money(Decimal("99.96"), "EUR")


def test_an_order_of_more_than_any_order_has_is_told() -> None:
    found = read_orders(flat({"quantity": str(MOST_UNITS)}, {}).encode())
    assert [order.quantity for order in found.orders] == [MOST_UNITS]
    assert [line.line for line in found.skipped] == [3]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n",
        b"\x00\x01\x02",
        b"amazon-order-id\tpurchase-date\tsku\tquantity\n",
        b"Date,Sessions,Units ordered,ASIN\n",
        b"Website,Order ID,Order Date,Currency,ASIN,Quantity\n",
        b"<html>amazon-order-id,purchase-date,asin,quantity",
        '"amazon-order-id,purchase-date,asin,quantity'.encode("utf-16"),
    ],
)
def test_what_is_no_order_report_is_refused(content: bytes) -> None:
    with pytest.raises(UserError, match="This is not an order report"):
        read_orders(content)


def test_a_row_without_its_last_empty_cells_is_read() -> None:
    columns = [*GENERAL[: GENERAL.index("item-price") + 1], "ship-city", "promotion-ids"]
    header, row = flat({}, columns=columns, end="\n").splitlines()
    found = read_orders(f"{header}\n{row.rstrip()}\n".encode())
    assert (found.orders, found.skipped) == ((ORDER,), ())


def test_behind_what_each_line_needs_a_short_row_tells_no_sku() -> None:
    header = "amazon-order-id,purchase-date,asin,quantity,sales-channel,sku,buyer-name"
    found = read_orders(f"{header}\n{ORDER.id},2026-11-20,B0WALNUTBL,1,WAL-1,Quistorp77\n".encode())
    assert [order.sku for order in found.orders] == [""]


def test_two_columns_for_the_same_thing_may_be_empty_or_agree_and_nothing_else() -> None:
    header = "amazon-order-id,purchase-date,quantity,asin,product-asin"
    row = f"{ORDER.id},2026-11-20,1"
    cells = ("B0WALNUTBL,", ",B0WALNUTBL", "B0WALNUTBL,B0WALNUTBL", "B0WALNUTBL,B0OTHERONE")
    found = read_orders("\n".join((header, *(f"{row},{each}" for each in cells))).encode())
    assert [(order.asin, order.quantity) for order in found.orders] == [("B0WALNUTBL", 3)]
    assert found.skipped == (Skipped(5, "asin", "Two columns contradict each other."),)


FILLS = ("\n", 'x"\n', '"x\n', "\t\n")
"""Lines that each cost another kind of work."""


@pytest.mark.ci
def test_a_report_without_end_is_read_so_far_and_in_time() -> None:
    lines = "".join(fill * (MOST_LINES // len(FILLS)) for fill in FILLS)
    assert _why_no_more(lines + "x\n" * 10, within=20) == _too_long(MOST_LINES)


@pytest.mark.parametrize("fill", FILLS)
def test_no_kind_of_line_takes_long(fill: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_LINES", 20_000)
    assert _why_no_more(fill * 20_010 + "x\n", within=2) == _too_long(20_000)


def test_the_lines_behind_the_last_one_that_is_read_are_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tables, "MOST_LINES", 3)
    found = read_orders(flat(*[{}] * 9, end="\n\n").encode())
    assert found.skipped == (Skipped(4, "", _too_long(3), 8),)
    assert (found.lines, found.left_out) == (9, 8)


def _too_long(most: int) -> str:
    return f"The table has more than {most:,} lines. The rest was not read."


def _why_no_more(lines: str, within: float) -> str:
    content = f"{HEADER}\n{lines}".encode()
    with computing(within):
        last = read_orders(content).skipped[-1]
    assert last.line == tables.MOST_LINES + 1
    return last.why


def test_a_header_of_a_million_columns_is_none() -> None:
    with pytest.raises(UserError, match="This is not an order report"):
        read_orders(b"buyer-name," * 1_000_000 + HEADER.encode())


skus = st.from_regex(r"\A[A-Z][A-Za-z0-9._/#()+&-]{0,38}[0-9]\Z") | st.just("")
order_ids = st.from_regex(r"\A[0-9]{3}-[0-9]{7}-[0-9]{7}\Z")
moments = st.datetimes(
    datetime(FIRST_YEAR, 1, 1),  # noqa: DTZ001 - set below
    datetime(LAST_YEAR, 12, 31, 23, 59, 59),  # noqa: DTZ001 - set below
).map(lambda at: at.replace(microsecond=0, tzinfo=UTC))
orders = st.builds(
    Order,
    id=order_ids,
    at=moments,
    asin=products,
    sku=skus,
    quantity=st.integers(1, MOST_UNITS),
    price=st.none() | money(tuple(market.currency for market in MARKETPLACES)),
    updated=st.none() | moments,
) | st.builds(
    Order,
    id=order_ids,
    at=moments,
    asin=products,
    sku=skus,
    quantity=st.just(0),
    cancelled=st.just(True),
    updated=st.none() | moments,
)


@given(st.lists(orders, max_size=5, unique_by=lambda order: (order.id, order.asin, order.sku)))
def test_what_is_written_is_read_again_and_no_cell_is_a_formula(given_orders: list[Order]) -> None:
    written = write_orders(given_orders)
    found = read_orders(written)
    assert list(found.orders) == given_orders
    assert (found.skipped, found.unkept, found.lines) == ((), (), len(given_orders))
    rows = list(csv.reader(io.StringIO(written.decode(), newline="")))
    assert tuple(rows[0]) == COLUMNS
    assert not [cell for row in rows for cell in row if cell and not cell[0].isalnum()]
    assert reduced(found) == written


@for_each(
    "sku",
    [
        "=1+1",
        "+1",
        "-1",
        "@x",
        "'x",
        "Meyer",
        "ana@example.org",
        "Ana Meyer",
        "a,b",
        "x1" * 21,
        "ana77@example.org",
        "Allee 17b",
    ],
)
def test_an_sku_that_could_be_a_formula_or_a_person_is_not_kept(sku: str) -> None:
    content = flat({"sku": sku}).encode()
    assert [order.sku for order in read_orders(content).orders] == [""]
    with pytest.raises(ValueError, match="wrong format"):
        write_orders([Order(id=ORDER.id, at=ORDER.at, asin=ORDER.asin, sku=sku, quantity=1)])


@pytest.mark.parametrize("price", [Money(Decimal(-5), "EUR"), Money(Decimal(5), "=1+1")])
def test_a_price_that_could_be_a_formula_is_not_written(price: Money) -> None:
    with pytest.raises(ValueError, match="formula"):
        write_orders([Order(id=ORDER.id, at=ORDER.at, asin=ORDER.asin, quantity=1, price=price)])


def test_one_order_by_hand() -> None:
    order = by_hand(" 302-1234567-7654321", "2026-11-20", "b0walnutbl", "2")
    assert order == Order(
        id=ORDER.id, at=datetime(2026, 11, 20, 12, tzinfo=UTC), asin=ORDER.asin, quantity=2
    )
    assert read_orders(write_orders([order])).orders == (order,)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("1234", "2026-11-20", "B0WALNUTBL", "1"), "'1234' is not an order ID"),
        (("302-1234567-7654321", "11/20/26", "B0WALNUTBL", "1"), "'11/20/26' is not a date"),
        (("302-1234567-7654321", "2026-11-20", "B0", "1"), "'B0' is not an ASIN"),
        (
            ("302-1234567-7654321", "2026-11-20", "B0WALNUTBL", "no"),
            "'no' is not a number of units",
        ),
    ],
)
def test_a_typing_error_is_named(words: tuple[str, str, str, str], why: str) -> None:
    with pytest.raises(UserError, match=why):
        by_hand(*words)
