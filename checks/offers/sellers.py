"""The finding that a seller is there whom nobody knows; two rules word its headline."""

from __future__ import annotations

import enum

from bot.core.findings import SELLER, Fact, Finding, RuleContext, Severity
from bot.core.history import Presence
from bot.core.listing import Offer
from checks.offers import facts

DEEP_CUT = 10
"""So many percent below us, a seller takes sales even without the Buy Box."""


class Hold(enum.Enum):
    """Whether a seller holds the Buy Box. Its text is in the marks of findings that are kept."""

    NO = "False"
    ALONE = "True"
    SHARED = "shared"
    """With us."""

    def __str__(self) -> str:
        """Return what a mark says."""
        return self.value


HOLDS = {
    Hold.NO: "",
    Hold.ALONE: " and holds the Buy Box",
    Hold.SHARED: " and shares the Buy Box with you",
}
"""What a headline adds about the Buy Box."""


def hold_of(context: RuleContext, seller: str) -> Hold:
    """Return whether the seller holds the Buy Box, as far as that is known."""
    holders = context.now.holders or ()
    if seller not in holders:
        return Hold.NO
    return Hold.SHARED if context.own.intersection(holders) else Hold.ALONE


def is_back(context: RuleContext, presence: Presence) -> bool:
    """Tell whether the seller came back in this very reading, after an earlier stay."""
    return presence.stays > 1 and presence.since == context.snapshot.at


def undercut(context: RuleContext, offer: Offer) -> int | None:
    """Return by how many whole percent the offer is below ours; None where it is not."""
    ours = facts.our_offer(context)
    return facts.landed(context, offer).percent_below(ours.landed) if ours else None


def is_deep(percent: int | None) -> bool:
    """Tell whether a seller so far below us takes sales even without the Buy Box."""
    return (percent or 0) >= DEEP_CUT


def below(percent: int | None) -> str:
    """Say how far an offer is below ours, to stand behind its price; nothing where it is not."""
    return f", {percent}% below us" if percent else ""


def seller_finding(
    context: RuleContext, offer: Offer, presence: Presence, headline: str
) -> Finding:
    """Return the finding about an unknown seller with this offer."""
    hold = hold_of(context, offer.seller)
    price = facts.landed(context, offer)
    percent = undercut(context, offer)
    return Finding(
        signal=SELLER,
        asin=context.snapshot.asin,
        marketplace=context.snapshot.marketplace,
        at=context.snapshot.at,
        severity=Severity.CRITICAL if hold is Hold.ALONE or is_deep(percent) else Severity.WARNING,
        headline=headline,
        brief=f"{price}{below(percent)}",
        seller=offer.seller,
        # Ratings change every day: no news.
        mark=f"{price}, FBA {presence.fba}, Buy Box {hold}",
        since=presence.since,
        facts=_facts(context, offer, hold),
    )


def _facts(context: RuleContext, offer: Offer, hold: Hold) -> tuple[Fact, ...]:
    told = (
        Fact("Seller", facts.who(offer.seller)),
        Fact("Price", facts.price(offer, facts.our_offer(context))),
        *facts.gap(context, facts.landed(context, offer)),
        Fact("Condition", "new"),
        Fact("Feedback", facts.feedback(offer)),
        Fact("Fulfillment", facts.fulfilment(offer)),
        facts.buy_box(context, offer.seller),
    )
    # What an offer beside the Buy Box, or a share of it, costs us, nobody can tell.
    return (*told, facts.cost(context)) if hold is Hold.ALONE else told
