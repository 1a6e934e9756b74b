"""An offer is below the price that the team does not want to see undercut."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.findings import PRICE_FLOOR, Fact, Finding, RuleContext, Severity
from bot.core.history import History, Presence
from bot.core.listing import Offer
from bot.core.money import Money
from checks.offers import facts

OURS = ""
"""Stands for the seller where the offer is our own: it is the product's case."""


def price_floor(context: RuleContext) -> Iterator[Finding]:
    """Find every offer below the floor, whoever makes it, and each that is so no longer."""
    floor = context.watch.floor
    now = _below(context, context.now, floor)
    for culprit, presence in now.items():
        offer = context.snapshot.cheapest_of(presence.seller)
        if offer and floor:
            yield _raised(context, culprit, presence, offer, floor)
    # The team may have changed the floor since, so the one of that reading counts.
    for culprit in _below(context, context.before, context.before.floor):
        if culprit not in now:
            yield _ended(context, culprit)


def _below(context: RuleContext, known: History, floor: Money | None) -> dict[str, Presence]:
    """Return who was there below the floor, as far as that was known; of ours the cheapest."""
    found: dict[str, Presence] = {}
    if floor is None:
        return found
    for presence in sorted(known.presences, key=lambda one: (one.landed or floor).amount):
        cheap = presence.landed is not None and presence.landed.below(floor)
        if cheap and presence.gone_at is None and presence.seller:
            found.setdefault(_culprit(context, presence.seller), presence)
    return found


def _culprit(context: RuleContext, seller: str) -> str:
    return OURS if seller in context.own else seller


def _subject(context: RuleContext, culprit: str) -> str:
    if culprit == OURS:
        return "our own offer"
    if facts.amazon(context, culprit) is not None:
        return facts.called(context, culprit)
    kind = "trusted" if culprit in context.trusted else "unknown"
    return f"{kind} seller {facts.who(culprit)}"


def _raised(
    context: RuleContext, culprit: str, presence: Presence, offer: Offer, floor: Money
) -> Finding:
    price = facts.landed(context, offer)
    verb = "on" if culprit == OURS else "offers"
    what = f"{_subject(context, culprit)} {verb} {facts.name(context)} at {price}"
    return Finding(
        signal=PRICE_FLOOR,
        asin=context.snapshot.asin,
        marketplace=context.snapshot.marketplace,
        at=context.snapshot.at,
        severity=Severity.WARNING,
        headline=f"Below the floor of {floor}: {what}",
        brief=f"below the floor of {floor}",
        seller=culprit,
        mark=str(price),
        since=presence.landed_since,
        facts=(
            Fact("Seller", facts.called(context, presence.seller)),
            facts.since("Price", facts.cost_of(price, offer), presence.landed_since),
            *facts.gap(context, price),
            Fact("Floor", str(floor)),
            Fact("Fulfillment", facts.fulfilment(offer)),
            facts.buy_box(context, presence.seller),
        ),
    )


def _ended(context: RuleContext, culprit: str) -> Finding:
    floor, whose = context.watch.floor, _subject(context, culprit)
    return Finding(
        signal=PRICE_FLOOR,
        asin=context.snapshot.asin,
        marketplace=context.snapshot.marketplace,
        at=context.snapshot.at,
        severity=Severity.INFO,
        headline=f"No longer below the floor: {whose} on {facts.name(context)}",
        seller=culprit,
        ended=True,
        facts=(Fact("Floor", str(floor) if floor else "removed"),),
    )
