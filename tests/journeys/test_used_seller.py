"""A stranger who sells used goods, on the local page: from Amazon's answer to the report's form."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.simulator import Fault, Operation, demo_scenario
from bot.cli.demo import seed
from bot.core.cards import Tone
from bot.core.interface import InterfaceLanguage, speak
from bot.core.patrols import PatrolSubject
from bot.features.watchlist.collections import WATCHES
from tests.journeys.shop import Shop, open_shop
from tests.signals import active_in
from tests.unit.conftest import asked, card_text

KNIFE, SHELF, OUTLET = "B0ALDER005", "A3SECONDSHELF1", "A2L77EE7U53NWQ"
ARRIVED, DEAL, LEFT = 331, 901, 1501
"""Seconds of the demo's story."""


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Shop]:
    async with open_shop(tmp_path, demo_scenario()) as shop:
        await seed(shop.team.app.store)
        await shop.team.monitor.catalog.tick()
        yield shop


async def passes(shop: Shop, until: float) -> None:
    """Let the story go on, and a round end in which all products are asked for."""
    await shop.pass_time(until - shop.world.now())
    team = shop.team
    [question] = [
        each.question
        for each in team.monitor.patrols
        if each.question.subject is PatrolSubject.CONDITIONS
    ]
    answers = await question.ask(await team.app.store.page(WATCHES))
    await question.take_in(answers)
    await team.dispatcher.deliver()


async def going_on(shop: Shop) -> list[tuple[str, str]]:
    cases = await shop.cases()
    return [
        (case.seller, each.kind)
        for case in cases
        for each in await active_in(shop.team.app.store, case)
    ]


async def test_before_anybody_sells_it_used_nothing_is_told(shop: Shop) -> None:
    await passes(shop, ARRIVED - 10)
    assert shop.team.chat.order == []


async def test_a_used_seller_is_a_case_that_leads_to_the_right_report(shop: Shop) -> None:
    await passes(shop, ARRIVED)
    card = shop.team.chat.cards["C-1"]
    assert card.title.startswith("Used offer by an unknown seller: Alder & Finch")
    assert (card.tone, card.simulated) == (Tone.WARNING, True)
    assert card.gist == "Used (like new) at USD 37.99, 57% below new"
    assert not shop.team.chat.messages["C-1"].ping
    form = asked(await shop.team.press("report", "1"))
    detail = asked(await shop.team.submit(form, {"matter": "wrong"}))
    assert "Used or opened item sold as new" in str(detail.form)
    assert f"{SHELF}" in await shop.typed("/case 1")


async def test_a_deal_of_amazons_outlet_is_no_alarm_and_nothing_to_report(shop: Shop) -> None:
    await passes(shop, ARRIVED)
    await passes(shop, DEAL)
    assert (OUTLET, "amazon-outlet") in await going_on(shop)
    card = shop.team.chat.cards["C-2"]
    assert card.title.startswith("Amazon sells it used: ")
    assert card.tone is Tone.INFO
    assert "File a report" not in [each.label for each in card.pressable]


async def test_it_is_over_after_two_rounds_without_it(shop: Shop) -> None:
    await passes(shop, ARRIVED)
    await passes(shop, LEFT)
    assert (SHELF, "used-offer") in await going_on(shop)
    await passes(shop, LEFT + 60)
    assert (SHELF, "used-offer") not in await going_on(shop)
    assert shop.team.chat.cards["C-1"].title.startswith("Over for now: used offer")


@pytest.mark.parametrize("fault", [Fault.INNER_500, Fault.INNER_429, Fault.MISSING_INNER])
async def test_an_answer_that_fails_ends_nothing(shop: Shop, fault: Fault) -> None:
    await passes(shop, ARRIVED)
    shop.market.faults.on(fault, operation=Operation.COMPETITIVE_SUMMARY)
    await passes(shop, LEFT)
    await passes(shop, LEFT + 60)
    assert (SHELF, "used-offer") in await going_on(shop)


async def test_the_card_speaks_chinese(shop: Shop) -> None:
    await shop.team.type("/settings language zh")
    with speak(InterfaceLanguage.CHINESE):
        await passes(shop, ARRIVED)
    assert shop.team.chat.cards["C-1"].title.startswith("未知卖家的二手报价：")
    await shop.team.monitor.load()
    assert "所有商品状况" in card_text(await shop.team.type("/watches"))
