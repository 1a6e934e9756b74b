"""Connections: what cannot be read is not repeated, and nobody can hold all of them."""

from __future__ import annotations

import asyncio
import logging
import resource

import pytest
from aiohttp import ClientError, ClientSession
from structlog.testing import capture_logs
from yarl import URL

from adapters.http import lines
from adapters.web.answers import LOGGED
from adapters.web.statics import STATIC
from tests.patience import PATIENCE
from tests.unit.adapters.web.conftest import new_client
from tests.unit.adapters.web.posting import raw
from tests.unit.adapters.web.sample import TOKEN, Running

UNREADABLE = {
    "a long cookie": "GET / HTTP/1.1\r\n{host}Cookie: b={secret}; other={long}\r\n\r\n",
    "an odd byte in a cookie": "GET / HTTP/1.1\r\n{host}Cookie: b={secret}; other=a\x01b\r\n\r\n",
    "a long address": "GET /?token={secret}{long} HTTP/1.1\r\n{host}\r\n",
    "another version": "GET /?token={secret} HTTP/9.x\r\n{host}\r\n",
    "a space in the link": "GET /?token={secret} x HTTP/1.1\r\n{host}\r\n",
    "no method": "\x01 /?token={secret} HTTP/1.1\r\n{host}\r\n",
    "an odd chunk": (
        "POST /commands HTTP/1.1\r\n{host}Transfer-Encoding: chunked\r\n\r\n{secret}\r\n"
    ),
}


def port_of(site: Running) -> int:
    return int(site.url.rpartition(":")[2])


@pytest.mark.parametrize("kind", UNREADABLE)
async def test_what_cannot_be_read_is_repeated_nowhere(
    site: Running, caplog: pytest.LogCaptureFixture, kind: str
) -> None:
    host = f"Host: 127.0.0.1:{port_of(site)}\r\n"
    sent = UNREADABLE[kind].format(secret=TOKEN, long="a" * 9000, host=host)
    with caplog.at_level(logging.DEBUG), capture_logs() as logs:
        answer = await raw(port_of(site), sent.encode())
    assert answer[:12] in (b"HTTP/1.1 400", b"HTTP/1.0 400", b"HTTP/1.1 403")
    assert TOKEN.encode() not in answer
    assert b"aiohttp" not in answer
    assert TOKEN not in caplog.text + str([record.exc_info for record in caplog.records])
    assert TOKEN not in str(logs)


async def test_a_body_that_cannot_be_read_is_repeated_nowhere(
    site: Running, client: ClientSession, caplog: pytest.LogCaptureFixture
) -> None:
    cookies = client.cookie_jar.filter_cookies(URL(site.url))
    cookie = "; ".join(f"{name}={value.value}" for name, value in cookies.items())
    head = (
        f"POST /commands HTTP/1.1\r\nHost: 127.0.0.1:{port_of(site)}\r\nOrigin: {site.url}\r\n"
        f"Cookie: {cookie}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Encoding: gzip\r\nContent-Length: {len(TOKEN)}\r\n\r\n"
    )
    with caplog.at_level(logging.DEBUG), capture_logs() as logs:
        answer = await raw(port_of(site), head.encode(), TOKEN.encode())
    assert answer.startswith(b"HTTP/1.1 400")
    assert TOKEN not in answer.decode() + caplog.text + str(logs)


async def test_a_failing_request_is_logged_short_and_without_its_question(
    site: Running, client: ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(site.chat, "message", fail)
    with capture_logs() as logs:
        async with client.get(f"/threads/{'x' * 900}?token={TOKEN}") as answer:
            assert answer.status == 500
    [log] = logs
    assert len(log["path"]) == LOGGED
    assert TOKEN not in log["path"]


async def test_a_head_that_never_ends_is_cut_off(
    site: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "IDLE", 0.1)
    assert await raw(port_of(site), b"GET / HTTP/1.1\r\nHost: ") == b""


async def test_connections_beyond_the_most_are_closed_until_one_goes(
    site: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "MOST", 3)
    held = [await asyncio.open_connection("127.0.0.1", port_of(site)) for _ in range(3)]
    for held_reader, held_writer in held:
        held_writer.write(f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{port_of(site)}\r\n\r\n".encode())
        assert await asyncio.wait_for(held_reader.readline(), PATIENCE)
    reader, writer = await asyncio.open_connection("127.0.0.1", port_of(site))
    assert await asyncio.wait_for(reader.read(), PATIENCE) == b""
    writer.close()
    held.pop()[1].close()
    async with asyncio.timeout(PATIENCE):
        while not await _served(site):
            continue
    for _, open_writer in held:
        open_writer.close()


@pytest.mark.parametrize(
    ("files", "connections"), [(64, 16), (256, 64), (1024, 200), (resource.RLIM_INFINITY, 200)]
)
def test_the_page_never_takes_all_files_that_may_be_open(
    monkeypatch: pytest.MonkeyPatch, files: int, connections: int
) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda _: (files, files))
    assert lines.most() == connections


async def _served(site: Running) -> bool:
    """Tell whether a new connection is taken."""
    try:
        async with new_client(site) as client, client.get(f"{STATIC}/base.css") as answer:
            return answer.status == 200
    except ClientError:
        return False
