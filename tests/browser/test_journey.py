"""The first journey, as a person walks it: from the first red card to the closed case.

Every screen is kept as a picture in ``build/pictures``, to be looked at.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.demo import ROOT, demo
from tests.browser.entering import enter
from tests.browser.pressing import press

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

PICTURES = ROOT / "build" / "pictures"
THIEF = "A1QX7ZP9KD4W2M"
WAIT = 60_000
"""Milliseconds for what the story brings; it brings all of this within twenty seconds."""


class Walk:
    """One person at the page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.channel = page.get_by_role("main")
        self.thread = page.get_by_role("complementary", name="Thread")
        self.dialog = page.get_by_role("dialog")
        self._pictures = 0

    async def picture(self, name: str) -> None:
        """Keep what is on the screen now."""
        self._pictures += 1
        PICTURES.mkdir(parents=True, exist_ok=True)
        await self.page.screenshot(path=PICTURES / f"{self._pictures:02d}-{name}.png")

    def headline(self) -> Locator:
        """The card of the thief's case; there must be one alone."""
        return self.cards_of(THIEF)

    def cards_of(self, seller: str) -> Locator:
        """The channel's cards of that seller's cases; other cards may name him as well."""
        named = self.page.locator(".field").filter(has=self.page.get_by_text("Seller", exact=True))
        public = self.channel.locator("li.message:not(.private)")
        return public.filter(has=named.filter(has_text=seller))

    async def press(self, place: Locator, name: str) -> None:
        await press(place, name)

    async def type(self, text: str) -> Locator:
        """Type a command and return what came back to this person alone."""
        before = await self.channel.locator("li.private").count()
        box = self.channel.get_by_role("combobox")
        await box.fill(text)
        await self.page.keyboard.press("Escape")
        await box.press("Enter")
        answer = self.channel.locator("li.private").nth(before)
        await expect(answer).to_be_visible()
        return answer

    async def be(self, name: str) -> None:
        """Go on as another person of the team."""
        await self.page.locator("details.account summary").click()
        # Until its script runs, a new page sends its buttons as plain forms.
        async with self.page.expect_navigation(wait_until="load"):
            await self.page.get_by_role("button", name=name).click()
        await expect(self.page.locator("details.account summary")).to_contain_text(name)


async def test_the_first_journey(page: Page, tmp_path: Path) -> None:
    async with demo(tmp_path) as running:
        walk = Walk(page)
        await page.emulate_media(reduced_motion="reduce")
        await enter(page, await running.start())
        await walk.picture("welcome")
        await _a_red_card_drops_in(walk)
        await _the_case_is_taken(walk)
        await _commands_are_typed(walk)
        await _the_same_thread_grows(walk)
        await running.kill()
        await enter(page, await running.start())
        await _everything_is_still_there(walk)
        await _the_case_is_closed(walk)
        await _a_viewer_may_only_look(walk)
        await _a_phone_in_the_dark(walk)


async def _a_red_card_drops_in(walk: Walk) -> None:
    card = walk.headline()
    await expect(card).to_contain_text(THIEF, timeout=WAIT)
    await expect(card).to_contain_text("Critical", timeout=WAIT)
    await expect(card).to_contain_text("Buy Box lost", timeout=WAIT)
    for fact in ("ours USD 49.90", "3 ratings", "by the seller", "a day at 14 units a day"):
        await expect(card).to_contain_text(fact)
    await expect(card).to_contain_text("Simulated marketplace")
    await walk.picture("red-card")


async def _the_case_is_taken(walk: Walk) -> None:
    card = walk.headline()
    await card.locator("a.thread-link").click()
    await expect(walk.thread).to_be_visible()
    await walk.picture("thread")
    await walk.press(card, "Acknowledge")
    await expect(card).to_contain_text("Acknowledged by Ana")
    await expect(card.get_by_role("button", name="Acknowledge")).to_have_count(0)
    await expect(walk.thread).to_contain_text("Ana acknowledged it.")
    await walk.press(card, "Assign")
    await walk.page.locator("form.form button[type=submit]").click()
    await expect(card).to_contain_text("Assigned to")
    listing = card.get_by_role("link", name="Open the listing")
    async with walk.page.expect_popup() as popup:
        await listing.click()
    product = await popup.value
    await expect(product.get_by_text("Simulated marketplace").first).to_be_visible()
    await product.close()
    await walk.picture("taken")


