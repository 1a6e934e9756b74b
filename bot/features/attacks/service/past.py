"""What a span of time had of attacks, for whoever looks back at it."""

from __future__ import annotations

import asyncio
from datetime import date, datetime
from zoneinfo import ZoneInfo

import msgspec

from bot.core.context import AppContext
from bot.features.attacks.models import Burst, Incident
from bot.features.attacks.rules.analysis import analyse, needed_since
from bot.features.attacks.rules.weeks import week_of
from bot.features.attacks.service.incidents import incidents


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
