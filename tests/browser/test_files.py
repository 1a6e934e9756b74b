"""Files are dragged and pasted: into the form that is open, or into a thread as evidence."""

from __future__ import annotations

import base64

import pytest
from playwright.async_api import JSHandle, Page, expect

from bot.core.interactions import Command, Submission
from tests.browser.entering import enter
from tests.files import png
from tests.unit.adapters.web.sample import Running

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

CARRIED = """([text, names]) => {
  const data = new DataTransfer();
  const bytes = Uint8Array.from(atob(text), (each) => each.charCodeAt(0));
  for (const name of names) data.items.add(new File([bytes], name, { type: "image/png" }));
  return data;
}"""
PASTED = """([target, data, words]) => {
  if (words) data.setData("text/plain", words);
  const kind = { clipboardData: data, bubbles: true, cancelable: true };
  return document.querySelector(target).dispatchEvent(new ClipboardEvent("paste", kind));
}"""
CHOSEN = "input => [...input.files].map((file) => file.name)"


async def carried(page: Page, *names: str) -> JSHandle:
    return await page.evaluate_handle(CARRIED, [base64.b64encode(png()).decode(), list(names)])


async def drop(page: Page, target: str, *names: str) -> None:
    data = await carried(page, *names)
    await page.locator(target).first.dispatch_event("dragover", {"dataTransfer": data})
    await expect(page.locator("[data-dropping]")).to_have_count(1)
    await page.locator(target).first.dispatch_event("drop", {"dataTransfer": data})
    await expect(page.locator("[data-dropping]")).to_have_count(0)


async def test_files_dropped_on_a_thread_are_asked_about_and_added(
    site: Running, page: Page
) -> None:
    alert = await site.fill()
    await enter(page, site.link)
    await page.goto(f"{site.url}/threads/{alert.id}")
    await drop(page, ".panel .scroll", "one.png", "two.png")
    dialog = page.get_by_role("dialog", name="What did you see?")
    photos = dialog.get_by_label("Photos")
    assert await photos.evaluate(CHOSEN) == ["one.png", "two.png"]
    asked = site.router.asked[-1]
    assert isinstance(asked, Command)
    assert (asked.name, asked.where.thread) == ("note", alert.id)
    await dialog.get_by_label("In your words").fill("The box")
    await dialog.get_by_role("button", name="Finish").click()
    await expect(page.get_by_role("dialog")).to_have_count(0)
    sent = site.router.asked[-1]
    assert isinstance(sent, Submission)
    assert len(sent.answers["photos"]) == 2


async def test_a_form_takes_files_up_to_its_number_and_says_when_there_are_too_many(
    site: Running, page: Page
) -> None:
    await enter(page, site.link)
    await drop(page, "main .composer", "one.png")
    dialog = page.get_by_role("dialog")
    photos = dialog.get_by_label("Photos")
    await drop(page, "dialog textarea", "two.png", "three.png")
    assert await photos.evaluate(CHOSEN) == ["one.png", "two.png", "three.png"]
    await drop(page, "dialog .upload", "four.png")
    await expect(dialog.locator(".error")).to_contain_text(["", "", "Choose at most 3 files."])
    await expect(photos).to_be_focused()


async def test_a_picture_is_pasted_and_words_stay_words(site: Running, page: Page) -> None:
    await enter(page, site.link)
    table = await carried(page, "cells.png")
    assert await page.evaluate(PASTED, ["#command-channel", table, "1\t2"])
    await expect(page.get_by_role("dialog")).to_have_count(0)
    picture = await carried(page, "image.png")
    assert not await page.evaluate(PASTED, ["#command-channel", picture, ""])
    photos = page.get_by_role("dialog").get_by_label("Photos")
    await expect(photos).to_be_focused()
    assert await photos.evaluate(CHOSEN) == ["image.png"]
    second = await carried(page, "second.png")
    assert not await page.evaluate(PASTED, ["dialog textarea", second, ""])
    assert await photos.evaluate(CHOSEN) == ["image.png", "second.png"]


async def test_a_file_that_misses_its_place_does_not_replace_the_page(
    site: Running, page: Page
) -> None:
    await enter(page, site.link)
    data = await carried(page, "one.png")
    prevented = "(side, data) => side.dispatchEvent(" + (
        "new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }))"
    )
    assert not await page.locator(".sidebar").evaluate(prevented, data)
    await expect(page.get_by_role("dialog")).to_have_count(0)
    assert site.router.asked == []
