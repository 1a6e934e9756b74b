"""The rules for what pages say: each compares one part of a page with its baseline.

A new rule is one file with one function, one line in ``RULES`` and one test file. Rules are pure.
What one of the two readings could not tell is no change; it is named apart.
"""

from __future__ import annotations

from bot.core.listing_content import ListingContent
from checks.listings.aplus import aplus_changed
from checks.listings.brand import brand_changed
from checks.listings.bullets import bullets_changed
from checks.listings.comparison import ListingComparison, ListingPair
from checks.listings.description import description_changed
from checks.listings.family import family_changed
from checks.listings.main_image import main_image_changed
from checks.listings.other_images import other_images_changed
from checks.listings.product_type import product_type_changed
from checks.listings.title import title_changed
from checks.listings.unchecked import unchecked_fields

RULES = (
    brand_changed,
    title_changed,
    main_image_changed,
    family_changed,
    bullets_changed,
    description_changed,
    other_images_changed,
    product_type_changed,
    aplus_changed,
)


def compare_listing(baseline: ListingContent, page: ListingContent) -> ListingComparison:
    """Return what a buyer would understand differently than the page that a person approved."""
    pair = ListingPair(baseline, page)
    changes = [change for rule in RULES for change in rule(pair)]
    changes.sort(key=lambda change: -change.severity)
    return ListingComparison(tuple(changes), tuple(unchecked_fields(pair)))
