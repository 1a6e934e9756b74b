"""Forms: what is wrong, what comes next, and where the focus goes."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, expect

from bot.core.interactions import Submission
from tests.browser.entering import enter
from tests.files import png
from tests.unit.adapters.web.sample import Running

TOO_LARGE = {
    "replies": [
        {
            "kind": "notice",
            "html": '<div class="notice tone-warning" role="alert"><p>That is too large</p></div>',
        }
    ]
}

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def open_form(site: Running, page: Page) -> Locator:
    await site.fill()
    await enter(page, site.link)
    await page.get_by_role("article", name="Critical").get_by_role("button", name="Close").click()
    return page.get_by_role("dialog", name="Report this seller")


async def answer_first(page: Page) -> Locator:
    await page.get_by_role("radio", name="counterfeit").check()
    await page.get_by_label("Number of the test buy").fill("111-1234567-1234567")
    await page.keyboard.press("Enter")
    return page.get_by_role("dialog", name="What did you see?")


async def test_what_is_missing_is_said_before_anything_is_sent(site: Running, page: Page) -> None:
    dialog = await open_form(site, page)
    await expect(dialog).to_contain_text("Step 1 of 2")
    await expect(dialog.get_by_role("radio").first).to_be_focused()
    await dialog.get_by_role("button", name="Continue").click()
    await expect(dialog).to_contain_text("Choose an option.")
    await expect(dialog.get_by_role("radio").first).to_be_focused()
    assert len(site.router.asked) == 1


async def test_what_is_wrong_stands_beside_its_input(site: Running, page: Page) -> None:
    dialog = await open_form(site, page)
    await dialog.get_by_role("radio", name="counterfeit").check()
    order = dialog.get_by_label("Number of the test buy")
    await order.fill("nonsense")
    await page.keyboard.press("Enter")
    await expect(order).to_have_accessible_description(
        "As in 111-1234567-1234567 That is no order number: it begins with 111."
    )
    await expect(order).to_be_focused()
    await expect(order).to_have_value("nonsense")
    await expect(dialog.get_by_role("radio", name="counterfeit")).to_be_checked()


async def test_a_wizard_is_walked_through(site: Running, page: Page, tmp_path: Path) -> None:
    photo = tmp_path / "photo.png"
    photo.write_bytes(png())
    await open_form(site, page)
    dialog = await answer_first(page)
    await expect(dialog).to_contain_text("Step 2 of 2")
    await dialog.get_by_role("checkbox", name="The label differs").check()
    await dialog.get_by_label("In your words").fill("One\ntwo")
    await dialog.get_by_label("Photos").set_input_files(photo)
    await dialog.get_by_role("button", name="Finish").click()
    await expect(page.get_by_role("dialog")).to_have_count(0)
    asked = site.router.asked[-1]
    assert isinstance(asked, Submission)
    assert asked.answers["signs"] == ("label",)
    assert asked.answers["story"] == "One\ntwo"
    assert list(site.kept.values()) == [png()]


async def test_a_file_that_is_too_large_is_not_sent(
    site: Running, page: Page, tmp_path: Path
) -> None:
    large = tmp_path / "large.png"
    large.write_bytes(b"x" * 10_000_001)
    await open_form(site, page)
    dialog = await answer_first(page)
    await dialog.get_by_label("In your words").fill("x")
    await dialog.get_by_label("Photos").set_input_files(large)
    asked = len(site.router.asked)
    await dialog.get_by_role("button", name="Finish").click()
    await expect(dialog).to_contain_text("large.png is larger than 10 MB.")
    assert len(site.router.asked) == asked


async def test_a_form_is_left_by_escape_and_the_focus_returns(site: Running, page: Page) -> None:
    await site.fill()
    await enter(page, site.link)
    button = page.get_by_role("article", name="Critical").get_by_role("button", name="Close")
    await button.click()
    await expect(page.get_by_role("dialog")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(button).to_be_focused()


async def test_a_mistake_far_up_is_brought_into_sight_and_said(site: Running, page: Page) -> None:
    await page.set_viewport_size({"width": 1000, "height": 430})
    dialog = await open_form(site, page)
    await dialog.get_by_role("radio", name="counterfeit").check()
    await dialog.get_by_label("Number of the test buy").fill("nonsense")
    await dialog.get_by_label("Bought on").focus()
    await dialog.get_by_role("button", name="Continue").click()
    error = dialog.locator(".error", has_text="it begins with 111")
    await expect(error).to_be_in_viewport(ratio=1)
    await expect(dialog.get_by_label("Number of the test buy")).to_be_focused()
    await expect(dialog.locator("[aria-live=assertive]")).to_have_text(
        "That is no order number: it begins with 111."
    )


async def test_what_is_missing_is_said_though_the_focus_does_not_move(
    site: Running, page: Page
) -> None:
    dialog = await open_form(site, page)
    await page.keyboard.press("Enter")
    await expect(dialog.locator("[aria-live=assertive]")).to_have_text(
        "Choose an option. Fill this in."
    )


async def test_a_file_that_is_refused_is_complained_of_below_its_field(
    site: Running, page: Page, tmp_path: Path
) -> None:
    strange = tmp_path / "strange.png"
    strange.write_bytes(b"MZ nothing that is known")
    await page.set_viewport_size({"width": 1000, "height": 430})
    await open_form(site, page)
    dialog = await answer_first(page)
    await dialog.get_by_label("In your words").fill("x")
    photos = dialog.get_by_label("Photos")
    await photos.set_input_files(strange)
    await dialog.get_by_label("In your words").focus()
    await dialog.get_by_role("button", name="Finish").click()
    error = dialog.locator(".error", has_text="strange.png")
    await expect(error).to_be_in_viewport(ratio=1)
    await expect(photos).to_be_focused()
    await expect(dialog.locator(".notice")).to_have_count(0)
    empty = await dialog.get_by_label("In your words").bounding_box()
    assert empty
    assert 80 < empty["height"] < 140
    await photos.set_input_files([])
    await dialog.get_by_label("In your words").fill("long\n" * 60)
    written = await dialog.get_by_label("In your words").bounding_box()
    assert written
    assert written["height"] < 330


async def test_a_notice_in_a_form_is_in_sight_wherever_one_is_in_it(
    site: Running, page: Page
) -> None:
    await page.set_viewport_size({"width": 1000, "height": 430})
    dialog = await open_form(site, page)
    await dialog.get_by_role("radio", name="counterfeit").check()
    await dialog.get_by_label("Number of the test buy").fill("111")
    await page.route("**/submissions", lambda route: route.fulfill(status=413, json=TOO_LARGE))
    await page.keyboard.press("Enter")
    await expect(dialog.get_by_text("That is too large")).to_be_in_viewport(ratio=1)


async def test_back_leads_to_the_step_before_without_asking_for_what_is_missing(
    site: Running, page: Page
) -> None:
    first = await open_form(site, page)
    await expect(first.get_by_role("button", name="Back")).to_have_count(0)
    second = await answer_first(page)
    await second.get_by_label("In your words").fill("Half a st")
    await second.get_by_role("button", name="Back").click()
    first = page.get_by_role("dialog", name="Report this seller")
    await expect(first.get_by_label("Number of the test buy")).to_have_value("111-1234567-1234567")
    asked = site.router.asked[-1]
    assert isinstance(asked, Submission)
    assert asked.back
    assert asked.answers["story"] == "Half a st"
    await first.get_by_role("button", name="Continue").click()
    await second.get_by_label("In your words").press("Enter")
    await second.get_by_role("checkbox", name="The label differs").press("Enter")
    await expect(second).to_contain_text("Choose a file.")
