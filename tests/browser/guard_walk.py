"""One person at the page, with what comes again and again: checklists, lessons, the review."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from playwright.async_api import Locator, Page, ViewportSize, expect

from adapters.storage.tinydb import TinyStore
from adapters.web.messages import COLLECTIONS as WEB_COLLECTIONS
from bot.bootstrap.application import STORE
from bot.bootstrap.features import COLLECTIONS
from bot.core.store import Collection
from bot.core.team import WORK_FROM, WORK_TO, Team, is_work_day
from bot.features.checklists.collections import RUNS
from tests.browser.demo import ROOT, Demo
from tests.browser.entering import enter
from tests.browser.props import grow_older
from tests.browser.test_journey import Walk
from tests.zones import zones_of_this_week

PICTURES = ROOT / "build" / "pictures" / "guard"
WIDE: ViewportSize = {"width": 1280, "height": 1100}
PHONE: ViewportSize = {"width": 375, "height": 812}

WIDEST = """Math.max(document.documentElement.scrollWidth,
    ...[...document.querySelectorAll(".scroll")].map((pane) => pane.scrollWidth))"""
"""How wide the page is; wider than the screen, and one has to scroll sideways."""
TO_THE_TOP = """element => {
    const pane = element.closest(".scroll");
    pane?.scrollBy(0, element.getBoundingClientRect().top - pane.getBoundingClientRect().top - 8);
}"""


class Guard(Walk):
    """One person who looks after the brand's guard; pictures are kept under the story's name."""

    def __init__(self, page: Page, story: str) -> None:
        super().__init__(page)
        self._story = story

    async def picture(self, name: str, of: Locator | None = None, *, dark: bool = False) -> None:
        """Keep what the page shows, or the card or form there, on a phone and wide."""
        self._pictures += 1
        PICTURES.mkdir(parents=True, exist_ok=True)
        await self._look("dark" if dark else "light")
        for size, kind in ((PHONE, "phone"), (WIDE, "wide")):
            await self.page.set_viewport_size(size)
            assert await self.page.evaluate(WIDEST) <= size["width"]
            if of is not None:
                await of.evaluate(TO_THE_TOP)
            shade = "-dark" if dark else ""
            path = PICTURES / f"{self._story}-{self._pictures:02d}-{name}-{kind}{shade}.png"
            await self.page.screenshot(path=path)
        await self._look("light")

    async def _look(self, scheme: Literal["dark", "light"]) -> None:
        await self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")

    def public(self, title: str) -> Locator:
        """The newest card in the channel with that title."""
        return self._titled(self.channel.locator("li.message:not(.private)"), title)

    def reply(self, title: str) -> Locator:
        """The newest card in the open thread with that title."""
        return self._titled(self.thread.locator("li.message:not(.private)"), title)

    def private(self, title: str = "") -> Locator:
        """The newest card with that title that this person alone sees."""
        return self._titled(self.page.locator("li.private"), title)

    def _titled(self, cards: Locator, title: str) -> Locator:
        heading = self.page.get_by_role("heading", name=re.compile(title))
        return cards.filter(has=heading).last

    async def open(self, title: str) -> None:
        """Open the thread of a card in the channel."""
        await self.public(title).locator("a.thread-link").click()
        await expect(self.thread).to_be_visible()

    async def leave(self) -> None:
        """Close the thread."""
        await self.page.keyboard.press("Escape")
        await expect(self.thread).to_have_count(0)

    async def home(self) -> None:
        """Go back to the channel alone."""
        await self.page.goto("/".join(self.page.url.split("/")[:3]))
        await expect(self.thread).to_have_count(0)

    async def told(self, words: str) -> None:
        """Wait for a line that this person alone is told."""
        await expect(self.page.locator(".notice").filter(has_text=words).last).to_be_visible()

    async def ask(self, text: str) -> None:
        """Type a command that asks back in a form."""
        box = self.channel.get_by_role("combobox")
        await box.fill(text)
        await self.page.keyboard.press("Escape")
        await box.press("Enter")

    async def send(self, button: str) -> None:
        """Send the form off; it is taken, and no other follows."""
        await self.press(self.dialog, button)
        await expect(self.dialog).to_have_count(0)

    async def refused(self, label: str, text: str, button: str, why: str) -> None:
        """Fill a text in that is refused beside its field, which keeps it."""
        asked = self.dialog.get_by_label(label)
        await asked.fill(text)
        await self.press(self.dialog, button)
        error = self.dialog.locator(".error:visible")
        await expect(error).to_contain_text(why)
        await expect(asked).to_have_value(text)

    async def may_only_look(self, *cards: tuple[Locator, str]) -> None:
        """See as the viewer cards that lack such a button, and that say whom they let press it."""
        for card, button in cards:
            await expect(card.get_by_text("Only members can work on cases.")).to_be_visible()
            await self.lacks(card, button)

    async def lacks(self, card: Locator, button: str) -> None:
        """See that the card is there, and that neither it nor its menu has the button."""
        await expect(card).to_be_visible()
        wanted = card.get_by_role("button", name=button, exact=True, include_hidden=True)
        await expect(wanted).to_have_count(0)


async def later(
    walk: Guard,
    running: Demo,
    folder: Path,
    length: timedelta,
    moved: Sequence[Collection[Any]],
) -> None:
    """Stop the demo, make those documents so much older, and start it again."""
    await running.kill()
    await grow_older(folder, length, moved)
    await enter(walk.page, await running.start())


async def until_reminded(folder: Path, moved: Sequence[Collection[Any]]) -> None:
    """Make those documents of the stopped demo as much older as its open run waits to remind."""
    store = await TinyStore.open(folder / STORE, (*COLLECTIONS, *WEB_COLLECTIONS))
    try:
        runs = await store.find(RUNS, "open", value=True, limit=10)
    finally:
        await store.close()
    due = min(run.due_at for run in runs if run.due_at)
    await grow_older(folder, due - datetime.now(UTC), moved)


def work_zone(now: datetime) -> str | None:
    """Return a time zone in which people are at work for two hours more; None at a weekend."""
    hours = range(WORK_FROM, WORK_TO - 2)
    for zone in zones_of_this_week(now):
        team = Team(zone=zone)
        if is_work_day(team, now) and team.local(now).hour in hours:
            return zone
    return None
