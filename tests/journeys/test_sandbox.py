"""Amazon's own examples, all the way from their bytes to the cases that they open."""

from __future__ import annotations

import json
import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.core.listing import Watch
from bot.features.cases.collections import CASES
from bot.features.watchlist.collections import STATUSES
from tests.fakes import START
from tests.journeys.shop import look, open_team, watch
from tests.signals import active_in
from tests.unit.adapters.amazon.amazon import SELLER as OURS
from tests.unit.adapters.amazon.amazon import Amazon, Json, json_reply
from tests.unit.conftest import Team

pytestmark = pytest.mark.conformance

NOBODY = ""

Findings = dict[str, set[tuple[str, str]]]
"""Signals with their product, by who is to blame."""


class Truth(NamedTuple):
    """What a person reads in an example: strangers, and who has the Buy Box in our place."""

    strangers: tuple[str, ...] = ()
    taken_by: str | None = None
    """None: it is ours, or was never ours to lose, because we do not sell the product."""


# Amazon counts 4,286 offers of it; 15 are new, and all 15 are listed: nobody is hidden.
CROWDED = Truth(
    (
        "A21GPS04ENK3GH",
        "A1NHJ2GQHJYKDD",
        "A1EZPZGQPCQEQR",  # twice, once in the Buy Box
        "A2BSRKTUYRBQX7",
        "A14RRT8J7KHRG0",
        "A29DD74D3MDLD3",  # twice
        "A1OHOT6VONX3KA",
        "A2NO69NJS5R7BW",
        "A3J2OPDM7RLS9A",
        "AA7AN6LI5ZZMD",
        "A3D4MFKTUUP0RS",
        "A16ZGNLKQR74W7",
    ),
    taken_by="A1EZPZGQPCQEQR",
)
# We are not among its eleven new offers; the Buy Box is AEMQJEQHIGU8X's, and not lost by us.
NOT_OURS = Truth(
    (
        "AFQSGY2BVBPU2",
        "ARLPNLRVRA0WL",
        "A3QO25ZNO05UF8",
        "AQBXQGCOQTJS6",
        "ATAQTPUEAJ499",
        "AEMQJEQHIGU8X",
        "A3GAR3KWWUHTHC",
        "A2YE02EFDC36RW",
        "A17VVVVNIJPQI4",
        "A3ALR9P0658YQT",
        "A35LOCZQ3NFRAA",
    )
)
UNDERCUT = Truth(("A5LI4TEX5CN80", "AH2OYH1RAT8PM"), taken_by="A5LI4TEX5CN80")
THREE_AND_NO_BOX = Truth(("A3TH9S8BH6GOGM", "A09263691NO8MK5LA75X2"), taken_by=NOBODY)
TWO_AND_NO_BOX = Truth(("A3TH9S8BH6GOGM",), taken_by=NOBODY)

BY_ASIN = {
    "B000P6Q7MY": Truth(),  # ours alone
    "B001Q3KU9Q": Truth(("A1OHOT6VONX3KA",)),  # theirs alone; the second offer is a collectible
    "B007Z07UK6": NOT_OURS,
    "B000OQA3N4": THREE_AND_NO_BOX,
    "B07PTMKYS7": TWO_AND_NO_BOX,
    "B001PYUTII": CROWDED,
    "B00505DW2I": UNDERCUT,
    "B00CGZQU42": Truth(("A3CTKJEUROOISL", "A16V258PS36Q2H")),  # the Buy Box is ours
    "B01LY2ZYRF": Truth(),  # ours alone
    "B00KFRNZY6": Truth(),  # nobody sells it: NoBuyableOffers
}
BY_SKU = {
    "GC-QTMS-SV2I": CROWDED,
    "VT-DEIT-57TQ": UNDERCUT,
    "NA-H7X1-JYTM": NOT_OURS,
    "RL-JVOC-MBSL": THREE_AND_NO_BOX,
    "74-64KG-H9W9": TWO_AND_NO_BOX,
}
ASIN_OF = {sku: f"B{place:09}" for place, sku in enumerate(BY_SKU)}
"""The answers by SKU name no ASIN; ours are invented."""


