"""Coming in by a link, as a person does."""

from __future__ import annotations

from playwright.async_api import Page


async def enter(page: Page, link: str) -> None:
    """Open the link and press its button; who has a session is let on without it."""
    await page.goto(link)
    button = page.get_by_role("button", name="Open Brandwarden here")
    if await button.count():
        await button.click()
        await page.wait_for_url("**/")
