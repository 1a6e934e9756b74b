"""Answers about the own account."""

from __future__ import annotations

import json
from collections.abc import Iterable

from adapters.simulator.answers.catalog import MADE
from adapters.simulator.catalogue import OwnSku
from adapters.simulator.faults import Fault, Strike
from adapters.simulator.scenario import Rate
from adapters.simulator.wire.account import (
    StoreInMarketplace,
    StoreMarketplace,
    StoreParticipation,
)
from adapters.simulator.wire.catalog import ListingItem, ListingSummary
from bot.core.marketplaces import Marketplace

FRANCE = "FR"
COUNTRIES = {"UK": "GB"}
NEW = "11"
USED = "2"
USUAL_TYPE = "KITCHEN"
COLUMNS = (
    *("item-name", "item-description", "listing-id", "seller-sku", "price", "quantity"),
    *("open-date", "product-id-type", "item-condition", "product-id", "asin1"),
    *("fulfillment-channel", "status"),
)


def store_of(market: Marketplace, *, inactive: bool = False) -> StoreInMarketplace:
    """The account's shop in a marketplace; `inactive`: none of its listings is on sale."""
    country = COUNTRIES.get(market.code, market.code)
    return StoreInMarketplace(
        StoreMarketplace(
            market.id,
            f"Amazon.{market.domain}",
            country,
            market.currency,
            "en_US",
            f"www.amazon.{market.domain}",
        ),
        "Simulated store",
        StoreParticipation(is_participating=True, has_suspended_listings=inactive),
    )


def listing_item(own: OwnSku, strike: Strike) -> ListingItem:
    """A listing in a search; one without a page has no summary."""
    if own.asin is None or strike(Fault.MISSING_FIELDS) is not None:
        return ListingItem(sku=own.sku)
    summary = ListingSummary(
        marketplace_id=own.marketplace,
        asin=own.asin,
        product_type=USUAL_TYPE,
        status=("BUYABLE", "DISCOVERABLE") if own.active else ("DISCOVERABLE",),
        item_name=own.title,
        created_date=MADE,
        last_updated_date=MADE,
        condition_type=own.condition,
    )
    return ListingItem(sku=own.sku, summaries=(summary,))


def performance_text(rated: Rate) -> str:
    """The seller performance report of a marketplace, as far as it tells anything here."""
    figures = {name: {"status": "BAD", "defectsCount": 3} for name in rated.bad}
    warned = "WARNED" if rated.status != "NORMAL" else "GREAT"
    metrics = {
        "marketplaceId": rated.marketplace,
        "lateShipmentRate": {"status": "GOOD", "rate": 0.01, "targetValue": 0.04},
        "accountHealthRating": {"accountHealthRatingStatus": warned},
        **figures,
    }
    statuses = [{"marketplaceId": rated.marketplace, "status": rated.status}]
    return json.dumps({"accountStatuses": statuses, "performanceMetrics": [metrics]})


def report_text(skus: Iterable[OwnSku], market: Marketplace | None) -> str:
    """The report of all listings, as Amazon writes it; France has no column asin1."""
    france = market is not None and market.code == FRANCE
    columns = [name for name in COLUMNS if not (france and name == "asin1")]
    rows = [_cells(own) for own in skus]
    lines = ["\t".join(columns)]
    # Amazon leaves out the empty cells at the end of a row.
    lines += ["\t".join(cells[name] for name in columns).rstrip("\t") for cells in rows]
    return "\r\n".join(lines) + "\r\n"


def _cells(own: OwnSku) -> dict[str, str]:
    cells = dict.fromkeys(COLUMNS, "")
    status = "Active" if own.active else "Inactive"
    return cells | {
        "item-name": own.title,
        "seller-sku": own.sku,
        "price": "9.99",
        "quantity": "10",
        "product-id-type": "1" if own.asin else "",
        "item-condition": NEW if own.condition.startswith("new") else USED,
        "product-id": own.asin or "",
        "asin1": own.asin or "",
        "fulfillment-channel": "AMAZON_NA",
        "status": status if own.asin else "Incomplete",
    }
