"""What of an order report is in no figure is told: at hand-in, in the thread, where it counts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.files import TableRead, Upload
from bot.errors import UserError
from bot.features.cases.collections import ENTRIES
from bot.features.evidence.collections import EVIDENCE_ITEMS
from bot.features.evidence.models.items import EvidenceItem, EvidenceKind
from bot.features.evidence.rules.orders import read_orders, reduced
from bot.features.evidence.service.sales import sales_during
from bot.features.evidence.service.uploads import ingest
from tests.unit.conftest import BEN, Team, asked, notice
from tests.unit.features.evidence.order_reports import GENERAL, ORDER, ROW, flat
from tests.unit.features.reports.reporting import CASE, collect, start

BY_SPREADSHEET = {"purchase-date": "11/05/2026 23:15"}
TWO_DAYS = (
    "The purchase date is ambiguous: month and day are both below 13. Attach the report as "
    "Amazon provides it, not as saved by a spreadsheet."
)


def rows(count: int, **cells: str) -> list[dict[str, str]]:
    named = {name.replace("_", "-"): cell for name, cell in cells.items()}
    return [{"amazon-order-id": f"302-0000000-{number:07}", **named} for number in range(count)]


@pytest.fixture
async def hit(team: Team) -> Team:
    await start(team)
    return team


async def hand_in(team: Team, *reports: str) -> str:
    files = [
        await ingest(team.app, team.app.evidence.keep, "report.txt", report.encode())
        for report in reports
    ]
    return await collect(
        team, EvidenceKind.ORDERS, {"files": tuple(files), "typed": "", "none": ""}
    )


async def items(team: Team) -> list[EvidenceItem]:
    return list(await team.app.store.find(EVIDENCE_ITEMS, "case", CASE))


async def sales(team: Team) -> str:
    now = team.clock()
    since, until = now - timedelta(days=10), now + timedelta(days=10)
    return await sales_during(team.app, await items(team), ["B0WALNUTBL"], since, until)


async def test_lines_that_were_left_out_are_named_to_who_hands_them_in(hit: Team) -> None:
    report = flat(*({**row, **BY_SPREADSHEET} for row in rows(9)), {})
    said = await hand_in(hit, report)
    left_out = f"9 of 10 lines were left out. Lines 2, 3, 4 and 6 more (purchase-date): {TWO_DAYS}"
    assert said == f"Added to C-1: E-1.\nE-1: {left_out}"
    [item] = await items(hit)
    assert item.file is not None
    assert item.file.table == TableRead(10, 9, left_out)
    told = [fact.value for entry in await hit.app.store.page(ENTRIES) for fact in entry.facts]
    assert f"Our order records: {left_out}" in told
    assert (
        "Lines in the reports not counted because they could not be read or are not sales on "
        "Amazon: 9 of 10. This shows what we sold, not why."
    ) in await sales(hit)


async def test_a_report_that_is_added_with_a_note_is_told_about_too(hit: Team) -> None:
    file = await ingest(
        hit.app, hit.app.evidence.keep, "report.txt", flat({}, {"asin": "-"}).encode()
    )
    ask = asked(await hit.type("/note", BEN))
    said = notice(await hit.submit(ask, {"case": "1", "note": "Ours", "files": (file,)}, BEN))
    told = "E-1: 1 of 2 lines was left out. Line 3 (asin): This is not an ASIN."
    assert said == f"Added to C-1.\n{told}"


async def test_a_report_that_is_read_whole_says_nothing_more(hit: Team) -> None:
    assert await hand_in(hit, flat({})) == "Added to C-1: E-1."
    assert "not counted" not in await sales(hit)


async def test_each_reason_is_named_with_its_column_and_the_rest_is_counted(hit: Team) -> None:
    bad = [
        {"amazon-order-id": "S01-1234567-1234567"},
        {"asin": "walnut"},
        {"quantity": "two"},
        {"purchase-date": "yesterday"},
        {"amazon-order-id": "1234"},
    ]
    said = await hand_in(hit, flat({}, *bad, {"item-price": "a lot"}))
    assert said == (
        "Added to C-1: E-1.\nE-1: 5 of 7 lines were left out. Line 3 (amazon-order-id): This is a "
        "multi-channel order, not a sale on Amazon. Line 4 (asin): This is not an ASIN. "
        "Line 5 (quantity): This is not a whole number from 1 to 100,000. And 2 more for "
        "other reasons. 1 cell was left out of the other lines. Line 8 (item-price): The price "
        "cannot be read."
    )


async def test_a_multi_channel_order_is_known_by_its_sales_channel_too(hit: Team) -> None:
    said = await hand_in(hit, flat({}, {"sales-channel": "Non-Amazon US"}))
    assert "Line 3 (amazon-order-id): This is a multi-channel order" in said


@pytest.mark.parametrize("monday_first", [True, False])
@pytest.mark.parametrize("changed", [("", ""), ("2026-11-21T08:00:00Z", "2026-11-24T08:00:00Z")])
async def test_an_order_that_was_cancelled_since_counts_no_more(
    hit: Team, changed: tuple[str, str], *, monday_first: bool
) -> None:
    other = {"amazon-order-id": "302-0000000-0000001"}
    before, after = changed
    monday = flat({"order-status": "Pending", "last-updated-date": before}, other)
    friday = {"order-status": "Cancelled", "quantity": "0", "last-updated-date": after}
    reports = [monday, flat({**friday, "item-price": "", "currency": ""}, other)]
    if not monday_first and all(changed):
        reports.reverse()
    for report in reports:
        assert await hand_in(hit, report) in ("Added to C-1: E-1.", "Added to C-1: E-2.")
        hit.clock.advance(hours=1)
    assert "2 on 2026-11-20, while the other seller was there" in await sales(hit)


async def test_reports_that_were_handed_in_together_count_no_order_that_was_cancelled(
    hit: Team,
) -> None:
    shipped, cancelled = flat({}), flat({"order-status": "Cancelled"})
    await hand_in(hit, cancelled, shipped)
    assert "sold: 0 on" in await sales(hit)


async def test_a_report_whose_bytes_are_lost_is_told(hit: Team) -> None:
    await hand_in(hit, flat({}))
    await hand_in(hit, flat(*rows(1)))
    [_, lost] = await items(hit)
    assert lost.file is not None
    await hit.app.evidence.forget(lost.file.content, {"at": "now"})
    assert "Reports not counted because they could not be read again: 1." in await sales(hit)


async def test_a_report_of_which_no_line_can_be_read_is_refused_with_the_reasons(
    team: Team,
) -> None:
    with pytest.raises(UserError) as refused:
        await ingest(
            team.app, team.app.evidence.keep, "report.txt", flat(*rows(5, asin="-")).encode()
        )
    assert str(refused.value) == (
        "report.txt: The report has no readable orders. 5 of 5 lines were left out. "
        "Lines 2, 3, 4 and 2 more (asin): This is not an ASIN."
    )


async def test_columns_are_named_as_the_report_names_them(team: Team) -> None:
    header = "Amazon-Bestellnummer;Kaufdatum;ASIN;Menge"
    lines = "302-1234567-7654321;17.05.2026;B0WALNUTBL;1\n302-1234567-7654321;gestern;B0WALNUTBL;1"
    file = await ingest(
        team.app, team.app.evidence.keep, "report.csv", f"{header}\n{lines}\n".encode()
    )
    assert file.table is not None
    assert "Line 3 (Kaufdatum): The purchase date cannot be read." in file.table.words


Cells = dict[str, str]
BROKEN = st.sampled_from(
    (
        {"amazon-order-id": "S01-1234567-1234567"},
        {"amazon-order-id": "M#1337"},
        {"purchase-date": "14/07/26"},
        {"purchase-date": "11/05/2026"},
        {"asin": ""},
        {"quantity": "0"},
        {"sales-channel": "Non-Amazon"},
        {"promotion-ids": "a\tb"},
        {"sku": "a\tb"},
    )
)
READ = st.sampled_from(
    (
        {},
        {"order-status": "Cancelled", "quantity": "0", "item-price": ""},
        {"item-price": "lots"},
        {"sku": "Walnut board"},
        {"last-updated-date": "2026-11-22"},
    )
)


@given(st.lists(st.tuples(st.booleans(), READ, BROKEN), max_size=12))
def test_kept_and_told_are_all_lines(
    drawn: list[tuple[bool, dict[str, str], dict[str, str]]],
) -> None:
    number = [f"302-0000000-{place:07}" for place in range(len(drawn))]
    report = [
        {"amazon-order-id": number[place], **(good if is_good else bad)}
        for place, (is_good, good, bad) in enumerate(drawn)
    ]
    table = read_orders(flat(*report, columns=GENERAL).encode())
    good = [place for place, (is_good, _, _) in enumerate(drawn) if is_good]
    assert [order.id for order in table.orders] == [number[place] for place in good]
    told = [each.line for each in table.skipped]
    assert sorted([*told, *(place + 2 for place in good)]) == list(range(2, len(drawn) + 2))
    assert len(table.orders) + table.left_out == table.lines == len(drawn)
    for each in (*table.skipped, *table.unkept):
        assert each.why
        assert each.column in GENERAL or "cells" in each.why
    again = read_orders(reduced(table))
    assert (again.orders, again.skipped, again.unkept) == (table.orders, (), ())


@pytest.mark.parametrize(
    "status",
    ["Canceled", "Storniert", "Annullato", "Anulowano", "Geannuleerd", "Avbruten", "İptal Edildi"],
)
def test_a_cancelled_order_is_known_in_the_languages_of_the_shops(status: str) -> None:
    [order] = read_orders(flat({"order-status": status, "quantity": "1"}).encode()).orders
    assert (order.cancelled, order.quantity) == (True, 0)


@pytest.mark.parametrize("around", ["\u200e{}", "'{}", '="{}"', "\ufeff{}\u200b"])
def test_what_pasting_and_spreadsheets_put_around_a_cell_is_no_part_of_it(around: str) -> None:
    names = ("amazon-order-id", "asin", "sku", "quantity")
    row = {name: around.format(cell) for name, cell in ROW.items() if name in names}
    table = read_orders(flat(row).encode())
    assert (table.orders, table.skipped, table.unkept) == ((ORDER,), (), ())


OTHERS = [
    (
        "order-id\torder-item-id\tpurchase-date\tpayments-date\tsku\tquantity-purchased\n",
        "This is the 'Order report', which has no ASINs.",
    ),
    ("Bestellnummer;Kaufdatum;SKU;Menge\n", "This is the 'Order report', which has no ASINs."),
    (
        "order-id\torder-item-id\tpurchase-date\tdays-past-promise\tsku\tquantity-to-ship\n",
        "This is the unshipped orders report.",
    ),
    (
        "settlement-id\tsettlement-start-date\torder-id\tsku\tquantity-purchased\n",
        "This is a settlement report.",
    ),
    (
        "return-date,order-id,sku,asin,fnsku,product-name,quantity,status\n",
        "This is the FBA returns report.",
    ),
    (
        "sku\tfnsku\tasin\tproduct-name\tafn-fulfillable-quantity\n",
        "This is an FBA inventory report.",
    ),
    (
        "item-name\tlisting-id\tseller-sku\tprice\tquantity\tasin1\n",
        "This is a listing report, which has products but no orders.",
    ),
    (
        "shipment-id\tamazon-order-item-id\tamazon-order-id\tpurchase-date\tsku\n",
        "This is the FBA shipments report, which has no ASINs.",
    ),
    (
        "shipment-date\tsku\tfnsku\tasin\tquantity\tamazon-order-id\n",
        "This is the FBA shipments report, which has no purchase dates.",
    ),
    (
        '"(Child) ASIN","Title","Units Ordered","Ordered Product Sales"\n',
        "This is a business report, which has totals but no orders.",
    ),
    ("Date,Sessions,ASIN\n1,2,3\n", "This is a table, but not an Amazon order report."),
    ("sku\tasin\tprice\tquantity\n", "This is a listing report, which has products but no orders."),
    (
        '<?xml version="1.0"?>\n<AmazonEnvelope>\n<Message><Order>',
        "This is the XML version of an order report.",
    ),
]


@pytest.mark.parametrize(("content", "words"), OTHERS)
async def test_another_report_is_called_by_its_name_and_the_right_one_is_named(
    team: Team, content: str, words: str
) -> None:
    with pytest.raises(UserError) as refused:
        await ingest(team.app, team.app.evidence.keep, "report.txt", content.encode())
    assert str(refused.value) == (
        f"report.txt: {words} Download All Orders instead: in Seller Central, open Reports > "
        "Fulfillment > All Orders and choose text or CSV."
    )


async def test_a_file_that_was_handed_in_before_reads_as_before(hit: Team) -> None:
    content = b"amazon-order-id,purchase-date,asin,sku,quantity,item-price,currency\r\n"
    content += b"302-1234567-7654321,2026-11-20T23:15:42+00:00,B0WALNUTBL,WAL-1,2,49.98,EUR\r\n"
    digest = await hit.app.evidence.keep(content, {"at": "now"})
    file = Upload("orders.csv", "text/csv", len(content), digest)
    await collect(hit, EvidenceKind.ORDERS, {"files": (file,), "typed": "", "none": ""})
    assert "sold: 2 on" in await sales(hit)
