"""Who gets in, and what every answer says to the browser."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import ClientSession
from structlog.testing import capture_logs
from yarl import URL

from adapters.web import auth
from adapters.web.auth import KEY_HEADER
from adapters.web.connection import create_app, serve
from adapters.web.policy import HEADERS
from adapters.web.site import Limits
from adapters.web.statics import STATIC
from bot.core.page_links import MOST, PageLinks, digest_of
from bot.core.page_sessions import end_sessions, open_sessions
from bot.core.permissions import Person, Role
from bot.errors import DiskFull
from tests.patience import PATIENCE
from tests.unit.adapters.web.conftest import enter, new_client, token_of
from tests.unit.adapters.web.content import PEOPLE
from tests.unit.adapters.web.posting import form, raw
from tests.unit.adapters.web.sample import (
    TOKEN,
    Running,
    Ticking,
    gateway_of,
    running,
    sample_site,
)

TEN_MINUTES = 600


async def test_a_link_shows_a_button_whose_press_lets_in_once(
    site: Running, stranger: ClientSession
) -> None:
    token = token_of(site.link)
    for _ in range(3):
        # What looks at links beforehand uses nothing up.
        async with stranger.get(f"/?token={token}") as answer:
            assert (answer.status, "Set-Cookie" in answer.headers) == (200, False)
            assert f'name="token" value="{token}"' in await answer.text()
        async with stranger.head(f"/?token={token}") as answer:
            assert answer.status == 200
    form = {"token": token}
    async with stranger.post("/enter", data=form, allow_redirects=False) as answer:
        assert (answer.status, answer.headers["Location"]) == (303, "/")
        cookie = answer.headers["Set-Cookie"]
    assert token not in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    async with stranger.get("/") as answer:
        assert answer.status == 200
        assert "Ana Alder" in await answer.text()
    async with new_client(site) as late, late.post("/enter", data=form) as answer:
        assert answer.status == 403
        assert "It works once" in await answer.text()


async def test_a_link_is_good_for_ten_minutes() -> None:
    now = [0.0]
    links = PageLinks(lambda: now[0])
    links.address = "http://127.0.0.1:1"
    tokens = [token_of(links.new()) for _ in range(3)]
    now[0] = TEN_MINUTES - 1.0
    assert links.use(tokens[0])
    assert links.is_good(tokens[1])
    now[0] = TEN_MINUTES
    assert not links.is_good(tokens[1])
    assert not links.use(tokens[2])


async def test_who_has_a_session_is_let_on_and_the_link_stays_good(
    site: Running, client: ClientSession
) -> None:
    link = site.link
    for address in (link, "/?token=old"):
        async with client.get(address, allow_redirects=False) as answer:
            assert (answer.status, answer.headers["Location"]) == (303, "/")
    async with client.post("/enter", data={"token": token_of(link)}) as answer:
        assert answer.status == 200
    async with new_client(site) as other:
        await enter_with(other, token_of(link))


async def enter_with(client: ClientSession, token: str) -> None:
    async with client.post("/enter", data={"token": token}) as answer:
        assert answer.status == 200


async def test_no_more_links_are_remembered_than_anybody_needs(site: Running) -> None:
    links = [token_of(site.link) for _ in range(MOST + 1)]
    assert [site.links.is_good(token) for token in links] == [False] + [True] * MOST


@pytest.mark.parametrize(
    "path", ["/", "/?token=wrong", "/?token=", "/threads/x", "/events", "/files/x/1", "/enter"]
)
async def test_nobody_else_gets_in(stranger: ClientSession, path: str) -> None:
    async with stranger.get(path) as answer:
        assert answer.status == 403
        assert "Open the link printed in the terminal" in await answer.text()


FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", FORM),
        (b"token=", FORM),
        (b"token=wrong", FORM),
        (b"token=%FF", FORM),
        (b"token=\xff", FORM),
        (b"token=a&token=b&" * 100, FORM),
        (b"token=wrong", f"{FORM}; charset=none"),
        (b"--x", "multipart/form-data; boundary=x"),
        (b"--x\r\n\xff: \r\n\r\n", "multipart/form-data; boundary=x"),
        (b"x", "multipart/form-data"),
    ],
)
async def test_without_a_link_nobody_begins_a_session(
    stranger: ClientSession, body: bytes, kind: str
) -> None:
    headers = {"Content-Type": kind}
    with capture_logs() as logs:
        async with stranger.post("/enter", data=body, headers=headers) as answer:
            assert answer.status == 403
    assert logs == []


async def test_a_press_that_never_arrives_is_given_up(
    stranger: ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def slowly() -> AsyncIterator[bytes]:
        yield b"token="
        await asyncio.sleep(PATIENCE)

    monkeypatch.setattr(auth, "PATIENCE", 0.05)
    async with stranger.post("/enter", data=slowly()) as answer:
        assert answer.status == 408


async def test_a_character_set_that_is_none_is_no_failure(
    site: Running, client: ClientSession
) -> None:
    headers = {"Content-Type": f"{FORM}; charset=none"}
    with capture_logs() as logs:
        async with client.post("/commands", data=b"text=/health", headers=headers) as answer:
            assert answer.status == 400
    assert logs == []


async def test_another_site_cannot_press_the_button(site: Running, stranger: ClientSession) -> None:
    token = token_of(site.link)
    headers = {"Origin": "http://127.0.0.1:1"}
    async with stranger.post("/enter", data={"token": token}, headers=headers) as answer:
        assert answer.status == 403
    assert site.links.is_good(token)


async def test_a_press_while_nothing_can_be_written_leaves_the_link_good(
    site: Running, stranger: ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = token_of(site.link)

    async def full(*_: object) -> None:
        raise DiskFull

    with monkeypatch.context() as broken:
        broken.setattr("bot.core.page_sessions.run_in_transaction", full)
        async with stranger.post("/enter", data={"token": token}) as answer:
            assert answer.status == 500
    await enter_with(stranger, token)


async def test_a_session_that_nobody_uses_is_over_after_twelve_hours(
    site: Running, client: ClientSession
) -> None:
    for _ in range(3):
        site.clock.at += timedelta(hours=11)
        assert await status_of(client) == 200
    site.clock.at += timedelta(hours=13)
    assert await status_of(client) == 403


async def test_a_session_is_over_after_thirty_days_however_much_it_is_used(
    site: Running, client: ClientSession
) -> None:
    for _ in range(59):
        site.clock.at += timedelta(hours=12, minutes=-10)
        assert await status_of(client) == 200
    site.clock.at += timedelta(hours=11, minutes=59)
    site.clock.at += timedelta(hours=10)
    assert await status_of(client) == 403


async def test_a_clock_that_is_set_back_ends_no_session(
    site: Running, client: ClientSession
) -> None:
    site.clock.at -= timedelta(days=2)
    assert await status_of(client) == 200
    site.clock.at += timedelta(hours=11)
    assert await status_of(client) == 200


async def status_of(client: ClientSession) -> int:
    async with client.get("/") as answer:
        return answer.status


async def test_a_restart_ends_no_session(tmp_path: Path) -> None:
    async with running(tmp_path) as before, new_client(before) as client:
        await enter(before, client)
        port = int(before.url.rpartition(":")[2])
        [session] = await open_sessions(before.store, before.clock.at)
        await before.sessions.act_as(session, *PEOPLE["ben"])
        cookies = client.cookie_jar.filter_cookies(URL(before.url))
        key = client.headers[KEY_HEADER]
    async with running(tmp_path, port=port) as after, new_client(after) as client:
        client.cookie_jar.update_cookies(cookies, URL(after.url))
        client.headers[KEY_HEADER] = key
        async with client.post("/commands", data={"text": "/health"}) as answer:
            assert answer.status == 200
        assert [asked.who.name for asked in after.router.asked] == [PEOPLE["ben"][0].name]


async def test_of_a_cookie_only_its_hash_is_kept(tmp_path: Path) -> None:
    async with running(tmp_path) as site, new_client(site) as client:
        await enter(site, client)
        [cookie] = [each.value for each in client.cookie_jar]
    kept = bytes_in(tmp_path)
    assert digest_of(cookie).encode() in kept
    assert cookie.encode() not in kept
    assert client.headers[KEY_HEADER].encode() not in kept


def bytes_in(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())


async def test_an_open_page_hears_nothing_more_once_its_session_is_ended(tmp_path: Path) -> None:
    limits = Limits(heartbeat=0.01)
    async with running(tmp_path, limits=limits) as site, new_client(site) as client:
        await enter(site, client)
        async with client.get("/events") as events:
            await events.content.readuntil(b"\n\n")
            async with site.store.transaction() as tx:
                assert await end_sessions(site.store, tx, site.clock.at, "all") == 1
            async with asyncio.timeout(PATIENCE):
                await events.content.read()
        assert await status_of(client) == 403


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


@pytest.mark.parametrize("value", [TOKEN, "", ".", "a.b", "0" * 64, "a\udcff", "é"])
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


@pytest.mark.parametrize("market", ["http://127.0.0.1:8643", "", "https://evil.example", "*"])
async def test_pictures_of_this_machine_are_those_of_the_simulated_marketplace_alone(
    tmp_path: Path, market: str
) -> None:
    async with (
        running(tmp_path, market=market) as site,
        new_client(site) as client,
        client.get("/") as answer,
    ):
        policy = answer.headers["Content-Security-Policy"]
    pictures = policy.partition("img-src ")[2].partition(";")[0].split()
    assert pictures[3:] == ([market] if "127.0.0.1" in market else [])
    assert "*" not in policy


@pytest.mark.parametrize("path", ["/", "/nothing", f"{STATIC}/app.js", "/?token=wrong"])
async def test_every_answer_is_hardened(client: ClientSession, path: str) -> None:
    async with client.get(path) as answer:
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
        assert "Server" not in answer.headers
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


async def test_whoever_is_demoted_acts_with_the_new_role_at_once(tmp_path: Path) -> None:
    people = dict(PEOPLE)
    first, (person, role) = next(iter(people.items()))
    async with running(tmp_path, people=people) as site, new_client(site) as client:
        await enter(site, client)
        for now in (role, Role.VIEWER):
            people[first] = (person, now)
            async with client.post("/commands", data={"text": "/health"}) as answer:
                assert answer.status == 200
        assert [asked.role for asked in site.router.asked] == [role, Role.VIEWER]
        people[first] = (person, Role.NOBODY)
        for path in ("/", "/events", "/threads/C-1"):
            async with client.get(path) as answer:
                assert answer.status == 403
        async with client.post("/commands", data={"text": "/health"}) as answer:
            assert answer.status == 403
        assert len(site.router.asked) == 2
        del people[first]
        assert await status_of(client) == 403


async def test_nobody_can_be_picked_who_is_not_in_the_team(client: ClientSession) -> None:
    async with client.post("/persona", data={"persona": "eve"}) as answer:
        assert answer.status == 400


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
async def test_somebody_who_left_the_team_chooses_again(
    site: Running, client: ClientSession, accept: str
) -> None:
    [session] = await open_sessions(site.store, site.clock.at)
    await site.sessions.act_as(session, Person("gone", "Gone"), Role.ADMIN)
    async with client.get("/", headers={"Accept": accept}) as answer:
        assert answer.status == 403
        assert "Choose someone else" in await answer.text()
    async with client.post("/persona", data={"persona": "ben"}) as answer:
        assert answer.status == 200


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.0.10", "example.org"])
async def test_it_is_served_on_this_machine_alone(site: Running, host: str) -> None:
    async def read(content: str) -> bytes:
        return b""

    gateway = gateway_of(site.router)
    told = sample_site(site.sessions)
    app = create_app(
        site.chat,
        gateway.handle,
        told,
        intake=gateway.intake,
        read=read,
        find=gateway.picture,
        now=Ticking(),
    )
    with pytest.raises(ValueError, match="only on this machine"):
        await serve(app, 0, host)


def test_secrets_are_long_and_differ(site: Running) -> None:
    tokens = {token_of(site.link) for _ in range(100)}
    assert len(tokens) == 100
    assert min(map(len, tokens)) >= 43


async def test_the_page_says_what_is_wrong_with_the_whole_of_it(tmp_path: Path) -> None:
    wrong = "Nothing can be saved: <the disk> takes no changes"
    said = [wrong]
    async with (
        running(tmp_path, trouble=lambda: said[0]) as site,
        new_client(site) as client,
    ):
        await enter(site, client)
        shown = await (await client.get("/")).text()
        assert '<p class="trouble" role="alert">Nothing can be saved: &lt;the disk&gt;' in shown
        said[0] = ""
        shown = await (await client.get("/")).text()
        assert '<p class="trouble" role="alert" hidden></p>' in shown
