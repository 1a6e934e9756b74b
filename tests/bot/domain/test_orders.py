"""Order records: what Amazon's reports tell of sales is read, and nothing of the buyers stays."""

from __future__ import annotations

import csv
import io
import itertools
import time
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.evidence.order_cells import MOST_UNITS
from bot.domain.evidence.order_rows import MOST_LINES
from bot.domain.evidence.orders import (
    COLUMNS,
    Order,
    Overlap,
    by_hand,
    overlap,
    read_orders,
    reduced,
    sentence,
    write_orders,
)
from bot.domain.marketplaces import MARKETPLACES
from bot.domain.money import Money
from bot.errors import UserError
from tests.strategies import money, products

_GENERAL = (
    "amazon-order-id merchant-order-id purchase-date last-updated-date order-status "
    "fulfillment-channel sales-channel order-channel url ship-service-level product-name sku asin "
    "item-status quantity currency item-price item-tax shipping-price shipping-tax gift-wrap-price "
    "gift-wrap-tax item-promotion-discount ship-promotion-discount ship-city ship-state "
    "ship-postal-code ship-country promotion-ids is-business-order purchase-order-number "
    "price-designation"
)
GENERAL = _GENERAL.split()
"""The columns of GET_FLAT_FILE_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL."""
_PERSONAL = (
    "buyer-name buyer-email buyer-phone-number recipient-name ship-address-1 ship-address-2 "
    "ship-city ship-state ship-postal-code gift-message-text cpf bill-name something-new"
)
PERSONAL = _PERSONAL.split()
ROW = {
    "amazon-order-id": "302-1234567-7654321",
    "purchase-date": "2026-11-20T23:15:42+00:00",
    "order-status": "Shipped",
    "sales-channel": "Amazon.de",
    "product-name": '6" Block; "walnut", oiled',
    "sku": "WAL-1",
    "asin": "B0WALNUTBL",
    "item-status": "Shipped",
    "quantity": "2",
    "currency": "EUR",
    "item-price": "49.98",
}
ORDER = Order(
    id="302-1234567-7654321",
    at=datetime(2026, 11, 20, 23, 15, 42, tzinfo=UTC),
    asin="B0WALNUTBL",
    sku="WAL-1",
    quantity=2,
    price=Money(Decimal("49.98"), "EUR"),
)
HEADER = "amazon-order-id,purchase-date,asin,sku,quantity,item-price,currency,order-status"


def flat(*rows: dict[str, str], columns: list[str] = GENERAL, end: str = "\r\n") -> str:
    lines = [columns, *([{**ROW, **row}.get(name, "") for name in columns] for row in rows)]
    return "".join("\t".join(line) + end for line in lines)


def table(line: str) -> bytes:
    return f"{HEADER}\n{line}\n".encode()


def sale(
    day: date, units: int = 1, *, number: int = 0, asin: str = "B0WALNUTBL", sku: str = "WAL-1"
) -> Order:
    order = f"302-{day:%Y%m%d}"[:11] + f"-{day:%m%d}{number:03}"
    at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return Order(id=order, at=at, asin=asin, sku=sku, quantity=units)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\n\n \n"])
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


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("2026-11-20T10:00:00Z", 10),
        ("2026-11-20T10:00:00.123+00:00", 10),
        ("2026-11-20 10:00:00 UTC", 10),
        ("2026-11-20 10:00", 10),
        ("2026/11/20 19:00:00 JST", 10),
        ("2026-11-20T02:00:00-08:00", 10),
        ("2026-11-20 03:00:00 PDT", 10),
        ("20.11.2026 11:00:00 MEZ", 10),
        ("20.11.2026", 12),
        ("2026-11-20", 12),
    ],
)
def test_moments_are_read_in_utc(text: str, hour: int) -> None:
    [order] = read_orders(flat({"purchase-date": text}).encode()).orders
    assert order.at == datetime(2026, 11, 20, hour, tzinfo=UTC)
    assert order.at.tzinfo is UTC


