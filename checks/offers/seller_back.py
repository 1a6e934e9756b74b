"""A seller who had left sells on our listing again."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.findings import Finding, RuleContext
from bot.core.listing import Offer
from bot.core.when import span
from checks.offers import facts
from checks.offers.sellers import is_back, seller_finding


def seller_back(context: RuleContext) -> Iterator[Finding]:
    """Find each unknown seller whose new stay began in this reading."""
    for seller in facts.strangers(context, (offer.seller for offer in context.snapshot.offers)):
        presence = context.now.presence(seller)
        offer = context.snapshot.cheapest_of(seller)
        if presence and offer and is_back(context, presence):
            yield seller_finding(context, offer, presence, _headline(context, offer))


def _headline(context: RuleContext, offer: Offer) -> str:
    earlier = context.before.presence(offer.seller)
    away = ""
    price = ""
    if earlier and earlier.gone_at:
        away = f" after {span(context.snapshot.at - earlier.gone_at)}"
    if earlier and earlier.landed:
        price = f" (before: {earlier.landed})"
    seller = facts.who(offer.seller)
    now = f"now at {facts.landed(context, offer)}{price}"
    return f"Seller {seller} is back on {facts.name(context)}{away}, {now}"
