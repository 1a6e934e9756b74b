"""The page behind a real reverse proxy, which speaks to it as those of the documents do."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import ClientSession, DummyCookieJar, web

from adapters.web.auth import KEY_HEADER
from bot.core.permissions import Role
from tests.unit.adapters.web.sample import Running, running
from tests.unit.adapters.web.test_accounts import PUBLIC, invite

HOPS = ("Connection", "Content-Length", "Keep-Alive", "Transfer-Encoding")
"""Headers that are between two neighbours alone."""


@asynccontextmanager
async def proxied(tmp_path: Path) -> AsyncIterator[tuple[Running, str]]:
    """A real proxy before the page, which passes on the name that was asked for, and each piece."""
    async with running(tmp_path, public=PUBLIC) as site, ClientSession(auto_decompress=False) as to:

        async def forward(request: web.Request) -> web.StreamResponse:
            sent = {name: text for name, text in request.headers.items() if name not in HOPS}
            body = await request.read()
            url = f"{site.url}{request.rel_url}"
            async with to.request(
                request.method, url, headers=sent, data=body, allow_redirects=False
            ) as answer:
                headers = answer.headers.copy()
                for name in HOPS:
                    headers.popall(name, None)
                back = web.StreamResponse(status=answer.status, headers=headers)
                await back.prepare(request)
                async for piece in answer.content.iter_any():
                    await back.write(piece)
                return back

        proxy = web.Application()
        proxy.router.add_route("*", "/{path:.*}", forward)
        runner = web.AppRunner(proxy, handler_cancellation=True)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            yield site, f"http://127.0.0.1:{runner.addresses[0][1]}"
        finally:
            await runner.cleanup()


async def test_through_a_proxy_one_signs_in_presses_and_hears(tmp_path: Path) -> None:
    headers = {"Host": "brand.example.com", "Origin": PUBLIC}
    async with (
        proxied(tmp_path) as (site, address),
        ClientSession(address, cookie_jar=DummyCookieJar(), headers=headers) as browser,
    ):
        _, token = await invite(site, Role.MEMBER)
        await site.fill()
        form = {"token": token}
        async with browser.post("/enter", data=form, allow_redirects=False) as answer:
            assert answer.status == 303
            # A browser keeps a Secure cookie, for its own way to the proxy has TLS.
            browser.headers["Cookie"] = answer.headers["Set-Cookie"].split(";")[0]
        async with browser.get("/") as answer:
            text = await answer.text()
        key = re.search(r'<meta name="key" content="(\w{64})">', text)
        cursor = re.search(r'data-cursor="([^"]*)"', text)
        assert key
        assert cursor
        browser.headers[KEY_HEADER] = key[1]
        async with browser.get("/events", params={"after": cursor[1]}) as stream:
            assert stream.headers["Content-Type"] == "text/event-stream"
            press = {"button": "acknowledge:1", "interaction": "abcd-1234"}
            async with browser.post("/clicks", data=press) as answer:
                assert answer.status == 200
            async for line in stream.content:
                if b"Acknowledged by Ben" in line:
                    break
            else:
                raise AssertionError
