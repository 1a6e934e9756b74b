"""A product that reads and approves pages, born again on one folder, to be killed.

``python -m tests.journeys.page_victim FOLDER MARKETPLACE``: ``live`` reads pages and approves what
agrees until it is killed; ``drain`` does so until all is approved, and told.
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
from bot.core.collections import JOBS, OUTBOX
from bot.core.interactions import Click, Place
from bot.core.links import Links
from bot.core.permissions import Person, Role
from bot.core.scheduler import Work
from bot.features.pages.collections import GUARDED_PAGES, PAGE_APPROVALS
from bot.features.pages.models import ApprovalState, PageState
from bot.settings import Settings
from tests.journeys.evidence_victim import LEDGER
from tests.journeys.ledger import Ledger, LedgerChat
from tests.journeys.lives import obey
from tests.journeys.shop import open_source
from tests.unit.adapters.simulator.small import OWN

ANA = Person("ana", "Ana")
WHERE = Place(chat=WEB, channel="brand-alerts")
PAGES, TAKEN_OVER = 40, 20
AT_ONCE = 5
"""Pages that are approved in one transaction: few, so that kills come between them."""
OFTEN = 10**6
"""Deaths that no job is blamed for."""
STEP = 0.02
NEVER = timedelta(hours=9)
"""No offer is looked at: this is about pages."""


async def live(word: str, _: int) -> None:
    """Work on the folder."""
    folder, market = Path(sys.argv[1]), sys.argv[2]
    async with _opened(folder, market) as house, running(house):
        while not (word == "drain" and await _done(house)):
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


async def _done(house: Application) -> bool:
    store = house.app.store
    approved = await store.count(GUARDED_PAGES, "state", PageState.APPROVED)
    waits = await store.count(OUTBOX) or await store.count(JOBS)
    told = [page async for page in _told(house)]
    return approved == PAGES and not waits and len(told) == TAKEN_OVER


async def _told(house: Application) -> AsyncIterator[str]:
    for page in await house.app.store.page(GUARDED_PAGES):
        if page.changes:
            yield page.key


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
        asking = "bot.features.pages.service.asking"
        stack.enter_context(patch(f"{asking}.QUIET", timedelta(milliseconds=100)))
        stack.enter_context(patch("bot.features.pages.service.approving.AT_ONCE", AT_ONCE))
        stack.enter_context(patch("checks.page_guard.LEAST", 0.0))
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
