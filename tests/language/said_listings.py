"""Collects the texts about our own listings that are data: what is wrong, and what to do first."""

from __future__ import annotations

from collections.abc import Mapping

from bot.features.watchlist.service.account import NO_SELLER
from bot.features.watchlist.service.adding_listings import DECIDED
from bot.features.watchlist.service.asking_listings import (
    NO_ACCOUNT,
    NO_BRAND,
    NO_CATALOG,
    SEARCHING,
    UNDER_WAY,
)
from bot.features.watchlist.service.reading_listings import LISTED_NONE
from bot.features.watchlist.views.listing_problems import KINDS
from checks.account import inactive, rating
from checks.offers.buy_box_suppressed import WHAT_TO_DO as NO_BOX
from checks.own_listings import category, facts
from checks.own_listings.closed import GONE, UNBUYABLE
from checks.own_listings.search_suppressed import UNEXPLAINED
from checks.own_listings.stranded import WHAT_TO_DO

BRIEFS = (
    "suppressed by Amazon",
    "removed from Amazon's catalog",
    "hidden in Amazon's search",
    "your listing is gone",
    "cannot be bought",
    "stock is stranded",
    "moved to another category",
    "new listing problem",
    "no one holds the Buy Box",
)
LABELS = (
    *(facts.FIRST, "Your SKU", "Amazon says", "More reasons", "Units"),
    *("Status", "Listing status"),  # the first as cases that are open have stored it
    *("Category before", "Category now", "Amazon acts"),
)
VALUES = (
    "no reason",
    "its reasons could not be read",
    "you have no listing of this SKU",
    "not told",
    "still buyable, as Amazon says: check the page",
    "cannot be bought or found",
)
ADVICE = (
    *(facts.APPROVAL, facts.DUPLICATE, facts.IMAGE, facts.PRICE, facts.ATTRIBUTE),
    *(
        facts.REMOVED,
        facts.READ,
        UNEXPLAINED,
        NO_BOX,
        WHAT_TO_DO,
        GONE,
        UNBUYABLE,
        category.WHAT_TO_DO,
    ),
)

ACCOUNT = (
    *("account deactivated", "account at risk", "account health", "listings set to inactive"),
    *(
        "Marketplace",
        "Account status",
        "Below Amazon's target",
        "deactivated",
        "listings are inactive",
    ),
    *("none that the report shows", *rating.STATUSES.values()),
    *(rating.READ, rating.APPEAL, inactive.WHAT_TO_DO),
)


REFUSED = (
    *(NO_ACCOUNT, NO_SELLER, UNDER_WAY, NO_CATALOG, NO_BRAND, SEARCHING),
    *(DECIDED, LISTED_NONE),
)


def listings() -> Mapping[str, frozenset[str]]:
    """Return the texts of our listings that ``tr_data`` says, by what they are."""
    return {
        "problems of accounts": frozenset(ACCOUNT),
        "problems of listings": frozenset((*BRIEFS, *KINDS.values())),
        "facts of listings": frozenset((*LABELS, *VALUES)),
        "what to do first": frozenset(ADVICE),
        "refusals about the account": frozenset(REFUSED),
    }
