"""Somebody whom the team does not know offers our product, but not as new."""

from __future__ import annotations

import pytest

from bot.core.conditions import Condition
from bot.core.findings import COLLECTIBLE, REFURBISHED, USED, Severity
from tests.unit.checks.conditions.answers import (
    ASIN,
    NEW,
    NEW_ONE,
    OTHER,
    OURS,
    RESALE,
    STRANGER,
    Story,
    facts_of,
    offer,
)


def test_a_used_offer_of_an_unknown_seller_is_found_at_the_first_answer() -> None:
    [finding] = Story().sees(NEW_ONE, offer(STRANGER, "38.00"))
    assert finding.signal == USED
    assert finding.fingerprint == f"US/{STRANGER}"
    assert finding.severity is Severity.INFO
    assert finding.headline == (
        f"Unknown seller {STRANGER} offers Walnut Salad Bowl used (very good) at USD 38.00, "
        "24% below new"
    )
    assert finding.brief == "used (very good) at USD 38.00, 24% below new"
    told = facts_of(finding)
    assert list(told) == ["Seller", "Condition", "Price", "Fulfillment", "What to do"]
    assert told["Price"] == "USD 38.00 incl. shipping; our price new: USD 50.00"
    assert "lawful in general" in told["What to do"]


@pytest.mark.parametrize(
    ("sold", "severity"),
    [
        (offer(STRANGER, "38.00", sub_condition="Good"), Severity.INFO),
        (offer(STRANGER, "45.00", sub_condition="Mint"), Severity.WARNING),
        (offer(STRANGER, "45.00", sub_condition="OpenBox"), Severity.WARNING),
        (offer(STRANGER, "20.00", sub_condition="Good"), Severity.WARNING),
        (offer(STRANGER, "45.00", Condition.REFURBISHED, "Refurbished"), Severity.WARNING),
        (offer(STRANGER, "45.00", Condition.COLLECTIBLE, "Good"), Severity.INFO),
        (offer(STRANGER, "5.00", Condition.COLLECTIBLE, "Good"), Severity.INFO),
        (offer(STRANGER, "5.00", Condition.CLUB, "Club"), Severity.INFO),
    ],
)
def test_it_is_as_bad_as_what_is_offered_and_never_critical(
    sold: object, severity: Severity
) -> None:
    [finding] = Story().sees(NEW_ONE, sold)  # type: ignore[arg-type]  # the table's cells have no type
    assert finding.severity is severity


def test_nothing_is_called_counterfeit() -> None:
    several = [
        offer(STRANGER, "5.00", condition, "Other")
        for condition in Condition
        if condition is not NEW
    ]
    found = Story().sees(NEW_ONE, *several)
    assert {each.signal for each in found} > {USED, REFURBISHED, COLLECTIBLE}
    said = " ".join(
        f"{each.headline} {each.brief} {' '.join(facts_of(each).values())}" for each in found
    )
    assert "counterfeit" not in said.lower()
    assert "fake" not in said.lower()


def test_a_seller_of_new_and_used_goods_is_one_case_and_it_says_so() -> None:
    [finding] = Story().sees(NEW_ONE, offer(STRANGER, "49.00", NEW, "New"), offer(STRANGER))
    assert finding.fingerprint == f"US/{STRANGER}"
    assert facts_of(finding)["Condition"] == "used (very good). Also sells it new at USD 49.00"


def test_of_several_offers_of_a_seller_the_cheapest_counts() -> None:
    [finding] = Story().sees(
        NEW_ONE, offer(STRANGER, "40.00", sub_condition="Mint"), offer(STRANGER, "30.00")
    )
    assert "used (very good) at USD 30.00" in finding.headline
    assert facts_of(finding)["Condition"] == "used (like new), used (very good)"


def test_our_own_trusted_and_nameless_offers_are_no_finding() -> None:
    assert Story(OTHER).sees(NEW_ONE, offer(OURS), offer(OTHER), offer("")) == []


def test_amazons_own_offer_is_not_a_strangers() -> None:
    assert USED not in {each.signal for each in Story().sees(NEW_ONE, offer(RESALE))}


def test_without_our_offer_the_lowest_new_price_is_the_measure() -> None:
    [finding] = Story().sees(offer(OTHER, "40.00", NEW, "New"), offer(STRANGER, "10.00"))
    assert facts_of(finding)["Price"].endswith("the lowest price new: USD 40.00")
    [finding] = Story().sees(offer(STRANGER, "10.00"))
    assert facts_of(finding)["Price"].endswith("the price of a new one is unknown")
    assert "below" not in finding.headline


def test_it_ends_when_two_answers_that_list_everything_do_not_show_it() -> None:
    story = Story()
    story.sees(NEW_ONE, offer(STRANGER, "38.00"))
    assert story.sees(NEW_ONE) == []
    [finding] = story.sees(NEW_ONE)
    assert (finding.signal, finding.ended, finding.asin) == (USED, True, ASIN)
    assert finding.headline == (
        f"Seller {STRANGER} no longer offers Walnut Salad Bowl used (confirmed by two readings)"
    )
    assert story.sees(NEW_ONE) == []


def test_a_condition_that_is_not_told_ends_nothing() -> None:
    story = Story()
    story.sees(offer(STRANGER))
    for _ in range(4):
        assert story.sees(untold=[Condition.USED]) == []
    assert story.history.present(STRANGER, Condition.USED)


def test_a_full_list_ends_nothing_and_says_that_there_may_be_more() -> None:
    story = Story()
    story.sees(offer(STRANGER, "90.00"))
    many = [offer(f"A9SELLER{number:05}", "10.00") for number in range(20)]
    story.sees(*many)
    story.sees(*many)
    found = story.sees(*many)
    assert story.history.present(STRANGER, Condition.USED)
    assert facts_of(found[0])["Not shown"] == (
        "Amazon lists only the 20 cheapest used offers. There may be more"
    )
    assert len(found[0].facts) <= 6


def test_offers_that_could_not_be_read_end_nothing() -> None:
    story = Story()
    story.sees(offer(STRANGER))
    for _ in range(2):
        story.sees(offer(OTHER), unread={Condition.USED: 1})
    found = story.sees(offer(OTHER), unread={Condition.USED: 1})
    assert [each.seller for each in found] == [OTHER]
    assert facts_of(found[0])["Not shown"] == (
        "Some used offers could not be read. There may be more"
    )


def test_one_false_zero_ends_nothing() -> None:
    story = Story()
    story.sees(NEW_ONE, offer(STRANGER))
    assert story.sees() == []
    [finding] = story.sees(NEW_ONE, offer(STRANGER))
    assert not finding.ended
    assert story.sees() == []


def test_who_comes_back_has_a_new_stay() -> None:
    story = Story()
    [first] = story.sees(offer(STRANGER))
    story.sees()
    story.sees()
    [again] = story.sees(offer(STRANGER))
    assert first.since is not None
    assert again.since is not None
    assert again.since > first.since


def test_a_price_that_moves_a_little_is_no_news() -> None:
    story = Story()
    [first] = story.sees(NEW_ONE, offer(STRANGER, "38.00"))
    [second] = story.sees(NEW_ONE, offer(STRANGER, "37.50"))
    [deep] = story.sees(NEW_ONE, offer(STRANGER, "20.00"))
    assert first.mark == second.mark != deep.mark
    assert "60% below new" in deep.headline
