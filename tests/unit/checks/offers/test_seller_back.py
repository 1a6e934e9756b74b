"""Sellers who return after they had left."""

from __future__ import annotations

from bot.core.findings import Severity
from tests.strategies import PERIOD, START, TRUSTED
from tests.unit.checks.offers.story import OURS, STRANGER, Story, of, offer


def gone(story: Story) -> None:
    """Let a stranger come at 18.70 and leave; the team knows it after the third reading."""
    story.read(OURS, offer(STRANGER))
    story.read(OURS)
    story.read(OURS)


def test_a_return_is_told_with_how_long_and_both_prices() -> None:
    story = Story()
    gone(story)
    story.read(OURS)
    story.read(OURS)
    (finding,) = story.read(OURS, offer(STRANGER, "17.90"))
    assert finding.headline == (
        f"Seller {STRANGER} is back on Walnut Salad Bowl after 30 min, "
        "now at USD 17.90 (before: USD 18.70)"
    )
    assert finding.signal == "seller"
    assert finding.severity is Severity.CRITICAL
    assert finding.since == START + 5 * PERIOD


def test_the_reading_after_a_return_is_no_news() -> None:
    story = Story()
    gone(story)
    (back,) = story.read(OURS, offer(STRANGER))
    (still,) = story.read(OURS, offer(STRANGER))
    assert still.headline.startswith("Unknown seller")
    assert (still.mark, still.since) == (back.mark, back.since)


def test_one_reading_without_a_seller_is_no_departure_so_there_is_no_return() -> None:
    story = Story()
    story.read(OURS, offer(STRANGER))
    assert story.read(OURS) == []
    (finding,) = story.read(OURS, offer(STRANGER))
    assert finding.headline.startswith("Unknown seller")
    assert finding.since == START


def test_the_return_of_a_trusted_seller_is_no_news() -> None:
    story = Story()
    story.read(OURS, offer(TRUSTED))
    for _ in range(3):
        story.read(OURS)
    assert of("seller", story.read(OURS, offer(TRUSTED))) == []
