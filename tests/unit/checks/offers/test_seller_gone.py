"""Sellers who left, and the traps in which they only seem to have."""

from __future__ import annotations

from bot.core.findings import Severity
from tests.strategies import TRUSTED
from tests.unit.checks.offers.story import OURS, STRANGER, Story, facts, many, of, offer


def come() -> Story:
    story = Story()
    story.read(OURS, offer(STRANGER))
    return story


def test_two_full_readings_without_the_seller_end_it() -> None:
    story = come()
    assert story.read(OURS) == []
    (finding,) = story.read(OURS)
    assert finding.headline == (
        f"Seller {STRANGER} has left Walnut Salad Bowl (confirmed by two readings)"
    )
    assert (finding.signal, finding.ended, finding.severity) == ("seller", True, Severity.INFO)
    assert facts(finding)["Last price"] == "USD 18.70"
    assert story.read(OURS) == []


def test_top_20_only_says_nothing_about_who_is_missing() -> None:
    story = come()
    for _ in range(4):
        found = story.read(*many(20), hidden=4266)
        assert of("seller", found, ended=True) == []


def test_a_full_page_without_hidden_offers_says_nothing_either() -> None:
    story = come()
    for _ in range(4):
        assert story.read(*many(20)) == []


def test_a_count_above_what_is_listed_says_nothing_about_who_is_missing() -> None:
    story = come()
    for _ in range(4):
        assert of("seller", story.read(OURS, hidden=1), ended=True) == []


def test_a_false_zero_says_nothing() -> None:
    story = come()
    assert story.false_zero() == []
    (finding,) = story.read(OURS, offer(STRANGER))
    assert finding.headline.startswith("Unknown seller")


def test_false_zeros_confirmed_by_a_second_reading_are_believed() -> None:
    story = come()
    assert story.false_zero() == []
    (finding,) = of("seller", story.false_zero(), ended=True)
    assert finding.seller == STRANGER


def test_the_departure_of_a_trusted_seller_is_no_news() -> None:
    story = Story()
    story.read(OURS, offer(TRUSTED))
    assert [story.read(OURS), story.read(OURS)] == [[], []]


def test_a_seller_who_was_forgotten_has_not_left() -> None:
    story = Story()
    for number in range(12):
        page = tuple(offer(f"A{number:02}X{place:010}") for place in range(20))
        assert of("seller", story.read(*page, hidden=4266), ended=True) == []
