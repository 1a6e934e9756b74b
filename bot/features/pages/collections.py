"""Where pages, and what could not be read of them, are kept."""

from __future__ import annotations

from bot.core.store import Collection
from bot.features.pages.models import GuardedPage, PageApproval

GUARDED_PAGES = Collection[GuardedPage](
    "guarded_pages",
    GuardedPage,
    lambda page: page.key,
    indexes=("state", "offer", "partly"),
    audited=("state",),
    cold=True,
)
"""By the watch's key. Texts of pages are long, and read rarely."""


PAGE_APPROVALS = Collection[PageApproval](
    "page_approvals", PageApproval, lambda approval: approval.id, indexes=("state",)
)
"""What the team was asked to approve."""
