"""Approving pages: one, or all of a request that agree with our own listing data."""

from __future__ import annotations

import msgspec

from bot.core.context import AppContext
from bot.core.interface import tr
from bot.core.permissions import Person
from bot.core.store import Transaction
from bot.core.undo.announcing import announce
from bot.core.undo.models import Image
from bot.errors import UserError
from bot.features.pages.collections import GUARDED_PAGES, PAGE_APPROVALS
from bot.features.pages.models import ApprovalState, GuardedPage, PageApproval, PageState
from bot.features.pages.rules import approved, by_own_data
from bot.features.pages.service.asking import WORKED, moved, show_approval
from bot.features.pages.service.batches import begin_batch
from bot.features.pages.views.approval import batch_act


async def approve_agreeing(app: AppContext, tx: Transaction, id: str, who: Person) -> PageApproval:
    """Have all pages of a request approved that agree with our own listing data; it can be undone.

    Raises:
        UserError: none is left, or they are being approved already.
    """
    approval = await tx.get(PAGE_APPROVALS, id)
    if approval is None or approval.state in WORKED or not approval.agrees:
        raise UserError(tr("No page is left here that agrees and is not approved yet."))
    now = app.clock()
    marked = msgspec.structs.replace(approval, batch=now)
    image = Image.of(PAGE_APPROVALS, approval, marked)
    await announce(app, tx, who, now, batch_act(who, approval, image))
    return await begin_batch(app, tx, marked, ApprovalState.APPROVING, who)


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
