"""A product of ours can be bought, and Amazon hides it in its search."""

from __future__ import annotations

from bot.core.findings import Fact, Severity
from bot.core.interface import noted
from bot.core.listing_status import SEARCH_SUPPRESSED, ListingState
from checks.own_listings import facts
from checks.own_listings.problems import Conclusion, ListingContext, ListingProblem, NoProblem

UNEXPLAINED = (
    "Search for the product on Amazon while you are signed out. If it is missing, open the listing "
    "in Seller Central and look for missing details or images"
)


def search_suppressed(context: ListingContext) -> Conclusion:
    """Find that shoppers cannot find the product; one that is taken down is told as that."""
    state = context.state
    if not state.listed:
        return NoProblem.UNTOLD
    if state.taken_down:
        return NoProblem.CLEAR
    reasons = [issue for issue in state.issues or () if SEARCH_SUPPRESSED in issue.enforced]
    if not reasons and not _undiscoverable(state):
        told = state.all_issues_told and state.discoverable is not None
        return NoProblem.CLEAR if told else NoProblem.UNTOLD
    return ListingProblem(
        severity=Severity.WARNING,
        headline=noted("Amazon hides {name} in its search", name=facts.name(context)),
        brief="hidden in Amazon's search",
        mark=facts.marks(reasons),
        facts=(
            Fact(facts.FIRST, facts.advice(reasons) if reasons else UNEXPLAINED),
            *(facts.reasons(reasons) if reasons else (Fact("Amazon says", "no reason"),)),
            facts.our_sku(context),
        ),
    )


def _undiscoverable(state: ListingState) -> bool:
    """Tell whether the status says so; one that cannot be bought either is closed, not hidden."""
    return state.discoverable is False and state.buyable is True
