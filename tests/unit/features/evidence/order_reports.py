"""Order reports as Amazon writes them, and what they hold."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from bot.core.money import Money
from bot.features.evidence.rules.orders import Order

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


def flat(*rows: dict[str, str], columns: list[str] = GENERAL, end: str = "\r\n") -> str:
    lines = [columns, *([{**ROW, **row}.get(name, "") for name in columns] for row in rows)]
    return "".join("\t".join(line) + end for line in lines)
