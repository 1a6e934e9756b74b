"""What all summaries of a product add up to."""

from __future__ import annotations

from datetime import timedelta

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from bot.core.condition_history import KEPT, STAMPED, ConditionHistory
from bot.core.conditions import Condition
from tests.unit.checks.conditions.answers import (
    NEW,
    OTHER,
    ROUND,
    STRANGER,
    USED,
    offer,
    summary,
    usd,
)

KNOWN_ONCE = ConditionHistory(key="US-B0WALNUT01").apply(summary(offer(STRANGER)))


def test_new_offers_are_no_matter_of_it() -> None:
    known = ConditionHistory(key="k").apply(summary(offer(STRANGER, condition=NEW)))
    assert known.stays == ()
    assert NEW not in known.told


def test_the_same_again_writes_nothing_but_once_an_hour_when_it_was_seen() -> None:
    assert KNOWN_ONCE.apply(summary(offer(STRANGER), place=2)) is KNOWN_ONCE
    later = summary(offer(STRANGER), place=3)
    assert later.at - summary().at > STAMPED
    assert [each.seen_at for each in KNOWN_ONCE.apply(later).stays] == [later.at]


def test_a_clock_that_was_set_back_is_written_down() -> None:
    earlier = summary(offer(STRANGER), place=-1)
    assert [each.seen_at for each in KNOWN_ONCE.apply(earlier).stays] == [earlier.at]


def test_it_is_stored_as_it_is() -> None:
    again = msgspec.json.decode(msgspec.json.encode(KNOWN_ONCE), type=ConditionHistory)
    assert again == KNOWN_ONCE


def test_two_answers_in_one_breath_confirm_no_departure() -> None:
    apart = timedelta(minutes=2)
    now = KNOWN_ONCE.apply(summary(place=1), apart)
    again = msgspec.structs.replace(summary(place=1), at=summary(place=1).at + apart / 2)
    now = now.apply(again, apart)
    assert now.present(STRANGER, USED)
    assert not now.apply(summary(place=2), apart).present(STRANGER, USED)


def test_what_is_seen_in_between_is_not_gone() -> None:
    now = KNOWN_ONCE
    for place in range(1, 12):
        now = now.apply(summary(*([offer(STRANGER)] * (place % 2)), place=place))
        assert now.present(STRANGER, USED)


def test_a_price_without_its_shipping_is_not_a_lower_one() -> None:
    known = ConditionHistory(key="k").apply(summary(offer(STRANGER, "20.00", shipping="5.00")))
    now = known.apply(summary(offer(STRANGER, "20.00", shipping=None), place=1))
    assert [each.landed for each in now.stays] == [usd("25.00")]


def test_what_is_cut_and_what_is_not_told_is_known() -> None:
    known = ConditionHistory(key="k").apply(summary(untold=[Condition.CLUB]))
    assert Condition.CLUB not in known.told
    assert known.cut == ()
    many = [offer(f"A9SELLER{number:05}") for number in range(20)]
    cut = known.apply(summary(*many, place=1))
    assert cut.cut == (USED,)
    assert cut.apply(summary(untold=[USED], place=2)).cut == (USED,)


def test_no_more_sellers_are_kept_than_there_is_room_for() -> None:
    now = ConditionHistory(key="k")
    several = []
    for place in range(3 * KEPT // 10):
        several = [offer(f"A9SELLER{place:03}{number:02}") for number in range(10)]
        now = now.apply(summary(*several, place=place))
    assert len(now.stays) == KEPT
    assert all(now.present(each.offer.seller, USED) for each in several)


@given(st.lists(st.sets(st.sampled_from([STRANGER, OTHER])), max_size=12))
def test_a_seller_is_gone_exactly_when_two_answers_in_a_row_miss_them(
    seen: list[set[str]],
) -> None:
    now = ConditionHistory(key="k")
    for place, sellers in enumerate(seen):
        now = now.apply(summary(*map(offer, sorted(sellers)), place=place), ROUND / 2)
    for seller in (STRANGER, OTHER):
        ever = any(seller in sellers for sellers in seen)
        lately = any(seller in sellers for sellers in seen[-2:])
        assert now.present(seller, USED) is (ever and lately)
