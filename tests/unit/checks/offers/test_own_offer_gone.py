"""Our own offer: gone, back, and a product that has no offer at all."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest

from bot.core.findings import Finding, Severity
from bot.core.history import History
from bot.core.listing import Offer, Snapshot
from tests.strategies import OWN, PERIOD, START, TRUSTED
from tests.unit.checks.offers.story import OTHER, OURS, STRANGER, Story, facts, many, of, offer

SIGNAL = "own-offer"
TRUSTED_STAYS = offer(TRUSTED, "26.00")


def with_sku(story: Story) -> Story:
    story.watch = msgspec.structs.replace(story.watch, sku="OAK-1")
    return story


def gone() -> Story:
    story = Story()
    story.read(OURS)
    story.false_zero()
    assert len(story.false_zero()) == 1
    return story


def test_a_listing_that_nobody_sells_any_more_is_one_finding() -> None:
    story = Story(daily_units=12)
    assert story.read(OURS) == []
    assert story.false_zero() == []
    (finding,) = story.false_zero()
    assert finding.signal == SIGNAL
    assert finding.headline == (
        "Amazon shows no offers on Walnut Salad Bowl, including yours (confirmed by two readings)"
    )
    assert finding.severity is Severity.WARNING
    assert finding.fingerprint == "US/B0WALNUTBL/own-offer"
    assert finding.since == START + 2 * PERIOD
    assert {**facts(finding), "What to do": ""} == {
        "Your last price": "USD 24.99 since",
        "Other sellers": "none",
        "What to do": "",
        "Sales at risk": "up to USD 299.88 a day at 12 units a day",
    }
    assert str(finding.daily_loss) == "USD 299.88"


def test_it_goes_on_without_news_whoever_else_comes() -> None:
    story = gone()
    marks = {of(SIGNAL, story.false_zero())[0].mark for _ in range(3)}
    others = of(SIGNAL, story.read(TRUSTED_STAYS, holders=(TRUSTED,)))
    assert {others[0].mark, *marks} == {"gone"}


def test_an_offer_that_is_gone_while_others_sell() -> None:
    story = Story()
    story.read(OURS, TRUSTED_STAYS)
    assert story.read(TRUSTED_STAYS, holders=()) == []
    (finding,) = story.read(TRUSTED_STAYS, holders=())
    assert finding.headline == (
        "Your own offer on Walnut Salad Bowl is gone (confirmed by two readings)"
    )
    assert facts(finding)["Other sellers"] == "1"


def test_one_reading_is_never_enough() -> None:
    story = Story()
    for _ in range(3):
        story.read(OURS, TRUSTED_STAYS)
        assert story.false_zero() == []
        story.read(OURS, TRUSTED_STAYS)
        assert story.read(TRUSTED_STAYS, holders=()) == []


def test_two_readings_in_one_breath_are_one() -> None:
    known = History(key="US-B0WALNUTBL")
    for minutes, offers in ((0, (OURS,)), (10, ()), (10.1, ()), (10.2, ())):
        snapshot = Snapshot(
            asin="B0WALNUTBL",
            marketplace="US",
            at=START + timedelta(minutes=minutes),
            offers=offers,
            total=len(offers),
            holders=(OWN,) if offers else (),
        )
        known = known.apply(snapshot, None, timedelta(minutes=1))
    assert known.present(OWN)


def test_an_older_doubt_does_not_hurry_a_new_one() -> None:
    """Until then nothing told who holds the Buy Box: that has waited for ten minutes."""
    story = Story()
    story.read(OURS, holders=())
    assert story.known.unsure
    known = story.known
    empty = Snapshot(asin="B0WALNUTBL", marketplace="US", at=story.at)
    for seconds in (0, 5):
        again = msgspec.structs.replace(empty, at=story.at + timedelta(seconds=seconds))
        known = known.apply(again, None, timedelta(minutes=1))
    assert known.present(OWN)
    again = msgspec.structs.replace(empty, at=story.at + timedelta(seconds=60))
    assert not known.apply(again, None, timedelta(minutes=1)).present(OWN)


def test_an_incomplete_list_shows_no_departure() -> None:
    story = Story()
    story.read(OURS)
    assert of(SIGNAL, story.read(TRUSTED_STAYS, hidden=1, holders=())) == []
    assert of(SIGNAL, story.read(TRUSTED_STAYS, hidden=1, holders=())) == []
    assert of(SIGNAL, story.read(*many(20), holders=())) == []
    assert of(SIGNAL, story.read(*many(20), holders=())) == []


def test_whoever_holds_the_buy_box_is_not_gone() -> None:
    """Amazon's list may lack an offer that the Buy Box names."""
    story = Story()
    story.read(OURS, TRUSTED_STAYS)
    for _ in range(3):
        assert story.read(TRUSTED_STAYS, holders=(OWN,)) == []


