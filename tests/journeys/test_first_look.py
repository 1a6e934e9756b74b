"""A mistyped ASIN in Slack: it is said at once, corrected in a form, and the product is shown."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from unittest.mock import patch

import pytest

from adapters.simulator import Fault, Operation, demo_scenario
from bot.core.interactions import Notice, Post
from bot.core.listing import Watch
from bot.core.monitoring import Reading
from bot.errors import StoreError
from bot.features.watchlist.collections import WATCHES
from tests.journeys.shop import Shop, open_shop
from tests.platforms.slack.seen import seen
from tests.platforms.slack.server import FakeSlack
from tests.platforms.slack.state import Message
from tests.unit.adapters.slack.team import ALERTS, SlackTeam, working

WRONG, PAN = "B0NOTEXIST", "B0ALDER001"


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Shop]:
    async with open_shop(tmp_path, demo_scenario()) as shop:
        yield shop


@pytest.fixture
async def at_work(shop: Shop) -> AsyncIterator[SlackTeam]:
    async with FakeSlack() as fake, working(shop.team, fake) as at_work:
        await at_work.ana.command("/watches", "", ALERTS)
        await at_work.told()
        yield at_work


async def typed(at_work: SlackTeam, text: str) -> Message:
    before = len(at_work.ana.ephemerals)
    assert (await at_work.ana.command("/watch", text, ALERTS)).acked
    return await at_work.told(before + 1)


async def test_a_wrong_asin_is_corrected(at_work: SlackTeam) -> None:
    ana, store = at_work.ana, at_work.team.app.store
    answer = await typed(at_work, f"{WRONG} floor 30")
    assert f"Amazon does not know {WRONG} on amazon.com" in seen(answer).text
    await ana.press(answer, "Correct it")
    await at_work.fake.until(lambda: ana.modal)
    await ana.fill_in({"ASIN, or a link to the product's page": PAN})
    await ana.submit()
    before = len(ana.ephemerals)
    await ana.submit()
    shown = seen(await at_work.told(before + 1)).text
    assert "Watching Alder & Finch" in shown
    assert f"{WRONG} on amazon.com is no longer watched." in shown
    assert "USD 30.00" in shown
    assert "Your offer" in shown
    [watch] = await store.page(WATCHES)
    assert (watch.asin, bool(watch.title)) == (PAN, True)


async def test_watch_anyway_leaves_it(at_work: SlackTeam) -> None:
    answer = await typed(at_work, WRONG)
    await at_work.ana.press(answer, "Watch anyway")
    await at_work.fake.until(
        lambda: any("keeps asking" in seen(each).text for each in at_work.ana.ephemerals)
    )
    assert await at_work.team.app.store.get(WATCHES, f"US-{WRONG}")


async def test_the_page_of_a_simulation_is_shown_its_picture(shop: Shop) -> None:
    [reply] = await shop.team.type(f"/watch {PAN}")
    assert isinstance(reply, Post)
    assert reply.card.image == f"{shop.market.base_url}/images/{PAN}.svg"


@pytest.mark.parametrize("fault", [Fault.HTML_503, Fault.INNER_500, Fault.TRUNCATED_JSON])
async def test_while_amazon_is_out_the_first_look_is_promised(
    shop: Shop, at_work: SlackTeam, fault: Fault
) -> None:
    shop.market.faults.on(fault)
    said = seen(await typed(at_work, PAN)).text
    assert f"Watching {PAN} on amazon.com." in said
    assert "Its first check runs shortly." in said
    shop.market.faults.off()
    await shop.pass_time(60)
    await at_work.team.poll()
    assert "1 of 1 product" in await shop.typed("/health")


async def test_a_new_sku_is_not_used_for_the_first_look_before_it_is_checked(shop: Shop) -> None:
    [reply] = await shop.team.type(f"/watch {PAN} sku NO-SUCH-SKU")
    assert isinstance(reply, Post)
    assert reply.card.title.startswith("Watching Alder & Finch")
    asked = {entry.operation for entry in shop.market.log}
    assert asked.isdisjoint({Operation.LISTING_OFFERS, Operation.LISTING_OFFERS_BATCH})


async def broken(*_: object) -> None:
    raise StoreError


async def test_a_description_that_fails_ends_no_look(shop: Shop) -> None:
    monitor, looked = shop.team.monitor, asyncio.Event()
    look = monitor.look_now

    async def looking(watch: Watch, who: str) -> Reading:
        reading = await look(watch, who)
        looked.set()
        return reading

    with patch.object(monitor, "describe", broken), patch.object(monitor, "look_now", looking):
        [reply] = await shop.team.type(f"/watch {PAN}")
    assert isinstance(reply, Notice)
    assert reply.text.startswith("Your change was saved")
    assert looked.is_set()


async def test_a_title_that_cannot_be_written_costs_no_first_look(shop: Shop) -> None:
    with patch.object(shop.team.monitor.catalog, "_name_all", broken):
        [reply] = await shop.team.type(f"/watch {PAN}")
    assert isinstance(reply, Post)
    assert reply.card.title.startswith(f"Watching {PAN}")


async def test_what_was_typed_before_a_kill_is_looked_at_after_the_start(shop: Shop) -> None:
    team = shop.team

    async def killed(*_: object) -> Reading:
        raise asyncio.CancelledError

    with patch.object(team.monitor, "look_now", killed), pytest.raises(asyncio.CancelledError):
        await team.type(f"/watch {PAN}", id="once")
    assert await team.app.store.get(WATCHES, f"US-{PAN}")
    [again] = await team.type(f"/watch {PAN}", id="once")
    assert isinstance(again, Notice)
    assert again.text == "This was already done."
    await shop.ask_through(team.monitor._source)
    await team.poll()
    assert "1 of 1 product" in await shop.typed("/health")
