"""A seller who had left sells on our listing again."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.findings import Finding, RuleContext
from bot.core.listing import Offer
from bot.core.when import span
from checks.offers import facts
from checks.offers.sellers import is_back, seller_finding


def seller_back(look: RuleContext) -> Iterator[Finding]:
    """Find each unknown seller whose new stay began in this reading."""
    for seller in facts.strangers(look, (offer.seller for offer in look.snapshot.offers)):
        presence = look.now.presence(seller)
        offer = look.snapshot.cheapest_of(seller)
        if presence and offer and is_back(look, presence):
            yield seller_finding(look, offer, presence, _headline(look, offer))


def _headline(look: RuleContext, offer: Offer) -> str:
    earlier = look.before.presence(offer.seller)
    away = ""
    price = ""
    if earlier and earlier.gone_at:
        away = f" after {span(look.snapshot.at - earlier.gone_at)}"
    if earlier and earlier.landed:
        price = f" (before: {earlier.landed})"
    seller = facts.who(offer.seller)
    now = f"now at {facts.landed(look, offer)}{price}"
    return f"Seller {seller} is back on {facts.name(look)}{away}, {now}"
