"""A press counts for what one aimed at, whatever else came under the pointer meanwhile."""

from __future__ import annotations

import msgspec
import pytest
from playwright.async_api import Browser, Locator, Page, expect

from bot.core.cards import Button, Card
from bot.core.chat import MessageRef
from bot.core.interactions import Click
from tests.browser.entering import enter
from tests.unit.adapters.web.sample import CHANNEL, Running

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

ONE = Button(label="Acknowledge it", action="one", ref="1")
TWO = Button(label="Forget it now!", action="two", ref="1")
CARD = Card(title="A case", buttons=(ONE, TWO))
OTHER = msgspec.structs.replace(CARD, buttons=(TWO,))


async def pressed(site: Running, page: Page) -> list[str]:
    """Return what has been pressed, once a press behind all the others has come."""
    await page.get_by_role("button", name="Last").dispatch_event("click")
    await expect(page.get_by_text("You pressed last.")).to_be_visible()
    return [each.action for each in site.router.asked if isinstance(each, Click)][:-1]


async def opened(site: Running, page: Page) -> tuple[MessageRef, Locator]:
    last = Button(label="Last", action="last", ref="1")
    await site.post(Card(title="Done?", buttons=(last,)), "done")
    posted = await site.post(CARD, "case")
    await enter(page, site.link)
    return posted, page.get_by_role("article", name="A case")


async def aim(page: Page, button: Locator) -> None:
    box = await button.bounding_box()
    assert box
    await page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=3)


async def click(page: Page) -> None:
    """Press where the pointer is."""
    await page.mouse.down()
    await page.mouse.up()


async def test_what_takes_the_place_of_a_button_is_not_pressed_in_its_stead(
    site: Running, page: Page
) -> None:
    posted, card = await opened(site, page)
    await aim(page, card.get_by_role("button", name="Acknowledge it"))
    await site.chat.edit(MessageRef(CHANNEL, posted.id), OTHER)
    await expect(card.get_by_role("button", name="Acknowledge it")).to_have_count(0)
    await click(page)
    dimmed = card.locator("[data-unsteady]")
    await expect(dimmed).to_have_text("Forget it now!")
    assert await pressed(site, page) == []
    await expect(dimmed).to_have_count(0)
    await aim(page, card.get_by_role("button", name="Forget it now!"))
    await click(page)
    await expect(page.get_by_text("You pressed two.")).to_be_visible()


async def test_a_card_that_comes_below_moves_no_other_button_under_the_pointer(
    site: Running, page: Page
) -> None:
    _, card = await opened(site, page)
    await aim(page, card.get_by_role("button", name="Acknowledge it"))
    await site.post(CARD, "copy")
    await expect(card).to_have_count(2)
    await click(page)
    assert await pressed(site, page) == []


async def test_a_button_that_stays_under_the_pointer_is_pressed_at_once(
    site: Running, page: Page
) -> None:
    posted, card = await opened(site, page)
    await aim(page, card.get_by_role("button", name="Acknowledge it"))
    shown = msgspec.structs.replace(CARD, footer="Changed")
    await site.chat.edit(MessageRef(CHANNEL, posted.id), shown)
    await expect(card).to_contain_text("Changed")
    await aim(page, card.get_by_role("button", name="Acknowledge it"))
    await click(page)
    assert await pressed(site, page) == ["one"]


async def test_who_moves_the_pointer_or_uses_the_keyboard_need_not_wait(
    site: Running, page: Page
) -> None:
    posted, card = await opened(site, page)
    await aim(page, card.get_by_role("button", name="Acknowledge it"))
    await site.chat.edit(MessageRef(CHANNEL, posted.id), OTHER)
    await expect(card.get_by_role("button", name="Acknowledge it")).to_have_count(0)
    await card.get_by_role("button", name="Forget it now!").press("Enter")
    await expect(page.get_by_text("You pressed two.")).to_be_visible()
    await page.mouse.move(5, 5)
    await aim(page, card.get_by_role("button", name="Forget it now!"))
    await click(page)
    assert await pressed(site, page) == ["two", "two"]


async def test_a_finger_presses_nothing_that_changed_a_moment_ago(
    site: Running, browser: Browser
) -> None:
    context = await browser.new_context(has_touch=True, viewport={"width": 390, "height": 844})
    page = await context.new_page()
    posted, card = await opened(site, page)
    await expect(card).to_be_in_viewport()
    await site.chat.edit(MessageRef(CHANNEL, posted.id), OTHER)
    await expect(card.get_by_role("button", name="Acknowledge it")).to_have_count(0)
    await card.get_by_role("button", name="Forget it now!").tap()
    assert await pressed(site, page) == []
    await context.close()
