"""Cards of the account's listings and the brand's products: read, offered, watched, looked at."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from bot.core.cards import Card
from bot.core.findings import CLOSED, STRANDED, SUPPRESSED
from bot.core.own_listings import ListingStatus, OwnListing
from bot.features.watchlist.models.first_looks import LookedAt
from bot.features.watchlist.models.own_listings import (
    BrandProduct,
    KnownListing,
    ListingCounts,
    ListingsPreview,
    PreviewState,
)
from bot.features.watchlist.service.reading_listings import LISTED_NONE
from bot.features.watchlist.views.brand_products import (
    failed_search_card,
    found_card,
    searching_card,
)
from bot.features.watchlist.views.first_looks import first_looks_card
from bot.features.watchlist.views.own_listings import (
    decided_card,
    failed_card,
    news_card,
    preview_card,
    reading_card,
    unread_card,
)
from tests.fakes import START as NOW
from tests.pictures.story import ANA, OWN

BRAND = "ALDER & FINCH"
TITLE = "Tray"
PRODUCTS = tuple(
    BrandProduct(asin=f"B0BRAND{n:03d}", marketplace="US", title=TITLE, offer="1")
    for n in range(12)
)
SEARCH = ListingsPreview(id="1", asked_at=NOW, asked_by=ANA, brand=BRAND)
PREVIEW = ListingsPreview(
    id="1",
    asked_at=NOW,
    asked_by=ANA,
    state=PreviewState.OFFERED,
    counts={
        "US": ListingCounts(products=412, watched=3, offered=409, skuless=2, pageless=4, hidden=5),
        "CA": ListingCounts(products=88, offered=88),
    },
    unread={"MX": LISTED_NONE},
    guessed=True,
)
KNOWN = ListingsPreview(
    id="1", asked_at=NOW, asked_by=ANA, counts={"US": ListingCounts(products=3, watched=3)}
)
LISTINGS = tuple(
    OwnListing(
        seller=OWN,
        sku=f"4711-{n:02d}",
        marketplace="US",
        asin=f"B0LISTED{n:02d}",
        title=TITLE,
        status=ListingStatus.INACTIVE,
    )
    for n in range(12)
)
PROBLEMS = (*(SUPPRESSED,) * 7, *(STRANDED,) * 2, *(CLOSED,) * 3)
WRONG = tuple(
    KnownListing(listing=listing, first_seen_at=NOW, problem=problem, problem_in="1")
    for listing, problem in zip(LISTINGS, PROBLEMS, strict=True)
)
DAILY = ListingsPreview(
    id="1",
    asked_at=NOW,
    unheard={SUPPRESSED: 7, STRANDED: 2, CLOSED: 3},
    unasked=40,
)
LOOKED_AT = LookedAt(
    products=412,
    checked=203,
    failing={"": 3},
    strangers={"A1QX7ZP9KD4W2M": 4, "A2THIEFSELLER1": 1},
)
"""Half of an imported catalogue."""


def _decided(state: PreviewState, added: int = 0, filled: int = 0) -> Card:
    return decided_card(
        msgspec.structs.replace(PREVIEW, state=state, confirmed_by=ANA, added=added, filled=filled)
    )


def cards() -> Mapping[str, Card]:
    """Return one of each kind, in the language that is spoken."""
    whole = msgspec.structs.replace(LOOKED_AT, checked=412, failing={})
    return {
        "account-reading": reading_card({"US": (120, 412), "CA": (0, 4200)}),
        "account-preview": preview_card(PREVIEW),
        "account-known": preview_card(KNOWN),
        "account-unread": preview_card(msgspec.structs.replace(PREVIEW, counts={})),
        "account-adding": _decided(PreviewState.ADDING, 120),
        "account-done": _decided(PreviewState.DONE, 497, 2),
        "account-declined": _decided(PreviewState.DECLINED),
        "account-failed": failed_card(LISTED_NONE),
        "account-news": news_card(DAILY, LISTINGS, LISTINGS[:1], WRONG),
        "account-ended": news_card(KNOWN, (), LISTINGS[:2]),
        "account-unheard": news_card(DAILY, (), (), WRONG),
        "account-late": unread_card("12:00 UTC", LISTED_NONE),
        "brand-searching": searching_card(BRAND),
        "brand-found": found_card(SEARCH, PRODUCTS),
        "brand-none": found_card(SEARCH, ()),
        "brand-failed": failed_search_card(BRAND, LISTED_NONE),
        "first-looks": first_looks_card(LOOKED_AT),
        "first-looks-none": first_looks_card(msgspec.structs.replace(whole, strangers={})),
        "first-looks-failing": first_looks_card(msgspec.structs.replace(LOOKED_AT, checked=0)),
    }


CARDS = cards()
