"""The demo's story from its first minute on, as the team's channel hears it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from adapters.capture.simulated_sellers import SimulatedSellerPages
from adapters.keepa.source import KeepaSource
from adapters.simulator import Marketplace, SettableClock, demo_scenario
from bot.cli.demo import seed
from bot.core.cards import Tone
from bot.core.resources import Resources
from bot.features.cases.models.cases import Case
from bot.features.cases.resources import FACTS_SOURCE, SELLER_PAGES
from bot.features.watchlist.service.outages import OutageWatch
from tests.journeys.shop import Shop, open_shop, open_team
from tests.signals import active_in
from tests.unit.conftest import asked

THIEF, SHOP = "A1QX7ZP9KD4W2M", "BrightLeaf Store 88"
SAUCEPAN, BOWLS, BOARD, MILL = "B0ALDER001", "B0ALDER003", "B0ALDER004", "B0ALDER006"
STEP = 2
"""Seconds from look to look."""


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Shop]:
    async with open_shop(tmp_path, demo_scenario()) as shop:
        await seed(shop.team.app.store)
        await shop.team.monitor.catalog.tick()
        yield shop


async def until(shop: Shop, second: int) -> None:
    """Look again and again until that second of the story."""
    outages = OutageWatch(replace(shop.team.app, outage_after=timedelta(seconds=10)))
    while shop.world.now() < second:
        await shop.pass_time(STEP - 1)
        await shop.look()
        await outages.tick()
        await shop.team.dispatcher.deliver()


async def active(shop: Shop, case: Case) -> set[tuple[str, str]]:
    going_on = await active_in(shop.team.app.store, case)
    return {(signal.kind, signal.asin) for signal in going_on}


async def test_the_strangers_name_comes_from_the_simulated_sellers_page(tmp_path: Path) -> None:
    async with AsyncExitStack() as stack:
        http = await stack.enter_async_context(httpx.AsyncClient())
        resources = Resources().having(SELLER_PAGES, SimulatedSellerPages(http))
        opened = open_shop(tmp_path, demo_scenario(), resources)
        shop = await stack.enter_async_context(opened)
        await seed(shop.team.app.store)
        await until(shop, 14)
        cards = shop.team.chat.cards
        assert THIEF in [field.value for field in cards["C-1"].fields]
        await shop.team.work()
        assert shop.team.chat.order == ["C-1"]
        assert cards["C-1"].title.startswith(f"Unknown seller '{SHOP}': ")
        [seller] = [field.value for field in cards["C-1"].fields if field.label == "Seller"]
        assert seller.startswith(f"{SHOP} ({THIEF})\nName from the simulated seller's page, ")
        assert "Example BrightLeaf Trading" in await shop.typed("/case 1")


@pytest.fixture
async def facts_shop(tmp_path: Path) -> AsyncIterator[Shop]:
    """Open the shop with a key of the marketplace's Keepa."""
    async with AsyncExitStack() as stack:
        http = await stack.enter_async_context(httpx.AsyncClient())
        world, scenario = SettableClock(), demo_scenario()
        market = await stack.enter_async_context(
            Marketplace(scenario, clock=world, quota_scale=None)
        )
        keepa = KeepaSource(market.keepa_key, http, endpoint=market.keepa_url, simulated=True)
        resources = Resources().having(FACTS_SOURCE, keepa)
        opened = open_team(tmp_path, market.base_url, scenario.own_seller, resources)
        team = await stack.enter_async_context(opened)
        await seed(team.app.store)
        yield Shop(market, world, team)


def who_it_is(shop: Shop, case: str) -> str:
    shown = shop.team.chat.cards[case].fields
    return "".join(field.value for field in shown if field.label == "Who it is")


async def test_the_card_says_who_the_stranger_is_and_who_may_be_the_same(
    facts_shop: Shop,
) -> None:
    await until(facts_shop, 14)
    await facts_shop.team.work()
    told = who_it_is(facts_shop, "C-1")
    assert told.startswith("Example BrightLeaf Trading Co., Ltd., ")
    assert "67% positive of 3 ratings · also sells 1 of yours" in told
    assert "From the simulated Keepa, " in told
    await until(facts_shop, 264)
    await facts_shop.team.work()
    cards = facts_shop.team.chat.order
    [newest] = [key for key in cards if who_it_is(facts_shop, key).startswith("Example TopDeal")]
    known = f"Looks like {SHOP} ({THIEF}), open case C-1: same VAT number"
    assert known in who_it_is(facts_shop, newest)


async def test_sellers_that_amazon_hides_are_named_in_the_thread(facts_shop: Shop) -> None:
    await until(facts_shop, 176)
    await facts_shop.team.work()
    told = [str(card) for card in facts_shop.team.chat.cards.values()]
    assert any("Keepa lists" in card and "A9UNSEEN000000" in card for card in told)


