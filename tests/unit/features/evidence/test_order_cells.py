"""The cells of an order: each is read in every form that reports give it, or not at all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.money import Money
from bot.features.evidence.rules.order_cells import TWO_DAYS, UNTOUCHED
from bot.features.evidence.rules.orders import Skipped, read_orders, reduced
from tests.cases import for_each
from tests.unit.features.evidence.order_reports import ORDER, flat

CHANNELS = {"SEK": "Amazon.se", "INR": "Amazon.in"}


@for_each(
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


@for_each(
    "text",
    [
        "",
        "20/11/26",
        "31/11/2026",
        "13/13/2026",
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
    why = f"The purchase date cannot be read. {UNTOUCHED}"
    assert found.skipped == (Skipped(2, "purchase-date", why),)


@pytest.mark.parametrize(
    ("cells", "price"),
    [
        ({"item-price": "49,98"}, Money(Decimal("49.98"), "EUR")),
        ({"item-price": "1.049,98"}, Money(Decimal("1049.98"), "EUR")),
        ({"item-price": "0.00"}, Money(Decimal(0), "EUR")),
        ({"currency": ""}, Money(Decimal("49.98"), "EUR")),
        ({"currency": "", "sales-channel": "Amazon.com"}, Money(Decimal("49.98"), "USD")),
        ({"item-price": "1\N{NO-BREAK SPACE}234,50", "currency": "SEK"}, "SEK 1,234.50"),
        ({"item-price": "1,23,456.00", "currency": "INR"}, "INR 123,456.00"),
        ({"item-price": ""}, None),
    ],
)
def test_a_price_is_read_as_the_marketplace_writes_it(
    cells: dict[str, str], price: Money | str | None
) -> None:
    cells = {"sales-channel": CHANNELS.get(cells.get("currency", ""), "Amazon.de"), **cells}
    found = read_orders(flat(cells).encode())
    assert [str(order.price) for order in found.orders] == [str(price)]
    assert (found.skipped, found.unkept) == ((), ())


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"currency": "", "sales-channel": ""}, "currency"),
        ({"currency": "ANA"}, "currency"),
        ({"item-price": "Ana"}, "item-price"),
        ({"item-price": "USD 5"}, "item-price"),
        ({"item-price": "-5"}, "item-price"),
        ({"sku": "Walnut block"}, "sku"),
        ({"last-updated-date": "yesterday"}, "last-updated-date"),
    ],
)
def test_a_cell_that_cannot_be_kept_is_told_and_does_not_cost_the_order(
    cells: dict[str, str], column: str
) -> None:
    found = read_orders(flat({}, cells).encode())
    assert sum(order.quantity for order in found.orders) == 4
    assert [(told.line, told.column) for told in found.unkept] == [(3, column)]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("11/20/2026 23:15", (20, 23)),
        ("20/11/2026 23:15", (20, 23)),
        ("20-11-2026T23:15:42+00:00", (20, 23)),
        ("11/20/2026 11:15:42 PM", (20, 23)),
        ("11/20/2026 12:15 AM", (20, 0)),
        ("11/11/2026", (11, 12)),
    ],
)
def test_a_day_that_can_be_one_day_alone_is_read(text: str, day: tuple[int, int]) -> None:
    [order] = read_orders(flat({"purchase-date": text}).encode()).orders
    assert (order.at.month, order.at.day, order.at.hour) == (11, *day)


@pytest.mark.parametrize(
    ("witness", "day"), [("11/20/2026", (11, 5)), ("20/11/2026", (5, 11)), ("", None)]
)
def test_one_day_that_is_certain_tells_how_the_others_of_its_file_are_written(
    witness: str, day: tuple[int, int] | None
) -> None:
    found = read_orders(flat({"purchase-date": "11/05/2026"}, {"purchase-date": witness}).encode())
    read = [(order.at.month, order.at.day) for order in found.orders if order.at.day in (5, 11)]
    assert read == ([day] if day else [])
    if day is None:
        assert found.skipped[0] == Skipped(2, "purchase-date", TWO_DAYS)


def test_days_that_contradict_each_other_tell_nothing_about_a_third() -> None:
    days = ("11/20/2026", "20/11/2026", "11/05/2026")
    found = read_orders(flat(*({"purchase-date": day} for day in days)).encode())
    assert sum(order.quantity for order in found.orders) == 4
    assert found.skipped == (Skipped(4, "purchase-date", TWO_DAYS),)


@pytest.mark.parametrize(
    "text", ["2100-12-31T23:59:59-12:00", "1995-01-01T00:00:00+14:00", "9999-12-31", "0001-01-01"]
)
def test_an_offset_takes_no_moment_out_of_what_can_be_read_again(text: str) -> None:
    found = read_orders(flat({"purchase-date": text}, {}).encode())
    assert found.orders == (ORDER,)
    assert [told.line for told in found.skipped] == [2]


OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(datetime(1994, 1, 1), datetime(2101, 12, 31), timezones=OFFSETS)  # noqa: DTZ001


@given(MOMENTS, MOMENTS)
def test_whatever_moment_is_read_is_read_again_from_what_is_kept(
    at: datetime, updated: datetime
) -> None:
    cells = {"purchase-date": at.isoformat(), "last-updated-date": updated.isoformat()}
    found = read_orders(flat(cells).encode())
    assert len(found.orders) + found.left_out == 1
    again = read_orders(reduced(found))
    assert (again.orders, again.skipped, again.unkept) == (found.orders, (), ())
    assert reduced(again) == reduced(found)
