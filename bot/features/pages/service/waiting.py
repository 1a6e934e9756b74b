"""Which pages wait for a person's approval, for /todo."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.context import AppContext
from bot.core.feature import TodoItem
from bot.core.findings import page_key
from bot.core.interface import tr, tr_count
from bot.core.listing import Watch
from bot.core.permissions import Person
from bot.core.scanning import each_found
from bot.core.store import Transaction
from bot.features.cases.collections import CASES
from bot.features.cases.models.cases import Case
from bot.features.pages.collections import GUARDED_PAGES, PAGE_APPROVALS
from bot.features.pages.models import WAITING, ApprovalState, PageApproval
from bot.features.pages.service.asking import FEW
from bot.features.pages.views.approval import REVIEW, TODO


async def tell(app: AppContext, tx: Transaction, _: Person) -> Sequence[TodoItem]:
    """Tell how many pages wait for approval, all in one line.

    A page that changed while it waited is a case, which is in the list already.
    """
    asked = await asked_requests(tx)
    waiting = sum(each.waiting for each in asked)
    if waiting:
        waiting -= await _in_cases(app, tx, {each.id for each in asked})
    if waiting <= 0:
        return ()
    says = tr_count(
        waiting,
        "{count} product page waits for approval",
        "{count} product pages wait for approval",
    )
    return (TodoItem(says=says, label=tr("Review pages"), command=TODO, action=REVIEW),)


async def asked_requests(tx: Transaction) -> list[PageApproval]:
    """Return the requests that wait for a person; there are one or two."""
    return await tx.find(PAGE_APPROVALS, "state", ApprovalState.ASKED, limit=FEW)


async def _in_cases(app: AppContext, tx: Transaction, requests: set[str]) -> int:
    """Count the waiting pages of the requests on whose change a case is open."""
    count = 0
    async for case in each_found(app.store, CASES, "open", value=True):
        key = _page_of(case)
        page = await tx.get(GUARDED_PAGES, key) if key else None
        if page is not None and page.state in WAITING and page.changes and page.offer in requests:
            count += 1
    return count


def _page_of(case: Case) -> str:
    """Return the key of the page that a case is about; empty: it is about something else."""
    for asin in case.asins[:1]:
        if case.fingerprint == page_key(case.marketplace, asin):
            return Watch.key_of(case.marketplace, asin)
    return ""
