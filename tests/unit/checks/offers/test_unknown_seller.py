"""Unknown sellers: who they are, how bad it is, and when the team hears of them again."""

from __future__ import annotations

import msgspec
import pytest

from bot.core.findings import Severity
from tests.strategies import OWN, START, TRUSTED
from tests.unit.checks.offers.story import OTHER, OURS, STRANGER, Story, facts, of, offer


def test_an_unknown_seller_is_told_with_the_price_beside_ours() -> None:
    (finding,) = Story().read(OURS, offer(STRANGER, "16.70", shipping="2.00", rating=(3, 67)))
    assert finding.headline == (
        f"Unknown seller {STRANGER} offers Walnut Salad Bowl at USD 18.70, 25% below us"
    )
    assert finding.severity is Severity.CRITICAL
    assert finding.fingerprint == f"US/{STRANGER}"
    assert finding.since == START
    assert facts(finding) == {
        "Seller": STRANGER,
        "Price": "USD 18.70 incl. shipping, ours USD 24.99",
        "Price gap": "25% below ours",
        "Condition": "new",
        "Feedback": "3 ratings, 67% positive",
        "Fulfillment": "unknown",
        "Buy Box": "ours",
    }


@pytest.mark.parametrize("seller", [OWN, TRUSTED, ""])
def test_ours_trusted_and_nameless_offers_are_no_news(seller: str) -> None:
    assert Story().read(OURS, offer(seller, "24.00")) == []


@pytest.mark.parametrize(
    ("price", "severity", "words"),
    [
        ("22.49", Severity.CRITICAL, "at USD 22.49, 10% below us"),
        ("22.50", Severity.WARNING, "at USD 22.50, 9% below us"),
        ("24.98", Severity.WARNING, "at USD 24.98"),
        ("24.99", Severity.WARNING, "at USD 24.99"),
    ],
)
def test_only_a_deep_cut_is_critical(price: str, severity: Severity, words: str) -> None:
    (finding,) = Story().read(OURS, offer(STRANGER, price))
    assert finding.severity is severity
    assert finding.headline.endswith(words)


def test_holding_the_buy_box_is_critical_at_any_price_and_says_what_it_costs() -> None:
    story = Story(daily_units=12)
    found = story.read(OURS, offer(STRANGER, "30"), holders=(STRANGER,))
    (finding,) = of("seller", found)
    assert finding.severity is Severity.CRITICAL
    assert finding.headline.endswith("and holds the Buy Box")
    assert facts(finding)["Sales at risk"] == "up to USD 299.88 a day at 12 units a day"
    (held,) = (fact for fact in finding.facts if fact.label == "Buy Box")
    assert (held.value, held.at) == ("held by this seller since", START)


def test_sharing_the_buy_box_with_us_is_no_loss_of_it() -> None:
    story = Story(daily_units=12)
    (finding,) = story.read(OURS, offer(STRANGER, "24.00"), holders=(OWN, STRANGER))
    assert finding.headline.endswith("at USD 24.00, 3% below us and shares the Buy Box with you")
    assert finding.severity is Severity.WARNING
    assert "Sales at risk" not in facts(finding)
    (alone,) = of("seller", story.read(OURS, offer(STRANGER, "24.00"), holders=(STRANGER,)))
    assert alone.severity is Severity.CRITICAL
    assert alone.mark != finding.mark


def test_two_currencies_are_never_compared() -> None:
    (finding,) = Story().read(OURS, offer(STRANGER, "1.00", currency="CAD"))
    assert finding.severity is Severity.WARNING
    assert "below us" not in finding.headline


def test_shipping_in_another_currency_is_not_added_up() -> None:
    theirs = msgspec.structs.replace(
        offer(STRANGER, "18.70"), shipping=offer(STRANGER, "3", currency="CAD").price
    )
    (finding,) = Story().read(theirs)
    assert facts(finding)["Price"] == "USD 18.70 without shipping, ours is not listed"


def test_same_seller_with_two_offers_is_one_finding_about_the_cheaper() -> None:
    (finding,) = Story().read(offer(STRANGER, "20"), offer(STRANGER, "18"), OURS)
    assert "at USD 18.00" in finding.headline


def test_price_ties_in_random_order_are_no_news() -> None:
    story = Story()
    tied = (offer(STRANGER, fba=True), offer(STRANGER, fba=False), offer(STRANGER, fba=None))
    (first,) = story.read(*tied)
    (second,) = story.read(*reversed(tied))
    assert first.mark == second.mark


def test_a_new_rating_is_no_news() -> None:
    story = Story()
    (first,) = story.read(offer(STRANGER, rating=(3, 67)))
    (second,) = story.read(offer(STRANGER, rating=(4, 75)))
    assert first.mark == second.mark
    assert first.since == second.since


def test_price_fulfilment_and_the_buy_box_are_news() -> None:
    story = Story()
    readings = [
        story.read(offer(STRANGER)),
        story.read(offer(STRANGER, "17.90")),
        story.read(offer(STRANGER, "17.90", fba=True)),
        story.read(offer(STRANGER, "17.90", fba=True), holders=(STRANGER,)),
    ]
    marks = {of("seller", found)[0].mark for found in readings}
    assert len(marks) == len(readings)


def test_each_stranger_is_a_case_of_their_own() -> None:
    found = Story().read(offer(OTHER), offer(STRANGER))
    assert [finding.seller for finding in found] == [STRANGER, OTHER]


@pytest.mark.parametrize(
    ("rating", "words"),
    [(None, "unknown"), ((0, 0), "no ratings"), ((1, 100), "1 rating, 100% positive")],
)
def test_feedback_is_told_as_far_as_it_is_known(rating: tuple[int, int] | None, words: str) -> None:
    (finding,) = Story().read(offer(STRANGER, rating=rating))
    assert facts(finding)["Feedback"] == words


@pytest.mark.parametrize(
    ("fba", "words"),
    [(True, "by Amazon (FBA), ships from DE"), (False, "by the seller, ships from DE")],
)
def test_fulfilment_says_who_ships_and_from_where(fba: bool, words: str) -> None:
    theirs = msgspec.structs.replace(offer(STRANGER, fba=fba), ships_from="DE")
    (finding,) = Story().read(theirs)
    assert facts(finding)["Fulfillment"] == words


@pytest.mark.parametrize(
    ("holders", "words"),
    [
        ((), "held by no one since"),
        (None, "unknown"),
        ((TRUSTED,), f"held by {TRUSTED} since"),
        ((STRANGER, OWN), "shared: you and this seller since"),
    ],
)
def test_the_buy_box_is_told_as_far_as_it_is_known(
    holders: tuple[str, ...] | None, words: str
) -> None:
    (finding,) = Story().read(OURS, offer(STRANGER), holders=holders)
    assert facts(finding)["Buy Box"] == words


def test_long_and_hostile_texts_leave_the_headline_readable() -> None:
    story = Story()
    story.watch = msgspec.structs.replace(
        story.watch, title="Acacia\n" + "very " * 60 + "long bowl"
    )
    (finding,) = story.read(offer("A\u202e<!channel>\n" + "x" * 90))
    assert "\n" not in finding.headline
    assert "\u202e" not in finding.headline
    assert len(finding.headline) <= 150


def test_a_product_without_a_title_goes_by_its_asin() -> None:
    story = Story()
    story.watch = msgspec.structs.replace(story.watch, title=" ")
    (finding,) = story.read(offer(STRANGER))
    assert "offers B0WALNUTBL at" in finding.headline
