"""How well the products are being seen: the truth behind /health, the digest and outage cards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

import msgspec

from bot.core.context import AppContext
from bot.core.listing import Watch, WatchStatus
from bot.core.marketplaces import Marketplace
from bot.core.scanning import each
from bot.features.watchlist.collections import SOURCE_FAULTS, STATUSES, WATCHES
from bot.features.watchlist.models.health import Health
from bot.features.watchlist.models.outages import ACCOUNT, SourceFault


@dataclass
class _Count:
    watched: int = 0
    fresh: int = 0
    waiting: int = 0
    failing: list[tuple[Watch, WatchStatus]] = field(default_factory=list)
    overdue: list[tuple[Watch, WatchStatus]] = field(default_factory=list)
    oldest: WatchStatus | None = None
    rounds: set[timedelta] = field(default_factory=set)


async def read_health(app: AppContext) -> Health:
    """Gather it from every watch."""
    count = _Count()
    faults = {fault.scope: fault async for fault in each(app.store, SOURCE_FAULTS)}
    async for watch in each(app.store, WATCHES):
        status = await app.store.get(STATUSES, watch.key)
        _add(app, count, watch, _seen_through(faults, watch, status))
    count.failing.sort(key=lambda pair: pair[1].failing_since or app.clock())
    return Health(
        watched=count.watched,
        fresh=count.fresh,
        waiting=count.waiting,
        failing=count.failing,
        overdue=count.overdue,
        oldest=count.oldest,
        rounds=tuple(sorted(filter(None, count.rounds))),
    )


def _add(app: AppContext, count: _Count, watch: Watch, status: WatchStatus | None) -> None:
    count.watched += 1
    count.rounds.add(app.tempo.of(watch))
    if status is None or status.tried_at is None:
        count.waiting += 1
        return
    if status.failure:
        count.failing.append((watch, status))
    elif status.seen_at and abs(app.clock() - status.seen_at) > app.overdue_after(watch):
        count.overdue.append((watch, status))
    else:
        count.fresh += 1
    if status.seen_at and (count.oldest is None or _older(status, count.oldest)):
        count.oldest = status


def _seen_through(
    faults: Mapping[str, SourceFault], watch: Watch, status: WatchStatus | None
) -> WatchStatus | None:
    """Return the status as it is while nothing at all can be asked there."""
    market = Marketplace.find(watch.marketplace)
    fault = faults.get(ACCOUNT) or faults.get(market.region if market else "")
    if fault is None:
        return status
    known = status or WatchStatus(key=watch.key)
    return msgspec.structs.replace(
        known,
        tried_at=known.tried_at or fault.since,
        failure=fault.why,
        failing_since=min(known.failing_since or fault.since, fault.since),
    )


def _older(one: WatchStatus, other: WatchStatus) -> bool:
    return bool(one.seen_at and other.seen_at and one.seen_at < other.seen_at)
