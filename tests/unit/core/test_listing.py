"""Readings: what they show, what they hide, and when two of them say the same."""

from __future__ import annotations

from decimal import Decimal

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from bot.core.listing import LISTED_AT_MOST, Offer, Snapshot
from bot.core.money import Money
from tests.strategies import OWN, PERIOD, START, STRANGERS, examples, snapshots

STRANGER = STRANGERS[0]


def offer(
    price: str, shipping: str = "0", *, currency: str = "USD", fba: bool | None = None
) -> Offer:
    return Offer(
        seller=STRANGER,
        price=Money(Decimal(price), currency),
        shipping=Money(Decimal(shipping), currency),
        fba=fba,
    )


def reading(*offers: Offer, total: int | None = None) -> Snapshot:
    return Snapshot(
        asin="B0WALNUTBL",
        marketplace="US",
        at=START,
        offers=offers,
        total=len(offers) if total is None else total,
    )


def test_a_buyer_pays_price_and_shipping() -> None:
    assert offer("18.70", "2.30").landed == Money(Decimal(21), "USD")


def test_shipping_in_another_currency_is_left_out() -> None:
    odd = msgspec.structs.replace(offer("18.70"), shipping=Money(Decimal(3), "CAD"))
    assert odd.landed == Money(Decimal("18.70"), "USD")


def test_the_cheapest_offer_counts_shipping() -> None:
    assert reading(offer("10", "9"), offer("15", "3")).cheapest_of(STRANGER) == offer("15", "3")


def test_the_cheapest_offer_is_in_the_markets_own_currency() -> None:
    own = offer("18.70")
    assert reading(offer("1", currency="CAD"), own).cheapest_of(STRANGER) == own


def test_a_tie_is_decided_the_same_way_in_any_order() -> None:
    tied = (offer("20", fba=None), offer("20", fba=True), offer("20", fba=False))
    assert reading(*tied).cheapest_of(STRANGER) == offer("20", fba=True)
    assert reading(*tied[::-1]).cheapest_of(STRANGER) == offer("20", fba=True)


def test_who_is_not_listed_has_no_offer() -> None:
    assert reading(offer("20")).cheapest_of(OWN) is None


def test_a_reading_is_complete_when_nothing_can_be_missing() -> None:
    assert reading(offer("20")).complete
    assert not reading(offer("20"), total=2).complete
    assert not reading(*[offer("20")] * LISTED_AT_MOST).complete


def test_a_count_below_what_is_listed_hides_nothing() -> None:
    assert reading(offer("20"), offer("21"), total=1).unlisted == 0


def test_a_count_without_a_list_is_not_empty() -> None:
    assert reading().empty
    assert not reading(total=3).empty


@examples(40)
@given(st.data())
def test_price_ties_in_random_order_are_the_same_reading(data: st.DataObject) -> None:
    one = data.draw(snapshots())
    mixed = tuple(data.draw(st.permutations(one.offers)))
    other = msgspec.structs.replace(one, offers=mixed, at=START + PERIOD)
    assert one.same_as(other)


def test_another_price_and_no_reading_are_not_the_same() -> None:
    assert not reading(offer("20")).same_as(reading(offer("21")))
    assert not reading().same_as(None)


def test_two_equal_offers_are_not_the_same_as_one() -> None:
    assert not reading(offer("20"), offer("20"), total=2).same_as(reading(offer("20"), total=2))
