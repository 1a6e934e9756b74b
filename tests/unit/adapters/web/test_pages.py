"""What the page shows of the channel and its threads."""

from __future__ import annotations

import re

from aiohttp import ClientSession

from adapters.web.statics import STATIC
from bot.core.cards import Card
from tests.unit.adapters.web.sample import Running

JSON = {"Accept": "application/json"}


async def text_of(client: ClientSession, path: str) -> str:
    async with client.get(path) as answer:
        assert answer.status == 200
        return await answer.text()


def titles(text: str) -> list[str]:
    return re.findall(r"<h3>.*?<bdi>(.*?)</bdi>", text)


async def test_an_empty_channel_says_what_will_appear_and_what_to_type(
    client: ClientSession,
) -> None:
    text = await text_of(client, "/")
    assert "the alert appears here" in text
    assert "/watch" in text
    assert titles(text) == []


async def test_the_channel_shows_its_cards_and_their_threads(
    site: Running, client: ClientSession
) -> None:
    await site.fill()
    text = await text_of(client, "/")
    assert titles(text)[-1] == "Unknown seller on Walnut Salad Bowl"
    assert "3 replies" in text
    assert "Monday, 23 November 2026" in text
    assert text.count("Simulated marketplace") == 4
    assert "Ben: ordered a test buy" not in text


async def test_times_are_those_of_the_team(site: Running, client: ClientSession) -> None:
    await site.fill()
    text = await text_of(client, "/")
    assert re.search(r'<time datetime="2026-11-23T09:04:00\+00:00"[^>]*>10:04</time>', text)
    assert "10:04 CET" in text


async def test_a_thread_is_a_page_of_its_own(site: Running, client: ClientSession) -> None:
    alert = await site.fill()
    text = await text_of(client, f"/threads/{alert.id}")
    assert titles(text)[-3:] == [
        "Case opened: unknown seller",
        "The Buy Box moved to QuickShip Deals 24",
        "Ben: ordered a test buy",
    ]
    assert 'href="/"' in text
    assert "Command for this thread" in text


async def test_the_script_gets_the_thread_alone(site: Running, client: ClientSession) -> None:
    alert = await site.fill()
    async with client.get(f"/threads/{alert.id}", headers=JSON) as answer:
        html = (await answer.json())["html"]
    assert html.strip().startswith("<aside")
    assert html.strip().endswith("</aside>")


async def test_an_unknown_thread_or_a_reply_is_no_thread(
    site: Running, client: ClientSession
) -> None:
    alert = await site.fill()
    [reply, *_] = await site.chat.replies(alert.id, limit=1)
    for id in ("nowhere", reply.id):
        async with client.get(f"/threads/{id}") as answer:
            assert answer.status == 404
            assert "Go back to the channel" in await answer.text()


async def test_long_channels_come_in_pages(site: Running, client: ClientSession) -> None:
    for number in range(120):
        await site.post(Card(title=f"Number {number}"), str(number))
    seen: list[str] = []
    text = ""
    path = "/"
    while path:
        text = await text_of(client, path)
        seen = titles(text) + seen
        earlier = re.search(r'href="(/\?before=\d+)"', text)
        path = earlier[1] if earlier else ""
        assert len(titles(text)) <= 50
    assert seen == [f"Number {number}" for number in range(120)]
    assert "Back to the newest messages" in text


async def test_long_threads_come_in_pages(site: Running, client: ClientSession) -> None:
    first = await site.post(Card(title="First"), "first")
    for number in range(60):
        await site.post(Card(title=f"Number {number}"), str(number), first)
    text = await text_of(client, f"/threads/{first.id}")
    assert titles(text)[-1] == "Number 59"
    assert "Number 9<" not in text
    earlier = re.search(rf'href="(/threads/{first.id}\?before=\d+)"', text)
    assert earlier
    assert "Number 9<" in await text_of(client, earlier[1])


async def test_static_files_need_no_secret_and_nothing_else_is_there(
    stranger: ClientSession,
) -> None:
    async with stranger.get(f"{STATIC}/base.css") as answer:
        assert answer.status == 200
        assert answer.headers["Cache-Control"] == "max-age=31536000, immutable"
    for path in ("../app.py", "%2e%2e/app.py", "", "nothing"):
        async with stranger.get(f"{STATIC}/{path}") as answer:
            assert answer.status in (403, 404)
            assert answer.headers["Cache-Control"] == "no-store"
