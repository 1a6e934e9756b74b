"""How long a thousand listings take: what the quota wants, and not what the answers take."""

from __future__ import annotations

import asyncio
import json

import httpx
import pytest

from adapters.amazon.login import Credentials
from adapters.amazon.quota import Time
from adapters.amazon.sp_api import SpApiSource
from bot.core.questions import Operation
from tests import virtual
from tests.unit.adapters.amazon.account import OWN, Told, many

LISTED = 1000
PAGES = LISTED // Operation.SEARCH_LISTINGS.products
QUOTA = (PAGES - Operation.SEARCH_LISTINGS.burst) / Operation.SEARCH_LISTINGS.rate
"""Seconds in which the quota lets through so many pages."""
LOGIN = {"access_token": "Atza|1", "token_type": "bearer", "expires_in": 3600}


class SlowAmazon:
    """Answers each page after some seconds."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._items = many(LISTED)

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(self._seconds)
        if request.url.path.endswith("/token"):
            return _answer(LOGIN)
        query = request.url.params
        items = self._items[::-1] if query["sortOrder"] == "DESC" else self._items
        start = int(query.get("pageToken", "0"))
        end = start + int(query["pageSize"])
        answer = {
            "numberOfResults": LISTED,
            "items": items[start:end],
            "pagination": {"nextToken": str(end)} if end < LISTED else {},
        }
        return _answer(answer)


def _answer(body: object) -> httpx.Response:
    return httpx.Response(200, stream=httpx.ByteStream(json.dumps(body).encode()))


async def seconds_for_all(answers: float) -> float:
    """Return how long it takes to read them where each answer takes so many seconds."""
    loop = asyncio.get_running_loop()
    source = SpApiSource(
        Credentials("id", "secret", "token"),
        login_url="https://api.amazon.com/auth/o2/token",
        simulated=True,
        passing=Time(loop.time, asyncio.sleep),
        transport=httpx.MockTransport(SlowAmazon(answers)),
    )
    began = loop.time()
    found = await source.own_listings([OWN], "US", Told())
    await source.aclose()
    assert (len(found.listings), found.complete) == (LISTED, True)
    return loop.time() - began


@pytest.mark.parametrize("answers", [0.05, 0.3, 0.5])
def test_the_quota_is_used_where_one_page_after_another_would_not(answers: float) -> None:
    took = virtual.run(seconds_for_all(answers))
    assert took <= 1.3 * QUOTA + 6 * answers
