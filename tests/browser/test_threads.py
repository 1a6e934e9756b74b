"""Threads beside the channel, phones and the dark."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from bot.core.cards import Card
from bot.core.files import Upload
from tests.browser.entering import enter
from tests.files import jpeg
from tests.unit.adapters.web.sample import Running

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_a_thread_opens_and_closes_by_keyboard(site: Running, page: Page) -> None:
    alert = await site.fill()
    await enter(page, site.link)
    link = page.get_by_role("link", name="3 replies")
    await link.focus()
    await page.keyboard.press("Enter")
    panel = page.get_by_role("complementary", name="Thread")
    await expect(panel).to_contain_text("Ben: ordered a test buy")
    await expect(panel.get_by_role("heading", name="Thread")).to_be_focused()
    await expect(page).to_have_url(f"{site.url}/threads/{alert.id}")
    await page.keyboard.press("Escape")
    await expect(panel).to_have_count(0)
    await expect(link).to_be_focused()
    await page.go_back()
    await expect(panel).to_be_visible()
    await page.go_back()
    await expect(panel).to_have_count(0)


async def test_a_thread_is_live_and_has_its_own_command_line(site: Running, page: Page) -> None:
    alert = await site.fill()
    await enter(page, site.link)
    await page.goto(f"{site.url}/threads/{alert.id}")
    panel = page.get_by_role("complementary")
    await site.post(Card(title="News of the case"), "news", alert)
    await expect(panel.get_by_role("article", name="News of the case")).to_be_in_viewport()
    await expect(page.get_by_role("main")).to_contain_text("4 replies")
    await panel.get_by_role("combobox").fill("/tell Said in the thread")
    await panel.get_by_role("combobox").press("Enter")
    await expect(panel.get_by_role("article", name="Said in the thread")).to_have_count(1)
    await expect(page.get_by_role("main").get_by_role("article", name="Said")).to_have_count(0)
    await panel.get_by_role("button", name="Acknowledge").click()
    for place in (panel, page.get_by_role("main")):
        await expect(place).to_contain_text("Acknowledged by Ana Alder")


@pytest.mark.parametrize("path", ["/", "/threads/{id}"])
async def test_a_phone_shows_all_without_scrolling_sideways(
    site: Running, page: Page, path: str
) -> None:
    alert = await site.fill()
    await site.post(Card(title="W" * 150, body="https://" + "w" * 900), "wide")
    await page.set_viewport_size({"width": 390, "height": 844})
    await enter(page, site.link)
    await page.goto(site.url + path.format(id=alert.id))
    await expect(page.get_by_role("article", name="Critical").last).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth") <= 390
    assert await page.evaluate(
        "[...document.querySelectorAll('.scroll')].every((e) => e.scrollWidth <= e.clientWidth)"
    )


async def test_a_thread_covers_a_phone_and_leads_back(site: Running, page: Page) -> None:
    await site.fill()
    await page.set_viewport_size({"width": 390, "height": 844})
    await enter(page, site.link)
    link = page.get_by_role("link", name="3 replies")
    box = await link.bounding_box()
    assert box
    assert box["height"] >= 44
    await link.click()
    panel = page.get_by_role("complementary")
    await expect(panel).to_be_in_viewport()
    await expect(page.locator("main h1")).to_be_hidden()
    await panel.get_by_role("link", name="Back to brand-alerts").click()
    await expect(panel).to_have_count(0)
    await expect(page.locator("main h1")).to_be_visible()


async def ground(page: Page) -> int:
    """Return how bright the page's ground is, from 0 to 255."""
    colour: str = await page.evaluate("getComputedStyle(document.body).backgroundColor")
    return int(colour.removeprefix("rgb(").partition(",")[0])


async def test_it_is_dark_where_the_system_is_and_where_one_wants_it(
    site: Running, page: Page
) -> None:
    await page.emulate_media(color_scheme="dark")
    await enter(page, site.link)
    assert await ground(page) < 60
    await page.locator(".account summary").click()
    await page.get_by_role("button", name="Light").click()
    assert await ground(page) > 200
    await page.reload()
    assert await ground(page) > 200
    await page.emulate_media(color_scheme="light")
    await page.locator(".account summary").click()
    await page.get_by_role("button", name="Dark").click()
    assert await ground(page) < 60
    await page.get_by_role("button", name="System").click()
    assert await ground(page) > 200


async def test_a_picture_is_seen_in_its_thread(site: Running, page: Page) -> None:
    alert = await site.fill()
    content = jpeg()
    site.kept["ab" * 32] = content
    file = Upload("box.jpg", "image/jpeg", len(content), "ab" * 32)
    await site.post(Card(title="Ana added evidence"), "photo", alert, (file,))
    await enter(page, site.link)
    await page.goto(f"{site.url}/threads/{alert.id}")
    image = page.get_by_role("complementary").get_by_role("img", name="box.jpg")
    await image.scroll_into_view_if_needed()
    await expect(image).to_have_js_property("naturalWidth", 8)
