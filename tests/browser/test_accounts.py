"""Accounts on the page, as two people with two browsers use them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from adapters.simulator import Marketplace, SettableClock, demo_scenario
from tests.browser.conftest import PATIENCE
from tests.browser.entering import enter
from tests.browser.pressing import press
from tests.browser.test_first_run import Clicks, first_run
from tests.browser.test_journey import THIEF, Walk

pytestmark = [pytest.mark.browser, pytest.mark.ci, pytest.mark.asyncio(loop_scope="session")]

THERE = 400.0
"""Seconds of the scenario: the thief is on two products."""
DAY = "November 20, 2026"
_BLANK = re.compile(r"\[[^\]\n]+\]")
"""What a drafted text leaves open."""
_LINK = re.compile(r"http://127\.0\.0\.1:\d+/\?token=\S+")


async def test_a_second_person_signs_in_confirms_and_is_removed(
    tmp_path: Path, page: Page, browser: Browser
) -> None:
    expect.set_options(timeout=PATIENCE)
    market = Marketplace(demo_scenario(), clock=SettableClock(THERE), quota_scale=100)
    async with market, first_run(tmp_path, market) as link:
        await enter(page, link)
        owner = Walk(page)
        await _all_products_are_watched(page)
        invitation = await _an_account_is_made(owner)
        context = await browser.new_context(viewport={"width": 1280, "height": 860})
        context.set_default_timeout(PATIENCE)
        try:
            ben = Walk(await context.new_page())
            await enter(ben.page, invitation)
            await expect(ben.page.locator("details.account summary")).to_contain_text("Ben")
            await _a_report_is_drafted(owner)
            await _ben_confirms_it(ben)
            await _both_names_stand_there(owner)
            await _a_viewer_has_no_live_buttons(owner, ben)
            await _who_is_removed_is_out_at_once(owner, ben)
        finally:
            await context.close()


async def _all_products_are_watched(page: Page) -> None:
    clicks = Clicks(page)
    await clicks.press("Set up Brandwarden", "Watch all products")
    await clicks.press("products", re.compile("^Watch [0-9]+|^Watch$"))


async def _an_account_is_made(owner: Walk) -> str:
    shown = await owner.type("/people add Ben member")
    await expect(shown).to_contain_text("signs one browser in as Ben, member")
    found = _LINK.search(await shown.inner_text())
    assert found
    await expect(owner.channel).to_contain_text("You added Ben to the local page as member.")
    return found[0]


async def _a_report_is_drafted(owner: Walk) -> None:
    # Ben has not done anything yet, so nobody would have to be asked but whoever wrote it.
    await owner.type("/settings confirm two")
    card = owner.cards_of(THIEF).first
    await owner.press(card, "File a report")
    for answer in ("Reviews", "", "We don't know"):
        before = await owner.dialog.inner_text()
        if answer:
            await owner.dialog.get_by_label(answer).check()
        await owner.press(owner.dialog, "Continue")
        await expect(owner.dialog).not_to_have_text(before)
    await owner.dialog.get_by_label("Draft it", exact=True).check()
    await owner.press(owner.dialog, "Continue")
    await expect(owner.dialog).to_have_count(0)
    await owner.cards_of(THIEF).first.locator("a.thread-link").click()
    await press(_report(owner), "Edit text")
    text = owner.dialog.get_by_label("Report text")
    written = await text.input_value()
    await text.fill(_BLANK.sub(DAY, written))
    await owner.press(owner.dialog, "Save")
    await expect(owner.dialog).to_have_count(0)
    await press(_report(owner), "Confirm")
    await expect(owner.page.get_by_role("alert").last).to_contain_text("someone else must")


def _report(walk: Walk) -> Locator:
    heading = walk.page.get_by_role("heading", name=re.compile("R-1 Draft"))
    return walk.thread.locator("li.message:not(.private)").filter(has=heading).last


async def _ben_confirms_it(ben: Walk) -> None:
    await ben.cards_of(THIEF).first.locator("a.thread-link").click()
    await press(_report(ben), "Confirm")
    await expect(ben.thread).to_contain_text("R-1 is ready to file")


async def _both_names_stand_there(owner: Walk) -> None:
    await expect(owner.thread).to_contain_text("You drafted R-1")
    await expect(owner.thread).to_contain_text("Ben confirmed R-1")
    await owner.page.keyboard.press("Escape")


async def _a_viewer_has_no_live_buttons(owner: Walk, ben: Walk) -> None:
    await owner.press(await owner.type("/people"), "1 · Ben")
    await owner.press(owner.channel.locator("li.private").last, "Make viewer")
    await expect(owner.channel).to_contain_text("You changed Ben's role to viewer.")
    await ben.page.reload()
    await expect(ben.page.locator("details.account summary")).to_contain_text("viewer")
    card = ben.cards_of(THIEF).first
    await expect(card).to_contain_text("Only members can work on cases.")
    for name in ("Acknowledge", "File a report", "Close case"):
        await expect(card.get_by_role("button", name=name)).to_have_count(0)


async def _who_is_removed_is_out_at_once(owner: Walk, ben: Walk) -> None:
    await owner.press(owner.channel.locator("li.private").last, "Remove the person")
    await owner.press(owner.dialog, "Remove the person")
    await expect(owner.channel).to_contain_text("You removed Ben from the local page.")
    # His page hears it from the stream, which ends.
    await expect(ben.page.locator(".lost")).to_contain_text("Your session has ended")
    await expect(ben.page.get_by_text("You removed Ben")).to_have_count(0)
    answer = await ben.page.reload()
    assert answer is not None
    assert answer.status == 403
