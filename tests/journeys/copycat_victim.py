"""A product that searches for copycats, and a person who calls each a copy, to be killed.

``python -m tests.journeys.copycat_victim FOLDER MARKETPLACE``: ``live`` has the catalog searched,
and presses Copy on all that is found, until it is killed; ``drain`` does so until all is told.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

from adapters.storage.tinydb import TinyStore
from bot.bootstrap.application import WEB, Application, build_application, running, vault_of
from bot.bootstrap.features import COLLECTIONS
from bot.cli.demo import OWN_SELLER, seed
from bot.core.chat import Outgoing
from bot.core.clocks import utc_now
from bot.core.collections import JOBS, OUTBOX
from bot.core.interactions import Click, Command, Place
from bot.core.links import Links
from bot.core.permissions import Person, Role
from bot.core.resources import Resources
from bot.features.copycats.collections import CANDIDATES, SEARCHES
from bot.features.copycats.models import SearchState, Verdict
from bot.features.watchlist.resources import PAUSE
from bot.settings import Settings
from tests.journeys.evidence_victim import LEDGER
from tests.journeys.ledger import Ledger, LedgerChat
from tests.journeys.lives import obey
from tests.journeys.shop import open_source

ANA = Person("ana", "Ana")
WHERE = Place(chat=WEB, channel="brand-alerts")
OFTEN = 10**6
"""Deaths that no job is blamed for."""
STEP = 0.01
NEVER = timedelta(hours=9)
"""No product is looked at: this is about what is searched for."""


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


def _unheard(_: Outgoing, __: bool) -> None:
    """Let every message pass."""


async def _pause(_: float) -> None:
    await asyncio.sleep(STEP)


@asynccontextmanager
async def _opened(folder: Path, market: str) -> AsyncIterator[Application]:
    settings = Settings(_env_file=None).model_copy(
        update={"own_sellers": frozenset({OWN_SELLER}), "data_dir": folder, "check_every": NEVER}
    )
    ledger = Ledger(folder / LEDGER)
    store = await TinyStore.open(folder / "store", COLLECTIONS)
    await seed(store)
    with ExitStack() as stack:
        stack.enter_context(patch("bot.features.copycats.service.searching.SLICE", 2))
        stack.enter_context(patch("bot.core.job_queues.DEATHS", OFTEN))
        stack.enter_context(patch("bot.core.job_queues.FORGIVEN", OFTEN))
        chat = LedgerChat(ledger, vault_of(settings).read, _unheard)
        async with open_source(market, utc_now) as source:
            links, resources = Links(base=market), Resources().having(PAUSE, _pause)
            yield build_application(settings, store, source, links, {WEB: chat}, resources)
    await store.close()
    ledger.close()


if __name__ == "__main__":
    obey(live)
