"""Every card and form fits a phone and a desk, as Slack and Discord show it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Browser

from tests.browser.conftest import browser
from tests.pictures.pages import PICTURES
from tests.pictures.shoot import WIDTHS, opened, overflowing, take

__all__ = ["browser"]
pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("platform", PICTURES)
async def test_everything_fits_the_width(browser: Browser, platform: str, width: int) -> None:
    async with opened(browser, platform, width) as shown:
        assert await shown.locator("article[data-name]").count() == len(PICTURES[platform])
        assert await shown.evaluate("document.documentElement.scrollWidth") <= width
        assert await overflowing(shown) == []


@pytest.mark.parametrize("platform", PICTURES)
async def test_a_picture_is_taken(browser: Browser, platform: str, tmp_path: Path) -> None:
    path = tmp_path / "card.png"
    async with opened(browser, platform, WIDTHS[0]) as shown:
        await take(shown, "alert-new", path)
    assert path.read_bytes().startswith(b"\x89PNG")
