"""A product that reads and approves pages, born again on one folder, to be killed.

``python -m tests.journeys.page_victim FOLDER MARKETPLACE``: ``live ROUND`` reads pages, approves
what agrees, undoes that once and approves it again until it is killed, on a folder of the round's
own; ``approve ROUND`` does so until all is approved, and ``drain ROUND`` until what was taken over
is told.
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
from bot.core.collections import JOBS, OUTBOX, UNDOABLES
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
            await _undo(house)
            house.app.scheduler.trigger(Work.PAGES)
            await asyncio.sleep(STEP)


async def _approve(house: Application) -> None:
    """Press the button under what is asked, which counts once however often it is pressed."""
    for approval in await house.app.store.find(PAGE_APPROVALS, "state", ApprovalState.ASKED):
        if approval.agrees:
            undone = len(await _undone(house))
            id = f"approve-{approval.id}-{approval.approved}-{undone}"
            await _press(house, id, "approve-pages", approval.id)


async def _undo(house: Application) -> None:
    """Undo the newest approval once, when all is approved."""
    store = house.app.store
    acts = await store.find(UNDOABLES, "open", value=True, newest=True)
    if acts and not await _undone(house) and await _approved(house):
        await _press(house, f"undo-{acts[0].key}", "undo", acts[0].key)


async def _undone(house: Application) -> list[str]:
    return [act.key for act in await house.app.store.page(UNDOABLES) if act.undone_by]


async def _approved(house: Application) -> bool:
    store = house.app.store
    approved = await store.count(GUARDED_PAGES, "state", PageState.APPROVED)
    return approved == PAGES and not await store.count(JOBS)


async def _press(house: Application, id: str, action: str, ref: str) -> None:
    click = Click(
        id=id, who=ANA, role=Role.ADMIN, where=WHERE, at=utc_now(), action=action, ref=ref
    )
    await house.router.handle(click)


async def _done(house: Application, *, told: bool) -> bool:
    whole = await _approved(house) and await _undone(house)
    news = [page async for page in _told(house)]
    waits = await house.app.store.count(OUTBOX)
    return bool(whole) and not waits and len(news) == (TAKEN_OVER if told else 0)


async def _told(house: Application) -> AsyncIterator[str]:
    for page in await house.app.store.page(GUARDED_PAGES):
        if page.changes:
            yield page.key


def _opened(folder: Path, market: str) -> AbstractAsyncContextManager[Application]:
    hurried = {
        "bot.features.pages.service.asking.QUIET": timedelta(milliseconds=100),
        "bot.features.pages.service.batches.AT_ONCE": AT_ONCE,
        "checks.page_guard.LEAST": 0.0,
    }
    return open_house(folder, market, OWN, hurried)


if __name__ == "__main__":
    obey(live)
