"""A program that asks Amazon everything that it ever asks, in virtual time.

Beside what it asks of its products without a pause, that is what is read by the hour, the day or
the week: names, our SKUs, our account, our listings, and products that look like ours.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta

import httpx
import msgspec

from adapters.amazon.sp_api import SpApiSource
from bot.core.collections import UPKEEP, Upkeep
from bot.core.jobs import job_runner
from bot.core.scheduler import Work
from bot.features.copycats.resources import PAGES
from bot.features.copycats.service.asking import LAST as LAST_SEARCH
from bot.features.copycats.service.asking import CopycatsWeekly
from bot.features.watchlist.resources import ACCOUNT, CATALOG
from bot.features.watchlist.service.asking_listings import ListingsDaily
from checks.timing import PollingPolicy
from tests.fakes import RecordingEngine
from tests.unit.checks.trial import AUTO, START, Amazon, Team, products, watching

HOUR = 3600.0
PAUSE = 2.0
"""Seconds between two ticks."""
TOKEN = 600
"""Seconds that an access token lives."""
KINDS = {
    "competitiveSummary": "used offers",
    "competitivePrice": "offer counts",
    "listings": "listings",
    "reports": "reports",
    "marketplaceParticipations": "marketplaces",
    "token": "login",
}


@dataclass
class AskedAll(Amazon):
    """Is asked everything, and remembers when it was asked what."""

    asked: dict[str, list[float]] = field(default_factory=dict)
    refuses: frozenset[str] = frozenset()
    """Kinds of questions to which access is denied behind the login."""
    login_down: int = 0
    """The status with which the login answers; 0: it works, or refuses."""

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer a request."""
        kind = kind_of(request)
        self.asked.setdefault(kind, []).append(asyncio.get_running_loop().time())
        if kind == "login" and not self.login_refused:
            self.logins += 1
            if self.login_down:
                return httpx.Response(self.login_down, stream=httpx.ByteStream(b""))
            return _answer({"access_token": f"Atza|{self.logins}", "expires_in": TOKEN})
        if kind in self.refuses:
            error = {"code": "Unauthorized", "message": "Access denied."}
            return _answer({"errors": [error]}, 403)
        if kind == "marketplaces":
            return _answer({"payload": []})
        if kind in {"reports", "search", "all listings"}:
            # What is asked is what counts here.
            return _answer({"errors": [{"code": "InvalidInput"}]}, 400)
        return await super().__call__(request)

    def count(self, since: float) -> dict[str, int]:
        """Return how often each was asked from a second on."""
        found = {
            kind: sum(moment >= since for moment in moments) for kind, moments in self.asked.items()
        }
        return {kind: number for kind, number in found.items() if number}


def kind_of(request: httpx.Request) -> str:
    """Name the question that a request asks."""
    path, params = request.url.path, request.url.params
    if path.startswith("/catalog/"):
        return "pages" if "identifiers" in params else "search"
    if path.startswith("/listings/") and "identifiers" not in params:
        return "all listings"
    parts = path.strip("/").split("/")
    return next((KINDS[part] for part in parts if part in KINDS), "offers")


def _answer(body: object, status: int = 200) -> httpx.Response:
    content = httpx.ByteStream(json.dumps(body).encode())
    return httpx.Response(status, stream=content, headers={"content-type": "application/json"})


class House:
    """The program, with all that it does by itself."""

    def __init__(self, team: Team) -> None:
        """Ask what the team asks, and the rest."""
        assert isinstance(team.source, SpApiSource)
        assert isinstance(team.app.scheduler, RecordingEngine)
        self.team, self._engine = team, team.app.scheduler
        source = team.source
        self.app = replace(
            team.app,
            resources=team.app.resources.having(ACCOUNT, source)
            .having(CATALOG, source)
            .having(PAGES, source),
        )
        self._jobs = job_runner(self.app)
        self._hourly = {
            Work.TITLES: team.monitor.catalog.tick,
            Work.SKUS: team.monitor.skus.tick,
            Work.ACCOUNT: team.monitor.account.tick,
            Work.LISTINGS: ListingsDaily(self.app).tick,
            Work.COPYCATS: CopycatsWeekly(self.app).tick,
        }
        self._next = 0.0
        self._busy: set[asyncio.Task[None]] = set()

    async def live(self, seconds: float) -> None:
        """Let so much time pass."""
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while loop.time() < end:
            await self.team.monitor.tick()
            told = {name for name, key in self._engine.triggered if not key}
            self._engine.triggered.clear()
            if loop.time() >= self._next:
                self._next = loop.time() + HOUR
                told |= {*self._hourly}
            for work in [each for each in self._hourly if each in told]:
                await self._hourly[work]("")
            if not self._busy:
                self._begin_jobs()
            await asyncio.sleep(PAUSE)

    def _begin_jobs(self) -> None:
        task = asyncio.create_task(self._jobs.tick())
        self._busy.add(task)
        task.add_done_callback(self._busy.discard)

    async def end(self) -> None:
        """Let the jobs end."""
        await asyncio.gather(*self._busy)


@asynccontextmanager
async def household(
    amazon: AskedAll, count: int = 10, pace: PollingPolicy = AUTO
) -> AsyncIterator[House]:
    """Open a program that watches products with our SKUs, of which a few have no name yet."""
    watches = products(count, sku="S-")
    watches[:3] = [msgspec.structs.replace(watch, title="") for watch in watches[:3]]
    async with watching(amazon, watches, pace=pace, beside=True) as team:
        async with team.app.store.transaction() as tx:
            # The weekly search goes on where somebody asked for one before. It is due soon.
            tx.put(UPKEEP, Upkeep(LAST_SEARCH, START - timedelta(days=6)))
        house = House(team)
        try:
            yield house
        finally:
            await house.end()
