"""One person at the page, on the way from a case to a report."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.async_api import Locator, Page, ViewportSize, expect

from tests.browser.demo import ROOT
from tests.browser.test_journey import THIEF, Walk

PICTURES = ROOT / "build" / "pictures" / "reporting"
WIDE: ViewportSize = {"width": 1280, "height": 1100}
PHONE: ViewportSize = {"width": 375, "height": 812}
SAUCEPAN = "B0ALDER001"
ORDER = "113-7654321-1234567"


class Report(Walk):
    """One person on the way to a report."""

    async def picture(self, name: str, page: Page | None = None) -> None:
        """Keep what the page, or another one, shows now, wide and on a phone."""
        shown = page or self.page
        self._pictures += 1
        PICTURES.mkdir(parents=True, exist_ok=True)
        for size, kind in ((PHONE, "phone"), (WIDE, "wide")):
            await shown.set_viewport_size(size)
            path = PICTURES / f"{self._pictures:02d}-{name}-{kind}.png"
            await shown.screenshot(path=path)

    def case(self, seller: str) -> Locator:
        """The card of the case of that seller."""
        return self.cards_of(seller).first

    def reply(self, title: str) -> Locator:
        """The newest card in the thread with that title."""
        heading = self.page.get_by_role("heading", name=re.compile(title))
        return self.thread.locator("li.message:not(.private)").filter(has=heading).last

    async def open(self, seller: str) -> None:
        """Open the thread of a case."""
        await self.case(seller).locator("a.thread-link").click()
        await expect(self.thread).to_be_visible()

    async def save(self, link: Locator, path: Path) -> Path:
        """Download what the link leads to."""
        async with self.page.expect_download() as download:
            await link.click()
        await (await download.value).save_as(path)
        return path

    async def collect(self, what: str) -> None:
        """Choose what to add to the thief's case."""
        await self.press(self.case(THIEF), "Collect evidence")
        await self.dialog.get_by_label(what).check()
        await self.press(self.dialog, "Continue")

    async def add(self) -> None:
        """Send the form off; it is taken."""
        await self.press(self.dialog, "Add")
        await expect(self.dialog).to_have_count(0)