def test_our_return_ends_it_once() -> None:
    story = gone()
    (finding,) = story.read(OURS)
    assert (finding.signal, finding.ended) == (SIGNAL, True)
    assert finding.headline == "Your own offer on Walnut Salad Bowl is back at USD 24.99"
    assert finding.fingerprint == "US/B0WALNUTBL/own-offer"
    assert story.read(OURS) == []


def test_it_is_found_again_when_it_goes_again() -> None:
    story = gone()
    story.read(OURS)
    story.false_zero()
    (finding,) = story.false_zero()
    assert finding.since == START + 5 * PERIOD


def test_another_one_does_not_end_it() -> None:
    assert of(SIGNAL, gone().read(TRUSTED_STAYS, holders=(TRUSTED,)), ended=True) == []


def test_one_of_our_two_shops_is_enough() -> None:
    story = Story()
    story.own = frozenset({OWN, OTHER})
    story.read(OURS, offer(OTHER, "25.50"))
    assert story.read(OURS) == []
    assert story.read(OURS) == []
    story.false_zero()
    assert len(of(SIGNAL, story.false_zero())) == 1


@pytest.mark.parametrize("offers", [(), (TRUSTED_STAYS,)])
def test_what_we_never_sold_is_no_news(offers: tuple[Offer, ...]) -> None:
    story = Story()
    story.read(TRUSTED_STAYS, holders=(TRUSTED,))
    assert [story.read(*offers, holders=()) for _ in range(4)] == [[]] * 4


def test_a_sku_of_ours_that_nobody_sells_is_news_though_it_was_never_seen() -> None:
    story = with_sku(Story())
    assert story.false_zero() == []
    (finding,) = story.false_zero()
    assert finding.headline == (
        "Amazon shows no offers on Walnut Salad Bowl for your SKU OAK-1 (confirmed by two readings)"
    )
    assert facts(finding)["Your SKU"] == "OAK-1"
    assert finding.daily_loss is None
    (ended,) = of(SIGNAL, story.read(TRUSTED_STAYS, holders=(TRUSTED,)), ended=True)
    assert ended.headline == "Amazon shows offers on Walnut Salad Bowl again"


def test_a_sku_of_ours_that_others_sell_says_nothing() -> None:
    story = with_sku(Story())
    assert [story.read(TRUSTED_STAYS, holders=(TRUSTED,)) for _ in range(3)] == [[]] * 3


def test_taking_the_sku_away_leaves_no_case_open_for_good() -> None:
    story = with_sku(Story())
    story.false_zero()
    story.false_zero()
    story.watch = msgspec.structs.replace(story.watch, sku="")
    assert story.false_zero() == []
    assert len(of(SIGNAL, story.read(TRUSTED_STAYS, holders=(TRUSTED,)), ended=True)) == 1


def one_card(findings: list[Finding]) -> list[tuple[str, str, bool]]:
    return [(each.signal, each.seller, each.ended) for each in findings]


def test_a_buy_box_that_nobody_holds_gives_way_to_our_offer_that_is_gone() -> None:
    story = Story()
    both = (OURS, TRUSTED_STAYS)
    story.read(*both)
    story.read(*both, holders=())
    assert one_card(story.read(*both, holders=())) == [("page-buy-box", "", False)]
    story.read(TRUSTED_STAYS, holders=())
    found = story.read(TRUSTED_STAYS, holders=())
    assert one_card(found) == [
        ("page-buy-box", "", True),
        ("buy-box", "", True),
        (SIGNAL, "", False),
    ]
    assert found[0].headline == (
        "The Buy Box of Walnut Salad Bowl is no longer ours: our own offer is gone"
    )


def test_a_stranger_who_takes_our_place_keeps_a_case_of_their_own() -> None:
    story = Story()
    theirs = offer(STRANGER, "24.00")
    story.read(OURS)
    story.read(theirs, holders=(STRANGER,))
    found = story.read(theirs, holders=(STRANGER,))
    assert one_card(found) == [("seller", STRANGER, False), (SIGNAL, "", False)]
    assert facts(found[1])["Buy Box"] == f"held by {STRANGER} since"


def test_all_leave_together() -> None:
    story = Story()
    story.read(OURS, offer(STRANGER, "24.00"))
    story.false_zero()
    assert one_card(story.false_zero()) == [("seller", STRANGER, True), (SIGNAL, "", False)]
