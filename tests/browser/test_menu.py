"""A card's menu on the page: by keyboard and by touch, over what is there, and moving nothing."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from playwright.async_api import Browser, Locator, Page, Route, expect

from bot.core.cards import Button, Card, Menu, Style
from bot.core.chat import MessageRef
from bot.core.interactions import Click
from tests.browser.entering import enter
from tests.browser.pressing import press
from tests.unit.adapters.web.content import ALERT
from tests.unit.adapters.web.sample import Running

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

PRODUCT = "https://www.amazon.com/dp/B0WALNUTBL"
ITEMS = (
    Button(label="Assign to me", action="assign", ref="12"),
    Button(label="Snooze", action="snooze", ref="12"),
    Button(label="Authorize seller", action="authorise", ref="12"),
    Button(label="Add a note", action="note", ref="12"),
    Button(label="Close", action="close", ref="12", style=Style.DANGER),
)
CARD = msgspec.structs.replace(
    ALERT, link=PRODUCT, buttons=ALERT.buttons[:2], menu=Menu("More", ITEMS)
)
PHONE = {"width": 375, "height": 667}
SEEN = """() => [...document.querySelectorAll(".card, .buttons > *, .composer")].map(each => {
  const { x, y, width, height } = each.getBoundingClientRect();
  return [x, y, width, height].join(" ");
})"""
REACH = """list => {
  const { left, top, right, bottom } = list.getBoundingClientRect();
  const seen = list.closest(".scroll").getBoundingClientRect();
  const on = document.elementFromPoint((left + right) / 2, bottom - 12);
  return {
    within: left >= 0 && right <= innerWidth && top >= seen.top && bottom <= seen.bottom,
    uncovered: list.contains(on),
    wide: document.documentElement.scrollWidth,
  };
}"""


def card_of(page: Page, title: str = CARD.title) -> Locator:
    return page.get_by_role("article", name=f"Critical: {title}")


def more(card: Locator) -> Locator:
    return card.locator("summary")


def item(card: Locator, name: str) -> Locator:
    return card.get_by_role("button", name=name, exact=True)


async def entered(site: Running, page: Page) -> tuple[Locator, MessageRef]:
    posted = await site.post(CARD, "card")
    await enter(page, site.link)
    card = card_of(page)
    await expect(card).to_be_visible()
    return card, posted


def clicks(site: Running) -> list[str]:
    return [each.action for each in site.router.asked if isinstance(each, Click)]


@pytest.mark.parametrize("key", ["Enter", " ", "ArrowDown"])
async def test_the_keyboard_alone_opens_chooses_and_comes_back(
    site: Running, page: Page, key: str
) -> None:
    card, _ = await entered(site, page)
    await expect(item(card, "Snooze")).to_be_hidden()
    await item(card, "Assign to me").first.focus()
    await more(card).focus()
    await page.keyboard.press(key)
    await expect(item(card, "Assign to me").last).to_be_focused()
    await page.keyboard.press("ArrowDown")
    await expect(item(card, "Snooze")).to_be_focused()
    await page.keyboard.press("ArrowUp")
    await page.keyboard.press("ArrowUp")
    await expect(item(card, "Close")).to_be_focused()
    await page.keyboard.press("Home")
    await page.keyboard.press("End")
    await expect(item(card, "Close")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(item(card, "Close")).to_be_hidden()
    await expect(more(card)).to_be_focused()
    await page.keyboard.press("Enter")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("You pressed snooze.")).to_be_visible()
    await expect(item(card, "Snooze")).to_be_hidden()
    await expect(more(card)).to_be_focused()
    assert clicks(site) == ["snooze"]


async def test_a_form_comes_from_the_menu_and_closing_it_leads_back(
    site: Running, page: Page
) -> None:
    card, _ = await entered(site, page)
    for _ in range(2):
        await more(card).focus()
        await page.keyboard.press("ArrowUp")
        await page.keyboard.press("End")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("dialog")).to_be_visible()
        await page.keyboard.press("Escape")
        await expect(more(card)).to_be_focused()
    assert clicks(site) == ["close", "close"]


async def test_a_press_elsewhere_or_a_second_menu_closes_the_first(
    site: Running, page: Page
) -> None:
    other = msgspec.structs.replace(CARD, title="Another seller")
    await site.post(other, "other")
    card, _ = await entered(site, page)
    second = card_of(page, "Another seller")
    await more(card).click()
    await expect(item(card, "Close")).to_be_visible()
    await more(second).click()
    await expect(item(second, "Close")).to_be_visible()
    await expect(item(card, "Close")).to_be_hidden()
    await card.get_by_text("Costs us").click()
    await expect(item(second, "Close")).to_be_hidden()
    await more(card).click()
    await page.keyboard.press("/")
    await expect(item(card, "Close")).to_be_hidden()
    await expect(page.get_by_role("combobox")).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, {"width": 1280, "height": 860}])
async def test_it_opens_over_what_is_there_and_moves_nothing(
    site: Running, page: Page, size: Any, scheme: Any
) -> None:
    await page.set_viewport_size(size)
    await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    card, _ = await entered(site, page)
    before = await page.evaluate(SEEN)
    await more(card).click()
    await expect(item(card, "Close")).to_be_visible()
    assert await page.evaluate(SEEN) == before
    reach = await card.locator(".items").evaluate(REACH)
    assert reach == {"within": True, "uncovered": True, "wide": size["width"]}
    if size is PHONE:
        for each in await card.locator(".item").all():
            assert await each.evaluate("each => each.offsetHeight") >= 42
    await page.keyboard.press("Escape")
    await expect(item(card, "Close")).to_be_hidden()
    assert await page.evaluate(SEEN) == before


async def test_in_a_narrow_thread_and_at_the_top_it_is_within_reach_too(
    site: Running, page: Page
) -> None:
    short = Card(title="Short", buttons=CARD.buttons, menu=CARD.menu)
    posted = await site.post(short, "short")
    for number in range(12):
        await site.post(Card(title=f"Reply {number}", body="wide\n" * 3), f"r{number}", posted)
    await enter(page, site.link)
    await page.goto(f"{site.url}/threads/{posted.id}")
    panel = page.locator(".panel")
    await panel.locator(".scroll").evaluate("scroll => scroll.scrollTo({ top: 0 })")
    card = panel.get_by_role("article", name=": Short")
    await more(card).click()
    assert (await card.locator(".items").evaluate(REACH))["within"]
    assert await panel.locator(".scroll").evaluate("each => each.scrollWidth <= each.clientWidth")


async def test_a_card_that_changes_leaves_its_menu_open_and_the_place_in_it(
    site: Running, page: Page
) -> None:
    card, posted = await entered(site, page)
    await more(card).click()
    await page.keyboard.press("ArrowDown")
    await site.chat.edit(posted, msgspec.structs.replace(CARD, body="It goes on."))
    await expect(card).to_contain_text("It goes on.")
    await expect(item(card, "Snooze")).to_be_focused()
    await page.keyboard.press("Escape")
    await site.chat.edit(posted, msgspec.structs.replace(CARD, body="And on."))
    await expect(card).to_contain_text("And on.")
    await expect(more(card)).to_be_focused()
    await expect(item(card, "Snooze")).to_be_hidden()


async def test_a_choice_that_got_lost_is_sent_again_and_happens_once(
    site: Running, page: Page
) -> None:
    card, _ = await entered(site, page)
    bodies: list[str] = []

    async def lose(route: Route) -> None:
        bodies.append(route.request.post_data or "")
        if len(bodies) == 1:
            await route.fetch()
            await route.abort()
        else:
            await route.continue_()

    await page.route("**/clicks", lose)
    await more(card).click()
    await item(card, "Snooze").click()
    await expect(page.get_by_text("Connection lost")).to_be_visible()
    await expect(more(card)).to_have_attribute("aria-busy", "true")
    await expect(page.get_by_text("You pressed snooze.")).to_be_visible()
    assert (len(bodies), len(set(bodies)), clicks(site)) == (2, 1, ["snooze"])
    await expect(more(card)).to_have_attribute("aria-busy", "false")


async def test_a_button_is_pressed_by_its_name_wherever_it_stands(
    site: Running, page: Page
) -> None:
    beside = Button(label="Note it", action="beside", ref="12")
    await site.post(msgspec.structs.replace(CARD, buttons=(beside,)), "card")
    await enter(page, site.link)
    for name in ("Note it", "Snooze", "Add a note"):
        await press(card_of(page), name)
    await expect(page.get_by_text("You pressed note.")).to_be_visible()
    assert clicks(site) == ["beside", "snooze", "note"]


async def test_the_title_leads_to_the_product(site: Running, page: Page) -> None:
    card, _ = await entered(site, page)
    link = card.get_by_role("heading").get_by_role("link", name=CARD.title)
    await expect(link).to_have_attribute("href", PRODUCT)
    await expect(link).to_have_attribute("rel", "noopener noreferrer")


async def test_without_script_the_menu_works_as_well(site: Running, browser: Browser) -> None:
    await site.post(CARD, "card")
    context = await browser.new_context(java_script_enabled=False, viewport=PHONE)  # type: ignore[arg-type]
    page = await context.new_page()
    await enter(page, site.link)
    await page.locator(".more summary").click()
    await page.get_by_role("button", name="Snooze").click()
    assert "You pressed snooze." in await page.content()
    await context.close()
