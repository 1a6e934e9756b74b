"""The cells of an order: each is read in every form that reports give it, or not at all."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from bot.core.money import Money
from bot.features.evidence.rules.orders import read_orders
from tests.unit.features.evidence.order_reports import ORDER, flat


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
