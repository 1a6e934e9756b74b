"""Asking the team once to approve pages: a card for all that were first read at about a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

import msgspec

from bot.core.context import AppContext
from bot.core.store import Transaction, run_in_transaction
from bot.features.pages.collections import PAGE_APPROVALS
from bot.features.pages.models import ApprovalState, GuardedPage, PageApproval, PageState
from bot.features.pages.views.approval import approval_card

QUIET = timedelta(seconds=15)
"""So long no page was read for the first time before the team is asked."""
LONGEST = timedelta(minutes=2)
"""So long after the first one it is asked at the latest; the card counts on."""
FEW = 20
"""Requests of one state that are looked at in one go; there are one or two."""
OPEN = (ApprovalState.GATHERING, ApprovalState.ASKED)
"""States in which a request takes more pages."""
WORKED = (ApprovalState.APPROVING, ApprovalState.RETURNING)
"""States in which a job goes through a request's pages."""


async def offered(tx: Transaction, pages: Sequence[GuardedPage], at: datetime) -> list[GuardedPage]:
    """Put pages that were first read into the request that goes on, or into a new one."""
    if not pages:
        return []
    found = [
        approval
        for state in OPEN
        for approval in await tx.find(PAGE_APPROVALS, "state", state, limit=1)
    ]
    approval = next(iter(found), None) or PageApproval(
        id=f"{at:%Y%m%d%H%M%S%f}", asked_at=at, grew_at=at
    )
    for page in pages:
        approval = approval.moved(None, page.state)
    tx.put(PAGE_APPROVALS, msgspec.structs.replace(approval, grew_at=at))
    return [msgspec.structs.replace(page, offer=approval.id) for page in pages]


async def moved(tx: Transaction, before: GuardedPage, after: PageState) -> None:
    """Count a page in its request by another state; one that is not watched is not in it."""
    approval = await tx.get(PAGE_APPROVALS, before.offer) if before.offer else None
    if approval is not None:
        tx.put(PAGE_APPROVALS, approval.moved(before.state, after))


class PageAsking:
    """Posts the cards, and has them show what they count; a restart goes on where it was."""

    def __init__(self, app: AppContext) -> None:
        """Work with the application."""
        self._app = app

    async def tick(self, _: str = "") -> None:
        """Ask what is to be asked, and bring each card up to date."""
        for state in (*OPEN, *WORKED):
            for approval in await self._app.store.find(PAGE_APPROVALS, "state", state, limit=FEW):
                if self._due(approval):
                    await run_in_transaction(self._app.store, partial(self._show, approval.id))

    def _due(self, approval: PageApproval) -> bool:
        if approval.state is not ApprovalState.GATHERING:
            return approval.numbers != approval.shown
        now = self._app.clock()
        # A clock that was set back must not put it off.
        quiet, waited = abs(now - approval.grew_at), abs(now - approval.asked_at)
        return quiet >= QUIET or waited >= LONGEST

    async def _show(self, id: str, tx: Transaction) -> None:
        approval = await tx.get(PAGE_APPROVALS, id)
        if approval is not None and self._due(approval):
            await show_approval(self._app, tx, approval)


async def show_approval(app: AppContext, tx: Transaction, approval: PageApproval) -> PageApproval:
    """Have the card show how many pages wait; what waits for nothing any more is done."""
    first = approval.state is ApprovalState.GATHERING
    state = ApprovalState.ASKED if first else approval.state
    if not approval.waiting and state is not ApprovalState.RETURNING:
        state = ApprovalState.DONE
    shown = msgspec.structs.replace(approval, state=state, shown=approval.numbers)
    tx.put(PAGE_APPROVALS, shown)
    if not shown.total:
        return shown
    card = approval_card(shown)
    if first:
        app.outbox.post(tx, shown.message, card, quiet=True)
    else:
        await app.outbox.edit(tx, shown.message, card)
    return shown
