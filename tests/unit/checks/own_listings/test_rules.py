"""What each rule finds of how a listing is, what it ends, and what it does not conclude."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core.findings import (
    CATEGORY,
    CLOSED,
    LISTING_ISSUE,
    SEARCH_SUPPRESSED,
    STRANDED,
    SUPPRESSED,
    Severity,
)
from bot.core.listing_status import ListingState
from checks.own_listings import facts
from tests.unit.checks.own_listings.listings import FINE, GONE, START, Listing, changed, fact, issue

DOWN = changed(buyable=False, issues=(issue("LISTING_SUPPRESSED"),))
HIDDEN = changed(discoverable=False, issues=(issue("SEARCH_SUPPRESSED"),))
UNBUYABLE = changed(buyable=False, by_amazon=False)
STUCK = changed(buyable=False)
MOVED = changed(product_type="PET_SUPPLIES")
NEW_ISSUE = changed(issues=(issue(),))


@pytest.mark.parametrize(
    ("state", "signal", "severity", "headline", "over"),
    [
        (
            DOWN,
            SUPPRESSED,
            Severity.CRITICAL,
            "Amazon suppressed your listing of Walnut Salad Bowl",
            "Amazon no longer suppresses your listing of Walnut Salad Bowl",
        ),
        (
            HIDDEN,
            SEARCH_SUPPRESSED,
            Severity.WARNING,
            "Amazon hides Walnut Salad Bowl in its search",
            "Amazon shows Walnut Salad Bowl in its search again",
        ),
        (
            UNBUYABLE,
            CLOSED,
            Severity.WARNING,
            "Your listing of Walnut Salad Bowl cannot be bought",
            "Your listing of Walnut Salad Bowl is back",
        ),
        (
            GONE,
            CLOSED,
            Severity.WARNING,
            "Your listing of Walnut Salad Bowl is gone",
            "Your listing of Walnut Salad Bowl is back",
        ),
        (
            STUCK,
            STRANDED,
            Severity.WARNING,
            "7 units of Walnut Salad Bowl are stranded at Amazon",
            "The units of Walnut Salad Bowl are no longer stranded",
        ),
        (
            MOVED,
            CATEGORY,
            Severity.WARNING,
            "Walnut Salad Bowl was moved to another category",
            "Walnut Salad Bowl is in its former category again",
        ),
        (
            NEW_ISSUE,
            LISTING_ISSUE,
            Severity.WARNING,
            "Amazon reports a new problem with your listing of Walnut Salad Bowl",
            "Amazon no longer reports the new problems with Walnut Salad Bowl",
        ),
    ],
)
def test_a_problem_is_told_once_and_when_it_is_over(
    state: ListingState, signal: str, severity: Severity, headline: str, over: str
) -> None:
    listing = Listing()
    found = listing.alone(state)
    assert (found.signal, found.severity, found.headline) == (signal, severity, headline)
    assert found.facts[0].label == facts.FIRST
    assert listing.look(state) == []
    ended = listing.alone(FINE)
    assert (ended.signal, ended.ended, ended.headline) == (signal, True, over)
    assert listing.look(FINE) == []


def test_all_that_is_wrong_with_a_page_is_one_case() -> None:
    keys = {Listing().alone(each).fingerprint for each in (DOWN, HIDDEN, UNBUYABLE, MOVED, GONE)}
    assert keys == {"US/B0WALNUTBL/page"}


def test_amazons_words_are_quoted_with_their_code() -> None:
    assert fact(Listing().alone(DOWN), "Amazon says") == "'The price is too low.' (18155)"


@pytest.mark.parametrize(
    ("category", "words"),
    [
        ("INVALID_PRICE", "price"),
        ("MISSING_IMAGE", "image"),
        ("QUALIFICATION_REQUIRED", "approval"),
        ("DUPLICATE", "two pages"),
        ("INVALID_ATTRIBUTE", "Correct what Amazon names"),
        ("ONE_OF_TOMORROW", "read Amazon's reason"),
    ],
)
def test_what_to_do_first_follows_from_the_category_of_the_issue(category: str, words: str) -> None:
    state = changed(buyable=False, issues=(issue("LISTING_SUPPRESSED", categories=(category,)),))
    assert words in fact(Listing().alone(state), facts.FIRST)


def test_a_product_taken_out_of_the_catalog_is_said_to_be_removed() -> None:
    state = changed(buyable=False, discoverable=False, issues=(issue("CATALOG_ITEM_REMOVED"),))
    found = Listing().alone(state)
    assert found.headline == "Amazon removed your listing of Walnut Salad Bowl"
    assert "Account Health" in fact(found, facts.FIRST)
    assert fact(found, "Listing status") == "cannot be bought or found"


def test_a_suppression_that_the_status_does_not_show_is_less_grave_and_says_so() -> None:
    found = Listing().alone(changed(issues=(issue("LISTING_SUPPRESSED"),)))
    assert found.severity is Severity.WARNING
    assert "still buyable" in fact(found, "Listing status")


def test_what_amazon_exempts_takes_nothing_down() -> None:
    state = changed(issues=(issue("LISTING_SUPPRESSED", exempt=True),))
    assert Listing().look(state) == []


def test_an_exemption_that_ends_is_told_with_its_end() -> None:
    until = START + timedelta(days=9)
    found = Listing().alone(
        changed(issues=(issue("LISTING_SUPPRESSED", exempt=True, until=until),))
    )
    assert found.signal == LISTING_ISSUE
    [deadline] = [each for each in found.facts if each.label == "Amazon acts"]
    assert deadline.at == until


def test_what_is_taken_down_is_neither_closed_nor_stranded_nor_hidden_besides() -> None:
    state = changed(
        buyable=False,
        discoverable=False,
        issues=(issue("LISTING_SUPPRESSED"), issue("SEARCH_SUPPRESSED", code="2")),
    )
    assert [each.signal for each in Listing().look(state)] == [SUPPRESSED]


def test_a_hidden_product_without_a_reason_is_told_too() -> None:
    found = Listing().alone(changed(discoverable=False))
    assert found.signal == SEARCH_SUPPRESSED
    assert fact(found, "Amazon says") == "no reason"


def test_what_is_out_of_stock_is_not_closed() -> None:
    assert Listing().look(changed(buyable=False, stock=0)) == []


def test_unknown_stock_at_amazon_is_not_stranded_but_closed() -> None:
    assert Listing().alone(changed(buyable=False, stock=None)).signal == CLOSED


def test_why_it_cannot_be_bought_may_be_unreadable() -> None:
    found = Listing().alone(changed(buyable=False, by_amazon=False, issues=None))
    assert fact(found, "Amazon says") == "its reasons could not be read"


def test_another_new_issue_is_news_and_one_that_goes_is_not_the_end() -> None:
    listing = Listing()
    listing.look(changed(issues=(issue(code="1"),)))
    assert listing.alone(changed(issues=(issue(code="1"), issue(code="2")))).mark == "1 2"
    assert not listing.alone(changed(issues=(issue(code="2"),))).ended
    assert listing.alone(FINE).ended


def test_warnings_are_no_problem() -> None:
    assert Listing().look(changed(issues=(issue(error=False),))) == []


def test_an_unknown_action_is_told_as_an_issue() -> None:
    assert Listing().alone(changed(issues=(issue("ONE_OF_TOMORROW"),))).signal == LISTING_ISSUE


@pytest.mark.parametrize("state", [DOWN, HIDDEN, UNBUYABLE, STUCK, MOVED, NEW_ISSUE])
def test_what_is_not_told_ends_nothing(state: ListingState) -> None:
    silent = ListingState(
        sku=FINE.sku, seller=FINE.seller, marketplace="US", at=START, asin=FINE.asin
    )
    listing = Listing()
    listing.look(state)
    assert listing.look(silent) == []
    assert listing.look(state) == []
    assert listing.alone(FINE).ended


def test_what_is_not_told_begins_nothing() -> None:
    silent = ListingState(sku=FINE.sku, seller=FINE.seller, marketplace="US", at=START)
    listing = Listing()
    assert listing.look(silent) == []
    assert listing.look(FINE) == []


def test_issues_that_could_not_all_be_read_are_no_all_clear() -> None:
    listing = Listing()
    listing.look(DOWN)
    # It can be bought again: that is told, and only readable issues end the suppression.
    assert listing.look(changed(unread=True)) == []
    assert listing.alone(FINE).ended
