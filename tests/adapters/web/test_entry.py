"""Who gets in, and what every answer says to the browser."""

from __future__ import annotations

import pytest
from aiohttp import ClientSession

from adapters.web.app import create_app, serve
from adapters.web.guard import HEADERS, new_token
from tests.adapters.web.sample import Running, Ticking, sample_site


async def test_the_secret_link_lets_in_and_leaves_the_address(
    site: Running, stranger: ClientSession
) -> None:
    async with stranger.get(site.link, allow_redirects=False) as answer:
        assert (answer.status, answer.headers["Location"]) == (303, "/")
        cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    async with stranger.get("/") as answer:
        assert answer.status == 200
        assert "Ana Alder" in await answer.text()


@pytest.mark.parametrize("path", ["/", "/?token=wrong", "/?token=", "/threads/x", "/events"])
async def test_nobody_else_gets_in(stranger: ClientSession, path: str) -> None:
    async with stranger.get(path) as answer:
        assert answer.status == 403
        assert "Open the link printed in the terminal" in await answer.text()


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "[::1]:{port}", "evil.example:{port}"]
)
async def test_other_names_of_this_machine_are_refused(
    site: Running, client: ClientSession, host: str
) -> None:
    port = site.url.rpartition(":")[2]
    async with client.get("/", headers={"Host": host.format(port=port)}) as answer:
        assert answer.status == 421


async def test_localhost_is_this_machine_too(site: Running, client: ClientSession) -> None:
    port = site.url.rpartition(":")[2]
    async with client.get("/", headers={"Host": f"localhost:{port}"}) as answer:
        assert answer.status == 200


@pytest.mark.parametrize(
    ("origin", "fetch_site", "status"),
    [
        ("https://evil.example", "cross-site", 403),
        ("http://127.0.0.1:1", "same-site", 403),
        ("", "", 403),
        ("null", "", 403),
        ("null", "cross-site", 403),
        ("null", "same-origin", 200),
    ],
)
async def test_other_sites_cannot_post(
    site: Running, client: ClientSession, origin: str, fetch_site: str, status: int
) -> None:
    headers = {"Origin": origin, "Sec-Fetch-Site": fetch_site}
    async with client.post("/commands", data={"text": "/status"}, headers=headers) as answer:
        assert answer.status == status
    assert len(site.router.asked) == (status == 200)


@pytest.mark.parametrize("path", ["/", "/nothing", "/static/app.js", "/?token=wrong"])
async def test_every_answer_is_hardened(client: ClientSession, path: str) -> None:
    async with client.get(path) as answer:
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
        policy = answer.headers["Content-Security-Policy"]
    assert "'unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "default-src 'none'" in policy


async def test_the_page_has_nothing_inline(site: Running, client: ClientSession) -> None:
    await site.fill()
    async with client.get("/") as answer:
        text = await answer.text()
    assert " style=" not in text
    assert "<style" not in text
    assert " onclick" not in text
    assert text.count("<script") == text.count("<script src") + text.count('<script type="module"')


async def test_a_person_is_picked(site: Running, client: ClientSession) -> None:
    async with client.post("/persona", data={"persona": "vik"}) as answer:
        assert answer.status == 200
    async with client.post("/commands", data={"text": "/status"}) as answer:
        assert answer.status == 200
    assert [(asked.who.name, asked.role.label) for asked in site.router.asked] == [
        ("Vik", "viewer")
    ]


async def test_nobody_can_be_picked_who_is_not_in_the_team(client: ClientSession) -> None:
    async with client.post("/persona", data={"persona": "eve"}) as answer:
        assert answer.status == 400


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
async def test_somebody_who_left_the_team_chooses_again(
    site: Running, client: ClientSession, accept: str
) -> None:
    port = site.url.rpartition(":")[2]
    client.cookie_jar.update_cookies({f"brandwarden-{port}-persona": "gone"})
    async with client.get("/", headers={"Accept": accept}) as answer:
        assert answer.status == 403
        assert "Choose another one" in await answer.text()
    async with client.post("/persona", data={"persona": "ben"}) as answer:
        assert answer.status == 200


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.0.10", "example.org"])
async def test_it_is_served_on_this_machine_alone(site: Running, host: str) -> None:
    async def keep(content: bytes) -> str:
        return ""

    app = create_app(site.chat, site.router.handle, sample_site(), keep=keep, now=Ticking())
    with pytest.raises(ValueError, match="this machine alone"):
        await serve(app, 0, host)


def test_secrets_are_long_and_differ() -> None:
    assert len({new_token() for _ in range(100)}) == 100
    assert len(new_token()) >= 43
