"""Cards about our own listings and our account."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import msgspec

from bot.core.account_health import AT_RISK, AccountHealth
from bot.core.cards import Card
from bot.core.findings import ACCOUNT_HEALTH, Finding
from bot.core.listing_status import ListingIssue, ListingState
from bot.features.cases.models.steps import Transition
from bot.features.cases.views.case import case_card
from bot.features.cases.views.timeline import entries_card
from bot.features.watchlist.models.account_records import AccountRecord
from bot.features.watchlist.models.listing_records import ListingRecord
from bot.features.watchlist.views.listing_problems import first_problems_card
from checks.account.judging import conclude
from checks.account.rating import rating
from checks.own_listings.judging import judge_listing
from tests.fakes import START as NOW
from tests.pictures import story
from tests.pictures.story import BOWL, OWN, SCENE, TRAY, ago

ISSUE = ListingIssue(
    code="18027",
    message="The main image has text, logo, graphic or watermark that is not permitted for this "
    "product type. Submit a compliant image to lift the suppression.",
    error=True,
    categories=("INVALID_IMAGE",),
    actions=("LISTING_SUPPRESSED",),
)
FINE = ListingState(
    sku=BOWL.sku,
    seller=OWN,
    marketplace="US",
    at=ago(minutes=9),
    asin=BOWL.asin,
    buyable=True,
    discoverable=True,
    product_type="KITCHEN",
    issues=(),
    offered=True,
    stock=42,
    by_amazon=True,
)


def looked(*states: ListingState) -> tuple[ListingRecord, list[Finding]]:
    """Return what is remembered and what is news after looks at the bowl's listing."""
    record: ListingRecord | None = None
    found: list[Finding] = []
    for minute, state in enumerate(states):
        at = NOW - timedelta(minutes=len(states) - minute)
        judgement = judge_listing(BOWL, record, msgspec.structs.replace(state, at=at))
        assert judgement is not None
        record = judgement.record
        found += judgement.findings
    assert record is not None
    return record, found


DOWN = msgspec.structs.replace(FINE, buyable=False, issues=(ISSUE,))
MOVED = msgspec.structs.replace(
    DOWN, product_type="PET_SUPPLIES", discoverable=False, issues=(ISSUE,)
)
STUCK = msgspec.structs.replace(FINE, buyable=False)
SUPPRESSED = story.told(31, looked(FINE, DOWN)[1])
WORSE = story.told(32, looked(FINE, DOWN, MOVED)[1])
STRANDED = story.told(33, looked(FINE, STUCK)[1])
BACK = story.told(34, looked(FINE, DOWN, FINE)[1])


def _at_risk() -> list[Transition]:
    health = AccountHealth(
        marketplace="US",
        at=ago(minutes=3),
        status=AT_RISK,
        warned=True,
        bad=("lateShipmentRate", "productSafetyCustomerComplaints"),
    )
    record = AccountRecord(marketplace="US", tried_at=NOW)
    return story.told(35, conclude(record, ACCOUNT_HEALTH, rating(health), health.at)[1])


def _case(turns: list[Transition]) -> Card:
    case = turns[-1].case
    scene = msgspec.structs.replace(SCENE, affected={case.key: story.products(turns)})
    return case_card(case, scene)


def _first() -> Card:
    record, _ = looked(DOWN)
    others = [
        msgspec.structs.replace(record, key=watch.key, sku=watch.sku or watch.asin)
        for watch in story.WATCHES[:5]
    ]
    hidden = msgspec.structs.replace(FINE, discoverable=False, sku=TRAY.sku)
    more, _ = looked(msgspec.structs.replace(hidden, sku=BOWL.sku))
    names = {watch.key: watch.name for watch in story.WATCHES}
    return first_problems_card([*others, more], names, SCENE)


def cards() -> dict[str, Card]:
    """Return one of each kind, in the language that is spoken."""
    return {
        "case-suppressed": _case(SUPPRESSED),
        "case-suppressed-moved": _case(WORSE),
        "case-stranded": _case(STRANDED),
        "case-listing-back": _case(BACK),
        "case-account": _case(_at_risk()),
        "entries-suppressed": entries_card(WORSE[-1].case, story.entries(WORSE), SCENE),
        "first-problems": _first(),
    }


CARDS: Mapping[str, Card] = cards()
