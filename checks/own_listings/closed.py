"""A listing of ours is gone, or cannot be bought, and Amazon names no reason for it."""

from __future__ import annotations

from bot.core.findings import Fact, Severity
from bot.core.interface import noted
from checks.own_listings import facts
from checks.own_listings.problems import Conclusion, ListingContext, ListingProblem, NoProblem

GONE = (
    "Ask your team whether someone deleted or closed the listing. If no one did, check the users "
    "in Settings, User Permissions, then list it again with the same SKU"
)
UNBUYABLE = (
    "Open the listing in Seller Central, in Manage All Inventory: it may be closed, out of stock, "
    "incomplete or blocked because of its price"
)


def closed(context: ListingContext) -> Conclusion:
    """Find that the listing is no longer there or cannot be bought.

    What is known to be out of stock is not closed: that our offer is gone is told of the offers.
    """
    state = context.state
    if not state.listed:
        gone = noted("Your listing of {name} is gone", name=facts.name(context))
        return _problem(context, gone, "gone", GONE)
    if state.buyable is None:
        return NoProblem.UNTOLD
    if not state.closed:
        return NoProblem.CLEAR
    headline = noted("Your listing of {name} cannot be bought", name=facts.name(context))
    return _problem(context, headline, "unbuyable", UNBUYABLE)


def _problem(context: ListingContext, headline: str, mark: str, first: str) -> ListingProblem:
    state = context.state
    known = "no reason" if state.all_issues_told else "its reasons could not be read"
    return ListingProblem(
        severity=Severity.WARNING,
        headline=headline,
        brief="your listing is gone" if mark == "gone" else "cannot be bought",
        mark=mark,
        facts=(
            Fact(facts.FIRST, first),
            Fact("Amazon says", known if state.listed else "you have no listing of this SKU"),
            facts.our_sku(context),
        ),
    )
