"""A product that reads its account and adds what it lists, born again on one folder, to be killed.

``python -m tests.journeys.account_victim FOLDER MARKETPLACE``: ``live`` has the account read, and
confirms what is offered, until it is killed; ``drain`` does so until all is watched and told.
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
from bot.core.chat import Outgoing
from bot.core.clocks import utc_now
from bot.core.collections import OUTBOX
from bot.core.interactions import Click, Command, Place
from bot.core.links import Links
from bot.core.permissions import Person, Role
from bot.features.watchlist.collections import LISTINGS_PREVIEWS
from bot.features.watchlist.models.own_listings import PreviewState
from bot.settings import Settings
from tests.journeys.evidence_victim import LEDGER
from tests.journeys.ledger import Ledger, LedgerChat
from tests.journeys.lives import obey
from tests.journeys.shop import open_source
from tests.unit.adapters.simulator.small import OWN

ANA = Person("ana", "Ana")
WHERE = Place(chat=WEB, channel="brand-alerts")
AT_ONCE = 5
"""Listings in one transaction: many, so that kills come between them."""
OFTEN = 10**6
"""Deaths that no job is blamed for."""
STEP = 0.01
NEVER = timedelta(hours=9)
"""No product is looked at: this is about what is added."""


async def live(word: str, _: int) -> None:
    """Work on the folder."""
    folder, market = Path(sys.argv[1]), sys.argv[2]
    async with _opened(folder, market) as house, running(house):
        while not (word == "drain" and await _done(house)):
            await _go_on(house)
            await asyncio.sleep(STEP)


async def _go_on(house: Application) -> None:
    """Do what a person does next, which counts once however often it is done."""
    now = utc_now()
    previews = await house.app.store.page(LISTINGS_PREVIEWS)
    if not previews:
        asked = Command(
            id="ask", who=ANA, role=Role.ADMIN, where=WHERE, at=now, name="watch", text="all"
        )
        await house.router.handle(asked)
    for preview in previews:
        if preview.state is PreviewState.OFFERED:
            pressed = Click(
                id=f"confirm-{preview.id}",
                who=ANA,
                role=Role.ADMIN,
                where=WHERE,
                at=now,
                action="watch-listings",
                ref=preview.id,
            )
            await house.router.handle(pressed)


async def _done(house: Application) -> bool:
    previews = await house.app.store.page(LISTINGS_PREVIEWS)
    done = [preview.state is PreviewState.DONE for preview in previews]
    return bool(done) and all(done) and not await house.app.store.count(OUTBOX)


def _unheard(_: Outgoing, __: bool) -> None:
    """Let every message pass."""


@asynccontextmanager
async def _opened(folder: Path, market: str) -> AsyncIterator[Application]:
    settings = Settings(_env_file=None).model_copy(
        update={"own_sellers": frozenset({OWN}), "data_dir": folder, "check_every": NEVER}
    )
    ledger = Ledger(folder / LEDGER)
    store = await TinyStore.open(folder / "store", COLLECTIONS)
    with ExitStack() as stack:
        for service in ("reading_listings", "adding_listings"):
            place = f"bot.features.watchlist.service.{service}.AT_ONCE"
            stack.enter_context(patch(place, AT_ONCE))
        stack.enter_context(patch("bot.core.job_queues.DEATHS", OFTEN))
        stack.enter_context(patch("bot.core.job_queues.FORGIVEN", OFTEN))
        chat = LedgerChat(ledger, vault_of(settings).read, _unheard)
        async with open_source(market, utc_now) as source:
            links = Links(base=market)
            yield build_application(settings, store, source, links, {WEB: chat})
    await store.close()
    ledger.close()


if __name__ == "__main__":
    obey(live)
