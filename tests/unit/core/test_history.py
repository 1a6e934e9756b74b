"""What readings add up to: presence, departures, the Buy Box, hidden offers."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given

from bot.core.history import CONFIRMATIONS, REMEMBERED, History, Presence
from bot.core.listing import Offer, Snapshot
from bot.core.money import Money
from tests.strategies import OWN, PERIOD, START, STRANGERS, examples, readings

STRANGER = STRANGERS[0]
NOTHING = History(key="US-B0WALNUTBL")


def reading(
    number: int,
    *sellers: str,
    price: str = "18.70",
    hidden: int = 0,
    holders: tuple[str, ...] | None = (OWN,),
) -> Snapshot:
    """Return the reading of that number, in which each seller asks the same price."""
    cost = Money(Decimal(price), "USD")
    free = Money(Decimal(0), "USD")
    return Snapshot(
        asin="B0WALNUTBL",
        marketplace="US",
        at=START + number * PERIOD,
        offers=tuple(Offer(seller=seller, price=cost, shipping=free) for seller in sellers),
        total=len(sellers) + hidden,
        holders=holders,
    )


def after(*snapshots: Snapshot) -> History:
    known = NOTHING
    for snapshot in snapshots:
        known = known.apply(snapshot)
    return known


def stay(known: History, seller: str = STRANGER) -> Presence:
    presence = known.presence(seller)
    assert presence is not None
    return presence


def test_a_seller_is_there_since_the_first_reading_that_showed_them() -> None:
    known = after(reading(0, OWN), reading(1, OWN, STRANGER), reading(2, OWN, STRANGER))
    assert known.present(STRANGER)
    assert stay(known).since == START + PERIOD
    assert not known.unsure


def test_a_departure_waits_for_a_second_full_reading() -> None:
    once = after(reading(0, OWN, STRANGER), reading(1, OWN))
    assert once.present(STRANGER)
    assert once.unsure
    twice = once.apply(reading(2, OWN))
    assert not twice.present(STRANGER)
    assert stay(twice).gone_at == START + 2 * PERIOD
    assert not twice.unsure


def test_readings_that_could_not_see_everything_do_not_count() -> None:
    known = after(reading(0, OWN, STRANGER), reading(1, OWN))
    known = known.apply(reading(2, OWN, hidden=3))
    assert known.present(STRANGER)
    assert not known.apply(reading(3, OWN)).present(STRANGER)


def test_being_seen_between_two_absences_starts_the_count_anew() -> None:
    known = after(
        reading(0, OWN, STRANGER), reading(1, OWN), reading(2, OWN, STRANGER), reading(3, OWN)
    )
    assert known.present(STRANGER)
    assert stay(known).since == START


def test_a_return_begins_a_new_stay() -> None:
    known = after(
        reading(0, OWN, STRANGER), reading(1, OWN), reading(2, OWN), reading(3, OWN, STRANGER)
    )
    presence = stay(known)
    assert (presence.stays, presence.since, presence.first_seen) == (2, START + 3 * PERIOD, START)


def test_a_price_is_remembered_since_it_was_first_seen() -> None:
    known = after(
        reading(0, STRANGER, price="20"), reading(1, STRANGER), reading(2, STRANGER), reading(3)
    )
    assert stay(known).landed == Money(Decimal("18.70"), "USD")
    assert stay(known).landed_since == START + PERIOD


def test_a_false_zero_leaves_the_buy_box_and_hidden_offers_as_they_were() -> None:
    known = after(reading(0, OWN, hidden=2), reading(1, OWN, hidden=2))
    zero = known.apply(reading(2, holders=()))
    assert (zero.holders, zero.no_holder) == ((OWN,), 0)
    assert (zero.unlisted, zero.unlisted_since) == (CONFIRMATIONS, START)
    assert zero.unsure
    assert zero.last == reading(2, holders=())


def test_a_second_zero_is_believed() -> None:
    known = after(reading(0, OWN, hidden=2), reading(1, holders=()), reading(2, holders=()))
    assert known.empty == CONFIRMATIONS
    assert (known.unlisted, known.unlisted_since) == (0, None)


def test_nobody_in_the_buy_box_waits_for_a_second_reading() -> None:
    once = after(reading(0, OWN), reading(1, OWN, holders=()))
    assert (once.holders, once.holders_since, once.unsure) == ((OWN,), START, True)
    twice = once.apply(reading(2, OWN, holders=()))
    assert (twice.holders, twice.no_holder) == ((), CONFIRMATIONS)
    assert not twice.unsure


def test_an_answer_that_contradicts_itself_changes_no_holder() -> None:
    known = after(reading(0, OWN), reading(1, OWN, holders=None))
    assert (known.holders, known.holders_since) == ((OWN,), START)
    assert after(reading(0, OWN, holders=None)).holders is None


def test_two_winners_in_another_order_are_the_same_holders() -> None:
    known = after(reading(0, holders=(STRANGER, OWN)), reading(1, OWN, holders=(STRANGER, OWN)))
    turned = known.apply(reading(2, OWN, holders=(OWN, STRANGER)))
    assert turned.holders_since == known.holders_since


def test_one_seller_who_wins_with_prime_and_without_is_one_holder() -> None:
    assert after(reading(0, OWN, holders=(OWN, OWN))).holders == (OWN,)


def test_a_full_memory_forgets_who_left_longest_ago_and_nobody_who_is_listed() -> None:
    known = after(reading(0, STRANGER))
    for number in range(1, REMEMBERED // 10):
        others = [f"A{number:03}X{place:09}" for place in range(19)]
        known = known.apply(reading(number, STRANGER, *others, hidden=4000))
    assert len(known.presences) == REMEMBERED
    assert stay(known).since == START


@examples(40)
@given(readings())
def test_whoever_is_listed_is_present_and_the_order_is_fixed(snapshots: list[Snapshot]) -> None:
    known = NOTHING
    for snapshot in snapshots:
        known = known.apply(snapshot)
        assert all(known.present(offer.seller) for offer in snapshot.offers)
        names = [presence.seller for presence in known.presences]
        assert names == sorted(set(names))


@pytest.mark.parametrize(
    ("apart", "present"), [(PERIOD, False), (PERIOD + timedelta(seconds=1), True)]
)
def test_a_doubt_is_confirmed_by_a_reading_that_comes_late_enough(
    apart: timedelta, present: bool
) -> None:
    known = after(reading(0, OWN, STRANGER), reading(1, OWN))
    assert known.apply(reading(2, OWN), apart=apart).present(STRANGER) is present
