"""What the team remembers of a product from before it was watched."""

from __future__ import annotations

from bot.core.listing import Watch
from bot.core.scanning import each_found
from bot.core.store import Store
from bot.features.cases.collections import AFFECTED, CASES
from bot.features.cases.models.cases import CloseReason

NO_ATTACK = frozenset(
    {CloseReason.AUTHORISED, CloseReason.LAWFUL, CloseReason.OURS, CloseReason.FALSE_ALARM}
)
"""Cases that were closed so tell of nobody who does harm."""


async def earlier_cases(store: Store, watch: Watch) -> int:
    """Return how many cases there were on a product before it was watched.

    What came since is counted by its history already.
    """
    count = 0
    async for each in each_found(store, AFFECTED, "product", watch.key):
        case = await store.get(CASES, each.case)
        if case and case.opened_at < watch.added_at and case.reason not in NO_ATTACK:
            count += 1
    return count