@pytest.mark.parametrize(
    "text",
    [
        "",
        "11/20/2026",
        "2026-11-31",
        "2026-11-20T25:00:00Z",
        "2026-11-20T10:00:00+24:00",
        "2026-11-20 10:00 XYZ",
        "1026-11-20",
        "today",
    ],
)
def test_what_could_be_another_day_is_left_out_and_told(text: str) -> None:
    found = read_orders(flat({"purchase-date": text}, {}).encode())
    assert found.orders == (ORDER,)
    assert [(line.line, line.why) for line in found.skipped] == [
        (2, "Its purchase date cannot be read.")
    ]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("S02-1234567-1234567,2026-11-20,B0WALNUTBL,W,1,5,EUR,Shipped", "It has no order ID"),
        ("302-1234567-123456,2026-11-20,B0WALNUTBL,W,1,5,EUR,Shipped", "It has no order ID"),
        ("302-1234567-1234567,2026-11-20,A0WALNUTBL,W,1,5,EUR,Shipped", "It has no ASIN"),
        ("302-1234567-1234567,2026-11-20,B0WALNUTBL,W,0,5,EUR,Shipped", "Its quantity"),
        ("302-1234567-1234567,2026-11-20,B0WALNUTBL,W,1.5,5,EUR,Shipped", "Its quantity"),
        ("302-1234567-1234567,2026-11-20,B0WALNUTBL,W,-1,5,EUR,Shipped", "Its quantity"),
        (f"302-1234567-1234567,2026-11-20,B0WALNUTBL,W,{'9' * 5000},5,EUR,Shipped", "Its quantity"),
        ("302-1234567-1234567,2026-11-20,B0WALNUTBL,W,1,5,EUR", "It has 7 cells"),
        ("302-1234567-1234567,2026-11-20,B0WALNUTBL,W,1,5,EUR,Shipped,", "It has 9 cells"),
        ('302-1234567-1234567,2026-11-20,B0WALNUTBL,"W,1,5,EUR,Shipped', "A quote"),
        (",,,,,,,Ana", "It has no order ID"),
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
def test_what_was_cancelled_is_counted_and_is_no_sale(status: str) -> None:
    found = read_orders(flat({"order-status": status, "quantity": "0"}, {}).encode())
    assert (found.orders, found.skipped, found.cancelled) == ((ORDER,), (), 1)
    assert read_orders(flat({"item-status": status}).encode()).cancelled == 1


@pytest.mark.parametrize(
    ("cells", "price"),
    [
        ({"item-price": "49,98"}, Money(Decimal("49.98"), "EUR")),
        ({"item-price": "1.049,98"}, Money(Decimal("1049.98"), "EUR")),
        ({"item-price": "0.00"}, Money(Decimal(0), "EUR")),
        ({"currency": ""}, Money(Decimal("49.98"), "EUR")),
        ({"currency": "", "sales-channel": "Amazon.com"}, Money(Decimal("49.98"), "USD")),
        ({"currency": "", "sales-channel": "Non-Amazon"}, None),
        ({"currency": "ANA"}, None),
        ({"item-price": ""}, None),
        ({"item-price": "Ana"}, None),
    ],
)
def test_a_price_that_nobody_can_tell_does_not_cost_the_order(
    cells: dict[str, str], price: Money | None
) -> None:
    [order] = read_orders(flat(cells).encode()).orders
    assert order.price == price


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
    with pytest.raises(UserError, match="That is no order report"):
        read_orders(content)


def test_a_report_without_an_order_that_can_be_read_is_not_kept() -> None:
    with pytest.raises(UserError, match=r"No order could be read.* Line 2: It has no ASIN\."):
        reduced(flat({"asin": "-"}).encode())


@pytest.mark.parametrize("fill", ["\n", 'x"\n', '"x\n', "\t\n"])
def test_a_report_without_end_is_read_so_far_and_in_time(fill: str) -> None:
    content = (HEADER + "\n" + fill * (MOST_LINES + 10)).encode()
    began = time.process_time()
    found = read_orders(content)
    assert time.process_time() - began < 20
    assert found.skipped[-1].line == MOST_LINES + 1
    assert found.skipped[-1].why == "Only 200,000 lines are read."


def test_a_header_of_a_million_columns_is_none() -> None:
    with pytest.raises(UserError, match="That is no order report"):
        read_orders(b"buyer-name," * 1_000_000 + HEADER.encode())


skus = st.from_regex(r"\A[A-Z][A-Za-z0-9._/#()+&-]{0,38}[0-9]\Z") | st.just("")
order_ids = st.from_regex(r"\A[0-9]{3}-[0-9]{7}-[0-9]{7}\Z")
orders = st.builds(
    Order,
    id=order_ids,
    at=st.datetimes(datetime(1996, 1, 1), datetime(2099, 1, 1)).map(  # noqa: DTZ001 - set below
        lambda at: at.replace(microsecond=0, tzinfo=UTC)
    ),
    asin=products,
    sku=skus,
    quantity=st.integers(1, MOST_UNITS),
    price=st.none() | money(tuple(market.currency for market in MARKETPLACES)),
)


