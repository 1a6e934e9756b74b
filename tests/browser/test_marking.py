"""Differences are marked on two photos by clicks and by keys, and a second person sees them.

Every screen is kept as a picture in ``build/pictures/marking``, wide and as a phone shows it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Locator, Page, expect

from adapters.capture.drawing import draw_photo
from adapters.capture.files import FileEvidence
from adapters.capture.pictures import PillowPictures
from adapters.web.outbound import WebChat
from bot.core.dispatch.dispatcher import OutboxDispatcher
from bot.core.files import Upload
from bot.core.spots import Spot
from bot.features.evidence.collections import COMPARISONS
from bot.features.evidence.models.items import EvidenceKind
from bot.features.evidence.resources import PICTURES
from tests.browser.demo import ROOT
from tests.browser.entering import enter
from tests.browser.report_walk import PHONE, WIDE
from tests.contracts.chat.web_rig import served
from tests.unit.conftest import Team, opened_team
from tests.unit.features.reports.reporting import CASE, OURS, THEIRS, collect

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

SCREENS = ROOT / "build" / "pictures" / "marking"
NEAR = 6
"""Thousandths by which a click may be off: a pixel is no thousandth."""


@dataclass
class Marking:
    """A case with both photos, at the page."""

    team: Team
    page: Page
    dispatcher: OutboxDispatcher

    @property
    def dialog(self) -> Locator:
        return self.page.get_by_role("dialog")

    def photo(self, kind: EvidenceKind) -> Locator:
        return self.dialog.locator(".photo").filter(has=self.page.get_by_alt_text(kind.label))

    async def press(self, label: str) -> None:
        await self.page.get_by_role("button", name=label).last.click()

    async def type(self, command: str) -> None:
        box = self.page.get_by_role("combobox").first
        await box.fill(command)
        await box.press("Enter")

    async def work(self) -> None:
        await self.team.work()
        await self.dispatcher.deliver()

    async def picture(self, name: str) -> None:
        SCREENS.mkdir(parents=True, exist_ok=True)
        for size, kind in ((PHONE, "phone"), (WIDE, "wide")):
            await self.page.set_viewport_size(size)
            await self.page.screenshot(path=SCREENS / f"{name}-{kind}.png")

    async def spots(self) -> list[tuple[Spot | None, Spot | None]]:
        found = await self.team.app.store.get(COMPARISONS, CASE)
        assert found is not None
        return [(each.received, each.genuine) for each in found.differences]


@pytest_asyncio.fixture(loop_scope="session")
async def marking(page: Page, tmp_path: Path) -> AsyncIterator[Marking]:
    async with opened_team(tmp_path / "team") as team:
        resources = team.app.resources.having(PICTURES, PillowPictures())
        object.__setattr__(team.app, "resources", resources)
        object.__setattr__(team.app, "evidence", FileEvidence(tmp_path / "evidence"))
        async with served(team, tmp_path) as (chat, links):
            dispatcher = await _case(team, chat)
            await page.set_viewport_size(WIDE)
            await enter(page, links.new())
            yield Marking(team, page, dispatcher)


async def _case(team: Team, chat: WebChat) -> OutboxDispatcher:
    dispatcher = OutboxDispatcher(team.app, "web", chat)
    await team.look(OURS, THEIRS)
    for kind in (EvidenceKind.RECEIVED, EvidenceKind.GENUINE):
        content = draw_photo(genuine=kind is EvidenceKind.GENUINE)
        digest = await team.app.evidence.keep(content, {"at": "now"})
        file = Upload("pan.jpg", "image/jpeg", len(content), digest)
        await collect(team, kind, {"files": (file,), "caption": "The logo"})
    await dispatcher.deliver()
    return dispatcher


async def click(photo: Locator, x: float, y: float) -> None:
    """Click at these parts of the picture's width and height."""
    await photo.scroll_into_view_if_needed()
    box = await photo.bounding_box()
    assert box is not None
    await photo.click(position={"x": box["width"] * x, "y": box["height"] * y})


def near(spot: Spot | None, x: int, y: int) -> bool:
    return spot is not None and abs(spot.x - x) <= NEAR and abs(spot.y - y) <= NEAR


