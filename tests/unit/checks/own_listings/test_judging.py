"""What the first look is worth, what is remembered, and what a second look must confirm."""

from __future__ import annotations

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from bot.core.findings import CATEGORY, CLOSED, OF_OUR_LISTING, SUPPRESSED
from bot.core.listing_status import ListingState
from checks.own_listings import RULES
from checks.own_listings.judging import judge_listing
from tests.unit.checks.own_listings.listings import FINE, GONE, WATCH, Listing, changed, issue

DOWN = changed(buyable=False, issues=(issue("LISTING_SUPPRESSED"),))

told = st.sampled_from((True, False, None))
issues = st.one_of(
    st.none(),
    st.lists(
        st.builds(
            issue,
            st.sampled_from(("", "LISTING_SUPPRESSED", "SEARCH_SUPPRESSED", "ELSE")),
            st.sampled_from(("1", "2", "3")),
            error=st.booleans(),
            exempt=st.booleans(),
        ),
        max_size=3,
    ).map(tuple),
)
states = st.one_of(
    st.just(GONE),
    st.builds(
        changed,
        buyable=told,
        discoverable=told,
        issues=issues,
        unread=st.booleans(),
        stock=st.sampled_from((None, 0, 3)),
        by_amazon=told,
        product_type=st.sampled_from(("", "KITCHEN", "PET")),
    ),
)


def test_every_signal_of_our_listings_has_a_rule() -> None:
    assert RULES.keys() == OF_OUR_LISTING


def test_what_stands_at_the_first_look_is_no_alarm_and_ends_silently() -> None:
    listing = Listing(DOWN)
    assert listing.record is not None
    assert listing.record.untold
    assert set(listing.record.at_first) == {SUPPRESSED}
    assert listing.look(DOWN) == []
    assert listing.look(FINE) == []
    assert listing.record.at_first == {}
    assert listing.alone(DOWN).signal == SUPPRESSED


def test_another_cause_of_what_stood_at_the_first_look_is_news() -> None:
    both = changed(issues=(issue("LISTING_SUPPRESSED", "1"), issue("LISTING_SUPPRESSED", "2")))
    one = changed(issues=(issue("LISTING_SUPPRESSED", "1"),))
    third = changed(issues=(issue("LISTING_SUPPRESSED", "1"), issue("LISTING_SUPPRESSED", "3")))
    listing = Listing(both)
    assert listing.look(one) == []
    assert listing.look(both) == []
    assert listing.alone(third).mark == "1 3"
    assert listing.alone(FINE).ended


def test_a_listing_that_could_not_be_bought_at_first_and_is_gone_is_news() -> None:
    listing = Listing(changed(buyable=False, by_amazon=False))
    assert listing.alone(GONE).mark == "gone"


def test_a_cause_that_is_told_only_after_the_first_look_is_no_news_and_another_one_is() -> None:
    listing = Listing(changed(discoverable=False))
    hidden = changed(discoverable=False, issues=(issue("SEARCH_SUPPRESSED", "1"),))
    assert listing.look(hidden) == []
    assert listing.look(changed(discoverable=False)) == []
    other = changed(discoverable=False, issues=(issue("SEARCH_SUPPRESSED", "2"),))
    assert listing.alone(other).mark == "2"


def test_issues_of_the_first_look_are_known_and_others_are_news() -> None:
    listing = Listing(changed(issues=(issue(code="1"),)))
    assert listing.look(changed(issues=(issue(code="1"),))) == []
    assert listing.alone(changed(issues=(issue(code="1"), issue(code="2")))).mark == "2"


def test_an_issue_of_the_first_look_that_comes_back_later_is_news() -> None:
    listing = Listing(changed(issues=(issue(code="1"),)))
    listing.look(FINE)
    assert listing.alone(changed(issues=(issue(code="1"),))).mark == "1"


def test_a_listing_that_was_never_seen_is_not_gone() -> None:
    listing = Listing(None)
    assert listing.look(GONE) == []
    assert listing.record is None


def test_a_sound_first_look_has_nothing_to_tell() -> None:
    listing = Listing()
    assert listing.record is not None
    assert not listing.record.untold


def test_another_sku_or_seller_begins_anew() -> None:
    listing = Listing()
    listing.look(DOWN)
    other = msgspec.structs.replace(DOWN, seller="A2OTHEROTHER1")
    assert listing.look(other) == []
    assert listing.record is not None
    assert set(listing.record.at_first) == {SUPPRESSED}


def test_a_category_that_was_not_told_at_first_is_taken_from_a_later_look() -> None:
    listing = Listing(changed(product_type=""))
    assert listing.look(FINE) == []
    assert listing.alone(changed(product_type="PET")).signal == CATEGORY


def test_what_goes_on_is_at_hand_for_people_who_said_that_it_is_over() -> None:
    listing = Listing()
    listing.look(changed(buyable=False, by_amazon=False, product_type="PET"))
    listing.look(changed(buyable=False, by_amazon=False, product_type="PET"))
    assert listing.last is not None
    # A category that a person accepted is not told again.
    assert [each.signal for each in listing.last.lasting] == [CLOSED]


def test_a_second_look_confirms_only_what_the_first_one_showed() -> None:
    listing = Listing()
    state = changed(product_type="PET", buyable=False, issues=(issue("LISTING_SUPPRESSED"),))
    found = judge_listing(WATCH, listing.record, state, only={SUPPRESSED})
    assert found is not None
    assert found.moved == {SUPPRESSED}
    assert CATEGORY not in found.record.running


@given(st.lists(states, max_size=8))
def test_each_signal_begins_before_it_ends_and_never_begins_twice(seen: list[ListingState]) -> None:
    listing = Listing()
    running: dict[str, str] = {}
    for state in seen:
        for finding in listing.look(state):
            if finding.ended:
                del running[finding.signal]
            else:
                assert running.get(finding.signal) != finding.mark
                running[finding.signal] = finding.mark
        assert listing.record is not None
        assert running == {key: each.mark for key, each in listing.record.running.items()}


@given(states, st.lists(states, max_size=4))
def test_the_same_look_twice_is_no_news(last: ListingState, seen: list[ListingState]) -> None:
    listing = Listing()
    for state in (*seen, last):
        listing.look(state)
    before = listing.record
    assert listing.look(last) == []
    assert listing.record == before
