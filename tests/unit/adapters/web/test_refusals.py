"""What is too large, too much or no form."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientSession

from adapters.web.forms import PARTS
from adapters.web.site import Limits
from tests.files import png
from tests.unit.adapters.web.conftest import enter, new_client
from tests.unit.adapters.web.posting import JSON, form, open_second_step, send
from tests.unit.adapters.web.sample import Running, running


async def test_more_files_than_anybody_needs_are_refused(
    site: Running, client: ClientSession
) -> None:
    await open_second_step(client)
    got = await send(client, "/submissions", form({}, *[("a.png", png())] * 4))
    assert got.kinds == ["notice"]
    assert "at most 3 files" in got.html
    assert len(site.router.asked) == 1


async def test_all_files_together_are_counted_too(tmp_path: Path) -> None:
    limits = Limits(files=2)
    async with running(tmp_path, limits=limits) as served, new_client(served) as client:
        await enter(served, client)
        await open_second_step(client)
        got = await send(client, "/submissions", form({}, *[("a.png", png())] * 3))
        assert "at most 2 files at once" in got.html


async def test_a_form_that_never_ends_is_given_up(tmp_path: Path) -> None:
    async def slowly() -> AsyncIterator[bytes]:
        yield b"--x\r\n"
        await asyncio.sleep(60)

    limits = Limits(sending=0.05)
    async with running(tmp_path, limits=limits) as served, new_client(served) as client:
        await enter(served, client)
        headers = {**JSON, "Content-Type": "multipart/form-data; boundary=x"}
        async with client.post("/submissions", data=slowly(), headers=headers) as answer:
            assert answer.status == 408


async def test_large_files_and_texts_are_refused(tmp_path: Path) -> None:
    limits = Limits(file=1_000_000, text=1000)
    async with running(tmp_path, limits=limits) as site, new_client(site) as client:
        await enter(site, client)
        await open_second_step(client)
        fits = await send(client, "/submissions", form({}, ("a.png", png(size=1_000_000))))
        await open_second_step(client)
        large = await send(client, "/submissions", form({}, ("<b>.png", b"x" * 1_000_001)))
        long = await send(client, "/submissions", form({"one.story": "x" * 1001}))
        assert (fits.kinds, len(site.router.asked), len(site.kept)) == ([], 3, 1)
    assert "&lt;b&gt;.png: It is larger than 1 MB" in large.html
    assert (long.status, "too large" in long.html) == (413, True)


async def test_a_form_of_endless_parts_is_refused(client: ClientSession) -> None:
    fields = {f"one.input-{number}": "x" for number in range(PARTS)}
    assert (await send(client, "/submissions", form(fields))).status == 413


@pytest.mark.parametrize("path", ["/commands", "/clicks", "/persona"])
async def test_a_long_command_is_refused(site: Running, client: ClientSession, path: str) -> None:
    got = await send(client, path, {"text": "/health " + "x" * 4096})
    assert (got.status, got.kinds) == (413, ["notice"])
    assert site.router.asked == []


@pytest.mark.parametrize("path", ["/commands", "/clicks", "/submissions"])
@pytest.mark.parametrize("kind", ["multipart/form-data", "text/plain", "application/json"])
async def test_what_is_no_form_is_refused(client: ClientSession, path: str, kind: str) -> None:
    headers = {**JSON, "Content-Type": kind}
    async with client.post(path, data=b"{}", headers=headers) as answer:
        assert answer.status in (200, 400)
        assert [reply["kind"] for reply in (await answer.json())["replies"]] == ["notice"]
