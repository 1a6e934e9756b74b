"""Shares of the looks, and turns that keep them."""

from __future__ import annotations

import heapq
from collections import Counter
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.history import History, Presence
from bot.core.listing import Offer, Snapshot, Watch
from bot.core.money import Money
from checks.signs import Signs
from checks.strides import LONGEST, Strides, Track, track_of

START = datetime(2026, 11, 30, tzinfo=UTC)
LANE = ("eu", False)
BEFORE = START - timedelta(days=9)
OWN = "A1OURSHOP00001"


class Time:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


def strides(time: Time, *keys: str, rate: float = 2.0) -> Strides:
    made = Strides(time, lambda: 0.5)
    made.set_rate(LANE, rate, 0.0)
    for key in keys:
        made.learn(key, Track(since=BEFORE))
        made.enter(LANE, key)
    return made


def attacked(made: Strides, key: str, times: int, at: datetime = START) -> None:
    made.learn(key, Track(since=BEFORE, finds=(at,) * min(times, 3), arrivals=times))


def looks(made: Strides, keys: list[str], count: int) -> Counter[str]:
    """Ask for products by their turns; return how often for each."""
    heap = [(made.entry(key, None), key) for key in keys]
    heapq.heapify(heap)
    asked: Counter[str] = Counter()
    for _ in range(count):
        turn, key = heapq.heappop(heap)
        asked[key] += 1
        heapq.heappush(heap, (made.after(key, turn, made.gap(key)), key))
    return asked


def test_where_all_are_alike_all_have_their_turn_equally_often() -> None:
    keys = [f"DE-{number}" for number in range(10)]
    made = strides(Time(), *keys)
    assert made.gap(keys[0]) == pytest.approx(10 / 2.0)
    assert set(looks(made, keys, 1_000).values()) == {100}


def test_who_is_attacked_is_looked_at_more_often_and_the_others_hardly_less() -> None:
    keys = [f"DE-{number}" for number in range(100)]
    made = strides(Time(), *keys)
    attacked(made, keys[0], 4, at=BEFORE)
    asked = looks(made, keys, 10_000)
    assert asked[keys[0]] > 3 * asked[keys[1]]
    assert asked[keys[1]] > 90


@given(attacks=st.lists(st.integers(0, 200), min_size=2, max_size=30))
def test_none_waits_longer_than_three_rounds(attacks: list[int]) -> None:
    keys = [f"DE-{number}" for number in range(len(attacks))]
    made = strides(Time(), *keys)
    for key, times in zip(keys, attacks, strict=True):
        attacked(made, key, times)
    longest = max(made.gap(key) for key in keys)
    assert longest <= LONGEST * len(keys) / 2.0 * (1 + 1e-9)


def test_an_attack_raises_the_share_at_once_and_the_memory_of_it_fades() -> None:
    time = Time()
    made = strides(time, "DE-1", "DE-2")
    usual = made.rate("DE-1")
    attacked(made, "DE-1", 1, at=time.now)
    fresh = made.rate("DE-1")
    assert fresh > 2 * usual
    time.now += timedelta(days=3)
    assert usual < made.rate("DE-1") < fresh


def test_after_an_outage_the_longest_unseen_comes_first() -> None:
    """Turns stand still while nothing is asked; a restart reckons by when each was looked at."""
    made = strides(Time(), "DE-1", "DE-2", "DE-3")
    waited = {"DE-1": 10.0, "DE-2": 3_000.0, "DE-3": 500.0}
    turns = {key: made.entry(key, seconds) for key, seconds in waited.items()}
    assert sorted(turns, key=turns.__getitem__) == ["DE-2", "DE-3", "DE-1"]


def test_what_is_learned_is_fitted_often_at_first_and_then_daily() -> None:
    time = Time()
    made = strides(time, "DE-1")
    fits = 0
    for _ in range(7 * 24 * 4):
        time.now += timedelta(minutes=15)
        fits += made.fit()
    assert 12 <= fits <= 24
    assert not made.fit()


def test_a_clock_that_is_set_back_is_no_reason_to_learn_nothing() -> None:
    time = Time()
    made = strides(time, "DE-1")
    time.now += timedelta(days=3)
    assert made.fit()
    time.now -= timedelta(days=2)
    assert made.fit()


def test_a_clock_that_is_set_back_behind_the_start_is_no_reason_either() -> None:
    time = Time()
    made = strides(time, "DE-1")
    time.now -= timedelta(days=2)
    made.fit()
    time.now += timedelta(hours=1)
    assert made.fit()


def test_a_product_that_is_not_watched_has_no_share() -> None:
    made = strides(Time(), "DE-1", "DE-2")
    made.leave("DE-1")
    assert made.gap("DE-2") == pytest.approx(1 / 2.0)


def test_a_track_counts_strangers_who_came_and_those_who_were_there() -> None:
    later = START + timedelta(days=2)
    history = History(
        key="DE-B000000001",
        presences=(
            Presence(seller=OWN, first_seen=START, since=START, stays=4),
            Presence(seller="A2THERE0000001", first_seen=START, since=START),
            Presence(seller="A3CAME00000001", first_seen=later, since=later, stays=3),
        ),
    )
    watch = Watch(asin="B000000001", marketplace="DE", added_at=START)
    assert track_of(watch, history, frozenset({OWN})) == Track(
        since=START, finds=(later,), arrivals=3, signs=Signs(strangers=1)
    )


@pytest.mark.parametrize(
    ("floor", "asked", "room"),
    [
        (Money(Decimal(10), "EUR"), Money(Decimal(25), "EUR"), 2.5),
        (Money(Decimal(10), "EUR"), Money(Decimal(25), "USD"), None),
        (Money(Decimal(0), "EUR"), Money(Decimal(25), "EUR"), None),
        (None, Money(Decimal(25), "EUR"), None),
        (Money(Decimal(10), "EUR"), None, None),
    ],
)
def test_a_track_knows_what_was_told_before_anything_was_counted(
    floor: Money | None, asked: Money | None, room: float | None
) -> None:
    offers = [Offer(seller="A2STRANGER0001", price=Money(Decimal(2), "EUR"))]
    offers += [Offer(seller=OWN, price=asked)] if asked else []
    last = Snapshot(
        asin="B000000001", marketplace="DE", at=START, offers=tuple(offers), total=2, rank=77
    )
    watch = Watch(asin="B000000001", marketplace="DE", added_at=START, floor=floor, daily_units=12)
    track = track_of(watch, History(key=watch.key, last=last), frozenset({OWN}), cases=3)
    assert track.signs == Signs(cases=3, rank=77, units=12, room=room)


def test_products_that_look_alike_to_those_under_attack_are_looked_at_more_often() -> None:
    time = Time()
    made = Strides(time, lambda: 0.5)
    made.set_rate(LANE, 2.0, 0.0)
    for number in range(400):
        sells_well = number % 4 == 0
        track = Track(
            BEFORE, arrivals=int(sells_well), signs=Signs(rank=9 if sells_well else 9_000)
        )
        made.learn(f"DE-{number}", track)
        made.enter(LANE, f"DE-{number}")
    for key, rank in (("DE-new", 9), ("DE-slow", 9_000)):
        made.learn(key, Track(since=START, signs=Signs(rank=rank)))
        made.enter(LANE, key)
    assert made.gap("DE-new") == pytest.approx(made.gap("DE-slow"))
    time.now += timedelta(hours=1)
    assert made.fit()
    made.fit()
    assert made.gap("DE-new") < made.gap("DE-slow") / 1.5
