"""What a team is offered of its listings, and which are gone: decided by two readings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.listing import Watch
from bot.core.own_listings import ListingStatus, OwnListing, OwnListings
from bot.core.permissions import Person
from bot.features.watchlist.models.own_listings import KnownListing, ListingsPreview
from bot.features.watchlist.rules.own_listings import (
    ENDED_AFTER,
    Compared,
    best,
    compare,
    watch_of,
)
from tests.fakes import START
from tests.unit.features.watchlist.listed import listing, several

ANA = Person("ana", "Ana")
DAY = timedelta(days=1)


def preview(at: datetime = START, who: Person | None = ANA) -> ListingsPreview:
    return ListingsPreview(id=f"{at:%Y%m%d%H%M%S}", asked_at=at, asked_by=who)


class Account:
    """What is known, reading after reading."""

    def __init__(self, *watched: str, sku: str = "MINE-1") -> None:
        self.known: dict[str, KnownListing] = {}
        self.watched: dict[str, Watch] = {}
        for key in watched:
            market, _, asin = key.partition("-")
            watch = Watch(asin=asin, marketplace=market, sku=sku, added_at=START - DAY)
            self.watched[key] = watch
        self.at = START
        self.begun = False

    def read(self, *listings: OwnListing, who: Person | None = None, hidden: int = 0) -> Compared:
        asked = preview(self.at, who)
        read = OwnListings(listings, len(listings) + hidden)
        first, self.begun = not self.begun, True
        compared = compare(read, self.known, self.watched, asked, first=first)
        self.known |= {each.key: each for each in compared.written}
        again = compare(read, self.known, self.watched, asked, first=first)
        # A restart may repeat it before anybody was told: then nothing of it may be lost.
        assert set(compared.offered) <= set(again.offered)
        assert compared.filling == again.filling
        assert compared.ended == again.ended
        return compared

    def next_day(self) -> None:
        self.at += DAY


def skus(listings: Iterable[OwnListing]) -> list[str]:
    return [each.sku for each in listings]


def test_who_asks_is_offered_all_that_is_not_watched() -> None:
    compared = Account("US-B000000001").read(*several(3), listing("U-1", ""), who=ANA)
    assert skus(compared.offered) == ["K-0", "K-2"]
    counts = compared.counts
    assert (counts.products, counts.watched, counts.offered, counts.pageless) == (3, 1, 2, 1)


def test_the_first_daily_reading_only_learns() -> None:
    account = Account()
    assert account.read(*several(3)).offered == ()
    account.next_day()
    assert skus(account.read(*several(4)).offered) == ["K-3"]
    account.next_day()
    assert account.read(*several(4)).offered == ()


def test_a_product_that_was_declined_is_offered_again_to_who_asks_alone() -> None:
    account = Account()
    account.read(*several(2), who=ANA)
    account.next_day()
    assert account.read(*several(2)).offered == ()
    account.next_day()
    assert skus(account.read(*several(2), who=ANA).offered) == ["K-0", "K-1"]


def test_a_new_sku_of_a_known_product_is_no_new_product() -> None:
    account = Account()
    account.read(listing("FBA-1"))
    account.next_day()
    assert account.read(listing("FBA-1"), listing("FBM-1")).offered == ()
    account.next_day()
    assert account.read(listing("FBM-2")).offered == ()


def test_several_skus_of_a_product_are_one_product() -> None:
    compared = Account().read(listing("B-1"), listing("A-1"), who=ANA)
    assert (skus(compared.offered), compared.counts.products) == (["A-1"], 1)


def test_who_asks_is_offered_the_skus_of_what_is_watched_without_one() -> None:
    account = Account("US-B000000001", sku="")
    compared = account.read(*several(2), who=ANA)
    assert (skus(compared.filling), compared.counts.skuless) == (["K-1"], 1)
    assert skus(compared.offered) == ["K-0"]
    account.next_day()
    assert account.read(*several(2)).filling == ()


@pytest.mark.parametrize("sku", ["-", "k" * 41])
def test_a_sku_that_cannot_be_used_is_not_offered(sku: str) -> None:
    account = Account("US-B0LISTED01", sku="")
    assert account.read(listing(sku), who=ANA).filling == ()
    assert account.read(listing("K-1", condition="used"), who=ANA).filling == ()


def test_a_sku_of_the_team_is_not_replaced() -> None:
    assert Account("US-B0LISTED01").read(listing("K-1"), who=ANA).filling == ()


def test_a_product_in_two_marketplaces_is_two() -> None:
    account = Account("DE-B0LISTED01")
    assert skus(account.read(listing("A-1"), who=ANA).offered) == ["A-1"]
    assert account.read(listing("A-1", marketplace="DE"), who=ANA).offered == ()


@pytest.mark.parametrize(
    ("other", "picked"),
    [
        (listing("A-1", condition="used"), "Z-1"),
        (listing("A-1", status=ListingStatus.INACTIVE), "Z-1"),
        (listing("A-1", condition=""), "A-1"),
        (listing("A-1", status=ListingStatus.UNKNOWN), "A-1"),
    ],
)
def test_a_product_is_watched_by_the_sku_that_sells_it_new(other: OwnListing, picked: str) -> None:
    assert best([listing("Z-1"), other]).sku == picked


def test_what_is_absent_once_is_not_gone() -> None:
    account = Account("US-B000000001")
    account.read(*several(2))
    account.next_day()
    assert account.read(*several(1)).ended == ()
    account.next_day()
    assert account.read(*several(2)).ended == ()
    account.next_day()
    assert account.read(*several(1)).ended == ()


def test_what_is_absent_twice_is_gone_and_told_once() -> None:
    account = Account("US-B000000001")
    account.read(*several(2))
    account.next_day()
    account.read(*several(1))
    account.next_day()
    assert skus(account.read(*several(1)).ended) == ["K-1"]
    account.next_day()
    assert account.read(*several(1)).ended == ()


def test_two_readings_in_a_row_are_no_proof_of_an_end() -> None:
    account = Account("US-B000000001")
    account.read(*several(2))
    for _ in range(3):
        account.at += ENDED_AFTER / 4
        assert account.read(*several(1), who=ANA).ended == ()


def test_a_reading_that_is_not_complete_proves_no_end() -> None:
    account = Account("US-B000000001")
    account.read(*several(2))
    for _ in range(5):
        account.next_day()
        assert account.read(*several(1), hidden=1).ended == ()
    account.next_day()
    assert account.read().ended == ()


def test_the_end_of_one_sku_is_no_news_while_another_sells_the_product() -> None:
    account = Account("US-B0LISTED01")
    account.read(listing("A-1"), listing("B-1"))
    for _ in range(3):
        account.next_day()
        assert account.read(listing("A-1")).ended == ()


def test_the_end_of_what_nobody_watches_is_no_news() -> None:
    account = Account()
    account.read(*several(2))
    for _ in range(3):
        account.next_day()
        assert account.read(*several(1)).ended == ()


def test_listings_of_another_seller_id_are_not_judged() -> None:
    account = Account("US-B000000001")
    account.read(*several(2))
    for _ in range(3):
        account.next_day()
        assert account.read(listing("X", seller="A0OTHERSELLER")).ended == ()


def test_what_comes_back_after_its_end_is_new() -> None:
    account = Account()
    account.read(*several(2))
    for _ in range(2):
        account.next_day()
        account.read(*several(1))
    account.next_day()
    assert skus(account.read(*several(2)).offered) == ["K-1"]


LISTINGS = st.lists(
    st.builds(
        listing,
        st.sampled_from([f"K-{each}" for each in range(6)]),
        st.sampled_from(["", *(f"B{each:09}" for each in range(4))]),
        condition=st.sampled_from(["new", "used", ""]),
        status=st.sampled_from(ListingStatus),
    ),
    max_size=6,
    unique_by=lambda each: each.sku,
)


@given(
    st.lists(st.tuples(LISTINGS, st.booleans(), st.integers(0, 1)), min_size=1, max_size=6),
    st.sets(st.sampled_from([f"US-B{each:09}" for each in range(4)])),
)
def test_nothing_is_offered_twice_by_itself_and_nothing_watched_is_offered(
    readings: list[tuple[list[OwnListing], bool, int]], watched: set[str]
) -> None:
    account = Account(*watched)
    for listings, asked, hidden in readings:
        compared = account.read(*listings, who=ANA if asked else None, hidden=hidden)
        offered = [Watch.key_of(each.marketplace, each.asin) for each in compared.offered]
        assert len(set(offered)) == len(offered)
        assert watched.isdisjoint(offered)
        assert all(each.asin for each in compared.offered)
        assert {Watch.key_of("US", each.asin) for each in compared.ended} <= watched
        account.next_day()
        assert account.read(*listings, hidden=hidden).offered == ()
        account.next_day()


def test_a_watch_is_made_of_a_listing() -> None:
    made = watch_of(listing("K-1", title="A pan"), "Ana", START)
    assert made == Watch(
        asin="B0LISTED01",
        marketplace="US",
        title="A pan",
        sku="K-1",
        added_by="Ana",
        added_at=START,
    )


@pytest.mark.parametrize(
    ("sku", "condition", "expected"),
    [
        ("K-1", "", "K-1"),
        ("K-1", "used", ""),
        ("K-1", "collectible", ""),
        ("k" * 41, "new", ""),
        ("-", "new", ""),
        ("/", "new", ""),
        ("1.2E+05", "new", "1.2E+05"),
        ("n/a", "new", "n/a"),
        ("=A1", "new", "=A1"),
    ],
)
def test_a_product_whose_sku_cannot_be_used_is_watched_by_its_asin(
    sku: str, condition: str, expected: str
) -> None:
    assert watch_of(listing(sku, condition=condition), "Ana", START).sku == expected


@given(st.text(min_size=1, max_size=100).filter(str.isprintable), st.text(max_size=500))
def test_every_listing_with_a_page_can_be_watched(sku: str, title: str) -> None:
    made = watch_of(listing(sku, title=title), "Ana", START)
    assert (made.asin, made.marketplace) == ("B0LISTED01", "US")
    assert made.sku in ("", sku)