async def begin(marking: Marking) -> None:
    await marking.type("/evidence 1")
    await marking.press("Mark differences")
    await expect(marking.page.get_by_text("will appear in the thread")).to_be_visible()
    await marking.work()
    await marking.press("Mark differences")
    await expect(marking.dialog).to_contain_text("Difference 1")
    for kind in (EvidenceKind.RECEIVED, EvidenceKind.GENUINE):
        shown = marking.photo(kind).locator("img")
        await expect(shown).to_have_js_property("complete", value=True)
        assert await shown.evaluate("image => image.naturalWidth") > 0


async def test_two_differences_by_clicks_are_seen_by_a_second_person(marking: Marking) -> None:
    await begin(marking)
    theirs, ours = (marking.photo(kind) for kind in (EvidenceKind.RECEIVED, EvidenceKind.GENUINE))
    await marking.dialog.get_by_label("What differs?").fill("Logo printed, ours is cast")
    await click(theirs, 0.38, 0.52)
    await click(ours, 0.38, 0.52)
    await expect(marking.dialog.get_by_label("Where on the photo of the seller")).to_have_value(
        "C4"
    )
    await marking.picture("first")
    await marking.dialog.get_by_label("Yes").check()
    await marking.press("Save")
    await expect(marking.dialog).to_contain_text("Difference 2")
    await expect(theirs.locator(".mark:not([hidden])")).to_have_text(["1"])
    await marking.dialog.get_by_label("What differs?").fill("No batch number")
    await click(theirs, 0.1, 0.1)
    await click(ours, 0.8, 0.58)
    await expect(theirs.locator(".mark:not([hidden])")).to_have_text(["1", "2"])
    await marking.picture("second")
    await marking.dialog.get_by_role("button", name="Remove mark").first.click()
    await expect(theirs.locator(".mark:not([hidden])")).to_have_text(["1"])
    await marking.press("Save")
    await expect(marking.page.get_by_text("2 differences saved")).to_be_visible()
    await marking.work()
    (one, two), (none, batch) = await marking.spots()
    assert none is None
    assert near(one, 380, 520) and near(two, 380, 520) and near(batch, 800, 580)  # noqa: PT018
    await _vik_sees_them(marking)


async def _vik_sees_them(marking: Marking) -> None:
    await marking.page.locator(".account summary").click()
    await marking.page.get_by_role("button", name="Vik").click()
    await marking.page.locator("a.thread-link").first.click()
    drawn = marking.page.get_by_alt_text("E-1 and E-2 side by side")
    await expect(drawn).to_be_visible()
    await drawn.scroll_into_view_if_needed()
    await marking.picture("seen")


async def test_the_keyboard_marks_as_well_and_says_the_cell(marking: Marking) -> None:
    await begin(marking)
    theirs = marking.photo(EvidenceKind.RECEIVED)
    await marking.dialog.get_by_label("What differs?").fill("Handle too short")
    await theirs.focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowUp", "Shift+ArrowLeft", "Enter"):
        await theirs.press(key)
    typed = marking.dialog.get_by_label("Where on the photo of the seller")
    await expect(typed).to_have_value("D3")
    await marking.dialog.get_by_label("Where on the photo of the genuine").fill("f6")
    await marking.press("Save")
    await expect(marking.page.get_by_text("Difference saved")).to_be_visible()
    assert await marking.spots() == [(Spot(545, 475), Spot.of_cell("F6"))]


async def test_a_place_that_is_none_keeps_the_marks(marking: Marking) -> None:
    await begin(marking)
    await marking.dialog.get_by_label("What differs?").fill("Handle too short")
    await click(marking.photo(EvidenceKind.RECEIVED), 0.25, 0.75)
    await marking.dialog.get_by_label("Where on the photo of the genuine").fill("G9")
    await marking.press("Save")
    await expect(marking.dialog).to_contain_text("A1 or F6")
    marks = marking.photo(EvidenceKind.RECEIVED).locator(".mark:not([hidden])")
    await expect(marks).to_have_text(["1"])
    await marking.dialog.get_by_label("Where on the photo of the genuine").fill("A1")
    await marking.press("Save")
    await expect(marking.page.get_by_text("Difference saved")).to_be_visible()
    [(theirs, ours)] = await marking.spots()
    assert near(theirs, 250, 750)
    assert ours == Spot.of_cell("A1")
