"""A seller whom the team did not know has left our listing."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.findings import SELLER, Fact, Finding, RuleContext, Severity
from bot.core.history import Presence
from checks.offers import facts


def seller_gone(context: RuleContext) -> Iterator[Finding]:
    """Find each unknown seller who was there before and, as two full readings agree, is not now."""
    # Of a seller who was forgotten there is no presence any more; that is no departure.
    left = [known for known in context.now.presences if known.gone_at is not None]
    strangers = facts.strangers(context, (known.seller for known in left))
    for presence in left:
        if presence.seller in strangers and context.before.present(presence.seller):
            yield _finding(context, presence)


def _finding(context: RuleContext, presence: Presence) -> Finding:
    seller = facts.who(presence.seller)
    price = str(presence.landed) if presence.landed else "unknown"
    return Finding(
        signal=SELLER,
        asin=context.snapshot.asin,
        marketplace=context.snapshot.marketplace,
        at=context.snapshot.at,
        severity=Severity.INFO,
        headline=f"Seller {seller} has left {facts.name(context)} (confirmed by two readings)",
        seller=presence.seller,
        ended=True,
        facts=(
            Fact("Seller", seller),
            Fact("Seen here", "since", presence.since),
            Fact("Last price", price),
        ),
    )
