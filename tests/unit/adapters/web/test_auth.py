"""Who gets in, and what every answer says to the browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from aiohttp import ClientSession
from msgspec import structs

from adapters.web.auth import KEY_HEADER, is_session, new_session, new_token
from adapters.web.connection import create_app, serve
from adapters.web.policy import HEADERS
from bot.core.files import Upload
from tests.unit.adapters.web.conftest import new_client
from tests.unit.adapters.web.posting import form, raw
from tests.unit.adapters.web.sample import (
    TOKEN,
    Running,
    Ticking,
    gateway_of,
    running,
    sample_site,
)

OTHER = f"a.{'0' * 64}"


async def test_the_secret_link_lets_in_and_leaves_the_address(
    site: Running, stranger: ClientSession
) -> None:
    async with stranger.get(site.link, allow_redirects=False) as answer:
        assert (answer.status, answer.headers["Location"]) == (303, "/")
        cookie = answer.headers["Set-Cookie"]
    assert TOKEN not in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    async with stranger.get("/") as answer:
        assert answer.status == 200
        assert "Ana Alder" in await answer.text()


@pytest.mark.parametrize(
    "path", ["/", "/?token=wrong", "/?token=", "/threads/x", "/events", "/files/x/1"]
)
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
    async with client.post("/commands", data={"text": "/health"}, headers=headers) as answer:
        assert answer.status == status
    assert len(site.router.asked) == (status == 200)


async def test_every_link_opening_gets_a_cookie_of_its_own(
    site: Running, stranger: ClientSession
) -> None:
    cookies = set()
    for _ in range(3):
        async with stranger.get(site.link, allow_redirects=False) as answer:
            cookies.add(answer.headers["Set-Cookie"])
    assert len(cookies) == 3


@pytest.mark.parametrize("value", [TOKEN, "", ".", "a.b", OTHER, "a\udcff", "é"])
async def test_a_cookie_that_was_not_given_out_opens_nothing(site: Running, value: str) -> None:
    port = int(site.url.rpartition(":")[2])
    head = f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: brandwarden-{port}={value}\r\n\r\n"
    assert (await raw(port, head.encode(errors="surrogateescape"))).startswith(b"HTTP/1.1 403")


@pytest.mark.parametrize("path", ["/commands", "/clicks", "/persona", "/submissions"])
@pytest.mark.parametrize("key", ["", "wrong"])
async def test_the_cookie_alone_changes_nothing(
    site: Running, client: ClientSession, path: str, key: str
) -> None:
    client.headers[KEY_HEADER] = key
    data = form({"text": "/health"}) if path == "/submissions" else {"text": "/health"}
    async with client.post(path, data=data) as answer:
        assert answer.status == 403
    assert site.router.asked == []


async def test_a_form_without_script_brings_the_key_as_a_field(
    site: Running, client: ClientSession
) -> None:
    await site.fill()
    key = client.headers.pop(KEY_HEADER)
    for path in ("/", f"/threads/{(await site.fill()).id}"):
        async with client.get(path) as answer:
            text = await answer.text()
        assert text.count(f'name="key" value="{key}"') == text.count('method="post"')
    async with client.post("/commands", data={"text": "/health", "key": key}) as answer:
        assert answer.status == 200


@pytest.mark.parametrize("simulated", [True, False])
async def test_pictures_of_this_machine_are_shown_in_a_simulation_alone(
    tmp_path: Path, simulated: bool
) -> None:
    sample = structs.replace(sample_site(), simulated=simulated)
    async with (
        running(tmp_path, site=sample) as site,
        new_client(site) as client,
        client.get("/") as answer,
    ):
        policy = answer.headers["Content-Security-Policy"]
    assert ("127.0.0.1" in policy) == simulated


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
    async with client.post("/commands", data={"text": "/health"}) as answer:
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
    async def take_in(name: str, content: bytes) -> Upload:
        return Upload(name, "", 0, "")

    async def read(content: str) -> bytes:
        return b""

    handle = gateway_of(site.router).handle
    app = create_app(site.chat, handle, sample_site(), take_in=take_in, read=read, now=Ticking())
    with pytest.raises(ValueError, match="this machine alone"):
        await serve(app, 0, host)


def test_secrets_are_long_and_differ() -> None:
    assert len({new_token() for _ in range(100)}) == 100
    assert len(new_token()) >= 43


def test_a_session_belongs_to_one_link() -> None:
    assert is_session("one", new_session("one"))
    assert not is_session("one", new_session("another"))


async def test_the_page_says_what_is_wrong_with_the_whole_of_it(tmp_path: Path) -> None:
    wrong = "Nothing can be recorded: <the disk> takes no changes"
    said = [wrong]
    sample = structs.replace(sample_site(), trouble=lambda: said[0])
    async with running(tmp_path, site=sample) as site, new_client(site) as client:
        shown = await (await client.get(site.link)).text()
        assert '<p class="trouble" role="alert">Nothing can be recorded: &lt;the disk&gt;' in shown
        said[0] = ""
        shown = await (await client.get("/")).text()
        assert '<p class="trouble" role="alert" hidden></p>' in shown
