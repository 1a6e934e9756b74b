"""Offers that Amazon counts and does not list."""

from __future__ import annotations

from bot.core.findings import Severity
from tests.strategies import START
from tests.unit.checks.offers.story import OURS, Story, facts, many


def test_hidden_offers_are_told_when_two_readings_agree() -> None:
    story = Story()
    assert story.read(OURS, hidden=2) == []
    (finding,) = story.read(OURS, hidden=2)
    assert finding.headline == (
        "Amazon does not show 2 of 3 offers on Walnut Salad Bowl: who sells there is unknown"
    )
    assert finding.severity is Severity.WARNING
    assert finding.fingerprint == "US/B0WALNUTBL/hidden-sellers"
    assert finding.since == START
    assert facts(finding)["Offers"] == "1 shown, 2 not shown since"


def test_top_20_only_is_said_honestly_and_is_no_alarm() -> None:
    story = Story()
    story.read(*many(20), hidden=4266)
    (finding,) = story.read(*many(20), hidden=4266)
    assert finding.severity is Severity.INFO
    assert finding.headline.endswith("it never lists more than 20")


def test_a_large_count_may_wobble_without_news() -> None:
    story = Story()
    story.read(*many(20), hidden=4266)
    (first,) = story.read(*many(20), hidden=4266)
    (second,) = story.read(*many(20), hidden=4267)
    assert (first.mark, first.since) == (second.mark, second.since)


def test_one_more_of_a_few_is_news() -> None:
    story = Story()
    story.read(OURS, hidden=1)
    (first,) = story.read(OURS, hidden=1)
    (second,) = story.read(OURS, hidden=2)
    assert first.mark != second.mark


def test_a_single_odd_count_is_never_told() -> None:
    story = Story()
    assert [story.read(OURS, hidden=1), story.read(OURS), story.read(OURS)] == [[], [], []]


def test_a_complete_list_ends_it_once() -> None:
    story = Story()
    story.read(OURS, hidden=1)
    story.read(OURS, hidden=1)
    (finding,) = story.read(OURS)
    assert finding.ended
    assert finding.headline == "Amazon lists every offer on Walnut Salad Bowl again"
    assert story.read(OURS) == []


def test_a_false_zero_does_not_end_it_and_does_not_lose_its_end() -> None:
    story = Story()
    story.read(OURS, hidden=1)
    story.read(OURS, hidden=1)
    assert story.false_zero() == []
    (finding,) = story.read(OURS)
    assert finding.ended