async def _commands_are_typed(walk: Walk) -> None:
    await walk.page.keyboard.press("Escape")
    shown = await walk.type("/help commands")
    await expect(shown).to_contain_text("/watch · Watch a product")
    await walk.picture("help")
    await walk.channel.get_by_role("combobox").fill("/watch B0ALDER001 44")
    await walk.channel.get_by_role("combobox").press("Enter")
    await expect(walk.page.get_by_text("Price floor: USD 44.00")).to_be_visible()
    await walk.picture("watch")
    for command, expected in (
        ("/watches", "6 watched products"),
        ("/check B0ALDER002", "Clear: "),
        ("/cases", "C-1"),
        ("/case 1", "Ana took it."),
        ("/health", "6 of 6 products"),
        ("/digest", "1 open case"),
        ("/sellers", "authorized on B0ALDER002"),
        ("/settings", "Quiet hours"),
    ):
        await expect(await walk.type(command)).to_contain_text(expected)
        await walk.picture(command.removeprefix("/").replace(" ", "-"))


async def _the_same_thread_grows(walk: Walk) -> None:
    card = walk.headline()
    await card.locator("a.thread-link").click()
    for told in ("has left", "is back on", "Mixing Bowls", "Pepper Mill"):
        await expect(walk.thread).to_contain_text(told, timeout=WAIT)
    await expect(card).to_have_count(1)
    await expect(card).to_contain_text("3 products")
    await walk.picture("same-thread")


async def _everything_is_still_there(walk: Walk) -> None:
    card = walk.headline()
    await expect(card).to_have_count(1)
    await expect(card).to_contain_text("Acknowledged by Ana")
    await card.locator("a.thread-link").click()
    await expect(walk.thread).to_contain_text("Ana took it.")
    await walk.press(card, "Snooze")
    await expect(walk.dialog).to_contain_text("For how long?")
    await walk.picture("snooze")
    await walk.dialog.get_by_label("Until a day I choose").check()
    await walk.press(walk.dialog, "Continue")
    await expect(walk.dialog).to_contain_text("Step 2 of 2")
    await walk.dialog.get_by_label("Which day?").fill("2020-01-01")
    await walk.press(walk.dialog, "Snooze")
    await expect(walk.dialog).to_contain_text("Choose a day after")
    await walk.picture("snooze-wrong-day")
    await walk.page.keyboard.press("Escape")
    await expect(walk.dialog).to_have_count(0)


async def _the_case_is_closed(walk: Walk) -> None:
    card = walk.headline()
    await walk.press(card, "Close")
    await walk.press(walk.dialog, "Close the case")
    await expect(walk.dialog).to_contain_text("Choose an option.")
    await walk.picture("close-no-reason")
    await walk.dialog.get_by_label("Reported, and Amazon acted").check()
    await walk.dialog.get_by_role("textbox").fill("Complaint 123 <b>accepted</b>")
    await walk.press(walk.dialog, "Close the case")
    await expect(card).to_contain_text("Closed by Ana: Reported, and Amazon acted")
    await expect(card).to_contain_text("Complaint 123 <b>accepted</b>")
    await expect(card.get_by_role("button", name="Reopen")).to_be_visible()
    await walk.picture("closed")


async def _a_viewer_may_only_look(walk: Walk) -> None:
    await walk.be("Vik")
    await expect(walk.headline()).to_contain_text("Only members can work on cases.")
    await expect(walk.headline().get_by_role("button", name="Reopen")).to_have_count(0)
    await walk.picture("viewer")
    await walk.be("Ana")
    await walk.press(walk.headline(), "Reopen")
    await walk.press(walk.headline(), "Authorize seller")
    await expect(walk.dialog).to_contain_text("On which products?")
    await walk.picture("authorise")
    await walk.press(walk.dialog, "Authorize")
    await expect(walk.channel).to_contain_text("You can undo this until")
    await expect(walk.headline()).to_contain_text("below the floor")
    await expect(walk.headline().get_by_role("button", name="Authorize seller")).to_have_count(0)
    await walk.picture("authorised")


async def _a_phone_in_the_dark(walk: Walk) -> None:
    await walk.page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    await walk.page.set_viewport_size({"width": 390, "height": 844})
    await walk.page.goto(walk.page.url.split("/threads")[0])
    await expect(walk.headline()).to_be_visible()
    await walk.picture("phone-dark")
    await walk.headline().locator("a.thread-link").click()
    await expect(walk.thread).to_be_visible()
    await walk.picture("phone-thread-dark")
