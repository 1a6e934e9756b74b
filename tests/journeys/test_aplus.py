"""A+ content of our pages, asked once a day: a change is a case, and no role is no alarm."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import httpx
import msgspec
import pytest

from adapters.capture.looks import HttpPictureLooks
from adapters.simulator import Fault, Operation, Scenario, demo_scenario
from adapters.simulator.scenario import Content
from bot.cli.demo import seed
from bot.core.picture_looks import PICTURE_LOOKS
from bot.core.resources import Resources
from bot.features.pages.collections import GUARDED_PAGES
from bot.features.pages.models import GuardedPage
from checks.page_guard import DAY, RETRY
from tests.journeys.shop import Shop, open_shop
from tests.journeys.test_page_takeover import KETTLE, about, read
from tests.unit.conftest import card_text

KEY = f"US-{KETTLE}"
CHANGED = 100


def story() -> Scenario:
    """Return the demo's products, on one of which somebody publishes other A+ content."""
    theirs = Content(at=CHANGED, asin=KETTLE, aplus=("Buy it cheaper at our own shop",))
    return msgspec.structs.replace(demo_scenario(), events=(theirs,), faults=())


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Shop]:
    async with AsyncExitStack() as stack:
        http = await stack.enter_async_context(httpx.AsyncClient())
        looks = HttpPictureLooks(http, "Brandwarden", simulated=True)
        resources = Resources().having(PICTURE_LOOKS, looks)
        shop = await stack.enter_async_context(open_shop(tmp_path, story(), resources))
        await seed(shop.team.app.store)
        await shop.team.monitor.load()
        yield shop


async def page_of(shop: Shop) -> GuardedPage:
    found = await shop.team.app.store.get(GUARDED_PAGES, KEY)
    assert found is not None
    return found


def asked(shop: Shop) -> int:
    return sum(each.operation is Operation.APLUS_RECORDS for each in shop.market.log)


async def test_content_that_somebody_changed_is_a_case_the_next_day(shop: Shop) -> None:
    await read(shop, 1)
    [ours] = (await page_of(shop)).baseline.aplus or ()
    assert ours.texts is not None
    assert "A kettle for every morning" in ours.texts
    first = asked(shop)
    await read(shop, CHANGED)
    assert asked(shop) == first  # it is asked for once a day
    await read(shop, DAY + 60)
    card = about(shop, "The A+ content changed")
    fields = {field.label: field.value for field in card.fields}
    assert "A kettle for every morning" in fields["A+ content"]
    assert "Buy it cheaper at our own shop" in fields["A+ content"]
    assert card.simulated
    assert [button.label for button in card.buttons][:2] == ["Not us", "It was us"]


async def test_an_account_without_the_role_is_told_so_in_health_and_alarmed_of_nothing(
    shop: Shop,
) -> None:
    await read(shop, 1)
    for operation in (Operation.APLUS_RECORDS, Operation.APLUS_DOCUMENT):
        shop.market.faults.on(Fault.ROLE_MISSING, operation=operation)
    for turn in range(4):
        await read(shop, DAY + 60 + 60 * turn)
    assert not [each for each in await shop.cases() if KETTLE in each.asins]
    assert (await page_of(shop)).baseline.aplus
    health = card_text(await shop.team.type("/health"))
    assert "A+ content: Could not check" in health
    assert "Product Listing" in health
    assert "Pages: 6 of 6" in health


@pytest.mark.parametrize("fault", [Fault.FALSE_ZERO, Fault.NOT_JSON, Fault.HTML_503])
async def test_after_an_answer_that_lacks_or_says_nothing_it_is_asked_again(
    shop: Shop, fault: Fault
) -> None:
    await read(shop, 1)
    shop.market.faults.on(fault, operation=Operation.APLUS_RECORDS, asin=KETTLE, times=1)
    await read(shop, DAY + 60)
    await read(shop, DAY + 60 + RETRY + 60)
    shown = [card.title for card in shop.team.chat.cards.values() if "A+ content" in card.title]
    assert [title.partition(":")[0] for title in shown] == ["The A+ content changed"]


async def test_where_it_fails_for_a_while_nothing_is_told_until_it_can_be_read(shop: Shop) -> None:
    await read(shop, 1)
    shop.market.faults.on(Fault.NOT_JSON, operation=Operation.APLUS_RECORDS, asin=KETTLE)
    await read(shop, DAY + 60)
    assert "Could not check 1" in card_text(await shop.team.type("/health"))
    assert (await page_of(shop)).changes == ()
    shop.market.faults.off()
    await read(shop, DAY + 60 + RETRY + 60)
    assert [each.field for each in (await page_of(shop)).changes] == ["aplus"]
