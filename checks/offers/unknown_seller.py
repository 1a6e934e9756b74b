"""Somebody whom the team does not know sells on our listing."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.findings import Finding, RuleContext
from bot.core.listing import Offer
from checks.offers import facts
from checks.offers.sellers import below, is_back, seller_finding, undercut


def unknown_seller(look: RuleContext) -> Iterator[Finding]:
    """Find each listed seller who is not ours and not trusted here."""
    for seller in facts.strangers(look, (offer.seller for offer in look.snapshot.offers)):
        presence = look.now.presence(seller)
        offer = look.snapshot.cheapest_of(seller)
        if presence and offer and not is_back(look, presence):
            yield seller_finding(look, offer, presence, _headline(look, offer))


def _headline(look: RuleContext, offer: Offer) -> str:
    holds = " and holds the Buy Box" if offer.seller in (look.now.holders or ()) else ""
    terms = f"{facts.landed(look, offer)}{below(undercut(look, offer))}{holds}"
    return f"Unknown seller {facts.who(offer.seller)} offers {facts.name(look)} at {terms}"