async def test_before_anything_happens_the_channel_is_silent(shop: Shop) -> None:
    await until(shop, 10)
    assert shop.team.chat.order == []
    assert (await shop.typed("/health")).startswith("Checked 6 of 6 products")
    assert "Saucepan" in (await shop.typed(f"/check {SAUCEPAN}"))


async def test_the_first_stranger_is_one_card_and_then_one_thread(shop: Shop) -> None:
    chat = shop.team.chat
    await until(shop, 14)
    assert chat.order == ["C-1"]
    card = chat.cards["C-1"]
    assert card.tone is Tone.CRITICAL
    assert card.simulated
    assert chat.messages["C-1"].ping
    assert card.title.startswith("Unknown seller: Alder & Finch")
    assert THIEF in [field.value for field in card.fields]
    assert card.gist.startswith("USD 37.40, 25% below us")
    await until(shop, 24)
    first, second, *more = chat.order
    assert more == []
    assert second.startswith(f"{first}/")
    assert chat.cards[second].title.startswith("Buy Box lost: Alder & Finch")
    [case] = await shop.cases()
    assert await active(shop, case) >= {("seller", SAUCEPAN), ("buy-box", SAUCEPAN)}


async def test_a_departure_is_told_after_two_looks_and_the_return_with_its_price(
    shop: Shop,
) -> None:
    chat = shop.team.chat
    await until(shop, 76)
    told = len(chat.order)
    [case] = await shop.cases()
    assert ("seller", SAUCEPAN) in await active(shop, case)
    await until(shop, 78)
    left = [chat.cards[key] for key in chat.order[told - 1 :]]
    assert any("has left" in card.title + card.body for card in left)
    assert chat.cards["C-1"].title.startswith("Over for now")
    assert chat.cards["C-1"].tone is Tone.GOOD
    await until(shop, 106)
    back = chat.cards[chat.order[-1]]
    assert f"Seller {THIEF} is back" in back.title + back.body
    assert "now at USD 34.90 (before: USD 37.40)" in back.title + back.body
    assert {key.partition("/")[0] for key in chat.order} == {"C-1"}


async def test_who_comes_back_long_after_the_case_was_closed_opens_a_linked_one(shop: Shop) -> None:
    await until(shop, 80)
    form = asked(await shop.team.press("close", "1"))
    await shop.team.submit(form, {"reason": "gone", "note": ""})
    assert shop.team.chat.cards["C-1"].tone is Tone.QUIET
    shop.team.clock.advance(hours=2)
    await until(shop, 106)
    first, second = await shop.cases()
    assert (first.open, second.open, second.earlier) == (False, True, first.number)
    assert "seen before in C-1" in shop.team.chat.cards["C-2"].footer
    assert shop.team.chat.cards["C-2"].title.startswith("Seller back: Alder & Finch")


async def test_two_more_products_of_the_same_seller_are_no_second_alert(shop: Shop) -> None:
    chat = shop.team.chat
    await until(shop, 136)
    assert [key for key in chat.order if "/" not in key] == ["C-1"]
    [case] = await shop.cases()
    assert set(case.asins) == {SAUCEPAN, BOWLS, MILL}
    assert "3 on amazon.com" in [field.value for field in chat.cards["C-1"].fields]


async def test_hidden_sellers_are_a_case_of_their_own(shop: Shop) -> None:
    await until(shop, 170)
    assert len(await shop.cases()) == 1
    await until(shop, 174)
    _, hidden = await shop.cases()
    assert await active(shop, hidden) == {("hidden-sellers", BOARD)}
    assert "Amazon does not show 2 of 3 offers: Alder" in shop.team.chat.cards["C-2"].title
    assert "It does not show the other sellers" in await shop.typed(f"/check {BOARD}")


@pytest.mark.ci
async def test_an_outage_is_told_once_and_its_end_in_the_same_place(shop: Shop) -> None:
    chat = shop.team.chat
    await until(shop, 198)
    before = [(case.label, await active(shop, case)) for case in await shop.cases()]
    told = len(chat.order)
    await until(shop, 220)
    [outage] = chat.order[told:]
    assert outage.startswith("outage-")
    assert chat.cards[outage].title.startswith("Could not check 6 of 6 products since")
    status = await shop.typed("/health")
    assert status.startswith("Could not check 6 of 6 products")
    assert "Amazon answered with an error page (503)" in status
    assert [(case.label, await active(shop, case)) for case in await shop.cases()] == before
    await until(shop, 234)
    assert "again" in chat.cards[outage].title
    assert chat.cards[outage].tone is Tone.GOOD
    assert chat.order[told:] == [outage]
    assert (await shop.typed("/health")).startswith("Checked 6 of 6 products")
    assert [(case.label, await active(shop, case)) for case in await shop.cases()] == before
