"""Cards of products that look like ours."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from bot.core.cards import Card
from bot.core.catalog_search import CatalogItem, ProductLikeness
from bot.features.copycats.models import Candidate, CopycatSearch, SearchState, Verdict
from bot.features.copycats.views import (
    ToCompare,
    compare_card,
    copy_card,
    decided_card,
    ours_card,
    result_card,
    searching_card,
    set_aside,
)
from tests.fakes import START as NOW
from tests.pictures.story import ANA, BOWL, SCENE, ago

PICTURE = "https://m.media-amazon.com/images/I/bowl.jpg"
OURS = CatalogItem(
    asin=BOWL.asin,
    marketplace="US",
    title="Walnut Salad Bowl, 12 Inch, with Servers",
    brand="ALDER & FINCH",
    picture=PICTURE,
)
BRANDS = ("A1DER FINCH", "HUALIYA STAR", "ALDERFYNCH", "", "LOVEHOME")
SEARCH = CopycatSearch(
    id="20261123100000000000",
    asked_at=ago(minutes=12),
    asked_by=ANA,
    state=SearchState.DONE,
    products=412,
    searched=412,
    found=7,
    ended_at=ago(minutes=2),
)
GAPS = msgspec.structs.replace(SEARCH, unread=3, left=40, why="")
FAILED = msgspec.structs.replace(SEARCH, state=SearchState.FAILED, searched=0, found=0, why="")


def _candidate(number: int, **likeness: float) -> Candidate:
    item = msgspec.structs.replace(
        OURS, asin=f"B0LOOKS00{number}", brand=BRANDS[number], picture=PICTURE
    )
    return Candidate(item=item, ours=OURS, likeness=ProductLikeness(**likeness), found_at=NOW)


FOUND = (
    _candidate(0, name=1.0, text=0.98, picture=1.0, score=0.99),
    _candidate(1, text=0.97, picture=1.0, score=0.98),
    _candidate(2, name=1.0, text=0.62, score=0.91),
    _candidate(3, text=0.91, score=0.85),
    _candidate(4, picture=0.83, score=0.7),
)
WAITING = ToCompare(FOUND, 7)
NOTHING = ToCompare((), 0)


def cards() -> Mapping[str, Card]:
    """Return the cards of what is translated."""
    first = msgspec.structs.replace(FOUND[0], verdict=Verdict.OTHER, by=ANA)
    return {
        "copycats-searching": searching_card(
            msgspec.structs.replace(SEARCH, state=SearchState.SEARCHING, searched=120)
        ),
        "copycats-found": result_card(SEARCH, WAITING, SCENE),
        "copycats-gaps": result_card(GAPS, WAITING, SCENE),
        "copycats-none": result_card(SEARCH, NOTHING, SCENE),
        "copycats-failed": result_card(FAILED, NOTHING, SCENE),
        "copycat-compare": compare_card(FOUND[0], 7, SCENE),
        "copycat-next": compare_card(FOUND[1], 6, SCENE, said=set_aside(first), before=first),
        "copycat-ours": ours_card(first, 6, watched=False),
        "copycat-copy": copy_card(first, "C-12", 6),
        "copycat-last": decided_card(first, set_aside(first), 0),
    }


CARDS = cards()
