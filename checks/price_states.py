"""What a look adds to a product's price history: what changed, or that there was no look. Pure.

A doubt is no change: while an empty answer or a Buy Box without a holder waits to be confirmed,
what was known before goes on.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from bot.core.amazon_retail import amazon_itself
from bot.core.findings import RuleContext
from bot.core.history import CONFIRMATIONS
from bot.core.listing import Offer, Snapshot
from bot.core.marketplaces import Marketplace
from bot.core.money import Money
from bot.core.price_history import (
    MOST_SELLERS,
    UNCHECKED,
    BuyBoxHolder,
    PriceState,
    PriceTail,
    add,
    begin,
    hundredths,
    minute_of,
)


def noted(
    look: RuleContext, seen_at: datetime | None, allowed: timedelta, *, same: bool = False
) -> PriceTail | None:
    """Return the end of the product's record after a look; the same one where nothing changed.

    ``seen_at`` is the look before, if there was one: if it is longer ago than ``allowed``, nobody
    knows what was in between. ``same`` says that the look showed the same as that one.
    """
    tail, at = look.now.prices, look.snapshot.at
    if 0 < look.now.empty < CONFIRMATIONS:
        return tail
    if tail is not None and seen_at is not None and tail.state.checked and at - seen_at > allowed:
        tail = add(tail, minute_of(seen_at), UNCHECKED)
    if same and tail is not None and _holder(look) is tail.state.holder:
        # The usual case: no offers are compared.
        return tail
    state = state_of(look)
    if tail is None:
        return begin(minute_of(at), state)
    return tail if state == tail.state else add(tail, minute_of(at), state)


def state_of(look: RuleContext) -> PriceState:
    """Return what is kept of a look."""
    snapshot, currency = look.snapshot, Marketplace.named(look.snapshot.marketplace).currency
    ours, lowest = _least(snapshot.offers, look.own, currency)
    buy_box = hundredths(snapshot.buy_box_price, currency)
    return PriceState(
        _holder(look), _kept(ours, currency), _kept(lowest, currency), buy_box, _sellers(snapshot)
    )


def _kept(amount: Decimal | None, currency: str) -> int | None:
    return None if amount is None else hundredths(Money(amount, currency), currency)


def _least(
    offers: Sequence[Offer], own: Collection[str], currency: str
) -> tuple[Decimal | None, Decimal | None]:
    """Return what a buyer pays at our cheapest offer, and at the cheapest of all."""
    ours = lowest = None
    for offer in offers:
        price, shipping = offer.price, offer.shipping
        if price.currency != currency:
            continue
        if offer.points is not None:
            cost = offer.landed.amount
        elif shipping is None or shipping.currency != currency:
            cost = price.amount
        else:
            # The same as `Offer.landed`, without making money of each of twenty offers.
            cost = price.amount + shipping.amount
        if lowest is None or cost < lowest:
            lowest = cost
        if offer.seller in own and (ours is None or cost < ours):
            ours = cost
    return ours, lowest


def _sellers(snapshot: Snapshot) -> int:
    """Count those who are listed; each offer that is not listed may be another seller's."""
    listed = len({offer.seller for offer in snapshot.offers})
    return min(listed + snapshot.unlisted, MOST_SELLERS)


def _holder(look: RuleContext) -> BuyBoxHolder:
    """Judge who holds the Buy Box; of several the one who matters most: a stranger, then we."""
    if look.snapshot.holders is None:
        return BuyBoxHolder.UNTOLD
    holders = look.now.holders or ()
    if not holders or look.snapshot.empty:
        return BuyBoxHolder.NOBODY
    others = [each for each in holders if each not in look.own]
    if any(not _known(each, look) for each in others):
        return BuyBoxHolder.UNKNOWN
    return BuyBoxHolder.KNOWN if len(others) == len(holders) else BuyBoxHolder.OURS


def _known(seller: str, look: RuleContext) -> bool:
    if seller in look.trusted:
        return True
    amazon = amazon_itself(seller, look.snapshot.marketplace)
    return amazon is not None and amazon.sure
