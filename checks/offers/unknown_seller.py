"""Somebody whom the team does not know sells on our listing."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.findings import Finding, Look
from bot.domain.offers import Offer
from checks.offers import facts
from checks.offers.sellers import is_back, seller_finding, undercut


def unknown_seller(look: Look) -> Iterator[Finding]:
    """Find each listed seller who is not ours and not trusted here."""
    for seller in facts.strangers(look, (offer.seller for offer in look.snapshot.offers)):
        presence = look.now.presence(seller)
        offer = look.snapshot.cheapest_of(seller)
        if presence and offer and not is_back(look, presence):
            yield seller_finding(look, offer, presence, _headline(look, offer))


def _headline(look: Look, offer: Offer) -> str:
    below = undercut(look, offer)
    cut = f", {below} % below us" if below else ""
    holds = " and holds the Buy Box" if offer.seller in (look.now.holders or ()) else ""
    seller = facts.who(offer.seller)
    return f"Unknown seller {seller} offers {facts.name(look)} at {offer.landed}{cut}{holds}"
