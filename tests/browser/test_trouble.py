"""An open page says what is wrong with the whole of it, and takes it back, without a reload."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from adapters.web.site import Limits
from tests.browser.entering import enter
from tests.unit.adapters.web.sample import running

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

WORDS = "Nothing can be saved: could not write to the disk"


async def test_an_open_page_says_that_nothing_can_be_recorded(page: Page, tmp_path: Path) -> None:
    said = [""]
    limits = Limits(heartbeat=0.1)
    async with running(tmp_path, limits=limits, trouble=lambda: said[0]) as served:
        await enter(page, served.link)
        banner = page.locator(".trouble")
        await expect(banner).to_be_hidden()
        said[0] = WORDS
        await expect(banner).to_have_text(WORDS)
        await expect(banner).to_be_visible()
        said[0] = ""
        await expect(banner).to_be_hidden()
        said[0] = WORDS
        await expect(banner).to_be_visible()
        await page.reload()
        await expect(banner).to_have_text(WORDS)
