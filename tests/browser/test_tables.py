"""Tables in a real browser: by mouse, by keyboard, on a phone, and for those who do not see."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from bot.core.interactions import Click
from tests.browser.accessible import serious
from tests.browser.entering import enter
from tests.unit.adapters.web.browsed import SampleTables
from tests.unit.adapters.web.sample import Running, running

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

PHONE = {"width": 375, "height": 667}
WIDE = "() => document.documentElement.scrollWidth"


@pytest.fixture
def tables() -> SampleTables:
    return SampleTables()


@pytest_asyncio.fixture(loop_scope="session")
async def site(tmp_path: Path, tables: SampleTables) -> AsyncIterator[Running]:
    async with running(
        tmp_path, menu=tables.menu, table=tables.table, row=tables.row, search=tables.search
    ) as site:
        yield site


async def opened(site: Running, page: Page, path: str = "/products") -> None:
    await enter(page, site.link)
    await page.goto(site.url + path)


async def test_a_search_narrows_the_rows_and_is_in_the_address(site: Running, page: Page) -> None:
    await opened(site, page)
    await page.get_by_role("searchbox").fill("oak")
    await expect(page.get_by_role("status").first).to_have_text("1 of 250 rows")
    await expect(page.get_by_role("row")).to_have_count(2)
    assert page.url.endswith("/products?q=oak&sort=name")
    await expect(page.get_by_role("searchbox")).to_be_focused()
    await page.reload()
    await expect(page.get_by_role("row")).to_have_count(2)


async def test_a_head_sorts_by_keyboard_and_keeps_the_focus(
    site: Running, page: Page, tables: SampleTables
) -> None:
    await opened(site, page)
    head = page.get_by_role("columnheader", name="Product")
    await head.get_by_role("link").focus()
    await page.keyboard.press("Enter")
    await expect(head).to_have_attribute("aria-sort", "descending")
    await expect(head.get_by_role("link")).to_be_focused()
    assert tables.asked[-1].descending
    await page.get_by_label("Case").select_option("open")
    await expect(page.get_by_role("columnheader", name="Product")).to_be_visible()
    assert (tables.asked[-1].descending, tables.asked[-1].filters) == (True, {"case": "open"})


async def test_going_back_shows_what_was_asked_before(site: Running, page: Page) -> None:
    await opened(site, page)
    await page.get_by_role("searchbox").fill("oak")
    await expect(page.get_by_role("row")).to_have_count(2)
    await page.go_back()
    await expect(page.get_by_role("row")).to_have_count(4)


async def test_going_back_leaves_a_search_at_once_however_slowly_it_was_typed(
    site: Running, page: Page
) -> None:
    await opened(site, page)
    box = page.get_by_role("searchbox")
    for typed in ("o", "oa", "oak"):
        await box.fill(typed)
        await expect(page).to_have_url(f"{site.url}/products?q={typed}&sort=name")
    await page.get_by_label("Case").select_option("open")
    await expect(page).to_have_url(f"{site.url}/products?q=oak&case=open&sort=name")
    await page.go_back()
    await expect(page).to_have_url(f"{site.url}/products?q=oak&sort=name")
    await page.go_back()
    await expect(page).to_have_url(f"{site.url}/products")


async def test_chosen_rows_open_one_form(site: Running, page: Page) -> None:
    await opened(site, page)
    await page.get_by_label("Select all rows on this page").check()
    await page.get_by_label("Select Oak Board").uncheck()
    await page.get_by_role("button", name="Close", exact=True).click()
    await expect(page.locator(".notices")).to_contain_text("You pressed close-cases")
    [click] = [each for each in site.router.asked if isinstance(each, Click)]
    assert click.ref.count("/") == 1


async def test_a_form_opens_over_the_rows_and_closes(site: Running, page: Page) -> None:
    await opened(site, page, "/products/Oak Board")
    await page.get_by_role("button", name="Acknowledge").click()
    await expect(page.get_by_role("button", name="Acknowledge")).not_to_have_attribute(
        "aria-busy", "true"
    )


async def test_a_search_over_all_tables_follows_the_keys(site: Running, page: Page) -> None:
    await opened(site, page, "/search")
    await expect(page.get_by_role("searchbox")).to_be_focused()
    await page.keyboard.type("oak")
    await expect(page.get_by_role("heading", name="Products 1")).to_be_visible()
    assert page.url.endswith("/search?q=oak")


async def test_the_menu_of_a_card_opens_on_the_page_about_a_row(site: Running, page: Page) -> None:
    await opened(site, page, "/products/Oak Board")
    await page.locator("summary", has_text="More").click()
    await expect(page.get_by_role("button", name="Snooze")).to_be_visible()


async def test_without_script_all_of_it_works(site: Running, browser: Browser) -> None:
    context = await browser.new_context(java_script_enabled=False)
    page = await context.new_page()
    await opened(site, page)
    await page.get_by_role("searchbox").fill("oak")
    await page.get_by_role("button", name="Apply").click()
    await expect(page.get_by_role("row")).to_have_count(2)
    await page.get_by_label("Select Oak Board").check()
    await page.get_by_role("button", name="Close", exact=True).click()
    await expect(page.locator("body")).to_contain_text("You pressed close-cases")
    await context.close()


@pytest.mark.parametrize(
    "path", ["/products", "/products/Oak Board", "/products?q=oak", "/search?q=oak", "/"]
)
async def test_nothing_is_wider_than_a_phone(site: Running, page: Page, path: str) -> None:
    await page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    await opened(site, page, path)
    assert await page.evaluate(WIDE) == PHONE["width"]


@pytest.mark.parametrize(
    "path", ["/products", "/products/Oak Board", "/products?q=nothing", "/search?q=oak", "/"]
)
@pytest.mark.parametrize("width", [375, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing_serious(
    site: Running, page: Page, path: str, width: int, scheme: str
) -> None:
    await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    await page.set_viewport_size({"width": width, "height": 800})
    await opened(site, page, path)
    assert await serious(page) == []
