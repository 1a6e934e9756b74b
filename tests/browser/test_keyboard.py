"""The keyboard alone: from card to card, along the buttons of one, and to a report; no click."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.demo import demo
from tests.browser.test_journey import THIEF, WAIT, Walk
from tests.unit.adapters.web.sample import Running

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
MOST = 60
"""Keys after which something is out of reach."""
REPORT = (
    "Our page was changed or duplicated",
    "Our page's text, images or brand changed",
    "We sent our page again and asked Brand Registry",
    "We don't know",
    "Draft it",
)
"""What is chosen, a form after the other."""
FOCUSED = "() => document.activeElement.innerText ?? ''"
WITHIN = "each => each.contains(document.activeElement)"


async def enter_by_keys(page: Page, link: str) -> None:
    await page.goto(link)
    await expect(page.get_by_role("button", name="Open Brandwarden here")).to_be_focused()
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/")


async def reach(page: Page, key: str, wanted: Locator) -> int:
    """Press the key until the focus is on what is wanted; return how many times it took."""
    for times in range(MOST):
        if await wanted.count() and await wanted.evaluate(
            "each => each === document.activeElement"
        ):
            return times
        await page.keyboard.press(key)
    message = f"The key {key} does not lead there: {await page.evaluate(FOCUSED)}"
    raise AssertionError(message)


async def press_by_keys(card: Locator, name: str) -> None:
    """Go from a card to one of its buttons, and press it."""
    page = card.page
    await reach(page, "Tab", card.get_by_role("toolbar").locator("[tabindex='0']"))
    await reach(page, "ArrowRight", card.get_by_role("button", name=name, exact=True))
    await page.keyboard.press("Enter")


async def choose(dialog: Locator, label: str) -> None:
    """Go to an option of the form, and choose it."""
    option = dialog.get_by_role("radio", name=label, exact=True)
    named = dialog.page.get_by_role("radio", name=label, exact=True)
    group = dialog.get_by_role("group").filter(has=named)
    for _ in range(MOST):
        if await group.evaluate(WITHIN):
            break
        await dialog.page.keyboard.press("Tab")
    await reach(dialog.page, "ArrowDown", option)
    await dialog.page.keyboard.press("Space")
    await expect(option).to_be_checked()


async def test_j_and_k_go_from_card_to_card(site: Running, page: Page) -> None:
    await site.fill()
    await enter_by_keys(page, site.link)
    cards = page.get_by_role("main").get_by_role("article")
    newest = await cards.count() - 1
    await page.keyboard.press("k")
    await expect(cards.nth(newest)).to_be_focused()
    await page.keyboard.press("k")
    await expect(cards.nth(newest - 1)).to_be_focused()
    await expect(cards.nth(newest - 1)).to_be_in_viewport()
    await page.keyboard.press("j")
    await page.keyboard.press("j")
    await expect(cards.nth(newest)).to_be_focused()


async def test_letters_that_are_typed_go_nowhere(site: Running, page: Page) -> None:
    await site.fill()
    await enter_by_keys(page, site.link)
    await page.keyboard.press("/")
    await page.keyboard.type("jk")
    await expect(page.get_by_role("combobox")).to_have_value("/jk")
    await expect(page.get_by_role("combobox")).to_be_focused()


async def test_the_buttons_of_a_card_are_one_stop(site: Running, page: Page) -> None:
    await site.fill()
    await enter_by_keys(page, site.link)
    card = page.get_by_role("article", name="Critical")
    bar = card.get_by_role("toolbar", name="Actions: Unknown seller on Walnut Salad Bowl")
    buttons = bar.locator(":scope > .button")
    most = await buttons.count()
    await reach(page, "k", card)
    await reach(page, "Tab", buttons.first)
    await page.keyboard.press("ArrowRight")
    await expect(buttons.nth(1)).to_be_focused()
    await page.keyboard.press("End")
    await expect(buttons.nth(most - 1)).to_be_focused()
    await page.keyboard.press("ArrowRight")
    await expect(buttons.first).to_be_focused()
    await page.keyboard.press("ArrowLeft")
    await expect(buttons.nth(most - 1)).to_be_focused()
    await page.keyboard.press("Tab")
    assert not await bar.evaluate(WITHIN)
    await page.keyboard.press("Shift+Tab")
    await expect(buttons.nth(most - 1)).to_be_focused()


async def test_a_form_that_is_left_leads_back_to_its_button(site: Running, page: Page) -> None:
    await site.fill()
    await enter_by_keys(page, site.link)
    card = page.get_by_role("article", name="Critical")
    await reach(page, "k", card)
    await press_by_keys(card, "Close")
    await expect(page.get_by_role("dialog")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(card.get_by_role("button", name="Close")).to_be_focused()
    await page.keyboard.press("k")
    await expect(page.get_by_role("article").nth(-2)).to_be_focused()


@pytest.mark.ci
async def test_from_the_alert_to_the_report(page: Page, tmp_path: Path) -> None:
    async with demo(tmp_path) as running:
        walk = Walk(page)
        await page.emulate_media(reduced_motion="reduce")
        await enter_by_keys(page, await running.start())
        await expect(walk.headline()).to_contain_text("Buy Box lost", timeout=WAIT)
        card = walk.headline().get_by_role("article")
        await reach(page, "k", card)
        await press_by_keys(card, "Acknowledge")
        await expect(card).to_contain_text("Acknowledged by Ana")
        await expect(card).to_be_focused()
        await press_by_keys(card, "File a report")
        await expect(walk.dialog).to_contain_text("What is it about?")
        await page.keyboard.press("Enter")
        await expect(walk.dialog).to_contain_text("Choose an option.")
        for label in REPORT:
            await choose(walk.dialog, label)
            await page.keyboard.press("Enter")
        await expect(walk.dialog).to_have_count(0)
        await expect(card).to_contain_text("R-1: Draft")
        await reach(page, "Tab", walk.headline().locator("a.thread-link"))
        await page.keyboard.press("Enter")
        await expect(walk.thread).to_contain_text("R-1 Draft")
        await expect(walk.thread).to_contain_text(THIEF)
        await page.keyboard.press("Escape")
        await expect(walk.headline().locator("a.thread-link")).to_be_focused()
