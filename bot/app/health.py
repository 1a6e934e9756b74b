"""How well the products are being seen: the truth behind /health, the digest and outage cards."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from bot.app.collections import OUTBOX, STATUSES, WATCHES
from bot.app.desk import Desk
from bot.domain.offers import Watch, WatchStatus
from bot.ports import Store
from bot.ui.views.team import Health

LOOKED_THROUGH = 100
"""Waiting messages among which a reason is looked for."""
BATCH = 200
"""Watches read before other work gets its turn."""


@dataclass
class _Count:
    watched: int = 0
    fresh: int = 0
    waiting: int = 0
    failing: list[tuple[Watch, WatchStatus]] = field(default_factory=list)
    overdue: list[tuple[Watch, WatchStatus]] = field(default_factory=list)
    oldest: WatchStatus | None = None


async def read_health(desk: Desk) -> Health:
    """Gather it from every watch."""
    count = _Count()
    after = ""
    while watches := await desk.store.page(WATCHES, after=after, limit=BATCH):
        for watch in watches:
            _add(desk, count, watch, await desk.store.get(STATUSES, watch.key))
        after = watches[-1].key
        await asyncio.sleep(0)
    count.failing.sort(key=lambda pair: pair[1].failing_since or desk.clock())
    unsent, why = await _unsent(desk.store)
    return Health(
        watched=count.watched,
        fresh=count.fresh,
        waiting=count.waiting,
        failing=count.failing,
        overdue=count.overdue,
        oldest=count.oldest,
        unsent=unsent,
        unsent_why=why,
    )


def _add(desk: Desk, count: _Count, watch: Watch, status: WatchStatus | None) -> None:
    count.watched += 1
    if status is None or status.tried_at is None:
        count.waiting += 1
        return
    if status.failure:
        count.failing.append((watch, status))
    elif status.seen_at and abs(desk.clock() - status.seen_at) > desk.stale_after:
        count.overdue.append((watch, status))
    else:
        count.fresh += 1
    if status.seen_at and (count.oldest is None or _older(status, count.oldest)):
        count.oldest = status


def _older(one: WatchStatus, other: WatchStatus) -> bool:
    return bool(one.seen_at and other.seen_at and one.seen_at < other.seen_at)


async def _unsent(store: Store) -> tuple[int, str]:
    first = await store.page(OUTBOX, limit=LOOKED_THROUGH)
    return await store.count(OUTBOX), next((row.error for row in first if row.error), "")
