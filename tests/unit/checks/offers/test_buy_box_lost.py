"""The Buy Box: who took it, nobody, two winners, and answers that contradict themselves."""

from __future__ import annotations

from bot.core.findings import Severity
from tests.strategies import OWN, PERIOD, START, TRUSTED
from tests.unit.checks.offers.story import OTHER, OURS, STRANGER, Story, facts, of, offer

BOTH = (OURS, offer(STRANGER))


def lost() -> Story:
    story = Story()
    story.read(*BOTH)
    story.read(*BOTH, holders=(STRANGER,))
    return story


def test_a_stranger_with_the_buy_box_is_critical_and_joins_the_sellers_case() -> None:
    story = Story()
    assert of("buy-box", story.read(*BOTH)) == []
    (finding,) = of("buy-box", story.read(*BOTH, holders=(STRANGER,)))
    assert finding.headline == f"The Buy Box of Walnut Salad Bowl is held by {STRANGER}"
    assert finding.severity is Severity.CRITICAL
    assert finding.fingerprint == f"US/{STRANGER}"
    assert finding.since == START + PERIOD
    assert facts(finding) == {
        "Held by": f"{STRANGER} since",
        "Our price": "USD 24.99",
        "Their price": "USD 18.70",
        "Price gap": "25% below ours",
        "Sales at risk": "unknown: enter your units sold per day in /watch",
    }


def test_it_stays_raised_without_news() -> None:
    story = Story()
    (first,) = of("buy-box", story.read(*BOTH, holders=(STRANGER,)))
    (second,) = of("buy-box", story.read(*BOTH, holders=(STRANGER,)))
    assert (first.mark, first.since) == (second.mark, second.since)


def test_it_is_lost_even_when_our_offer_went_with_it() -> None:
    story = Story(daily_units=12)
    story.read(OURS)
    (finding,) = of("buy-box", story.read(offer(STRANGER), holders=(STRANGER,)))
    assert facts(finding)["Sales at risk"] == "unknown: our own price is not listed"


def test_what_was_never_ours_is_not_lost() -> None:
    assert of("buy-box", Story().read(offer(STRANGER), holders=(STRANGER,))) == []


def test_a_trusted_holder_is_no_news() -> None:
    assert Story().read(OURS, offer(TRUSTED), holders=(TRUSTED,)) == []


def test_two_buy_box_winners_are_no_loss_while_one_is_ours() -> None:
    story = Story()
    assert of("buy-box", story.read(*BOTH, holders=(STRANGER, OWN))) == []
    assert of("buy-box", story.read(*BOTH, holders=(OWN, STRANGER))) == []


def test_what_is_shared_is_not_lost_any_more_and_the_card_says_with_whom() -> None:
    (finding,) = of("buy-box", lost().read(*BOTH, holders=(OWN, STRANGER)), ended=True)
    assert finding.headline == (f"The Buy Box of Walnut Salad Bowl is shared: you and {STRANGER}")


def test_a_trusted_seller_may_share_it() -> None:
    story = Story()
    found = story.read(*BOTH, offer(TRUSTED), holders=(OWN, TRUSTED))
    (seller,) = of("seller", found)
    assert facts(seller)["Buy Box"] == f"shared: you and {TRUSTED} since"


def test_what_an_earlier_reading_told_is_no_loss_when_this_one_cannot_tell() -> None:
    story = Story()
    assert of("buy-box", story.read(offer(STRANGER), holders=(STRANGER,))) == []
    assert of("buy-box", story.read(*BOTH, holders=None)) == []
    assert len(of("buy-box", story.read(*BOTH, holders=(STRANGER,)))) == 1


def test_two_strangers_who_win_are_two_cases() -> None:
    found = of("buy-box", Story().read(*BOTH, offer(OTHER), holders=(OTHER, STRANGER)))
    assert [finding.seller for finding in found] == [STRANGER, OTHER]
    assert facts(found[0])["Held by"] == f"{STRANGER} and {OTHER} since"


def test_false_is_buy_box_winner_leaves_what_was_known() -> None:
    story = Story()
    story.read(*BOTH)
    assert of("buy-box", story.read(*BOTH, holders=None)) == []


def test_a_contradicting_answer_at_first_concludes_nothing() -> None:
    assert of("buy-box", Story().read(*BOTH, holders=None)) == []


def test_a_contradicting_answer_does_not_end_it() -> None:
    assert of("buy-box", lost().read(*BOTH, holders=None), ended=True) == []


def test_ours_again_ends_it_once() -> None:
    story = lost()
    (finding,) = of("buy-box", story.read(*BOTH), ended=True)
    assert finding.headline == "The Buy Box of Walnut Salad Bowl is ours again"
    assert finding.fingerprint == f"US/{STRANGER}"
    assert of("buy-box", story.read(*BOTH), ended=True) == []


def test_a_trusted_holder_ends_it() -> None:
    (finding,) = of("buy-box", lost().read(*BOTH, holders=(TRUSTED,)), ended=True)
    assert finding.headline.endswith(f"is now held by {TRUSTED}")


def test_from_one_stranger_to_the_next_one_ends_and_one_begins() -> None:
    found = lost().read(*BOTH, offer(OTHER), holders=(OTHER,))
    assert [one.seller for one in of("buy-box", found)] == [OTHER]
    assert [one.seller for one in of("buy-box", found, ended=True)] == [STRANGER]


def test_a_flapping_holder_is_raised_and_ended_in_turn() -> None:
    story = lost()
    for _ in range(3):
        back = of("buy-box", story.read(*BOTH), ended=True)
        again = of("buy-box", story.read(*BOTH, holders=(STRANGER,)))
        assert (len(back), len(again)) == (1, 1)