def example(operation: str) -> Json:
    """Return the answer of Amazon's sandbox."""
    text = (Path(os.environ["SPECS_DIR"]) / "sp-api/productPricingV0.json").read_text()
    post = json.loads(text)["paths"][f"/batches/products/pricing/v0/{operation}"]["post"]
    (static,) = post["responses"]["200"]["x-amzn-api-sandbox"]["static"]
    answer: Json = static["response"]
    return answer


def expected(truths: dict[str, Truth], looks: int) -> Findings:
    """Turn the table into findings; that nobody has a Buy Box takes two looks."""
    found: Findings = {}
    for asin, truth in truths.items():
        for seller in truth.strangers:
            found.setdefault(seller, set()).add(("seller", asin))
        if truth.taken_by:
            found.setdefault(truth.taken_by, set()).add(("buy-box", asin))
        elif truth.taken_by == NOBODY and looks > 1:
            found.setdefault(f"nobody on {asin}", set()).add(("page-buy-box", asin))
    return found


async def findings(team: Team) -> Findings:
    """Return what the cases say; each culprit has exactly one."""
    cases = await team.app.store.page(CASES)
    found = {
        case.seller or f"nobody on {case.asins[0]}": {
            (signal.kind, signal.asin) for signal in await active_in(team.app.store, case)
        }
        for case in cases
    }
    assert len(found) == len(cases)
    return found


@pytest.fixture
async def amazon() -> AsyncIterator[Amazon]:
    async with Amazon() as server:
        yield server


@pytest.fixture
async def shop(tmp_path: Path, amazon: Amazon) -> AsyncIterator[Team]:
    async with open_team(tmp_path, amazon.url, OURS) as team:
        yield team


async def test_ten_products_by_asin(shop: Team, amazon: Amazon) -> None:
    await watch(shop, [Watch(asin=asin, marketplace="US", added_at=START) for asin in BY_ASIN])
    for number in (1, 2, 3):
        amazon.script = [json_reply(200, example("itemOffers"))]
        shop.clock.advance(minutes=10)
        await look(shop)
        assert await findings(shop) == expected(BY_ASIN, number)
    assert len(shop.chat.messages) == len(shop.chat.order)


async def test_five_of_our_own_by_sku(shop: Team, amazon: Amazon) -> None:
    watches = [
        Watch(asin=asin, marketplace="US", sku=sku, added_at=START) for sku, asin in ASIN_OF.items()
    ]
    await watch(shop, watches)
    truths = {ASIN_OF[sku]: truth for sku, truth in BY_SKU.items()}
    for number in (1, 2, 3):
        amazon.script = [json_reply(200, example("listingOffers"))]
        shop.clock.advance(minutes=10)
        await look(shop)
        assert await findings(shop) == expected(truths, number)


async def test_the_empty_one_and_those_without_a_buy_box_are_looked_at_again_soon(
    shop: Team, amazon: Amazon
) -> None:
    await watch(shop, [Watch(asin=asin, marketplace="US", added_at=START) for asin in BY_ASIN])
    hurries = []
    for _ in range(3):
        amazon.script = [json_reply(200, example("itemOffers"))]
        shop.clock.advance(minutes=10)
        await look(shop)
        statuses = await shop.app.store.page(STATUSES)
        hurries.append({status.key.removeprefix("US-") for status in statuses if status.hurry})
    # That nobody has its Buy Box is believed a look later than that it is empty.
    assert hurries == [{"B00KFRNZY6", "B000OQA3N4", "B07PTMKYS7"}, {"B00KFRNZY6"}, set()]


async def test_looking_again_at_the_same_says_nothing_new(shop: Team, amazon: Amazon) -> None:
    await watch(shop, [Watch(asin=asin, marketplace="US", added_at=START) for asin in BY_ASIN])
    counts = []
    for _ in range(4):
        amazon.script = [json_reply(200, example("itemOffers"))]
        shop.clock.advance(minutes=30)
        await look(shop)
        counts.append((shop.chat.posts, shop.chat.edits))
    assert counts[1] == counts[2] == counts[3]
