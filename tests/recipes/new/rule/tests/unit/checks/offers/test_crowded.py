"""Many strangers at once."""

from __future__ import annotations

from tests.strategies import STRANGERS
from tests.unit.checks.offers.story import OURS, STRANGER, Story, of, offer


def test_three_strangers_at_once_are_a_crowd() -> None:
    [finding] = of("crowd", Story().read(OURS, *(offer(seller) for seller in STRANGERS)))
    assert finding.headline == "3 strangers sell Walnut Salad Bowl at once"


def test_one_stranger_is_no_crowd_however_many_offers_it_makes() -> None:
    assert of("crowd", Story().read(OURS, *[offer(STRANGER)] * 4)) == []
