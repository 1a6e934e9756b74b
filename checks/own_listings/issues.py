"""Amazon has something new against a listing of ours that takes nothing down yet."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.findings import Fact, Severity
from bot.core.interface import noted
from bot.core.listing_status import SEARCH_SUPPRESSED, TAKES_DOWN, ListingIssue, ListingState
from checks.own_listings import facts
from checks.own_listings.problems import Conclusion, ListingContext, ListingProblem, NoProblem

TOLD_ELSEWHERE = TAKES_DOWN | {SEARCH_SUPPRESSED}
"""Actions that other rules tell."""


def new_issues(context: ListingContext) -> Conclusion:
    """Find issues of severity ERROR that were not there at the first look."""
    state, record = context.state, context.record
    if record is None:
        return NoProblem.UNTOLD
    new = [issue for issue in grave_issues(state) if issue.code not in record.issues]
    if not new:
        told = state.listed and state.all_issues_told
        return NoProblem.CLEAR if told else NoProblem.UNTOLD
    return ListingProblem(
        severity=Severity.WARNING,
        headline=noted(
            "Amazon reports a new problem with your listing of {name}", name=facts.name(context)
        ),
        brief="new listing problem",
        mark=facts.marks(new),
        facts=(
            Fact(facts.FIRST, facts.advice(new)),
            *facts.reasons(new),
            *_deadline(new),
            facts.our_sku(context),
        ),
    )


def grave_issues(state: ListingState) -> list[ListingIssue]:
    """Return the errors that no other rule tells; Amazon waived those that it exempts for good."""
    return [
        issue
        for issue in state.issues or ()
        if issue.error
        and not TOLD_ELSEWHERE.intersection(issue.enforced)
        and not (issue.exempt and issue.until is None)
    ]


def _deadline(issues: list[ListingIssue]) -> Iterator[Fact]:
    ends = [issue.until for issue in issues if issue.until is not None]
    if ends:
        yield Fact("Amazon acts", "on", min(ends))
