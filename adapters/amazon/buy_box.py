"""Who holds the Buy Box and at what price, as far as an answer can be believed."""

from __future__ import annotations

import msgspec

from adapters.amazon.answers import BuyBoxPrice, OfferDetail, Summary
from adapters.amazon.values import MOST_COUNTED, is_readable_id, money, plain, whole
from bot.core.listing import Offer
from bot.core.money import Money

MOST_WINNERS = 2
"""One with Prime and one without (source: the model's words on IsBuyBoxWinner)."""


class Seen(msgspec.Struct, frozen=True):
    """An offer of condition New: what Amazon sent, and what could be made of it."""

    detail: OfferDetail
    offer: Offer | None


def boxes_of(summary: Summary | None) -> list[BuyBoxPrice]:
    """Return the Buy Boxes of a single new piece for consumers.

    Rows for businesses and for larger quantities name others (source: the model's words on
    offerType).
    """
    if summary is None:
        return []
    return [
        box
        for box in summary.buy_box_prices or ()
        if plain(box.condition) == "new"
        and box.offer_type != "B2B"
        and (whole(box.quantity_tier, MOST_COUNTED) or 0) <= 1
    ]


def holders(boxes: list[BuyBoxPrice], seen: list[Seen], currency: str) -> tuple[str, ...] | None:
    """Return who holds the Buy Box; None where the answer contradicts itself.

    A flag alone is not believed where a price can refute it (facts: issues 2492, 4470). Where one
    of them has no readable seller ID, nobody can tell either.
    """
    named = {seller for box in boxes if (seller := (box.seller_id or "").strip())}
    if named:
        return _few(named)
    amounts = {amount for box in boxes for amount in _box_amounts(box, currency)}
    flagged = [one for one in seen if one.detail.is_buy_box_winner]
    winners = {
        one.offer.seller
        for one in flagged
        if one.offer is not None and (not amounts or one.offer.landed in amounts)
    }
    if not winners and (flagged or amounts):
        return None
    ids = {seller for one in flagged if (seller := (one.detail.seller_id or "").strip())}
    return _few(winners) if all(map(is_readable_id, ids)) else None


def lowest_price(boxes: list[BuyBoxPrice], currency: str) -> Money | None:
    """Return what a buyer pays in the Buy Box, the lower price where there are two."""
    amounts = [_box_amounts(box, currency) for box in boxes]
    prices = [of_box[0] for of_box in amounts if of_box]
    return min(prices, key=lambda price: price.amount, default=None)


def _few(sellers: set[str]) -> tuple[str, ...] | None:
    if len(sellers) > MOST_WINNERS or not all(map(is_readable_id, sellers)):
        return None
    return tuple(sorted(sellers))


def _box_amounts(box: BuyBoxPrice, currency: str) -> list[Money]:
    """Return what the holder's offer may cost; the landed price has points taken off (Japan)."""
    landed = money(box.landed_price, currency)
    price = money(box.listing_price, currency)
    shipping = money(box.shipping, currency)
    amounts = [] if landed is None else [landed]
    if price is not None and (shipping is None or shipping.currency == price.currency):
        amounts.append(price if shipping is None else price + shipping)
    return amounts
