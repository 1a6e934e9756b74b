"""What reaches far, on the page: asked about once, undone where it is told, and hidden from others.

Every screen is kept as a picture in ``build/pictures/undone``, to be looked at.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.demo import ROOT, demo
from tests.browser.entering import enter
from tests.browser.test_journey import WAIT, Walk

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

PICTURES = ROOT / "build" / "pictures" / "undone"


class FarWalk(Walk):
    """One person at the page, with the case's thread open beside the channel."""

    async def picture(self, name: str) -> None:
        self._pictures += 1
        PICTURES.mkdir(parents=True, exist_ok=True)
        await self.page.screenshot(path=PICTURES / f"{self._pictures:02d}-{name}.png")

    def told(self, words: str) -> Locator:
        """Return the reply in the thread that has the words."""
        return self.thread.locator("ol:not(.first) li.message").filter(has_text=words).last


async def test_what_reaches_far_is_asked_about_and_undone(page: Page, tmp_path: Path) -> None:
    async with demo(tmp_path) as running:
        walk = FarWalk(page)
        await page.set_viewport_size({"width": 1280, "height": 900})
        await page.emulate_media(reduced_motion="reduce")
        await enter(page, await running.start())
        # What the story tells of this case, which opens a closed one again, is behind it then.
        await expect(walk.headline()).to_contain_text("Buy Box lost", timeout=WAIT)
        await _trust_is_undone(walk)
        await _closing_is_undone(walk)
        await _taking_over_is_undone(walk)
        await _who_may_not_sees_no_button(walk)


async def _trust_is_undone(walk: FarWalk) -> None:
    await walk.press(walk.headline(), "Authorize seller")
    await walk.press(walk.dialog, "Authorize")
    act = walk.channel.locator("li.message:not(.private)").filter(has_text="Ana authorized")
    await expect(act).to_contain_text("You can undo this until")
    await walk.picture("authorized")
    await walk.press(act, "Undo")
    await expect(act).to_contain_text("Ana undid this at")
    await expect(act.get_by_role("button")).to_have_count(0)
    await expect(walk.headline()).to_contain_text("Acknowledge")
    await walk.picture("authorizing-undone")


async def _closing_is_undone(walk: FarWalk) -> None:
    """Outside the thread, the answer offers it; the thread says so, too."""
    await walk.press(walk.headline(), "Close")
    await walk.dialog.get_by_label("False alarm").check()
    await walk.press(walk.dialog, "Close the case")
    answer = walk.channel.locator("li.private").filter(has_text="Ana closed C-1: false alarm.")
    await expect(answer).to_contain_text("You can undo this until")
    await walk.headline().locator("a.thread-link").click()
    await expect(walk.told("Ana closed it: false alarm.")).to_contain_text("You can undo this")
    await walk.picture("closed")
    await walk.press(answer, "Undo")
    await expect(walk.channel.locator("li.private").last).to_contain_text("Ana undid this at")
    await expect(walk.thread).to_contain_text("Undone by Ana: the case is open again.")
    told = walk.told("Ana closed it: false alarm.")
    await expect(told.get_by_role("button")).to_have_count(0)
    await walk.picture("closing-undone")


async def _taking_over_is_undone(walk: FarWalk) -> None:
    """A form asks, and the thread's first card repeats the next step alone."""
    await _is_assigned(walk, "Ana")
    await expect(walk.thread).to_contain_text("Ana took it.")
    first = walk.thread.locator("ol.first .buttons > .button:visible")
    await expect(first).to_have_count(1)
    assert await walk.headline().locator(".buttons > .button:visible").count() > 1
    await walk.be("Ben")
    await walk.press(walk.headline(), "Assign")
    await expect(walk.dialog).to_contain_text("Ana works on C-1. You can undo this for 10 minutes.")
    await walk.picture("take-over")
    await walk.dialog.get_by_label("Assign to").select_option(label="Ben")
    await walk.press(walk.dialog, "Assign")
    await expect(walk.headline()).to_contain_text("Ben")
    await walk.headline().locator("a.thread-link").click()
    await walk.press(walk.told("Ben took it from Ana."), "Undo")
    await expect(walk.thread).to_contain_text("Undone by Ben: Ana has it again.")
    await walk.picture("take-over-undone")


async def _is_assigned(walk: FarWalk, name: str) -> None:
    await walk.press(walk.headline(), "Assign")
    await walk.dialog.get_by_label("Assign to").select_option(label=name)
    await walk.press(walk.dialog, "Assign")


async def _who_may_not_sees_no_button(walk: FarWalk) -> None:
    card = walk.headline()
    await expect(card).to_contain_text("Only admins can authorize sellers.")
    await expect(card.locator('[data-action="authorise"]')).to_have_count(0)
    await walk.be("Vik")
    await expect(card).to_contain_text("Only members can work on cases.")
    await expect(card.locator('[data-action]:not([data-action="price-history"])')).to_have_count(0)
    await walk.picture("viewer")