@given(st.lists(orders, max_size=5, unique_by=lambda order: (order.id, order.asin, order.sku)))
def test_what_is_written_is_read_again_and_no_cell_is_a_formula(given_orders: list[Order]) -> None:
    written = write_orders(given_orders)
    found = read_orders(written)
    assert (list(found.orders), found.skipped, found.cancelled) == (given_orders, (), 0)
    rows = list(csv.reader(io.StringIO(written.decode(), newline="")))
    assert tuple(rows[0]) == COLUMNS
    assert not [cell for row in rows for cell in row if cell and not cell[0].isalnum()]
    if given_orders:
        assert reduced(written) == written


@pytest.mark.parametrize(
    "sku",
    ["=1+1", "+1", "-1", "@x", "'x", "Meyer", "ana@example.org", "Ana Meyer", "a,b", "x1" * 21],
)
def test_an_sku_that_could_be_a_formula_or_a_person_is_not_kept(sku: str) -> None:
    content = flat({"sku": sku}).encode()
    assert [order.sku for order in read_orders(content).orders] == [""]
    with pytest.raises(ValueError, match="another form"):
        write_orders([Order(id=ORDER.id, at=ORDER.at, asin=ORDER.asin, sku=sku, quantity=1)])


@pytest.mark.parametrize("price", [Money(Decimal(-5), "EUR"), Money(Decimal(5), "=1+1")])
def test_a_price_that_could_be_a_formula_is_not_written(price: Money) -> None:
    with pytest.raises(ValueError, match="formula"):
        write_orders([Order(id=ORDER.id, at=ORDER.at, asin=ORDER.asin, quantity=1, price=price)])


SECRETS = (
    "Annemarie Quistorp",
    "quistorp.anne@marketplace.example",
    "+49 170 5550123",
    "Lindenallee 17b",
    "D-54290 Trier",
    'Quistorp "Anne", c/o\nBäcker',
    "=cmd|'/c quistorp'!A1",
    "Quistorp\tAnne",
)
TRACES = (b"uistorp", b"5550123", b"indenallee", b"54290", b"rier", b"cker", b"nne")


@st.composite
def reports(draw: st.DrawFn) -> bytes:
    """Draw a report with persons wherever one may be, by a careful program or a careless one."""
    columns = draw(st.permutations([*COLUMNS, "order-status", *PERSONAL]))
    secret = st.sampled_from(SECRETS)
    lines = [columns]
    for number in range(draw(st.integers(1, 4))):
        row = {**ROW, "amazon-order-id": f"302-0000000-{number:07}"}
        row |= {name: draw(secret) for name in PERSONAL}
        if draw(st.booleans()):
            row["sku"] = draw(secret)
        if draw(st.booleans()):
            row[draw(st.sampled_from(columns))] = draw(secret)
        cells = [row[name] for name in columns]
        if draw(st.booleans()):
            place = draw(st.integers(0, len(cells) - 1))
            cells[place : place + draw(st.integers(0, 1))] = draw(st.lists(secret, max_size=2))
        lines.append(cells)
    out = io.StringIO(newline="")
    delimiter = draw(st.sampled_from(",;\t"))
    if draw(st.booleans()):
        csv.writer(out, delimiter=delimiter).writerows(lines)
    else:
        out.write("\n".join(delimiter.join(line) for line in lines))
    text = out.getvalue()
    cut = draw(st.none() | st.integers(len(text) // 2, len(text)))
    return text[:cut].encode(draw(st.sampled_from(("utf-8", "utf-16", "cp1252"))))


def traces(data: bytes) -> list[bytes]:
    return [trace for trace in TRACES if trace in data]


@given(reports())
def test_nothing_of_a_buyer_stays_in_what_is_kept_or_told(content: bytes) -> None:
    try:
        told = "".join(line.why for line in read_orders(content).skipped)
        kept = reduced(content)
    except UserError as error:
        told, kept = str(error), b""
    assert traces(kept) == []
    assert traces(told.encode()) == []


def test_the_persons_that_are_searched_for_were_there() -> None:
    row = dict(zip(PERSONAL, itertools.cycle(SECRETS[:5]), strict=False))
    content = flat(row, columns=[*GENERAL, *PERSONAL]).encode()
    assert set(traces(content)) == set(TRACES) - {b"cker"}
    assert read_orders(reduced(content)).orders == (ORDER,)


def test_one_order_by_hand() -> None:
    order = by_hand(" 302-1234567-7654321", "2026-11-20", "b0walnutbl", "2")
    assert order == Order(
        id=ORDER.id, at=datetime(2026, 11, 20, 12, tzinfo=UTC), asin=ORDER.asin, quantity=2
    )
    assert read_orders(write_orders([order])).orders == (order,)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("1234", "2026-11-20", "B0WALNUTBL", "1"), "'1234' is no order ID"),
        (("302-1234567-7654321", "11/20/26", "B0WALNUTBL", "1"), "'11/20/26' is no day"),
        (("302-1234567-7654321", "2026-11-20", "B0", "1"), "'B0' has 2 characters"),
        (("302-1234567-7654321", "2026-11-20", "B0WALNUTBL", "no"), "'no' is no number of units"),
    ],
)
def test_a_typing_error_is_named(words: tuple[str, str, str, str], why: str) -> None:
    with pytest.raises(UserError, match=why):
        by_hand(*words)


