"""The rules for our own listings: each looks at how one listing is and finds a problem, or none.

A new rule is one file with one function, one line in ``RULES`` and one test file. Rules are pure.
What Amazon did not tell ends no problem and begins none.
"""

from __future__ import annotations

from bot.core.findings import (
    CATEGORY,
    CLOSED,
    LISTING_ISSUE,
    SEARCH_SUPPRESSED,
    STRANDED,
    SUPPRESSED,
)
from checks.own_listings.category import category_changed
from checks.own_listings.closed import closed
from checks.own_listings.issues import new_issues
from checks.own_listings.search_suppressed import search_suppressed
from checks.own_listings.stranded import stranded
from checks.own_listings.suppressed import suppressed

RULES = {
    SUPPRESSED: suppressed,
    SEARCH_SUPPRESSED: search_suppressed,
    CLOSED: closed,
    STRANDED: stranded,
    CATEGORY: category_changed,
    LISTING_ISSUE: new_issues,
}
"""By the signal that each raises."""
