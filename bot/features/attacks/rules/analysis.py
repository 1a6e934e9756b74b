"""The analysis of attacks: counts, who comes back, campaigns, and what changed. All of it pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, tzinfo
from operator import attrgetter

import msgspec

from bot.features.attacks.models import Burst, Incident
from bot.features.attacks.rules.bursts import LEAST_PAST, MOST_PAST, bursts
from bot.features.attacks.rules.counts import (
    Change,
    Count,
    Peak,
    Week,
    by_day,
    by_hour,
    by_name,
    by_week,
    change,
    day_peak,
    hour_peak,
    method_changes,
)
from bot.features.attacks.rules.sources import Campaign, Offender, by_source, campaigns, offenders
from bot.features.attacks.rules.weeks import monday, placed, week_of

WEEKS = 12
"""Weeks that are looked at if nobody asks for others."""


class Analysis(msgspec.Struct, frozen=True, kw_only=True):
    """What the incidents of some weeks say, with the numbers behind it."""

    since: datetime
    """When the first of the weeks began."""
    until: datetime
    refs: tuple[str, ...]
    """All that was counted, in the order of time."""
    methods: tuple[Count, ...]
    """Each incident counts once; most first, as in all counts."""
    sources: tuple[Count, ...]
    """Each incident counts once."""
    addresses: frozenset[str]
    """Those of the sources that are mail or network addresses."""
    products: tuple[Count, ...]
    """An incident counts for every product that it names, or for none."""
    weeks: tuple[Week, ...]
    """The last one may not be over."""
    days: tuple[int, ...]
    """By weekday, Monday first."""
    hours: tuple[tuple[int, ...], ...]
    """By weekday and hour, of those whose hour is known."""
    day: Peak | None
    """The weekday that stands out, if one does."""
    hour: Peak | None
    offenders: tuple[Offender, ...]
    """Told of all that is known, however old."""
    campaigns: tuple[Campaign, ...]
    bursts: tuple[Burst, ...]
    testable: bool
    """The past is long enough to tell a burst from a usual week."""
    change: Change
    changes: tuple[Change, ...]
    """The methods that changed clearly; none where the record is too young to say."""

    @property
    def total(self) -> int:
        """How many incidents there are."""
        return len(self.refs)

    @property
    def timed(self) -> int:
        """Of how many the hour is known."""
        return sum(map(sum, self.hours))


def began(now: datetime, zone: tzinfo, weeks: int = WEEKS) -> datetime:
    """Return when the first of so many weeks began; the present one is the last."""
    first = monday(week_of(now.astimezone(zone)) - weeks + 1)
    return datetime.combine(first, time(), zone)


def needed_since(now: datetime, zone: tzinfo, weeks: int = WEEKS) -> datetime:
    """Return since when incidents have to be known, so that every week has its past."""
    return began(now, zone, weeks + MOST_PAST)


def analyse(
    incidents: Iterable[Incident], now: datetime, zone: tzinfo, weeks: int = WEEKS
) -> Analysis:
    """Say what the incidents of so many weeks until ``now`` tell; they come in the order of time.

    Weeks, weekdays and hours are those of the zone. Older incidents are the past that weeks and
    sources are compared with. What lies after ``now`` is left out.
    """
    known = placed(incidents, now, zone)
    local = now.astimezone(zone)
    until = week_of(local)
    since = until - weeks + 1
    start = began(now, zone, weeks)
    here = [each for each in known if each.week >= since]
    told = [each.incident for each in here]
    refs = [each.ref for each in told]
    sources = by_source(each.incident for each in known)
    together = campaigns(sources, start)
    explained = {ref for campaign in together for ref in campaign.refs}
    days, hours = by_day(here), by_hour(here)
    compared = change(known, now)
    return Analysis(
        since=start,
        until=now,
        refs=tuple(refs),
        methods=by_name(zip(map(attrgetter("method"), told), refs, strict=True)),
        sources=by_name(zip(map(attrgetter("source"), told), refs, strict=True)),
        addresses=frozenset(each.source for each in told if each.address),
        products=by_name((asin, each.ref) for each in told for asin in set(each.asins)),
        weeks=by_week(here, since, until),
        days=days,
        hours=hours,
        day=day_peak(days, weeks, local.weekday()),
        hour=hour_peak(hours),
        offenders=offenders(sources, start),
        campaigns=together,
        bursts=bursts(known, since, until, explained),
        testable=bool(known) and until - known[0].week >= LEAST_PAST,
        change=compared,
        changes=method_changes(known, now) if compared.known else (),
    )
