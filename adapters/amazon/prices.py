"""What one request to getCompetitivePricing says of up to twenty products.

Source: the model productPricingV0. Products are asked for by ASIN, our own too: a SKU gets no other
quota here, and one that holds a comma would part a list of SKUs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

import msgspec

from adapters.amazon.answers import BuyBoxPrice, Summary
from adapters.amazon.batches import CUSTOMER
from adapters.amazon.buy_box import boxes_of, lowest_price
from adapters.amazon.client import SpApiClient
from adapters.amazon.price_answers import (
    Amounts,
    BoxRow,
    CountRow,
    Priced,
    PricedProduct,
    Pricing,
    read_parts_by_asin,
    read_priced,
)
from adapters.amazon.snapshots import KNOWN, TOO_SOON
from adapters.amazon.values import LONGEST_TEXT, MOST_COUNTED, is_readable_id, whole
from bot.core.competitive import BuyBox, CompetitivePrice, PriceReading
from bot.core.conditions import Condition, condition_of
from bot.core.listing import Watch
from bot.core.marketplaces import Marketplace
from bot.core.questions import Operation
from bot.core.text import one_line
from bot.errors import SourceError, Unavailable

MOST_ROWS = 100
"""Rows of one kind that are read; there are five conditions, and few Buy Boxes."""
BUY_BOXES = {"1": Condition.NEW, "2": Condition.USED}
"""What CompetitivePriceId says of the condition (source: the model's words)."""


async def competitive_prices(
    client: SpApiClient, watches: Sequence[Watch], market: Marketplace
) -> bytes:
    """Ask once for the prices of products of one marketplace; return the answer as it came.

    Raises:
        SourceError: the request failed as a whole.
    """
    params = {
        "MarketplaceId": market.id,
        "ItemType": "Asin",
        "Asins": ",".join(dict.fromkeys(watch.asin for watch in watches)),
        "CustomerType": CUSTOMER,
    }
    return await client.get(Operation.COMPETITIVE_PRICING, params, again=False)


def read_prices(
    content: bytes, watches: Sequence[Watch], market: Marketplace, at: datetime
) -> list[PriceReading]:
    """Return a reading for each watch, in their order.

    Raises:
        Unreadable: the answer is no JSON, or has no payload.
    """
    parts = read_parts_by_asin(content)
    return [_reading(watch, parts.get(watch.asin), market, at) for watch in watches]


def _reading(
    watch: Watch, raw: msgspec.Raw | None, market: Marketplace, at: datetime
) -> PriceReading:
    if raw is None:
        message = f"Amazon's answer does not include {watch.asin}."
        return PriceReading(watch, SourceError(message))
    try:
        return PriceReading(watch, _price(read_priced(raw), watch, market, at), bytes(raw))
    except SourceError as error:
        return PriceReading(watch, error, bytes(raw))


def _price(part: Priced, watch: Watch, market: Marketplace, at: datetime) -> CompetitivePrice:
    """Return what a part tells.

    Raises:
        SourceError: it tells nothing of this product, or of another one.
    """
    pricing = None if part.product is None else part.product.competitive_pricing
    _check_status(part, pricing, watch, market)
    _check_subject(part.product, watch, market)
    if pricing is None or (
        pricing.competitive_prices is None and pricing.number_of_offer_listings is None
    ):
        message = f"Amazon's answer about {watch.asin} has neither prices nor an offer count."
        raise SourceError(message)
    rows = pricing.competitive_prices
    return CompetitivePrice(
        asin=watch.asin,
        marketplace=watch.marketplace,
        at=at,
        counts=_counts(pricing.number_of_offer_listings),
        new=_boxes(rows, Condition.NEW, market.currency),
        used=_boxes(rows, Condition.USED, market.currency),
    )


def _check_status(part: Priced, pricing: Pricing | None, watch: Watch, market: Marketplace) -> None:
    if part.status == TOO_SOON:
        message = "Amazon is still processing this listing."
        raise SourceError(message)
    if part.status == "ServerError":
        message = f"Amazon could not answer for {watch.asin}."
        raise Unavailable(message)
    if part.status == "ClientError":
        message = f"Amazon does not know {watch.asin} in the marketplace {market.code}."
        raise SourceError(message)
    told = pricing and (pricing.competitive_prices or pricing.number_of_offer_listings)
    if part.status not in KNOWN and not told:
        status = one_line(part.status, LONGEST_TEXT)
        message = f"Amazon sent no prices, and an unknown status: {status!r}."
        raise SourceError(message)


def _check_subject(product: PricedProduct | None, watch: Watch, market: Marketplace) -> None:
    named = None if product is None else product.named
    if named is None:
        return
    if named.asin and named.asin != watch.asin:
        message = f"Amazon's answer is for another product instead of {watch.asin}."
        raise SourceError(message)
    if named.marketplace_id and named.marketplace_id != market.id:
        message = f"Amazon's answer is for a marketplace other than {market.code}."
        raise SourceError(message)


def _counts(rows: list[CountRow] | None) -> dict[Condition, int]:
    """Return the counts by condition.

    A condition without a row has no offers, but only if every row is understood: a row with an
    unknown condition or an unreadable count could be about any condition.
    """
    if rows is None or len(rows) > MOST_ROWS:
        return {}
    known = [(condition_of(row.condition), whole(row.count, MOST_COUNTED)) for row in rows]
    words = {condition for condition, _ in known}
    told = words if None in words else set(Condition)
    unclear = {condition for condition, count in known if count is None}
    counts: Counter[Condition | None] = Counter()
    for condition, count in known:
        counts[condition] += count or 0
    return {condition: counts[condition] for condition in Condition if condition in told - unclear}


def _boxes(
    rows: list[BoxRow] | None, condition: Condition, currency: str
) -> tuple[BuyBox, ...] | None:
    """Return the Buy Boxes of single pieces for consumers; None where they are not told."""
    if rows is None or len(rows) > MOST_ROWS:
        return None
    known = [(_condition(row), row) for row in rows]
    ours = [_as_box(row) for of, row in known if of is condition]
    singles = boxes_of(Summary(buy_box_prices=ours))
    # Where all rows are for businesses, that of consumers is not told.
    if any(of is None for of, _ in known) or (ours and not singles):
        return None
    return tuple(
        BuyBox(price=lowest_price([box], currency), seller=_seller(box.seller_id))
        for box in singles
    )


def _condition(row: BoxRow) -> Condition | None:
    """Return whose Buy Box it is: by its condition, and by its number where it names none."""
    return condition_of(row.condition) if row.condition else BUY_BOXES.get(str(row.id))


def _as_box(row: BoxRow) -> BuyBoxPrice:
    """Return the row as getItemOffers writes it; those of one condition are read alike."""
    amounts = row.price or Amounts()
    return BuyBoxPrice(
        condition="new",
        offer_type=row.offer_type,
        quantity_tier=row.quantity_tier,
        seller_id=row.seller_id,
        landed_price=amounts.landed_price,
        listing_price=amounts.listing_price,
        shipping=amounts.shipping,
        points=amounts.points,
    )


def _seller(seller: str | None) -> str:
    told = (seller or "").strip()
    return told if is_readable_id(told) else ""
