"""A product that searches for copycats, and a person who calls each a copy, to be killed.

``python -m tests.journeys.copycat_victim FOLDER MARKETPLACE``: ``live`` has the catalog searched,
and presses Copy on all that is found, until it is killed; ``drain`` does so until all is told.
"""

from __future__ import annotations

import asyncio
import sys
from contextlib import AbstractAsyncContextManager
from pathlib import Path

from bot.bootstrap.application import WEB, Application, running
from bot.cli.demo import OWN_SELLER, seed
from bot.core.clocks import utc_now
from bot.core.collections import JOBS, OUTBOX
from bot.core.interactions import Click, Command, Place
from bot.core.permissions import Person, Role
from bot.core.resources import Resources
from bot.features.copycats.collections import CANDIDATES, SEARCHES
from bot.features.copycats.models import SearchState, Verdict
from bot.features.watchlist.resources import PAUSE
from tests.journeys.lives import obey
from tests.journeys.mortal_house import open_house

ANA = Person("ana", "Ana")
WHERE = Place(chat=WEB, channel="brand-alerts")
STEP = 0.01


async def live(word: str, _: int) -> None:
    """Work on the folder."""
    folder, market = Path(sys.argv[1]), sys.argv[2]
    async with _opened(folder, market) as house, running(house):
        while not (word == "drain" and await _done(house)):
            await _go_on(house)
            await asyncio.sleep(STEP)


async def _go_on(house: Application) -> None:
    """Do what a person does next, which counts once however often it is done."""
    store, now = house.app.store, utc_now()
    if not await store.count(SEARCHES):
        asked = Command(
            id="ask", who=ANA, role=Role.ADMIN, where=WHERE, at=now, name="copycats", text=""
        )
        await house.router.handle(asked)
    for found in await store.find(CANDIDATES, "verdict", Verdict.OPEN):
        pressed = Click(
            id=f"copy-{found.key}",
            who=ANA,
            role=Role.ADMIN,
            where=WHERE,
            at=now,
            action="copycat-copy",
            ref=found.key,
        )
        await house.router.handle(pressed)


async def _done(house: Application) -> bool:
    store = house.app.store
    searches = await store.page(SEARCHES)
    left = await store.count(OUTBOX) + await store.count(JOBS)
    left += await store.count(CANDIDATES, "verdict", Verdict.OPEN)
    return bool(searches) and searches[0].state is SearchState.DONE and not left


async def _pause(_: float) -> None:
    await asyncio.sleep(STEP)


def _opened(folder: Path, market: str) -> AbstractAsyncContextManager[Application]:
    parts = {"bot.features.copycats.service.searching.SLICE": 2}
    resources = Resources().having(PAUSE, _pause)
    return open_house(folder, market, OWN_SELLER, parts, prepare=seed, resources=resources)


if __name__ == "__main__":
    obey(live)
