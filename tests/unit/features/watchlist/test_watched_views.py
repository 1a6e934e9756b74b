"""Whatever the first look shows, its card fits every chat and claims no more than was seen."""

from __future__ import annotations

from decimal import Decimal

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from bot.core.cards import Tone
from bot.core.links import Links
from bot.core.listing import Offer, Snapshot, Watch
from bot.core.money import Money
from bot.core.team import Team
from bot.core.views.context import ViewContext
from bot.features.watchlist.models.sellers import EVERYWHERE
from bot.features.watchlist.views.offers import OffersSeen
from bot.features.watchlist.views.trust import NAMED, products
from bot.features.watchlist.views.watched import unknown_card, watched_card
from tests.fakes import START

SELLERS = st.text("AB01<&*|\N{RIGHT-TO-LEFT OVERRIDE}", min_size=1, max_size=60)
PRICES = st.decimals(0, 10**9, places=2).map(lambda amount: Money(Decimal(amount), "USD"))
OFFERS = st.builds(
    Offer,
    seller=SELLERS,
    price=PRICES,
    shipping=st.none() | PRICES,
    fba=st.none() | st.booleans(),
)
WATCHES = st.builds(
    Watch,
    asin=st.just("B0PRODUCT1"),
    marketplace=st.sampled_from(("US", "DE", "JP")),
    title=st.text(max_size=500),
    floor=st.none() | PRICES,
    sku=st.text(max_size=40),
    added_at=st.just(START),
)
VIEW = ViewContext(now=START, team=Team(), links=Links())


@st.composite
def seen(draw: st.DrawFn) -> OffersSeen:
    offers = tuple(draw(st.lists(OFFERS, max_size=20)))
    named = [offer.seller for offer in offers]
    some = st.frozensets(st.sampled_from(named) if named else st.nothing())
    snapshot = Snapshot(
        asin="B0PRODUCT1",
        marketplace="US",
        at=START,
        offers=offers,
        total=len(offers) + draw(st.integers(0, 1000)),
        holders=draw(st.none() | st.lists(SELLERS, max_size=2).map(tuple)),
    )
    return OffersSeen(snapshot, draw(some), draw(some))


@given(watch=WATCHES, seen=seen(), wrong=st.none() | WATCHES)
def test_the_card_fits_and_claims_no_more_than_was_seen(
    watch: Watch, seen: OffersSeen, wrong: Watch | None
) -> None:
    card = watched_card(watch, seen, "", VIEW, wrong)
    all_clear = "No unknown seller" in card.body
    snapshot = seen.snapshot
    whole = not (snapshot.unlisted or snapshot.empty or snapshot.holders is None)
    assert all_clear == (whole and not seen.strangers)
    assert (card.tone is Tone.GOOD) == all_clear
    assert unknown_card(watch, wrong).buttons
    assert msgspec.json.encode(card)


def test_a_seller_is_trusted_on_a_few_named_products_or_counted_ones() -> None:
    asins = [f"B0ALDER{number:03}" for number in range(NAMED + 2)]
    assert products(asins[:2]) == "B0ALDER000, B0ALDER001"
    assert products(asins[:NAMED]) == ", ".join(asins[:NAMED])
    assert products(asins) == f"{', '.join(asins[:NAMED])} and 2 more"
    assert products([EVERYWHERE]) == "all products"
