"""Amazon took a listing of ours down, and says why."""

from __future__ import annotations

from bot.core.findings import Fact, Severity
from bot.core.interface import noted
from bot.core.listing_status import (
    CATALOG_ITEM_REMOVED,
    TAKES_DOWN,
    ListingIssue,
    ListingState,
)
from checks.own_listings import facts
from checks.own_listings.problems import Conclusion, ListingContext, ListingProblem, NoProblem


def suppressed(context: ListingContext) -> Conclusion:
    """Find that Amazon enforces something against the listing that takes it down.

    Amazon's two answers, the status and the issues, may not agree: then it is less grave, and said.
    """
    state = context.state
    reasons = _taken_down_by(state)
    if not reasons:
        told = state.listed and state.all_issues_told
        return NoProblem.CLEAR if told else NoProblem.UNTOLD
    removed = CATALOG_ITEM_REMOVED in state.enforced
    name = facts.name(context)
    return ListingProblem(
        severity=Severity.WARNING if state.buyable else Severity.CRITICAL,
        headline=noted("Amazon removed your listing of {name}", name=name)
        if removed
        else noted("Amazon suppressed your listing of {name}", name=name),
        brief="removed from Amazon's catalog" if removed else "suppressed by Amazon",
        mark=facts.marks(reasons),
        facts=(
            Fact(facts.FIRST, facts.advice(reasons)),
            *facts.reasons(reasons),
            Fact("Listing status", _status(state)),
            facts.our_sku(context),
        ),
    )


def _taken_down_by(state: ListingState) -> list[ListingIssue]:
    """Return the issues because of which Amazon takes the listing down."""
    return [issue for issue in state.issues or () if TAKES_DOWN.intersection(issue.enforced)]


def _status(state: ListingState) -> str:
    if state.buyable is None:
        return "not told"
    if state.buyable:
        return "still buyable, as Amazon says: check the page"
    return "cannot be bought" if state.discoverable else "cannot be bought or found"
