"""Tables to look through, as the page shows them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from html import escape, unescape
from pathlib import Path

import pytest
from aiohttp import ClientSession

from bot.core.interactions import Click
from tests.unit.adapters.web.browsed import HOSTILE, SampleTables
from tests.unit.adapters.web.conftest import enter, new_client
from tests.unit.adapters.web.sample import Running, running
from tests.unit.adapters.web.test_pages import JSON, text_of


@pytest.fixture
def tables() -> SampleTables:
    return SampleTables()


@pytest.fixture
async def site(tmp_path: Path, tables: SampleTables) -> AsyncIterator[Running]:
    posted: dict[str, str] = {}

    async def find(name: str) -> str:
        return posted.get(name, "")

    async with running(
        tmp_path,
        menu=tables.menu,
        table=tables.table,
        row=tables.row,
        search=tables.search,
        posted=find,
    ) as site:
        posted["C-1"] = (await site.fill()).id
        yield site


@pytest.fixture
async def client(site: Running) -> AsyncIterator[ClientSession]:
    async with new_client(site) as client:
        await enter(site, client)
        yield client


async def test_each_page_leads_to_every_table(client: ClientSession) -> None:
    for path in ("/", "/products", "/products/Oak Board"):
        text = await text_of(client, path)
        assert text.count('href="/products"') >= 2, path
        assert text.count('href="/cases"') == 2, path
    assert 'href="/products" aria-current="page"' in await text_of(client, "/products")


async def test_a_table_asks_what_its_address_says(
    client: ClientSession, tables: SampleTables
) -> None:
    text = await text_of(client, "/products?q=oak&sort=-price&case=open&page=2")
    [asked] = tables.asked
    assert (asked.search, asked.sort, asked.descending, asked.page) == ("oak", "price", True, 2)
    assert asked.filters == {"case": "open"}
    assert 'value="oak"' in text
    assert '<option value="open" selected>' in text
    assert 'aria-sort="descending"' in text


async def test_turning_the_page_keeps_what_was_asked(client: ClientSession) -> None:
    text = unescape(await text_of(client, "/products?sort=-price&case=open&page=2"))
    assert '"/products?case=open&sort=-price"' in text
    assert '"/products?case=open&sort=-price&page=3"' in text


async def test_what_comes_from_outside_is_escaped(client: ClientSession) -> None:
    for path in ("/products", f"/products?q={escape('<img')}"):
        text = await text_of(client, path)
        assert "<img src=x" not in text
    assert escape(HOSTILE) in (await text_of(client, "/products")).replace("&#34;", "&quot;")


async def test_the_script_gets_the_rows_alone(client: ClientSession) -> None:
    async with client.get("/products?q=oak", headers=JSON) as answer:
        told = await answer.json()
    assert told["matching"] == 1
    assert "Oak Board" in told["html"]
    assert "<html" not in told["html"]


async def test_instants_are_shown_in_the_teams_zone(client: ClientSession) -> None:
    text = await text_of(client, "/products")
    assert 'datetime="2026-11-23T09:02:00+00:00"' in text
    assert ">23 Nov 10:02</time>" in text


async def test_a_row_has_a_page_with_its_cards_and_its_history(client: ClientSession) -> None:
    text = await text_of(client, "/products/Oak Board")
    assert '<h1 id="title"><bdi>Oak Board</bdi></h1>' in text
    assert 'href="/products/Oak%20Board/history"' in text
    assert "Price: 24.99 to 19.99" in text
    assert 'href="/messages/C-1"' in text


async def test_a_search_shows_what_each_table_has(client: ClientSession) -> None:
    text = await text_of(client, "/search?q=oak")
    assert 'id="group-products"' in text
    assert "Oak Board" in text
    assert "Walnut" not in text
    assert "group-products" not in await text_of(client, "/search")
    assert "Nothing matches." in await text_of(client, "/search?q=nothing")
    hostile = await text_of(client, "/search?q=%3Cimg+src")
    assert "<img src" not in hostile
    async with client.get("/search?q=oak", headers=JSON) as answer:
        told = await answer.json()
    assert "Oak Board" in told["html"]
    assert "<html" not in told["html"]


async def test_a_message_leads_to_its_thread(site: Running, client: ClientSession) -> None:
    async with client.get("/messages/C-1", allow_redirects=False) as answer:
        assert answer.status == 303
        assert answer.headers["Location"].startswith("/threads/")


@pytest.mark.parametrize(
    "path", ["/nothing", "/products/nothing", "/messages/C-99", "/Products", "/products/a/b"]
)
async def test_what_there_is_not_is_not_found(client: ClientSession, path: str) -> None:
    async with client.get(path) as answer:
        assert answer.status == 404
        assert "Page not found" in await answer.text()


async def test_without_a_session_no_table_is_shown(site: Running, tables: SampleTables) -> None:
    async with new_client(site) as stranger:
        for path in ("/products", "/products/Oak Board", "/messages/C-1", "/search?q=oak"):
            async with stranger.get(path) as answer:
                assert answer.status == 403
    assert tables.asked == []


async def test_chosen_rows_are_pressed_as_one_button(site: Running, client: ClientSession) -> None:
    fields = [("action", "close-cases"), ("row", "00000001"), ("row", "00000002")]
    async with client.post("/products", data=fields, headers=JSON) as answer:
        assert answer.status == 200
    [click] = [each for each in site.router.asked if isinstance(each, Click)]
    assert (click.action, click.ref) == ("close-cases", "00000001/00000002")


async def test_without_a_row_nothing_is_pressed(site: Running, client: ClientSession) -> None:
    async with client.post("/products", data={"action": "close-cases"}, headers=JSON) as answer:
        assert "Select at least one row" in await answer.text()
    assert site.router.asked == []


async def test_a_post_without_the_key_presses_nothing(site: Running, client: ClientSession) -> None:
    fields = {"action": "close-cases", "row": "1", "key": "wrong"}
    client.headers.popall("X-Brandwarden-Key")
    async with client.post("/products", data=fields) as answer:
        assert answer.status == 403
    assert site.router.asked == []
