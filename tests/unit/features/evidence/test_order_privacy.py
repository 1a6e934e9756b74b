"""Nothing of a buyer is kept of an order report, or told about it."""

from __future__ import annotations

import csv
import io
import itertools

from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UserError
from bot.features.evidence.rules.order_words import left_out_words
from bot.features.evidence.rules.orders import COLUMNS, OrderTable, read_orders, reduced
from tests.cases import for_each
from tests.strategies import examples
from tests.unit.features.evidence.order_reports import GENERAL, ORDER, PERSONAL, ROW, flat

SECRETS = (
    "Annemarie Quistorp",
    "quistorp77@marketplace.example",
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
        cells = [row.get(name, "") for name in columns]
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


@examples(150)
@given(reports())
def test_nothing_of_a_buyer_stays_in_what_is_kept_or_told(content: bytes) -> None:
    try:
        table = read_orders(content)
        kept, told = reduced(table), all_told(table)
    except UserError as error:
        kept, told = b"", str(error)
    assert traces(kept) == []
    assert traces(told.encode()) == []


def all_told(table: OrderTable) -> str:
    each = [f"{told.column} {told.why}" for told in (*table.skipped, *table.unkept)]
    return "\n".join((left_out_words(table), *each))


@for_each("secret", [secret for secret in SECRETS if "\t" not in secret])
@for_each("column", ["sku", "something-new", "buyer-name", "item-price", "currency"])
def test_a_person_in_one_column_costs_no_order_and_is_not_kept(column: str, secret: str) -> None:
    out = io.StringIO(newline="")
    row = {**ROW, column: secret}
    columns = [*GENERAL, *PERSONAL]
    csv.writer(out).writerows([columns, [row.get(name, "") for name in columns]])
    kept = reduced(read_orders(out.getvalue().encode()))
    assert traces(kept) == []
    assert [order.id for order in read_orders(kept).orders] == [ORDER.id]


def test_the_persons_that_are_searched_for_were_there() -> None:
    row = dict(zip(PERSONAL, itertools.cycle(SECRETS[:5]), strict=False))
    content = flat(row, columns=[*GENERAL, *PERSONAL]).encode()
    assert set(traces(content)) == set(TRACES) - {b"cker"}
    assert read_orders(reduced(read_orders(content))).orders == (ORDER,)
