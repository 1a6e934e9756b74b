"""Collects the texts of cases that are data: why a case was closed, and what is wrong."""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.findings import AT_RISK
from bot.features.cases.flows.snooze import HOURS
from bot.features.cases.models.cases import CloseReason
from bot.features.cases.models.seller_facts import SharedTrait
from bot.features.cases.rules.inputs import Where
from bot.features.cases.views.case import BADGES
from bot.features.cases.views.page_changes import PARTS
from bot.features.cases.views.page_changes import UNREAD as UNREAD_PARTS
from bot.features.cases.views.title import POINTS, UNREAD
from bot.features.pages.models import FIELD_NAMES
from checks.listings.guarding import BASELINE, EMPTY, NOT_YET, NOTHING_TO_COMPARE
from checks.own_pages import NO_SELLER, NO_SKU, NO_SOURCE, NOT_LISTED

PAGE_POINTS = frozenset(
    (
        NOT_YET,
        "the brand changed",
        "the brand is empty",
        "the title is empty",
        "the title names another product",
        "the title no longer names the brand",
        "the title changed",
        "the main image is gone",
        "the main image shows something else",
        "a main image was added",
        "the product left its variation family",
        "the product was added to a variation family",
        "the variation family changed",
        "all bullets are gone",
        "a bullet is gone",
        "a bullet was added",
        "a bullet changed",
        "the bullets changed",
        "the description changed",
        "the description is empty",
        "an image is gone",
        "an image was added",
        "an image shows something else",
        "the images changed",
        "the product type changed",
        "the product type is empty",
    )
)
"""What rules say of a page in a sentence without numbers, as a card's title has it."""


def cases() -> Mapping[str, frozenset[str]]:
    """Return the texts of cases that ``tr_data`` says, by what they are."""
    return {
        "reasons to close": frozenset(each.label for each in CloseReason),
        "points": frozenset((*POINTS.values(), UNREAD)),
        "how bad it is": frozenset(BADGES.values()),
        "pauses": frozenset(HOURS.values()),
        "where a seller is trusted": frozenset(each.label for each in Where),
        "facts of cases": frozenset(
            (AT_RISK, "Note", "Not in Amazon's list", UNREAD_PARTS, BASELINE)
        ),
        "facts of offers": frozenset(
            ("Their price", "Price gap", "Condition", "Fulfillment", "Feedback", "no ratings")
        ),
        "who sends the goods": frozenset(("by the seller", "by Amazon (FBA)")),
        "parts of pages": frozenset((*PARTS.values(), *FIELD_NAMES.values(), *EMPTY)),
        "what changed on a page": PAGE_POINTS,
        "why a page was not compared": frozenset(
            (NO_SKU, NOT_LISTED, NO_SOURCE, NO_SELLER, NOTHING_TO_COMPARE)
        ),
        "what two sellers have in common": frozenset(each.label for each in SharedTrait),
    }
