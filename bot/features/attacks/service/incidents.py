"""Incidents: what was logged by people and what the watch found, as the analysis counts it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

import msgspec

from bot.core.amazon_retail import amazon_itself
from bot.core.context import AppContext
from bot.core.findings import ATTACK, BUY_BOX, PRICE_FLOOR, SELLER
from bot.core.labeled import AttackKind
from bot.core.scanning import each, each_page
from bot.core.store import Store
from bot.features.attacks.collections import ATTACKS
from bot.features.attacks.models import Attack, Burst, Incident
from bot.features.attacks.rules.analysis import analyse, needed_since
from bot.features.attacks.rules.weeks import in_order, week_of
from bot.features.cases.collections import CASES
from bot.features.cases.models.cases import TRUSTING, Case, CloseReason, case_key
from bot.features.cases.service.affected import asins_of
from bot.features.watchlist.collections import SELLERS

NO_ATTACK = frozenset({*TRUSTING, CloseReason.FALSE_ALARM})
"""Reasons that say of a case that it was none."""
SELLING = frozenset({AttackKind.FOLLOW_UP, AttackKind.PRICE_WAR})
"""What is no attack where the seller turned out to be trusted; whatever else was logged is one."""


async def incidents(app: AppContext, since: datetime | None = None) -> list[Incident]:
    """Return what happened since then, in the order of time.

    These are the attacks that people logged, and the cases that the watch opened about sellers; a
    case in which an attack is logged is told by that attack. What turned out to be allowed or a
    false alarm does not count, nor do problems of checklists.
    """
    return await read_incidents(app.store, since)


async def read_incidents(store: Store, since: datetime | None = None) -> list[Incident]:
    """Return what ``incidents`` does, from a store alone."""
    found = [known async for known in _logged(store, since)]
    found += [known async for known in _watched(store, since)]
    return await asyncio.to_thread(in_order, found)


async def _logged(store: Store, since: datetime | None) -> AsyncIterator[Incident]:
    async for attack in each(store, ATTACKS):
        if since is not None and attack.began_at < since:
            continue
        case = await store.get(CASES, case_key(attack.case))
        if case is None or not _was_none(attack, case):
            yield Incident(
                at=attack.began_at,
                timed=False,
                method=attack.kind,
                source=attack.source,
                address=bool(attack.address),
                asins=attack.asins,
                ref=attack.label,
                reported=case is not None and _reported(case),
            )


def _was_none(attack: Attack, case: Case) -> bool:
    """Tell whether the case's end says of the attack that it was none."""
    return case.reason in (NO_ATTACK if attack.kind in SELLING else {CloseReason.FALSE_ALARM})


def _reported(case: Case) -> bool:
    return case.violation or case.reason is CloseReason.REPORTED


async def _watched(store: Store, since: datetime | None) -> AsyncIterator[Incident]:
    """Give the cases that the watch opened, until all of a page are older: numbers follow time."""
    async for cases in each_page(store, CASES, newest=True):
        fresh = [case for case in cases if since is None or case.opened_at >= since]
        if not fresh:
            return
        for case in fresh:
            method = await _method(store, case)
            if method is not None:
                yield Incident(
                    at=case.opened_at,
                    method=method,
                    source=case.seller,
                    asins=await asins_of(store, case),
                    ref=case.label,
                    decided=_reported(case),
                    reported=_reported(case),
                )


async def _method(store: Store, case: Case) -> AttackKind | None:
    """Tell what a seller does in the case; None where it is no attack, or is told by one.

    Somebody unknown always raises the seller's signal; a price below the floor alone is that of
    somebody who is trusted, or was, and who wages a price war if the team trusts them no longer.
    """
    kinds = case.tally.kinds.keys()
    if not case.seller or amazon_itself(case.seller, case.marketplace) is not None:
        return None
    if ATTACK in kinds or case.reason in NO_ATTACK:
        return None
    if kinds & {SELLER, BUY_BOX}:
        return AttackKind.FOLLOW_UP
    if PRICE_FLOOR not in kinds:
        return None
    known = await store.get(SELLERS, case.seller)
    asins = await asins_of(store, case)
    trusted = known is not None and any(known.trusted_on(asin, case.opened_at) for asin in asins)
    return None if trusted else AttackKind.PRICE_WAR


class PastAttacks(msgspec.Struct, frozen=True):
    """The incidents of a span and of the time that it is compared with, and its unusual weeks."""

    incidents: list[Incident]
    bursts: tuple[Burst, ...]


async def past_attacks(
    app: AppContext, since: date, until: datetime, zone: ZoneInfo
) -> PastAttacks:
    """Look back at the weeks of a span, which may be over; others have their turn meanwhile."""
    weeks = week_of(until.astimezone(zone)) - week_of(since) + 1
    known = await incidents(app, needed_since(until, zone, weeks))
    analysis = await asyncio.to_thread(analyse, known, until, zone, weeks)
    return PastAttacks([each for each in known if each.at <= until], analysis.bursts)
