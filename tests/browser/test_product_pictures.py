"""Products are shown with their pictures, though the server fetches each only when one looks."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.browser.demo import demo
from tests.browser.entering import enter
from tests.browser.test_journey import WAIT, Walk

pytestmark = [pytest.mark.browser, pytest.mark.ci, pytest.mark.asyncio(loop_scope="session")]

STAND_IN = 48
"""Pixels that the picture has which stands in for another one."""
SHOWN = f"""() => [...document.querySelectorAll("img.product")].filter(
    (each) => each.naturalWidth > {STAND_IN}).length"""


async def test_pictures_come_a_moment_later_without_a_reload(page: Page, tmp_path: Path) -> None:
    asked: list[str] = []
    async with demo(tmp_path) as running:
        await enter(page, await running.start())
        await expect(Walk(page).headline()).to_be_visible(timeout=WAIT)
        page.on("request", lambda request: asked.append(request.url))
        await page.get_by_role("link", name="Products").click()
        await expect(page.locator("img.product")).to_have_count(6)
        await page.wait_for_function(f"() => ({SHOWN})() === 6", timeout=WAIT)
    assert {url.split("/")[2].split(":")[0] for url in asked} == {"127.0.0.1"}
