"""The record of a product's prices: what a look adds to it, and what stays unknown."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.findings import RuleContext
from bot.core.history import History
from bot.core.listing import Offer, Snapshot, Watch
from bot.core.price_history import BuyBoxHolder, PriceState, hundredths
from bot.errors import Unavailable
from bot.features.watchlist.collections import HISTORIES, PRICE_BLOCKS, WATCHES
from bot.features.watchlist.models.price_histories import PriceHistory
from bot.features.watchlist.service import price_records
from bot.features.watchlist.service.price_records import (
    BLOCK,
    TAIL,
    PricePruning,
    blocks_of,
    price_history,
)
from checks.price_states import state_of
from tests import strategies
from tests.fakes import START
from tests.strategies import offers
from tests.unit.conftest import ASIN, OWN, SECOND, THIEF, Team, confirmed_after, offer, usd

KEY = f"US-{ASIN}"
AMAZON = "ATVPDKIKX0DER"
YEAR = timedelta(days=365)
OURS, UNKNOWN, NOBODY = BuyBoxHolder.OURS, BuyBoxHolder.UNKNOWN, BuyBoxHolder.NOBODY


async def history(team: Team, asin: str = ASIN, period: timedelta = YEAR) -> PriceHistory:
    watch = await team.app.store.get(WATCHES, f"US-{asin}")
    assert watch
    return await price_history(team.app, watch, period)


async def states(team: Team, asin: str = ASIN) -> list[PriceState]:
    return [change.state for change in (await history(team, asin)).changes]


def told(holder: BuyBoxHolder, ours: int | None, lowest: int | None, sellers: int) -> PriceState:
    return PriceState(holder, ours, lowest, None, sellers)


async def test_each_change_is_kept_and_the_same_again_is_not(team: Team) -> None:
    for price in ("49.90", "49.90", "47.90", "47.90", "49.90"):
        await team.look(offer(OWN, price))
        team.clock.advance(minutes=10)
    known = await history(team)
    assert [(each.at - known.changes[0].at, each.state.ours) for each in known.changes] == [
        (timedelta(), 4990),
        (timedelta(minutes=20), 4790),
        (timedelta(minutes=40), 4990),
    ]


async def test_an_unchanged_look_writes_no_history(team: Team) -> None:
    await team.look(offer(OWN, "49.90"))
    before = await team.app.store.get(HISTORIES, KEY)
    team.clock.advance(minutes=10)
    await team.look(offer(OWN, "49.90"))
    assert await team.app.store.get(HISTORIES, KEY) == before


async def test_our_price_the_lowest_the_sellers_and_the_holder_are_kept(team: Team) -> None:
    await team.look(offer(OWN, "49.90"), offer(THIEF, "39.90"), holder=THIEF)
    assert await states(team) == [told(UNKNOWN, 4990, 3990, 2)]


async def test_shipping_is_part_of_what_a_buyer_pays(team: Team) -> None:
    shipped = Offer(seller=OWN, price=usd("40"), shipping=usd("5"), fba=False)
    await team.look(shipped)
    assert await states(team) == [told(OURS, 4500, 4500, 1)]


@given(st.lists(offers, max_size=5))
def test_the_kept_prices_are_what_a_buyer_pays(several: list[Offer]) -> None:
    snapshot = Snapshot(asin=ASIN, marketplace="US", at=START, offers=tuple(several))
    watch = Watch(asin=ASIN, marketplace="US", added_at=START)
    known = History(key=watch.key)
    look = RuleContext(
        watch=watch, snapshot=snapshot, before=known, now=known, own=frozenset({strategies.OWN})
    )
    landed = [(each.seller, hundredths(each.landed, "USD")) for each in several]
    every = [price for _, price in landed if price is not None]
    ours = [price for seller, price in landed if price is not None and seller == strategies.OWN]
    state = state_of(look)
    assert (state.ours, state.lowest) == (min(ours, default=None), min(every, default=None))


async def test_an_authorized_seller_is_known_from_then_on(team: Team) -> None:
    await team.look(offer(THIEF, "39.90"), holder=THIEF)
    team.clock.advance(minutes=10)
    await team.authorise(THIEF)
    await team.look(offer(THIEF, "39.90"), holder=THIEF)
    assert [each.holder for each in await states(team)] == [UNKNOWN, BuyBoxHolder.KNOWN]


async def test_amazon_itself_is_no_unknown_seller(team: Team) -> None:
    await team.look(offer(OWN, "49.90"), offer(AMAZON, "45"), holder=AMAZON)
    assert [each.holder for each in await states(team)] == [BuyBoxHolder.KNOWN]


async def test_an_empty_answer_counts_when_it_is_confirmed(team: Team) -> None:
    await team.look(offer(OWN, "49.90"))
    team.clock.advance(minutes=10)
    await team.look(holder="")
    assert await states(team) == [told(OURS, 4990, 4990, 1)]
    team.clock.advance(minutes=2)
    await team.look(holder="")
    assert await states(team) == [told(OURS, 4990, 4990, 1), told(NOBODY, None, None, 0)]


async def test_a_buy_box_that_is_not_told_is_nobodys(team: Team) -> None:
    team.source.put(
        Snapshot(
            asin=ASIN,
            marketplace="US",
            at=team.clock.now,
            offers=(offer(OWN, "49.90"),),
            total=1,
            holders=None,
        )
    )
    watch = await team.app.store.get(WATCHES, KEY)
    assert watch
    await team.monitor.check([watch])
    assert [each.holder for each in await states(team)] == [BuyBoxHolder.UNTOLD]


async def test_a_long_time_without_a_look_is_a_gap(team: Team) -> None:
    await team.look(offer(OWN, "49.90"))
    first = team.clock.now
    team.clock.advance(hours=3)
    known = await history(team)
    assert known.now is None
    assert [(each.begin, each.end) for each in known.stretches()] == []
    await team.look(offer(OWN, "49.90"))
    again = team.clock.now
    team.clock.advance(minutes=10)
    known = await history(team)
    assert [(each.at, each.state.checked) for each in known.changes] == [
        (first, True),
        (first, False),
        (again, True),
    ]
    assert [(each.begin, each.end) for each in known.stretches()] == [(again, team.clock.now)]


async def test_failures_are_a_gap_and_one_failure_is_none(team: Team) -> None:
    watch = await team.app.store.get(WATCHES, KEY)
    assert watch
    await team.look(offer(OWN, "49.90"))
    for failures, unknown in ((1, False), (5, True)):
        for _ in range(failures):
            team.clock.advance(minutes=10)
            team.source.results[KEY] = Unavailable("Amazon is down.")
            await team.monitor.check([watch])
        team.clock.advance(minutes=1)
        await team.look(offer(OWN, "49.90"))
        assert (not all(each.checked for each in await states(team))) is unknown


async def test_many_changes_move_into_blocks_and_read_as_one_record(team: Team) -> None:
    prices = [4000 + 37 * number % 1000 for number in range(300)]
    for price in prices:
        await team.look(offer(OWN, f"{price / 100:.2f}"))
        team.clock.advance(minutes=10)
    assert [each.ours for each in await states(team)] == prices
    blocks = await blocks_of(team.app.store, KEY)
    assert len(blocks) > 1
    assert all(BLOCK <= len(block.packed) <= BLOCK + 2 * TAIL for block in blocks[:-1])
    kept = await team.app.store.get(HISTORIES, KEY)
    assert kept
    assert kept.prices
    assert len(kept.prices.packed) <= TAIL
    size = sum(len(block.packed) for block in blocks) + len(kept.prices.packed)
    assert size * 4 / 3 / len(prices) < 40


async def test_only_the_asked_time_is_shown_and_what_was_so_at_its_beginning(team: Team) -> None:
    for price in ("49.90", "47.90"):
        await team.look(offer(OWN, price))
        team.clock.advance(minutes=20)
    known = await history(team, period=timedelta(minutes=30))
    assert [(each.at, each.state.ours) for each in known.changes] == [
        (known.since, 4990),
        (known.since + timedelta(minutes=10), 4790),
    ]


async def changed_often(team: Team, looks: int, asin: str = ASIN) -> None:
    for number in range(looks):
        await team.look(offer(OWN, f"{40 + number % 9}"), asin=asin)
        team.clock.advance(minutes=20)


async def test_old_blocks_go_and_what_the_kept_time_needs_stays(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(price_records, "BLOCK", 60)
    await changed_often(team, 72)
    before = await blocks_of(team.app.store, KEY)
    await confirmed_after(team, days=399, hours=12)
    await PricePruning(team.app).tick()
    left = await blocks_of(team.app.store, KEY)
    assert 1 < len(left) < len(before)
    known = await history(team, period=timedelta(days=400))
    assert known.changes[0].at == known.since


async def test_without_a_confirmed_time_nothing_goes(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(price_records, "BLOCK", 60)
    await changed_often(team, 30)
    before = await blocks_of(team.app.store, KEY)
    team.clock.advance(days=1000)
    await PricePruning(team.app).tick()
    assert await blocks_of(team.app.store, KEY) == before


async def test_ending_a_watch_deletes_its_prices_and_undo_brings_them_back(team: Team) -> None:
    await changed_often(team, 30)
    await changed_often(team, 30, SECOND)
    before, others = await states(team), await states(team, SECOND)
    await team.type(f"/unwatch {ASIN}")
    assert await blocks_of(team.app.store, KEY) == []
    assert await states(team, SECOND) == others
    await team.undo()
    after = await states(team)
    assert [each for each in after if each.checked] == [each for each in before if each.checked]


async def test_what_belongs_to_no_product_is_swept(team: Team) -> None:
    await changed_often(team, 30)
    async with team.app.store.transaction() as tx:
        tx.delete(WATCHES, KEY)
    await PricePruning(team.app).tick()
    assert await team.app.store.count(PRICE_BLOCKS) == 0


async def test_a_block_that_cannot_be_read_is_a_gap(team: Team) -> None:
    await changed_often(team, 30)
    blocks = await blocks_of(team.app.store, KEY)
    assert blocks
    async with team.app.store.transaction() as tx:
        for block in blocks:
            tx.put(PRICE_BLOCKS, type(block)(product=KEY, begun=block.begun, packed=b"\x05\0"))
    assert await states(team) == []
