"""A product that reads and approves pages, born again on one folder, to be killed.

``python -m tests.journeys.page_victim FOLDER MARKETPLACE``: ``live ROUND`` reads pages and approves
what agrees until it is killed, on a folder of the round's own; ``approve ROUND`` does so until all
is approved, and ``drain ROUND`` until what was taken over is told.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from pathlib import Path

from bot.bootstrap.application import WEB, Application, running
from bot.core.clocks import utc_now
from bot.core.collections import JOBS, OUTBOX
from bot.core.interactions import Click, Place
from bot.core.permissions import Person, Role
from bot.core.scheduler import Work
from bot.features.pages.collections import GUARDED_PAGES, PAGE_APPROVALS
from bot.features.pages.models import ApprovalState, PageState
from tests.journeys.lives import obey
from tests.journeys.mortal_house import open_house
from tests.unit.adapters.simulator.small import OWN

ANA = Person("ana", "Ana")
WHERE = Place(chat=WEB, channel="brand-alerts")
PAGES, TAKEN_OVER = 40, 20
AT_ONCE = 1
"""Pages that are approved in one transaction: few, so that kills come between them."""
STEP = 0.02


async def live(word: str, _: int) -> None:
    """Work on the folder."""
    kind, place = word.split()
    folder, market = Path(sys.argv[1]) / place, sys.argv[2]
    async with _opened(folder, market) as house, running(house):
        while kind == "live" or not await _done(house, told=kind == "drain"):
            await _approve(house)
            house.app.scheduler.trigger(Work.PAGES)
            await asyncio.sleep(STEP)


async def _approve(house: Application) -> None:
    """Press the button under what is asked, which counts once however often it is pressed."""
    for approval in await house.app.store.find(PAGE_APPROVALS, "state", ApprovalState.ASKED):
        if approval.agrees:
            pressed = Click(
                id=f"approve-{approval.id}-{approval.approved}",
                who=ANA,
                role=Role.ADMIN,
                where=WHERE,
                at=utc_now(),
                action="approve-pages",
                ref=approval.id,
            )
            await house.router.handle(pressed)


async def _done(house: Application, *, told: bool) -> bool:
    store = house.app.store
    approved = await store.count(GUARDED_PAGES, "state", PageState.APPROVED)
    waits = await store.count(OUTBOX) or await store.count(JOBS)
    news = [page async for page in _told(house)]
    return approved == PAGES and not waits and len(news) == (TAKEN_OVER if told else 0)


async def _told(house: Application) -> AsyncIterator[str]:
    for page in await house.app.store.page(GUARDED_PAGES):
        if page.changes:
            yield page.key


def _opened(folder: Path, market: str) -> AbstractAsyncContextManager[Application]:
    hurried = {
        "bot.features.pages.service.asking.QUIET": timedelta(milliseconds=100),
        "bot.features.pages.service.approving.AT_ONCE": AT_ONCE,
        "checks.page_guard.LEAST": 0.0,
    }
    return open_house(folder, market, OWN, hurried)


if __name__ == "__main__":
    obey(live)
