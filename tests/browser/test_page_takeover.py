"""A page is taken over, as the demo tells it on the local page: approved, told, and reported.

Every screen is kept as a picture in ``build/pictures/pages``, wide and as a phone shows it.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, expect

from bot.cli.serving import DEMO
from tests.browser.conftest import PATIENCE
from tests.browser.demo import ROOT, demo
from tests.browser.entering import enter
from tests.browser.props import begin_at
from tests.browser.report_walk import PHONE, WIDE, Report

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

PICTURES = ROOT / "build" / "pictures" / "pages"
THEIRS = "Stovetop Kettle 2 Quart Enamel Steel Tea Pot"
BEFORE = 400.0
"""Second of the demo's story; the page is taken over at 840, and eight pass in each of ours."""


async def test_a_page_is_approved_taken_over_and_reported(page: Page, tmp_path: Path) -> None:
    expect.set_options(timeout=PATIENCE)
    async with demo(tmp_path) as running:
        begin_at(tmp_path / DEMO, BEFORE, port=8647)
        await page.emulate_media(reduced_motion="reduce")
        await page.set_viewport_size(WIDE)
        await enter(page, await running.start())
        walk = Report(page)
        asked = _card(walk, "product pages")
        await expect(asked).to_contain_text("Agree with your data")
        await _picture(page, "asked")
        await walk.press(asked, "Approve all that agree")
        await expect(_card(walk, "6 product pages approved")).to_contain_text("Approved by Ana")
        changed = _card(walk, THEIRS)
        await expect(changed).to_contain_text("Before: Alder & Finch Stovetop Kettle")
        await _picture(page, "taken-over")
        await walk.press(changed, "Not us")
        for answer in (
            "Our page was changed or duplicated",
            "Our page's text, images or brand changed",
        ):
            await expect(walk.dialog.get_by_label(answer)).to_be_checked()
            await walk.press(walk.dialog, "Continue")
        await walk.dialog.get_by_label("We sent our page again").check()
        await walk.press(walk.dialog, "Continue")
        await walk.dialog.get_by_label("Draft it", exact=True).check()
        await walk.press(walk.dialog, "Continue")
        await changed.locator("a.thread-link").click()
        await expect(walk.thread).to_contain_text("Listing hijacked or taken over")
        await expect(walk.thread).to_contain_text(re.compile(r"R-1\b"))
        await _picture(page, "reported")


def _card(walk: Report, words: str) -> Locator:
    """The newest card with the words."""
    return walk.channel.locator("li.message:not(.private)").filter(has_text=words).last


async def _picture(page: Page, name: str) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    for size, kind in ((PHONE, "phone"), (WIDE, "wide")):
        await page.set_viewport_size(size)
        await page.screenshot(path=PICTURES / f"{name}-{kind}.png")
