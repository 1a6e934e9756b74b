"""What the rules about our listings share: names, Amazon's words, and what to do first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bot.core.findings import FIRST_STEP, Fact
from bot.core.listing_status import CATALOG_ITEM_REMOVED, ListingIssue
from bot.core.text import one_line
from checks.own_listings.problems import ListingContext

NAME = 40
"""A product's name is clipped so short because a headline must tell its point at a glance."""
SKU = 40
MESSAGE = 200
"""Characters of Amazon's words that a card shows."""
SHOWN = 3
"""So many issues are named; the rest is counted."""
FIRST = FIRST_STEP

APPROVAL = (
    "Amazon wants an approval for this product. Open the listing in Seller Central, see which "
    "documents it asks for, and send them"
)
DUPLICATE = (
    "Amazon may see two pages for one product. Compare both pages before you change anything, and "
    "ask to merge them only if both are your product"
)
IMAGE = "Replace the image that Amazon names in Seller Central; keep a copy of the old one"
PRICE = (
    "Compare the price with your minimum and maximum price in Seller Central, and correct what is "
    "wrong"
)
ATTRIBUTE = "Correct what Amazon names below in Seller Central, in Manage All Inventory, Edit"
REMOVED = (
    "Read Amazon's notice in Account Health before you answer: it names the policy. Gather the "
    "documents, then appeal once"
)
READ = "Open the listing in Seller Central and read Amazon's reason before you change anything"

_BY_CATEGORY = {
    "QUALIFICATION_REQUIRED": APPROVAL,
    "DUPLICATE": DUPLICATE,
    "INVALID_IMAGE": IMAGE,
    "MISSING_IMAGE": IMAGE,
    "INVALID_PRICE": PRICE,
    "MISSING_PRICE": PRICE,
    "INVALID_ATTRIBUTE": ATTRIBUTE,
    "MISSING_ATTRIBUTE": ATTRIBUTE,
}
"""What to do first by category of an issue (source: the model listingsItems_2021-08-01)."""


def name(context: ListingContext) -> str:
    """Return the product's name for a headline."""
    return one_line(context.watch.name, NAME)


def our_sku(context: ListingContext) -> Fact:
    """Return our SKU as it can be shown."""
    return Fact("Your SKU", one_line(context.watch.sku, SKU))


def marks(issues: Iterable[ListingIssue]) -> str:
    """Return what tells the causes apart."""
    return " ".join(sorted({issue.code for issue in issues}))


def reasons(issues: Sequence[ListingIssue]) -> Iterator[Fact]:
    """Yield Amazon's words; they are quoted, because they are not ours."""
    for issue in issues[:SHOWN]:
        words = one_line(issue.message, MESSAGE)
        yield Fact("Amazon says", f"'{words}' ({issue.code})" if words else f"code {issue.code}")
    if len(issues) > SHOWN:
        yield Fact("More reasons", str(len(issues) - SHOWN))


def advice(issues: Sequence[ListingIssue]) -> str:
    """Say what to do first about issues: the gravest first."""
    if any(CATALOG_ITEM_REMOVED in issue.actions for issue in issues):
        return REMOVED
    for category, what in _BY_CATEGORY.items():
        if any(category in issue.categories for issue in issues):
            return what
    return READ
