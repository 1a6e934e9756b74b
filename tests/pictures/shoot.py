"""Taking the pictures with a real Chromium."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from itertools import product
from pathlib import Path
from typing import Literal

from playwright.async_api import Browser, Page, async_playwright

from adapters.capture.chromium import find
from tests.pictures.pages import PICTURES, page

Scheme = Literal["light", "dark"]
FOLDER = Path("build/pictures/chats")
WIDTHS = (375, 1280)
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
QUIET = ("--no-sandbox", "--disable-gpu")
_WIDE = """() => [...document.querySelectorAll("article, article *")]
  .filter(node => node.scrollWidth > node.clientWidth && node.clientWidth > 1
    && node.checkVisibility()
    && getComputedStyle(node).display !== "inline"
    && node.tagName !== "INPUT"
    && getComputedStyle(node).textOverflow !== "ellipsis")
  .map(node => `${node.closest("article").id}: ${node.className || node.tagName}`)"""
_CUT = """() => [...document.querySelectorAll(".button")]
  .filter(node => node.scrollWidth > node.clientWidth)
  .map(node => `${node.closest("article").id}: ${node.textContent}`)"""


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """Yield a Chromium of this machine. Raises UserError: there is none."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=find(playwright), args=list(QUIET)
        )
        try:
            yield browser
        finally:
            await browser.close()


@asynccontextmanager
async def opened(
    browser: Browser, platform: str, width: int, scheme: Scheme = "light"
) -> AsyncIterator[Page]:
    """Yield the platform's page, as wide as a screen."""
    context = await browser.new_context(
        viewport={"width": width, "height": 812}, offline=True, color_scheme=scheme
    )
    try:
        shown = await context.new_page()
        await shown.set_content(page(platform))
        yield shown
    finally:
        await context.close()


async def overflowing(shown: Page) -> list[str]:
    """Return the parts that are wider than their place; empty when all fits."""
    wide: list[str] = await shown.evaluate(_WIDE)
    return wide + [f"button cut off: {each}" for each in await shown.evaluate(_CUT)]


async def take(shown: Page, name: str, path: Path) -> None:
    """Write the picture of one card or form."""
    await shown.locator(f"#{name}").screenshot(path=path, animations="disabled")


async def take_all(only: Collection[str] = (), folder: Path = FOLDER) -> int:
    """Write all pictures, or those of these names, and return how many there are."""
    if not only:
        await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)
    count = 0
    async with chromium() as browser:
        for platform, pictures in PICTURES.items():
            for width, scheme in product(WIDTHS, SCHEMES):
                async with opened(browser, platform, width, scheme) as shown:
                    wanted = [each.name for each in pictures if not only or each.name in only]
                    for name in wanted:
                        await take(shown, name, folder / f"{platform}-{width}-{scheme}-{name}.png")
                    count += len(wanted)
    return count
