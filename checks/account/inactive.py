"""All our listings in a marketplace are set to inactive."""

from __future__ import annotations

from bot.core.findings import Fact, Severity
from bot.core.interface import noted
from checks.own_listings.facts import FIRST
from checks.own_listings.problems import Conclusion, ListingProblem, NoProblem

WHAT_TO_DO = (
    "Ask your team whether the listings are on vacation. If not, check Settings, Account Info, "
    "Listing Status, and who changed it"
)


def inactive(marketplace: str, *, is_inactive: bool) -> Conclusion:
    """Find that the account's listing status is Inactive in the marketplace with that code."""
    if not is_inactive:
        return NoProblem.CLEAR
    return ListingProblem(
        severity=Severity.WARNING,
        headline=noted("Your listings in {market} are set to inactive", market=marketplace),
        brief="listings set to inactive",
        mark="inactive",
        facts=(
            Fact(FIRST, WHAT_TO_DO),
            Fact("Marketplace", marketplace),
            Fact("Account status", "listings are inactive"),
        ),
    )
