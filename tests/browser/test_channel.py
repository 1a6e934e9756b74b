"""The channel as people use it: what appears, what they type, what they press."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, Route, expect

from bot.core.cards import Card
from bot.core.interactions import Command
from tests.browser.entering import enter
from tests.unit.adapters.web.sample import Running, running

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

COMMAND = "#command-channel"

GROWING = """async () => {
  const scroll = document.querySelector("main .scroll");
  const last = [...scroll.querySelectorAll(".message")].at(-1);
  for (let turn = 1; turn <= 80; turn += 1) {
    last.style.paddingBottom = `${turn * 120}px`;
    await new Promise((done) => setTimeout(done, turn % 7));
    if (turn % 3 === 0) await new Promise(requestAnimationFrame);
  }
  await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
  return scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight;
}"""
"""Let the last message grow many times, before and between what the browser tells of it."""


async def test_a_card_appears_while_one_looks_and_is_announced(site: Running, page: Page) -> None:
    await enter(page, site.link)
    await expect(page.get_by_text("Nothing has happened yet")).to_be_visible()
    await site.fill()
    card = page.get_by_role("article", name="Critical: Unknown seller on Walnut Salad Bowl")
    await expect(card).to_be_in_viewport()
    await expect(page.get_by_text("Nothing has happened yet")).to_be_hidden()
    await expect(page.get_by_role("link", name="3 replies")).to_be_visible()
    await expect(page.locator("#announcer")).to_contain_text("Critical: Unknown seller")
    await expect(page.locator(".day")).to_have_count(1)


async def test_a_command_is_completed_by_keyboard(site: Running, page: Page) -> None:
    await enter(page, site.link)
    await page.keyboard.press("/")
    field = page.get_by_role("combobox")
    await expect(field).to_be_focused()
    await expect(page.get_by_role("option")).to_have_count(5)
    await page.keyboard.type("c")
    await expect(page.get_by_role("option")).to_have_count(2)
    await page.keyboard.press("ArrowDown")
    chosen = page.get_by_role("option", selected=True)
    await expect(chosen).to_contain_text("/case <number>")
    await expect(field).to_have_attribute(
        "aria-activedescendant", await chosen.get_attribute("id") or ""
    )
    await page.keyboard.press("Tab")
    await expect(field).to_have_value("/case ")
    await expect(field).to_be_focused()
    await expect(page.get_by_role("listbox")).to_be_hidden()
    await expect(page.locator("#usage-channel")).to_contain_text("Show one case")


async def test_escape_closes_the_list_and_clicking_chooses(site: Running, page: Page) -> None:
    await enter(page, site.link)
    field = page.get_by_role("combobox")
    await field.press_sequentially("/h")
    await field.press("Escape")
    await expect(page.get_by_role("listbox")).to_be_hidden()
    await field.press_sequentially("ea")
    await page.get_by_role("option", name="/health").click()
    await expect(field).to_have_value("/health ")


@pytest.mark.parametrize("typed", ["/health", "/Health"])
async def test_one_enter_sends_a_command_that_is_typed_whole(
    site: Running, page: Page, typed: str
) -> None:
    await enter(page, site.link)
    field = page.get_by_role("combobox")
    await field.press_sequentially(typed)
    await expect(page.get_by_role("listbox")).to_be_visible()
    await field.press("Enter")
    answer = page.get_by_role("listitem").filter(has_text="Only visible to you")
    await expect(answer).to_contain_text("All 6 products are read")
    await expect(page.get_by_role("listbox")).to_be_hidden()
    await field.press_sequentially(typed[:-1])
    await field.press("Enter")
    await expect(field).to_have_value("/health ")


async def test_of_commands_that_begin_alike_the_one_typed_whole_is_chosen(
    site: Running, page: Page
) -> None:
    await enter(page, site.link)
    field = page.get_by_role("combobox")
    await field.press_sequentially("/case")
    chosen = page.get_by_role("option", selected=True)
    await expect(chosen).to_contain_text("/case <number>")
    await field.press("ArrowUp")
    await expect(chosen).to_contain_text("/cases")
    await field.press("Enter")
    await expect(field).to_have_value("/cases ")


async def test_a_command_is_answered_and_can_be_repeated(site: Running, page: Page) -> None:
    await enter(page, site.link)
    field = page.get_by_role("combobox")
    await field.fill("/health now")
    await field.press("Enter")
    answer = page.get_by_role("listitem").filter(has_text="Only visible to you")
    await expect(answer).to_contain_text("All 6 products are read")
    await expect(field).to_have_value("")
    await field.press("ArrowUp")
    await expect(field).to_have_value("/health now")
    await field.press("ArrowDown")
    await expect(field).to_have_value("")
    await answer.get_by_role("button", name="More").click()
    await expect(answer).to_contain_text("Page 2")
    await answer.get_by_role("button", name="Dismiss").click()
    await expect(answer).to_have_count(0)


async def test_a_mistake_is_explained_until_one_dismisses_it(site: Running, page: Page) -> None:
    await enter(page, site.link)
    await page.fill(COMMAND, "/dance")
    await page.press(COMMAND, "Escape")
    await page.press(COMMAND, "Enter")
    alert = page.get_by_role("alert")
    await expect(alert).to_contain_text("Unknown command '/dance'")
    await alert.get_by_role("button", name="Dismiss").click()
    await expect(alert).to_have_count(0)


async def test_a_mistake_is_over_once_the_same_thing_is_asked_rightly(
    site: Running, page: Page
) -> None:
    await enter(page, site.link)
    for typed in ("/dance", "/health", "/dance on"):
        await page.fill(COMMAND, typed)
        await page.press(COMMAND, "Escape")
        await page.press(COMMAND, "Enter")
        await expect(page.get_by_role("alert")).to_have_count(1)
        await expect(page.get_by_role("alert")).to_contain_text("Unknown command '/dance'")
    await page.route("**/commands", lambda route: route.fulfill(json={"replies": []}))
    await page.fill(COMMAND, "/dance rightly")
    await page.press(COMMAND, "Enter")
    await expect(page.get_by_role("alert")).to_have_count(0)


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("It is over.", "New message. Information: It is over."),
        ("It goes on", "New message. Information: It goes on."),
        ("It is cut off…", "New message. Information: It is cut off…"),
        ("是谁？", "New message. Information: 是谁？"),
    ],
)
async def test_what_is_announced_ends_once(
    site: Running, page: Page, title: str, said: str
) -> None:
    await enter(page, site.link)
    await site.post(Card(title=title), "one")
    await expect(page.locator("#announcer span")).to_have_text(said)


async def test_the_pill_covers_no_notice(site: Running, page: Page) -> None:
    for number in range(20):
        await site.post(Card(title=f"Number {number}", body="wide\n" * 5), str(number))
    await enter(page, site.link)
    await page.get_by_role("article", name="Number 3").scroll_into_view_if_needed()
    for typed in ("/dance", "/sing"):
        await page.fill(COMMAND, typed)
        await page.press(COMMAND, "Escape")
        await page.press(COMMAND, "Enter")
    await expect(page.get_by_role("alert")).to_have_count(2)
    await page.get_by_role("article", name="Number 3").scroll_into_view_if_needed()
    await site.post(Card(title="Number 20"), "20")
    pill = await page.get_by_role("button", name="New messages").bounding_box()
    notice = await page.get_by_role("alert").first.bounding_box()
    scroll = await page.locator("main .scroll").bounding_box()
    assert pill
    assert notice
    assert scroll
    assert pill["y"] + pill["height"] <= scroll["y"] + scroll["height"] <= notice["y"]


async def test_who_is_at_the_end_stays_there_however_often_it_moves(
    site: Running, page: Page
) -> None:
    for number in range(8):
        await site.post(Card(title=f"Number {number}", body="wide\n" * 5), str(number))
    await enter(page, site.link)
    await expect(page.get_by_role("article", name="Number 7")).to_be_in_viewport()
    away = await page.evaluate(GROWING)
    assert away <= 1
    await site.post(Card(title="Number 8"), "8")
    await expect(page.get_by_role("article", name="Number 8")).to_be_in_viewport()


async def test_a_pressed_button_changes_the_card_and_keeps_the_place(
    site: Running, page: Page
) -> None:
    await site.fill()
    await enter(page, site.link)
    card = page.get_by_role("article", name="Critical: Unknown seller")
    await card.get_by_role("button", name="Acknowledge").focus()
    await page.keyboard.press("Enter")
    await expect(card).to_contain_text("Acknowledged by Ana Alder")
    await expect(card.get_by_role("button", name="Acknowledge")).to_have_count(0)
    await expect(card).to_be_focused()


async def test_a_lost_post_is_sent_again_and_happens_once(site: Running, page: Page) -> None:
    await enter(page, site.link)
    bodies: list[str] = []

    async def lose(route: Route) -> None:
        bodies.append(route.request.post_data or "")
        if len(bodies) == 1:
            await route.abort()
        elif len(bodies) == 2:
            await route.fetch()
            await route.abort()
        else:
            await route.continue_()

    await page.route("**/commands", lose)
    await page.fill(COMMAND, "/tell Hello")
    await page.press(COMMAND, "Enter")
    await expect(page.get_by_text("Connection lost")).to_be_visible()
    await expect(page.get_by_role("article", name="Hello")).to_have_count(1)
    await expect(page.get_by_text("Connection lost")).to_be_hidden()
    assert len(bodies) == 3
    assert len(set(bodies)) == 1
    assert [asked.text for asked in site.router.asked if isinstance(asked, Command)] == ["Hello"]


async def test_a_reader_of_old_messages_is_not_moved(site: Running, page: Page) -> None:
    for number in range(20):
        await site.post(Card(title=f"Number {number}", body="wide\n" * 5), str(number))
    await enter(page, site.link)
    await expect(page.get_by_role("article", name="Number 19")).to_be_in_viewport()
    await page.get_by_role("article", name="Number 3").scroll_into_view_if_needed()
    await site.post(Card(title="Number 20"), "20")
    pill = page.get_by_role("button", name="New messages")
    await expect(pill).to_be_visible()
    await expect(page.get_by_role("article", name="Number 20")).not_to_be_in_viewport()
    await pill.click()
    await expect(page.get_by_role("article", name="Number 20")).to_be_in_viewport()
    await expect(pill).to_be_hidden()


async def test_a_restart_is_noticed_and_survived(tmp_path: Path, page: Page) -> None:
    lost = page.get_by_text("Connection lost. Reconnecting")
    async with running(tmp_path / "data") as before:
        await before.post(Card(title="Before"), "before")
        await enter(page, before.link)
        port = int(before.url.rpartition(":")[2])
    await expect(lost).to_be_visible()
    async with running(tmp_path / "data", port=port) as after:
        await after.post(Card(title="After"), "after")
        await expect(lost).to_be_hidden()
        await expect(page.get_by_role("article", name="After")).to_have_count(1)
        await expect(page.get_by_role("article", name="Before")).to_have_count(1)
        await after.post(Card(title="Later"), "later")
        await expect(page.get_by_role("article", name="Later")).to_have_count(1)


async def test_another_person_acts(site: Running, page: Page) -> None:
    await site.fill()
    await enter(page, site.link)
    await page.locator(".account summary").click()
    await page.get_by_role("button", name="Ben member").click()
    await expect(page.locator(".account summary")).to_contain_text("Ben")
    await page.get_by_role("button", name="Acknowledge").click()
    await expect(page.get_by_role("main")).to_contain_text("State\nAcknowledged by Ben")


async def test_without_script_one_can_still_work(site: Running, browser: Browser) -> None:
    await site.fill()
    context = await browser.new_context(java_script_enabled=False)
    page = await context.new_page()
    await enter(page, site.link)
    await page.fill(COMMAND, "/health")
    await page.press(COMMAND, "Enter")
    assert "All 6 products are read" in await page.content()
    await page.get_by_role("link", name="Back to the channel").click()
    await page.get_by_role("link", name="3 replies").click()
    assert "Ben: ordered a test buy" in await page.content()
    await page.locator(".panel").get_by_role("button", name="Acknowledge").click()
    assert "Acknowledged by Ana Alder" in await page.content()
    await context.close()
