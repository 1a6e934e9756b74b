"""A product that reads its account and adds what it lists, born again on one folder, to be killed.

``python -m tests.journeys.account_victim FOLDER MARKETPLACE``: ``live`` has the account read, and
confirms what is offered, until it is killed; ``drain`` does so until all is watched and told.
"""

from __future__ import annotations

import asyncio
import sys
from contextlib import AbstractAsyncContextManager
from pathlib import Path

from bot.bootstrap.application import WEB, Application, running
from bot.core.clocks import utc_now
from bot.core.collections import OUTBOX
from bot.core.interactions import Click, Command, Place
from bot.core.permissions import Person, Role
from bot.features.watchlist.collections import LISTINGS_PREVIEWS
from bot.features.watchlist.models.own_listings import PreviewState
from tests.journeys.lives import obey
from tests.journeys.mortal_house import open_house
from tests.unit.adapters.simulator.small import OWN

ANA = Person("ana", "Ana")
WHERE = Place(chat=WEB, channel="brand-alerts")
AT_ONCE = 5
"""Listings in one transaction: many, so that kills come between them."""
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


def _opened(folder: Path, market: str) -> AbstractAsyncContextManager[Application]:
    services = "bot.features.watchlist.service"
    names = ("reading_listings", "adding_listings")
    parts = {f"{services}.{name}.AT_ONCE": AT_ONCE for name in names}
    return open_house(folder, market, OWN, parts)


if __name__ == "__main__":
    obey(live)
