"""Somebody whom the team does not know sells on our listing."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.findings import Finding, RuleContext
from bot.core.listing import Offer
from checks.offers import facts
from checks.offers.sellers import HOLDS, below, hold_of, is_back, seller_finding, undercut


def unknown_seller(context: RuleContext) -> Iterator[Finding]:
    """Find each listed seller who is not ours and not trusted here."""
    for seller in facts.strangers(context, (offer.seller for offer in context.snapshot.offers)):
        presence = context.now.presence(seller)
        offer = context.snapshot.cheapest_of(seller)
        if presence and offer and not is_back(context, presence):
            yield seller_finding(context, offer, presence, _headline(context, offer))


def _headline(context: RuleContext, offer: Offer) -> str:
    holds = HOLDS[hold_of(context, offer.seller)]
    terms = f"{facts.landed(context, offer)}{below(undercut(context, offer))}{holds}"
    return f"Unknown seller {facts.who(offer.seller)} offers {facts.name(context)} at {terms}"
