"""A cheap look against the last full one: what differs, what agrees, and what nobody can tell."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from bot.core.competitive import BuyBox, CompetitivePrice, agrees, differs
from bot.core.conditions import Condition
from bot.core.listing import Offer, Snapshot
from bot.core.money import Money
from tests.cases import for_each

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
ASIN = "B000P6Q7MY"
US, RIVAL, OTHER = "A0OURSELVES001", "A1RIVALSELLER1", "A2OTHERSELLER2"


def usd(amount: int) -> Money:
    return Money(Decimal(amount), "USD")


TWENTY = usd(20)


def snapshot(
    total: int = 3, holders: tuple[str, ...] | None = (US,), price: Money | None = TWENTY
) -> Snapshot:
    return Snapshot(
        asin=ASIN, marketplace="US", at=NOW, total=total, holders=holders, buy_box_price=price
    )


def box(seller: str = US, price: Money | None = TWENTY) -> BuyBox:
    return BuyBox(price=price, seller=seller)


def look(count: int | None = 3, *boxes: BuyBox, told: bool = True) -> CompetitivePrice:
    return CompetitivePrice(
        asin=ASIN,
        marketplace="US",
        at=NOW,
        counts={} if count is None else {Condition.NEW: count},
        new=boxes if told else None,
    )


def verdict(before: Snapshot, now: CompetitivePrice) -> str:
    """Return what the two functions say together."""
    words = {(True, False): "differs", (False, True): "agrees", (False, False): "cannot tell"}
    return words[differs(before, now), agrees(before, now)]


@for_each(
    ("before", "now", "expected"),
    [
        (snapshot(), look(3, box()), "agrees"),
        (snapshot(), look(4, box()), "differs"),
        (snapshot(), look(2, box()), "differs"),
        (snapshot(), look(3, box(RIVAL)), "differs"),
        (snapshot(), look(3, box(US, usd(19))), "differs"),
        # The seller is not told to everybody: count and price must do.
        (snapshot(), look(3, box("")), "agrees"),
        (snapshot(), look(3, box("", usd(19))), "differs"),
        # The Buy Box is lost, or won where there was none.
        (snapshot(), look(3), "differs"),
        (snapshot(3, (), None), look(3, box("")), "differs"),
        (snapshot(3, (), None), look(3), "agrees"),
        (snapshot(0, (), None), look(0), "agrees"),
        # What was not told is neither a difference nor the same.
        (snapshot(), look(None, box()), "cannot tell"),
        (snapshot(), look(3, told=False), "cannot tell"),
        (snapshot(), look(3, box("", None)), "cannot tell"),
        (snapshot(3, None), look(3, box(RIVAL)), "agrees"),
        (snapshot(3, None, None), look(3, box(RIVAL)), "cannot tell"),
        (snapshot(), look(4, told=False), "differs"),
        (snapshot(), look(None, box(RIVAL)), "differs"),
        # Of two lawful holders one row is told, and a currency is no price.
        (snapshot(3, (US, RIVAL)), look(3, box(RIVAL)), "agrees"),
        (snapshot(3, (US, RIVAL), None), look(3, box(RIVAL)), "cannot tell"),
        (snapshot(3, (US, RIVAL)), look(3, box(US, usd(21)), box(RIVAL)), "agrees"),
        (snapshot(3, (US, RIVAL)), look(3, box(US), box(OTHER)), "differs"),
        (snapshot(), look(3, box("", Money(Decimal(20), "EUR"))), "cannot tell"),
        (snapshot(), look(3, box("", usd(20)), box("", None)), "cannot tell"),
        (snapshot(), look(3, box(""), box("", Money(Decimal(20), "EUR"))), "cannot tell"),
    ],
)
def test_a_look_is_compared_part_by_part(
    before: Snapshot, now: CompetitivePrice, expected: str
) -> None:
    assert verdict(before, now) == expected


def test_one_stranger_in_place_of_another_looks_the_same() -> None:
    """So a cheap look never stands in for a full one for long."""
    first = Offer(seller=RIVAL, price=usd(25))
    second = msgspec.structs.replace(first, seller=OTHER)
    for offers in ((first,), (second,)):
        before = msgspec.structs.replace(snapshot(), offers=offers)
        assert verdict(before, look(3, box())) == "agrees"


def test_another_product_or_marketplace_tells_nothing() -> None:
    now = look(9, box(RIVAL, usd(1)))
    for wrong in (
        msgspec.structs.replace(now, asin="B0OTHER001"),
        msgspec.structs.replace(now, marketplace="DE"),
    ):
        assert verdict(snapshot(), wrong) == "cannot tell"


def test_used_offers_change_nothing_about_new_ones() -> None:
    now = msgspec.structs.replace(
        look(3, box()), counts={Condition.NEW: 3, Condition.USED: 9}, used=(box(RIVAL, usd(1)),)
    )
    assert verdict(snapshot(), now) == "agrees"


sellers = st.sampled_from([US, RIVAL, OTHER])
amounts = st.none() | st.builds(
    Money, st.sampled_from([Decimal(5), Decimal("5.00"), Decimal(6)]), st.just("USD")
)
snapshots = st.builds(
    snapshot,
    st.integers(0, 3),
    st.none() | st.lists(sellers, max_size=2, unique=True).map(lambda some: tuple(sorted(some))),
    amounts,
)
boxes = st.builds(box, sellers | st.just(""), amounts)
looks = st.builds(
    lambda count, some, told: look(count, *some, told=told),
    st.none() | st.integers(0, 3),
    st.lists(boxes, max_size=2),
    st.booleans(),
)


@given(snapshots, looks)
def test_nothing_both_differs_and_agrees(before: Snapshot, now: CompetitivePrice) -> None:
    assert not (differs(before, now) and agrees(before, now))


@given(snapshots, looks)
def test_taking_something_away_never_makes_a_difference(
    before: Snapshot, now: CompetitivePrice
) -> None:
    """What is told less can only be less certain."""
    replace = msgspec.structs.replace
    less = [replace(now, counts={}), replace(now, new=None)]
    if now.new:
        less += [
            replace(now, new=tuple(replace(one, seller="") for one in now.new)),
            replace(now, new=tuple(replace(one, price=None) for one in now.new)),
        ]
    if not differs(before, now):
        assert not any(differs(before, one) for one in less)
    assert not agrees(before, less[0])
    assert not agrees(before, less[1])


@given(snapshots)
def test_a_look_of_which_nothing_is_known_says_nothing(before: Snapshot) -> None:
    assert verdict(before, look(None, told=False)) == "cannot tell"


@given(snapshots, st.data())
def test_the_same_world_never_differs(before: Snapshot, data: st.DataObject) -> None:
    """Whatever part of a snapshot's own truth a look tells."""
    if before.holders is None:
        return
    holders = before.holders
    told = data.draw(st.lists(st.sampled_from(holders), unique=True, min_size=1)) if holders else []
    named = [
        box(seller if data.draw(st.booleans()) else "", before.buy_box_price) for seller in told
    ]
    count = data.draw(st.sampled_from([None, before.total]))
    assert not differs(before, look(count, *named))
    assert not differs(before, look(count, told=False))


@given(snapshots, looks)
def test_the_order_of_two_holders_does_not_matter(before: Snapshot, now: CompetitivePrice) -> None:
    turned = msgspec.structs.replace(now, new=now.new and now.new[::-1])
    assert verdict(before, now) == verdict(before, turned)


@given(looks)
def test_it_survives_being_stored(now: CompetitivePrice) -> None:
    assert msgspec.json.decode(msgspec.json.encode(now), type=CompetitivePrice) == now
