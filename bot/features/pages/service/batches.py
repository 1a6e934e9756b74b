"""Approving many pages at once, and putting them back when that is undone: some at a time."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import partial

import msgspec

from bot.core.collections import Job
from bot.core.context import AppContext
from bot.core.job_handlers import JobHandler
from bot.core.jobs import enqueue, in_parts, take_off
from bot.core.permissions import Person
from bot.core.scheduler import Work
from bot.core.store import Transaction
from bot.features.pages.collections import GUARDED_PAGES, PAGE_APPROVALS
from bot.features.pages.models import ApprovalState, GuardedPage, PageApproval, PageState
from bot.features.pages.rules import approved, taken_back
from bot.features.pages.service.asking import show_approval

AT_ONCE = 200
"""Pages that are gone through in one transaction."""


class PagesJob(StrEnum):
    """A kind of job about pages."""

    APPROVE = "approve-pages"
    RETURN = "return-pages"


KINDS = {
    ApprovalState.APPROVING: PagesJob.APPROVE,
    ApprovalState.RETURNING: PagesJob.RETURN,
}


async def begin_batch(
    app: AppContext, tx: Transaction, approval: PageApproval, state: ApprovalState, who: Person
) -> PageApproval:
    """Have a job go through a request's pages: to approve what agrees, or to put it back."""
    enqueue(app, tx, KINDS[state], approval.id, who)
    tx.after(lambda: app.scheduler.trigger(Work.JOBS))
    going = msgspec.structs.replace(
        approval, state=state, by=who if state is ApprovalState.APPROVING else None, last=""
    )
    return await show_approval(app, tx, going)


def _approve(approval: PageApproval, page: GuardedPage) -> GuardedPage:
    if page.state is not PageState.AGREES or approval.by is None or approval.batch is None:
        return page
    return approved(page, approval.by, approval.batch)


def _return(approval: PageApproval, page: GuardedPage) -> GuardedPage:
    return taken_back(page, approval.returned) if approval.returned else page


class PagesBatch:
    """Goes through the pages of a request; a restart goes on where it was."""

    def __init__(
        self,
        app: AppContext,
        state: ApprovalState,
        change: Callable[[PageApproval, GuardedPage], GuardedPage],
    ) -> None:
        """Change pages as told, as long as the request is in the state."""
        self._app = app
        self._state = state
        self._change = change

    async def run(self, job: Job) -> None:
        """Change all pages of the job's request."""
        await in_parts(self._app, partial(self._some, job))

    async def gave_up(self, tx: Transaction, job: Job, _: str) -> None:
        """Show what came of it, and offer again what is left."""
        approval = await tx.get(PAGE_APPROVALS, job.ref)
        if approval is not None and approval.state is self._state:
            again = msgspec.structs.replace(approval, state=ApprovalState.ASKED, returned=None)
            await show_approval(self._app, tx, again)

    async def _some(self, job: Job, tx: Transaction) -> bool:
        """Change the next ones; tell whether there may be more."""
        approval = await tx.get(PAGE_APPROVALS, job.ref)
        if approval is None or approval.state is not self._state:
            # It was undone meanwhile, or everything of it is done.
            await take_off(tx, job)
            return False
        some = await tx.find(
            GUARDED_PAGES, "offer", approval.id, after=approval.last, limit=AT_ONCE
        )
        going = approval
        for page in some:
            changed = self._change(approval, page)
            if changed != page:
                tx.put(GUARDED_PAGES, changed)
                going = going.moved(page.state, changed.state)
        if len(some) == AT_ONCE:
            going = msgspec.structs.replace(going, last=some[-1].key)
        elif await take_off(tx, job):
            going = msgspec.structs.replace(going, state=ApprovalState.ASKED, returned=None)
        else:
            return False
        await show_approval(self._app, tx, going)
        return going.state is self._state


def jobs(app: AppContext) -> dict[str, JobHandler]:
    """Return the handler of each kind of job."""
    approving = PagesBatch(app, ApprovalState.APPROVING, _approve)
    returning = PagesBatch(app, ApprovalState.RETURNING, _return)
    return {
        PagesJob.APPROVE: JobHandler(approving.run, gave_up=approving.gave_up),
        PagesJob.RETURN: JobHandler(returning.run, gave_up=returning.gave_up),
    }