START, END = datetime(2026, 11, 3, 9, tzinfo=UTC), datetime(2026, 11, 9, 18, tzinfo=UTC)


def compare(*found: Order, zone: str = "UTC") -> Overlap:
    return overlap(found, ["B0WALNUTBL"], START, END, zone)


def test_sales_before_in_and_after_the_time_are_told_day_by_day() -> None:
    days = [date(2026, 10, 1) + timedelta(days=number) for number in range(60)]
    found = compare(*(sale(day, 1 if START.date() <= day <= END.date() else 3) for day in days))
    assert (found.since, found.until) == (date(2026, 11, 3), date(2026, 11, 9))
    assert (found.days[0], found.days[-1]) == ((date(2026, 10, 20), 3), (date(2026, 11, 23), 3))
    assert len(found.days) == 14 + 7 + 14
    assert (found.units, found.orders) == (7, 7)
    assert sentence(found) == (
        "The other seller was seen on the listing from 2026-11-03 to 2026-11-09. Our order records "
        "reach from 2026-10-01 to 2026-11-29. Units that we sold by them: before that time 42 on "
        "14 days; in it 7 on 7 days (7 orders); after it 42 on 14 days. "
        "This shows what we sold, not why."
    )


def test_days_that_the_records_do_not_reach_are_not_told_as_days_without_sales() -> None:
    found = compare(sale(date(2026, 11, 1), 2), sale(date(2026, 11, 5), 3))
    assert [day for day, _ in found.days] == [date(2026, 11, number) for number in range(1, 6)]
    assert "before that time 2 on 2 of 14 days; in it 3 on 3 of 7 days (1 order); " in sentence(
        found
    )
    assert "after it not on record." in sentence(found)


def test_a_day_without_sales_within_the_records_is_told_as_one() -> None:
    other = sale(date(2026, 11, 30), asin="B0OTHERONE")
    found = compare(sale(date(2026, 10, 1)), other)
    assert [units for _, units in found.days] == [0] * 35
    assert "before that time 0 on 14 days; in it 0 on 7 days; after it 0 on 14 days" in sentence(
        found
    )


def test_without_any_order_nothing_is_compared() -> None:
    found = compare()
    assert (found.days, found.units, found.first) == ((), 0, None)
    assert sentence(found).endswith("We have no order records to compare it with.")


def test_an_order_that_two_reports_and_a_person_tell_counts_once() -> None:
    known = sale(date(2026, 11, 5), 2)
    typed = sale(date(2026, 11, 5), 2, sku="")
    assert compare(known, known, typed).units == 2
    assert compare(typed, typed).units == 2
    assert compare(known, sale(date(2026, 11, 5), 1, sku="WAL-2")).units == 3


def test_two_products_of_one_order_are_one_order() -> None:
    one, two = sale(date(2026, 11, 5)), sale(date(2026, 11, 5), asin="B0OTHERONE")
    found = overlap([one, two], ["B0WALNUTBL", "B0OTHERONE"], START, END, "UTC")
    assert (found.units, found.orders) == (2, 1)


def test_days_are_the_teams() -> None:
    late = Order(id=ORDER.id, at=datetime(2026, 11, 9, 16, tzinfo=UTC), asin=ORDER.asin, quantity=1)
    assert compare(late).days == ((date(2026, 11, 9), 1),)
    found = compare(late, zone="Asia/Tokyo")
    assert found.days == ((date(2026, 11, 10), 1),)
    assert (found.since, found.until) == (date(2026, 11, 3), date(2026, 11, 10))


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 9)), max_size=20))
def test_units_in_the_time_are_those_of_its_days(sold: list[tuple[int, int]]) -> None:
    found = compare(
        *(
            sale(date(2026, 10, 1) + timedelta(days=day), units, number=number)
            for number, (day, units) in enumerate(sold)
        )
    )
    inside = [units for day, units in found.days if found.since <= day <= found.until]
    expected = [units for day, units in sold if 33 <= day <= 39]
    assert sum(inside) == found.units == sum(expected)
    assert found.orders == len(expected)
