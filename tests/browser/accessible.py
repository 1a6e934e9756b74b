"""What axe-core finds on a page that keeps people out who do not see it, or use no mouse."""

from __future__ import annotations

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page

SERIOUS = ("serious", "critical")


async def serious(page: Page) -> list[str]:
    """Return the rules that the page breaks in a serious way, each with the first place."""
    found = await Axe().run(page)
    return [
        f"{each['id']}: {each['help']}: {each['nodes'][0]['html']}"
        for each in found.response["violations"]
        if each["impact"] in SERIOUS
    ]
