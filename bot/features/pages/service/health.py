"""How many pages nobody approved yet, and what of pages cannot be compared."""

from __future__ import annotations

from collections import Counter

from bot.core.context import AppContext
from bot.features.pages.collections import GUARDED_PAGES
from bot.features.pages.models import WAITING, PageHealth, PageState

NAMED = 50
"""Pages whose unread parts are counted by their names; of more, only how many there are."""


async def read_page_health(app: AppContext) -> PageHealth:
    """Gather it from the pages' indexes."""
    counts = {state: await app.store.count(GUARDED_PAGES, "state", state) for state in WAITING}
    some = await app.store.find(GUARDED_PAGES, "partly", value=True, limit=NAMED)
    parts = Counter(part for page in some for part in page.unchecked)
    return PageHealth(
        waiting=sum(counts.values()),
        differing=counts[PageState.DIFFERS],
        partly=await app.store.count(GUARDED_PAGES, "partly", value=True),
        parts=tuple(parts.most_common()),
    )
