"""What comes again and again for the whole team, and is no checklist: lessons, the review."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

import msgspec

from bot.core.collections import CHECKLIST_SCHEDULES
from bot.core.context import AppContext
from bot.core.recurrence import ChecklistSchedule, ahead, latest, recounted
from bot.core.store import Transaction

ZONES_APART = timedelta(hours=27)
"""No two zones of the world are so far apart."""
_NO_CHECKLIST = "@"
"""Begins the name of such an agenda, because no checklist may be called so."""


async def claim_due(app: AppContext, tx: Transaction, name: str, cadence: str) -> datetime | None:
    """Return the latest moment that has come since the last time, and note the next one.

    After a stop one moment makes up for all that were missed. A new deployment begins with the
    next one: what lies before its first day, nobody looked at.
    """
    team, now = await app.team(tx), app.clock()
    following = partial(app.cadences.following, cadence, team.zone)
    known = await tx.get(CHECKLIST_SCHEDULES, _NO_CHECKLIST + name)
    if known is None:
        tx.put(CHECKLIST_SCHEDULES, _agenda(name, cadence, team.zone, following(now), now))
        return None
    if (known.cadence, known.zone) != (cadence, team.zone):
        # From shortly before: the same moment on the new wall must be found, and not the last one.
        next_at = following(known.next_at - ZONES_APART)
        known = msgspec.structs.replace(known, cadence=cadence, zone=team.zone, next_at=next_at)
        tx.put(CHECKLIST_SCHEDULES, known)
    if ahead(known, now):
        known = recounted(known, now, following)
        tx.put(CHECKLIST_SCHEDULES, known)
    if known.next_at > now:
        return None
    planned, coming = latest(known.next_at, now, following)
    tx.put(
        CHECKLIST_SCHEDULES,
        msgspec.structs.replace(known, next_at=coming, last_at=planned, counted_at=now),
    )
    return planned if planned != known.last_at else None


async def coming_at(tx: Transaction, name: str) -> datetime | None:
    """Return when it comes next; None: nobody has looked yet."""
    known = await tx.get(CHECKLIST_SCHEDULES, _NO_CHECKLIST + name)
    return known.next_at if known else None


def _agenda(
    name: str, cadence: str, zone: str, next_at: datetime, now: datetime
) -> ChecklistSchedule:
    return ChecklistSchedule(
        checklist=_NO_CHECKLIST + name,
        cadence=cadence,
        zone=zone,
        next_at=next_at,
        counted_at=now,
    )
