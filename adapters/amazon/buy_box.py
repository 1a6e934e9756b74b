"""Who holds the Buy Box and at what price, as far as an answer can be believed."""

from __future__ import annotations

import msgspec

from adapters.amazon.answers import BuyBoxPrice, OfferDetail, Summary
from adapters.amazon.values import MOST_COUNTED, is_readable_id, money, plain, points, whole
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

    A flag alone is not believed where a price can refute it (facts: issues 2492, 4470). But of two
    lawful winners only one may have a price (issues 2130 and 1830): a price shows that its seller
    holds the Buy Box, and never that this seller is the only one. If one of them has no readable
    seller ID, the answer is unknown too.
    """
    flagged = [one for one in seen if one.detail.is_buy_box_winner]
    ids = {seller for one in flagged if (seller := (one.detail.seller_id or "").strip())}
    named = {seller for box in boxes if (seller := (box.seller_id or "").strip())}
    if named:
        return _few(named | ids if named <= ids else named)
    priced = [amounts for box in boxes if (amounts := _box_amounts(box, currency))]
    if not flagged:
        return None if priced else ()
    if not all(map(is_readable_id, ids)):
        return None
    winners = {
        one.offer.seller
        for one in flagged
        if one.offer is not None and (not priced or _costs(one.offer, priced))
    }
    if not winners or not all(_explained(amounts, flagged) for amounts in priced):
        return None
    # As many prices, of as many winners, as there can be leave nothing untold.
    prices = {amounts[0] for amounts in priced}
    decided = len(prices) >= MOST_WINNERS <= len(winners)
    return _few(winners if decided else winners | ids)


def _costs(offer: Offer, priced: list[list[Money]]) -> bool:
    return any(amount in amounts for amounts in priced for amount in (offer.landed, offer.asked))


def _explained(amounts: list[Money], flagged: list[Seen]) -> bool:
    """Tell whether one of the winners has a price of the Buy Box."""
    return any(one.offer is not None and _costs(one.offer, [amounts]) for one in flagged)


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
    if price is not None:
        offer = Offer(
            seller="", price=price, shipping=shipping, points=points(box.points, price.currency)
        )
        amounts += [offer.landed, offer.asked] if shipping is None or offer.told else []
    return amounts
