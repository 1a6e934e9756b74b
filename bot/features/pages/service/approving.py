"""Approving pages: one, or all of a request that agree with our own listing data."""

from __future__ import annotations

from enum import StrEnum
from functools import partial

import msgspec

from bot.core.collections import Job
from bot.core.context import AppContext
from bot.core.interface import tr
from bot.core.job_handlers import JobHandler
from bot.core.jobs import enqueue, in_parts, take_off
from bot.core.permissions import Person
from bot.core.scheduler import Work
from bot.core.store import Transaction
from bot.errors import UserError
from bot.features.pages.collections import GUARDED_PAGES, PAGE_APPROVALS
from bot.features.pages.models import ApprovalState, GuardedPage, PageApproval, PageState
from bot.features.pages.rules import approved, by_own_data
from bot.features.pages.service.asking import moved, show_approval

AT_ONCE = 200
"""Pages that are approved in one transaction."""


class PagesJob(StrEnum):
    """A kind of job about pages."""

    APPROVE = "approve-pages"


async def approve_agreeing(app: AppContext, tx: Transaction, id: str, who: Person) -> PageApproval:
    """Have all pages of a request approved that agree with our own listing data.

    Raises:
        UserError: none is left, or they are being approved already.
    """
    approval = await tx.get(PAGE_APPROVALS, id)
    if approval is None or approval.state is ApprovalState.APPROVING or not approval.agrees:
        raise UserError(tr("No page is left here that agrees and is not approved yet."))
    going = msgspec.structs.replace(approval, state=ApprovalState.APPROVING, by=who, last="")
    enqueue(app, tx, PagesJob.APPROVE, id, who)
    tx.after(lambda: app.scheduler.trigger(Work.JOBS))
    return await show_approval(app, tx, going)


async def approve_page(
    app: AppContext, tx: Transaction, key: str, who: Person, *, as_own: bool = False
) -> GuardedPage:
    """Approve one page as it was first read; ``as_own``: as our own listing data has it.

    Raises:
        UserError: it was decided already, or is not watched.
    """
    page = await require_page(tx, key)
    now = app.clock()
    after = by_own_data(page, who, now) if as_own else approved(page, who, now)
    tx.put(GUARDED_PAGES, after)
    await moved(tx, page, after.state)
    approval = await tx.get(PAGE_APPROVALS, page.offer) if page.offer else None
    if approval is not None and approval.state is not ApprovalState.GATHERING:
        await show_approval(app, tx, approval)
    return after


async def require_page(tx: Transaction, key: str) -> GuardedPage:
    """Return what is known of the page of a watch. Raises UserError: nothing."""
    page = await tx.get(GUARDED_PAGES, key)
    if page is None or page.state is PageState.ENDED:
        raise UserError(tr("This page is not watched any more."))
    return page


async def next_waiting(tx: Transaction, skipped: GuardedPage | None = None) -> GuardedPage | None:
    """Return the next page that a person has to look at, behind the one that they skipped.

    Those that differ come first, each kind by its key; behind the last one begins the first.
    """
    looked = (PageState.DIFFERS, PageState.UNCOMPARED)
    places: list[tuple[PageState, str]] = [(state, "") for state in looked]
    if skipped is not None and skipped.state in looked:
        behind = looked[looked.index(skipped.state) :]
        places = [(skipped.state, skipped.key), *((each, "") for each in behind[1:]), *places]
    for state, key in places:
        for found in await tx.find(GUARDED_PAGES, "state", state, after=key, limit=1):
            return found
    return None


class PagesApproving:
    """Does the job of approving, some at a time; a restart goes on where it was."""

    def __init__(self, app: AppContext) -> None:
        """Work with the application."""
        self._app = app

    async def run(self, job: Job) -> None:
        """Approve all of the job's request that agree."""
        await in_parts(self._app, partial(self._some, job))

    async def gave_up(self, tx: Transaction, job: Job, _: str) -> None:
        """Offer again what could not be approved."""
        approval = await tx.get(PAGE_APPROVALS, job.ref)
        if approval is not None and approval.state is ApprovalState.APPROVING:
            again = msgspec.structs.replace(approval, state=ApprovalState.ASKED)
            await show_approval(self._app, tx, again)

    async def _some(self, job: Job, tx: Transaction) -> bool:
        """Approve the next ones; tell whether there may be more."""
        approval = await tx.get(PAGE_APPROVALS, job.ref)
        if approval is None or approval.state is not ApprovalState.APPROVING or not approval.by:
            await take_off(tx, job)
            return False
        some = await tx.find(
            GUARDED_PAGES, "offer", approval.id, after=approval.last, limit=AT_ONCE
        )
        now, going = self._app.clock(), approval
        for page in some:
            if page.state is PageState.AGREES:
                tx.put(GUARDED_PAGES, approved(page, approval.by, now))
                going = going.moved(page.state, PageState.APPROVED)
        more = len(some) == AT_ONCE
        if not more and not await take_off(tx, job):
            return False
        state = ApprovalState.APPROVING if more else ApprovalState.ASKED
        last = some[-1].key if some else approval.last
        await show_approval(self._app, tx, msgspec.structs.replace(going, state=state, last=last))
        return more


def jobs(app: AppContext) -> dict[str, JobHandler]:
    """Return the handler of each kind of job."""
    approving = PagesApproving(app)
    return {PagesJob.APPROVE: JobHandler(approving.run, gave_up=approving.gave_up)}
