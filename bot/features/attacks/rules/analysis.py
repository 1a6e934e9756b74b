"""The analysis of attacks: counts, who comes back, campaigns, and what changed. All of it pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
from bot.features.attacks.rules.events import events
from bot.features.attacks.rules.habits import Habit, habits
from bot.features.attacks.rules.sources import Campaign, Offender, by_source, campaigns, offenders
from bot.features.attacks.rules.weeks import monday, placed, week_of

WEEKS = 12
"""Weeks that are looked at if nobody asks for others."""


class Analysis(msgspec.Struct, frozen=True, kw_only=True):
    """What the incidents of some weeks say, with the numbers behind it."""

    since: datetime
    """When the first of the weeks began."""
    until: datetime
    zone: str
    """The zone's name: weeks, weekdays and hours are those of its wall."""
    refs: tuple[str, ...]
    """All that was counted, in the order of time."""
    methods: tuple[Count, ...]
    """Each attack counts once; most first, as in all counts."""
    sources: tuple[Count, ...]
    """Each attack counts once."""
    strangers: tuple[Count, ...]
    """Unknown sellers, who may be lawful: each of their cases counts once."""
    called: Mapping[str, str] = {}
    """What the storefronts of sources are called, where that is known."""
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
    habits: tuple[Habit, ...]
    """Sources that have a weekday of their own."""
    day: Peak | None
    """The weekday that stands out besides, if one does."""
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
    def attacks(self) -> int:
        """How many of them are attacks."""
        return sum(each.count for each in self.methods)

    @property
    def visits(self) -> int:
        """How many of them are unknown sellers who came."""
        return sum(each.count for each in self.strangers)

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
    attacks = [each for each in told if each.decided]
    refs = [each.ref for each in attacks]
    sources = by_source(each.incident for each in known)
    together = campaigns(sources, start)
    explained = {ref for campaign in together for ref in campaign.refs}
    separate = events(here)
    own = habits(separate, weeks, local.weekday())
    explained_days = {each.source for each in own}
    rest = [each for each in separate if each.incident.source not in explained_days]
    compared = change(known, now)
    return Analysis(
        since=start,
        until=now,
        zone=str(zone),
        refs=tuple(each.ref for each in told),
        methods=by_name(zip(map(attrgetter("method"), attacks), refs, strict=True)),
        sources=by_name(zip(map(attrgetter("source"), attacks), refs, strict=True)),
        strangers=by_name((each.source, each.ref) for each in told if not each.decided),
        addresses=frozenset(each.source for each in told if each.address),
        products=by_name((asin, each.ref) for each in told for asin in set(each.asins)),
        weeks=by_week(here, since, until),
        days=by_day(here),
        hours=by_hour(here),
        habits=own,
        day=day_peak(by_day(rest), weeks, local.weekday()),
        hour=hour_peak(by_hour(rest)),
        offenders=offenders(sources, start),
        campaigns=together,
        bursts=bursts(known, since, until, explained),
        testable=bool(known) and until - known[0].week >= LEAST_PAST,
        change=compared,
        changes=method_changes(known, now) if compared.known else (),
    )
