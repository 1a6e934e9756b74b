"""A page is taken over: from the first reading to the report, as the demo tells it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import httpx
import pytest

from adapters.capture.looks import HttpPictureLooks
from adapters.simulator import demo_scenario
from bot.cli.demo import seed
from bot.core.cards import Card
from bot.core.picture_looks import PICTURE_LOOKS
from bot.core.resources import Resources
from bot.features.checklists.resources import CHECKLISTS
from bot.features.pages.collections import GUARDED_PAGES, PAGE_APPROVALS
from bot.features.pages.models import PageState
from bot.features.pages.service.asking import PageAsking
from bot.features.reports.collections import REPORTS
from checks.checklists import shipped
from tests.journeys.shop import Shop, open_shop
from tests.unit.conftest import asked, card_text

KETTLE = "B0ALDER002"
OURS = "Alder & Finch Stovetop Kettle, 2 Quart, Enamelled Steel"
THEIRS = "Stovetop Kettle 2 Quart Enamel Steel Tea Pot, Compatible with Alder & Finch"
TAKEN_OVER, RESTORED = 841, 1501
"""Seconds of the demo's story."""


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Shop]:
    async with AsyncExitStack() as stack:
        http = await stack.enter_async_context(httpx.AsyncClient())
        looks = HttpPictureLooks(http, "Brandwarden", simulated=True)
        resources = Resources().having(PICTURE_LOOKS, looks).having(CHECKLISTS, shipped())
        shop = await stack.enter_async_context(open_shop(tmp_path, demo_scenario(), resources))
        await seed(shop.team.app.store)
        await shop.team.monitor.load()
        yield shop


async def read(shop: Shop, until: float) -> None:
    """Let the story come to that second, and read what pages say then."""
    await shop.pass_time(until - shop.world.now())
    for _ in range(3):
        await shop.pass_time(6)
        await shop.team.monitor.tick()
        await shop.team.monitor.settle()
    await shop.team.dispatcher.deliver()


async def approve(shop: Shop) -> None:
    """Have all pages read, and approved."""
    await read(shop, 1)
    await shop.pass_time(30)
    await PageAsking(shop.team.app).tick()
    await shop.team.dispatcher.deliver()
    [approval] = await shop.team.app.store.page(PAGE_APPROVALS)
    assert (approval.agrees, approval.differs, approval.uncompared) == (6, 0, 0)
    await shop.team.press("approve-pages", approval.id)
    await shop.team.work()


async def test_approval_of_all_pages_is_undone_and_found_again_in_todo(shop: Shop) -> None:
    await approve(shop)
    await shop.team.undo()
    await shop.team.work()
    assert await shop.team.app.store.count(GUARDED_PAGES, "state", PageState.AGREES) == 6
    assert "6 product pages wait for approval" in card_text(await shop.team.type("/todo"))
    asked_again = card_text(await shop.team.press("review-pages", "todo"))
    assert "Agree with your data: 6" in asked_again


def about(shop: Shop, words: str) -> Card:
    [found] = [card for card in shop.team.chat.cards.values() if words in card.title]
    return found


async def test_a_title_that_was_taken_over_leads_to_a_report(shop: Shop) -> None:
    await approve(shop)
    assert await shop.team.app.store.count(GUARDED_PAGES, "state", PageState.APPROVED) == 6
    await read(shop, TAKEN_OVER)
    card = about(shop, "The title")
    fields = {field.label: field.value for field in card.fields}
    assert fields["Title"] == f"Before: {OURS}\nNow: {THEIRS}"
    assert card.simulated
    assert [button.label for button in card.buttons][:2] == ["Not us", "It was us"]
    case = next(each for each in await shop.cases() if KETTLE in each.asins)
    ask = asked(await shop.team.press("page-not-ours", case.key))
    ask = asked(await shop.team.submit(ask, {"matter": "page"}))
    ask = asked(await shop.team.submit(ask, {"seen": "takeover"}))
    ask = asked(await shop.team.submit(ask, {"tried": "yes"}))
    await shop.team.submit(ask, {"draft": "yes"})
    await shop.team.dispatcher.deliver()
    [report] = await shop.team.app.store.page(REPORTS)
    assert report.case == case.key
    assert report.asins == (KETTLE,)
    assert about(shop, "Listing hijacked or taken over").buttons
    assert any(report.label in card.title for card in shop.team.chat.cards.values())
    await read(shop, RESTORED)
    assert "is back as approved" in card_text(await shop.team.type(f"/case {case.number}"))


async def test_a_change_of_our_own_is_the_page_from_then_on(shop: Shop) -> None:
    await approve(shop)
    await read(shop, TAKEN_OVER)
    case = next(each for each in await shop.cases() if KETTLE in each.asins)
    await shop.team.press("page-ours", case.key)
    known = await shop.team.app.store.get(GUARDED_PAGES, f"US-{KETTLE}")
    assert known is not None
    assert (known.baseline.title, known.changes) == (THEIRS, ())
    # What the page said before is ours as well.
    await read(shop, RESTORED)
    assert [each.open for each in await shop.cases() if KETTLE in each.asins] == [False]
