from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientSession, CookieJar

from adapters.web.auth import KEY_HEADER
from tests.unit.adapters.web.sample import Running, running


def new_client(site: Running) -> ClientSession:
    """Return a browser of its own; cookies of addresses by number are kept only when asked."""
    return ClientSession(site.url, cookie_jar=CookieJar(unsafe=True), headers={"Origin": site.url})


def token_of(link: str) -> str:
    """Return the secret in a link."""
    return link.partition("?token=")[2]


async def enter(site: Running, client: ClientSession) -> None:
    """Open a link, press its button, and show the page's key from then on, as its script does."""
    async with client.post("/enter", data={"token": token_of(site.link)}) as answer:
        assert answer.status == 200
        found = re.search(r'<meta name="key" content="(\w{64})">', await answer.text())
    assert found
    client.headers[KEY_HEADER] = found[1]


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Running]:
    async with running(tmp_path) as site:
        yield site


@pytest.fixture
async def stranger(site: Running) -> AsyncIterator[ClientSession]:
    """A browser that has not opened the secret link."""
    async with new_client(site) as client:
        yield client


@pytest.fixture
async def client(site: Running, stranger: ClientSession) -> ClientSession:
    """A browser that has."""
    await enter(site, stranger)
    return stranger
