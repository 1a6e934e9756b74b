"""The whole product, born again and again on one folder, to be killed from outside.

``python -m tests.journeys.victim FOLDER MARKETPLACE CHAT``: ``live`` runs the product for ever,
``drain`` until it comes to rest.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from adapters.amazon.login import Credentials
from adapters.amazon.sp_api import SpApiSource
from adapters.simulator import Credentials as Simulated
from adapters.storage.tinydb import TinyStore
from bot.bootstrap.application import WEB, Application, build_application, running
from bot.bootstrap.features import COLLECTIONS
from bot.core.clocks import utc_now
from bot.core.collections import OUTBOX
from bot.core.dispatch.messages import OutboxState
from bot.core.links import Links
from bot.core.listing import Watch
from bot.features.cases.rules.correlation import correlate
from bot.features.watchlist.collections import WATCHES
from bot.settings import Settings
from tests.journeys.busy_team import BusyTeam, settled
from tests.journeys.chat_platform import PlatformChat
from tests.journeys.lives import obey, say
from tests.scenarios import OWN_SELLER, burst_asin
from tests.unit.adapters.amazon.conftest import FakeTime

PRODUCTS = 20
COMPACT_FROM = 20_000
WASTE = 1.1
"""The log is written anew when a tenth of it is waste, so that kills hit that too."""
UNLIMITED = 1_000_000
NEVER = -timedelta(days=1)
TICK = timedelta(milliseconds=20)
PERIOD = timedelta(milliseconds=100)


class World(NamedTuple):
    """Where the product lives, and with whom it talks."""

    folder: Path
    market: str
    chat: str


async def live(word: str, life: int) -> None:
    """Run the product and press its buttons: until killed, or until nothing is left to do."""
    folder, market, chat = sys.argv[1:]
    async with open_product(World(Path(folder), market, chat)) as application:
        team = BusyTeam(application, life, say)
        async with running(application):
            if word == "live":
                await team.press_for_ever()
            await team.press_all()
            await settled(application.app, PERIOD)


@asynccontextmanager
async def open_product(world: World) -> AsyncIterator[Application]:
    """Put the product together: impatient, without quota, telling its threads everything.

    So each entry of a timeline is a promise to the channel, and each return is a new case.
    """
    store = await TinyStore.open(world.folder / "store", COLLECTIONS, compact_from=COMPACT_FROM)
    states = Counter(row.state for row in await store.page(OUTBOX, limit=UNLIMITED))
    say(f"woken {states[OutboxState.PENDING]} {states[OutboxState.SENDING]}")
    chat = PlatformChat(world.chat)
    source = _source(world.market)
    with (
        patch("bot.bootstrap.timetable.TICK", TICK),
        patch(
            "bot.features.cases.service.alerts.correlate", partial(correlate, cooldown=timedelta())
        ),
        patch("bot.features.cases.rules.correlation.FLIPS", UNLIMITED),
        # A case on many products tells of them in one line in ten minutes: too late for a test.
        patch("bot.features.cases.rules.correlation.CROWD", UNLIMITED),
        patch("bot.features.cases.rules.correlation.REJOIN", NEVER),
        patch("adapters.storage.writing.WASTE", WASTE),
    ):
        application = build_application(
            _settings(world.folder), store, source, Links(base=world.market), {WEB: chat}
        )
        await _seed(store)
        yield application
    await source.aclose()
    await chat.aclose()
    await store.close()


def _settings(folder: Path) -> Settings:
    return Settings(_env_file=None).model_copy(
        update={
            "own_sellers": frozenset({OWN_SELLER}),
            "data_dir": folder,
            "check_every": PERIOD,
            "confirm_after": PERIOD,
        }
    )


def _source(market: str) -> SpApiSource:
    known = Simulated()
    return SpApiSource(
        Credentials(known.client_id, known.client_secret, known.refresh_token),
        login_url=f"{market}/auth/o2/token",
        endpoint=market,
        simulated=True,
        passing=FakeTime().passing,
    )


async def _seed(store: TinyStore) -> None:
    if await store.count(WATCHES):
        return
    async with store.transaction() as tx:
        for number in range(PRODUCTS):
            watch = Watch(
                asin=burst_asin(number),
                marketplace="US",
                title=f"Product {number}",
                sku=f"SKU-{number}",
                added_at=utc_now(),
            )
            tx.put(WATCHES, watch)


if __name__ == "__main__":
    obey(live)
