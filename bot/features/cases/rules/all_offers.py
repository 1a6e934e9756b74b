"""What is told of a product's offers by a third party's word, and whom Amazon does not list."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from bot.core.conditions import Condition
from bot.core.seller_facts import MOST_OFFERS, OffersReading
from bot.features.cases.models.seller_facts import AllOffers, UnlistedOffer

NAMED = 6
"""So many sellers are named, with price and stock; the rest is counted."""


def offers_of(reading: OffersReading, at: datetime, *, source: str) -> AllOffers:
    """Return what is told of a reading."""
    return AllOffers(
        asin=reading.asin,
        source=source,
        at=reading.told_at or at,
        offers=tuple(
            UnlistedOffer(
                seller=offer.seller,
                condition=offer.condition,
                price=offer.price,
                stock=offer.stock,
            )
            for offer in reading.offers[:MOST_OFFERS]
        ),
    )


def unlisted(offers: AllOffers, listed: Collection[str]) -> tuple[UnlistedOffer, ...]:
    """Return the new offers of sellers who are not listed, one for each, the cheapest first.

    Amazon was asked for new offers alone, so nothing is known of how it lists the others.
    """
    new = [
        offer
        for offer in offers.offers
        if offer.condition is Condition.NEW and offer.seller not in listed
    ]
    new.sort(key=lambda each: (each.price is None, each.price.amount if each.price else 0))
    cheapest: dict[str, UnlistedOffer] = {}
    for offer in new:
        cheapest.setdefault(offer.seller, offer)
    return tuple(cheapest.values())


def named_sellers(offers: Sequence[UnlistedOffer]) -> str:
    """Name sellers in a line each, with price and stock as far as they are known."""
    lines = [_line(offer) for offer in offers[:NAMED]]
    more = len(offers) - len(lines)
    return "\n".join([*lines, *([f"+ {more:,}"] if more else [])])


def _line(offer: UnlistedOffer) -> str:
    parts = [offer.seller]
    if offer.price is not None:
        parts.append(str(offer.price))
    if offer.stock is not None:
        parts.append(f"stock {offer.stock:,}")
    return " · ".join(parts)
