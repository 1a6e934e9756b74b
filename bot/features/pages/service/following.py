"""What follows for pages when a product is not watched any more, or an act is undone."""

from __future__ import annotations

from datetime import datetime

import msgspec

from bot.core.context import AppContext
from bot.core.findings import PAGE_CHANGES
from bot.core.interface import noted
from bot.core.scanning import each_found
from bot.core.store import Transaction
from bot.core.undo.models import Undone
from bot.features.cases.collections import AFFECTED, CASES
from bot.features.cases.models.cases import Case, CloseReason
from bot.features.cases.service.resuming import Resumed, goes_on_elsewhere, resume_case
from bot.features.pages.collections import GUARDED_PAGES, PAGE_APPROVALS
from bot.features.pages.models import ApprovalState, GuardedPage, PageState
from bot.features.pages.service.asking import moved
from bot.features.pages.service.batches import begin_batch
from bot.features.watchlist.collections import WATCHES
from bot.features.watchlist.models.events import WatchEnded


async def end_page(_: AppContext, tx: Transaction, event: WatchEnded) -> None:
    """Leave alone the page of a product that is not watched any more."""
    key = event.watch.key
    page = await tx.get(GUARDED_PAGES, key)
    if page is not None and page.state is not PageState.ENDED:
        await moved(tx, page, PageState.ENDED)
        ended = msgspec.structs.replace(
            page, state=PageState.ENDED, resumes=page.state, partly=False
        )
        tx.put(GUARDED_PAGES, ended)


async def follow_undone(app: AppContext, tx: Transaction, event: Undone) -> None:
    """Let go on what an undone act ended: a page, a case on which it was ours, waiting pages."""
    for watch, kept in event.images(WATCHES):
        if watch is not None and kept is None:
            await _resume(tx, watch.key)
    for before, after in event.images(GUARDED_PAGES):
        if before is not None and after is not None:
            await moved(tx, after, before.state)
            await _raise_again(app, tx, event, before)
    for _, batch in event.images(PAGE_APPROVALS):
        approval = await tx.get(PAGE_APPROVALS, batch.id) if batch else None
        if approval is not None and batch is not None:
            back = msgspec.structs.replace(approval, returned=batch.batch)
            await begin_batch(app, tx, back, ApprovalState.RETURNING, event.who)


async def _resume(tx: Transaction, key: str) -> None:
    page = await tx.get(GUARDED_PAGES, key)
    if page is not None and page.state is PageState.ENDED and page.resumes is not None:
        back = msgspec.structs.replace(
            page, state=page.resumes, resumes=None, partly=bool(page.unchecked)
        )
        tx.put(GUARDED_PAGES, back)
        await moved(tx, page, back.state)


async def _raise_again(app: AppContext, tx: Transaction, event: Undone, page: GuardedPage) -> None:
    """Let go on what ended because the team called it its own."""
    at, text = (
        event.of.at,
        noted("Undone by {who}: it was not your own change.", who=event.who.name),
    )
    async for on in each_found(tx, AFFECTED, "product", page.key):
        case = await tx.get(CASES, on.case)
        if case is None:
            continue
        closed = not case.open and case.closed_at == at and case.reason is CloseReason.OURS
        if await _is_over(tx, case, closed=closed):
            continue
        ended = [each for each in on.signals if _ended_then(each.kind, each.ended_at, at)]
        if ended:
            how = Resumed(event.who, event.at, text, closed=closed)
            await resume_case(app, tx, case, [(on, ended)], how)


async def _is_over(tx: Transaction, case: Case, *, closed: bool) -> bool:
    """Tell whether nothing of the case may go on: it was closed since, or goes on elsewhere."""
    if case.open:
        return False
    return not closed or await goes_on_elsewhere(tx, case) is not None


def _ended_then(kind: str, ended_at: datetime | None, at: datetime) -> bool:
    return kind in PAGE_CHANGES and ended_at == at
