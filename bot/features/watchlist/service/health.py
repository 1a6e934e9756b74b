"""How well the products are being seen: the truth behind /health, the digest and outage cards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

import msgspec

from bot.core.context import AppContext
from bot.core.listing import Watch, WatchStatus
from bot.core.marketplaces import Marketplace
from bot.core.push import PUSH
from bot.core.scanning import each, each_found
from bot.features.watchlist.collections import (
    ACCOUNT_RECORDS,
    PUSH_STATES,
    SKU_CHECKS,
    SOURCE_FAULTS,
    STATUSES,
    WATCHES,
)
from bot.features.watchlist.models.health import ACCOUNT, Health, SkuHealth, SourceFault
from bot.features.watchlist.models.push import THIS, PushHealth, PushState
from bot.features.watchlist.models.skus import REFUSED, SkuVerdict


@dataclass
class _Count:
    watched: int = 0
    fresh: int = 0
    waiting: int = 0
    failing: list[tuple[Watch, WatchStatus]] = field(default_factory=list)
    overdue: list[tuple[Watch, WatchStatus]] = field(default_factory=list)
    unknown: list[tuple[Watch, WatchStatus]] = field(default_factory=list)
    oldest: WatchStatus | None = None
    rounds: set[timedelta] = field(default_factory=set)
    with_sku: int = 0
    refused: int = 0


async def read_health(app: AppContext) -> Health:
    """Gather it from every watch."""
    count = _Count()
    faults = {fault.scope: fault async for fault in each(app.store, SOURCE_FAULTS)}
    refused = {
        check.key: check
        for verdict in REFUSED
        async for check in each_found(app.store, SKU_CHECKS, "verdict", verdict)
    }
    async for watch in each(app.store, WATCHES):
        status = await app.store.get(STATUSES, watch.key)
        count.with_sku += bool(watch.sku)
        check = refused.get(watch.key)
        unused = check is not None and check.of(watch)
        count.refused += unused
        # A SKU that is not used makes no product seen sooner.
        asked = msgspec.structs.replace(watch, sku="") if unused else watch
        _add(app, count, asked, _seen_through(faults, watch, status))
    count.failing.sort(key=lambda pair: pair[1].failing_since or app.clock())
    return Health(
        watched=count.watched,
        fresh=count.fresh,
        waiting=count.waiting,
        failing=count.failing,
        overdue=count.overdue,
        unknown=count.unknown,
        oldest=count.oldest,
        skus=await _skus(app, count) if count.with_sku else None,
        rounds=tuple(sorted(filter(None, count.rounds))),
        by_risk=app.tempo.by_risk,
        patrols=tuple(app.tempo.patrols()),
        login=faults.get(ACCOUNT),
        account=tuple([record async for record in each(app.store, ACCOUNT_RECORDS)]),
        push=await _push(app),
    )


async def _push(app: AppContext) -> PushHealth | None:
    push = app.resources[PUSH]
    if push.queue is None and not push.missing:
        return None
    return PushHealth(await app.store.get(PUSH_STATES, THIS) or PushState(), push.missing)


async def _skus(app: AppContext, count: _Count) -> SkuHealth:
    right = await app.store.count(SKU_CHECKS, "verdict", SkuVerdict.RIGHT)
    unsure = await app.store.find(SKU_CHECKS, "verdict", SkuVerdict.UNSURE, limit=1)
    why = unsure[0].why if unsure else ""
    if not app.brand.own_sellers:
        why = "Your seller ID is not set. Set BRANDWARDEN_OWN_SELLERS."
    unchecked = max(0, count.with_sku - count.refused - right)
    return SkuHealth(refused=count.refused, unchecked=unchecked, why=why)


def _add(app: AppContext, count: _Count, watch: Watch, status: WatchStatus | None) -> None:
    count.watched += 1
    count.rounds.add(app.tempo.of(watch))
    if status is None or status.tried_at is None:
        count.waiting += 1
        return
    if status.unknown:
        count.unknown.append((watch, status))
    elif status.failure:
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
