"""Cards about pages: the request to approve them, one of them, and one that was changed."""

from __future__ import annotations

import msgspec

from bot.core.cards import Card
from bot.core.listing_content import ListingContent
from bot.features.cases.views.case import case_card
from bot.features.pages.models import ApprovalState, GuardedPage, PageApproval, PageHealth
from bot.features.pages.rules import approved
from bot.features.pages.views.approval import approval_card
from bot.features.pages.views.review import nothing_card, review_card
from checks.listings.guarding import Uncompared, first_reading, judge_page
from checks.own_pages import NO_SKU
from tests.fakes import START as NOW
from tests.pictures import story
from tests.pictures.story import ANA, BOWL, SCENE, ago

OURS = ListingContent(
    asin=BOWL.asin,
    marketplace="US",
    language="en_US",
    title="Alder & Finch Walnut Salad Bowl, 12 Inch, with Servers",
    brand="Alder & Finch",
    bullets=("Turned from one piece of American walnut.", "Finished with food safe oil."),
    description="Each bowl is turned by hand in Vermont. It comes with a two-year warranty.",
    product_type="BOWL",
    parents=("B0FAMILY01",),
)
TAKEN_OVER = msgspec.structs.replace(
    OURS,
    title="12 Inch Bamboo Fruit Bowl, Extra Large, Dishwasher Safe, Compatible with Alder & Finch",
    brand="GreenHome",
    bullets=("Dishwasher safe.", "Finished with food safe oil."),
)
TEXTS = tuple(
    sorted(
        {
            BOWL.name,
            *(
                text
                for page in (OURS, TAKEN_OVER)
                for text in (page.title, page.brand, page.description, *(page.bullets or ()))
                if text
            ),
        },
        key=len,
        reverse=True,
    )
)
"""What pages say, which is in the language of the marketplace."""
HEALTH = PageHealth(waiting=12, differing=1, partly=3, parts=(("description", 3), ("images", 1)))


def cards() -> dict[str, Card]:
    """Return one of each kind, in the language that is spoken."""
    asked = PageApproval(
        id="1",
        asked_at=ago(minutes=2),
        grew_at=ago(minutes=1),
        state=ApprovalState.ASKED,
        agrees=11,
        differs=1,
    )
    done = PageApproval(
        id="1",
        asked_at=ago(minutes=2),
        grew_at=ago(minutes=1),
        state=ApprovalState.DONE,
        approved=12,
        by=ANA,
    )
    return {
        "pages-asked": approval_card(asked),
        "pages-approving": approval_card(
            msgspec.structs.replace(asked, state=ApprovalState.APPROVING, approved=4, uncompared=3)
        ),
        "pages-approved": approval_card(done),
        "page-differs": review_card(first_reading(BOWL.key, TAKEN_OVER, OURS, NOW), SCENE),
        "page-uncompared": review_card(
            first_reading(BOWL.key, OURS, Uncompared(NO_SKU), NOW), SCENE
        ),
        "page-none": nothing_card(),
        "page-taken-over": _changed(approved(_first(), ANA, NOW), TAKEN_OVER),
        "page-title-unread": _changed(
            _first(), msgspec.structs.replace(TAKEN_OVER, description=None, brand=OURS.brand)
        ),
    }


def _first() -> GuardedPage:
    return first_reading(BOWL.key, OURS, OURS, ago(days=2))


def _changed(page: GuardedPage, now: ListingContent) -> Card:
    """Return the case's card of a page that says something else than before."""
    judged = judge_page(page, now, ago(minutes=2), BOWL.name)
    turns = story.told(21, judged.findings)
    case = turns[-1].case
    scene = msgspec.structs.replace(SCENE, affected={case.key: story.products(turns)})
    return case_card(case, scene)


CARDS = cards()
