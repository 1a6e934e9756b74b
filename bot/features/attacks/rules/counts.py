"""Counts: by name, week, weekday and hour, and which of these stands out."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

import msgspec

from bot.core.labeled import AttackKind
from bot.features.attacks.rules import chance
from bot.features.attacks.rules.events import events
from bot.features.attacks.rules.weeks import DAYS, HOURS, CalendarIncident, monday

CLEAR = 0.05
"""What chance alone brings less often than this is called a difference."""
MONTH = timedelta(days=28)
"""Four weeks, so that every weekday is in it as often."""
FEWEST = 6
"""Below so many in both not even 'all of them in one' would be a difference."""


class Count(msgspec.Struct, frozen=True, gc=False):
    """How often something is in the incidents, and in which."""

    name: str
    """A method, a source, an ASIN; empty for a source that nobody knows."""
    refs: tuple[str, ...]

    @property
    def count(self) -> int:
        """How often."""
        return len(self.refs)


class Week(msgspec.Struct, frozen=True):
    """A week from its Monday on."""

    monday: date
    count: int


class Peak(msgspec.Struct, frozen=True):
    """The weekday or the hour that has too many for chance alone."""

    place: int
    """0 is Monday, or the hour that begins at midnight."""
    count: int
    of: int
    usual: float
    """What it would have if all were alike."""
    chance: float
    """How likely it is that any of them has so many while all are alike, at the most."""


def by_name(pairs: Iterable[tuple[str, str]]) -> tuple[Count, ...]:
    """Count pairs of name and reference, most first."""
    known: defaultdict[str, list[str]] = defaultdict(list)
    for name, ref in pairs:
        known[name].append(ref)
    # One sort after the other is much quicker than one by both, and lets others have their turn.
    counts = [Count(name, tuple(known[name])) for name in sorted(known)]
    counts.sort(key=lambda each: len(each.refs), reverse=True)
    return tuple(counts)


def by_week(incidents: Iterable[CalendarIncident], since: int, until: int) -> tuple[Week, ...]:
    """Count by week, from one to the other."""
    counts = [0] * (until - since + 1)
    for each in incidents:
        counts[each.week - since] += 1
    return tuple(Week(monday(since + place), count) for place, count in enumerate(counts))


def by_day(incidents: Iterable[CalendarIncident]) -> tuple[int, ...]:
    """Count by weekday, Monday first."""
    counts = [0] * DAYS
    for each in incidents:
        counts[each.weekday] += 1
    return tuple(counts)


def by_hour(incidents: Iterable[CalendarIncident]) -> tuple[tuple[int, ...], ...]:
    """Count by weekday and hour those whose hour is known; a row for each weekday."""
    counts = [[0] * HOURS for _ in range(DAYS)]
    for each in incidents:
        if each.hour is not None:
            counts[each.weekday][each.hour] += 1
    return tuple(map(tuple, counts))


def day_peak(counts: Sequence[int], weeks: int, today: int) -> Peak | None:
    """Return the weekday that stands out in so many weeks, of which the last ends ``today``.

    In a single week every day had at most one turn, which says nothing.
    """
    if weeks == 1:
        return None
    return _peak(counts, [weeks - (day > today) for day in range(DAYS)])


def hour_peak(counts: Sequence[Sequence[int]]) -> Peak | None:
    """Return the hour that stands out; one that a clock change leaves out counts as any other."""
    return _peak([sum(hour) for hour in zip(*counts, strict=True)], [1] * HOURS)


def _peak(counts: Sequence[int], turns: Sequence[int]) -> Peak | None:
    """Test each part against the share of its turns, exactly; all of them together (Bonferroni)."""
    of, parts = sum(counts), len(counts)
    shares = [turn / sum(turns) for turn in turns]
    peaks = [
        Peak(place, count, of, of * share, parts * chance.of_share(count, of, share))
        for place, (count, share) in enumerate(zip(counts, shares, strict=True))
    ]
    best = min(peaks, key=lambda peak: peak.chance)
    return best if best.chance < CLEAR else None


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """How many there were in the last four weeks, and in the four weeks before."""

    now: int
    before: int
    events: tuple[int, int]
    """The same, but entries that belong together count once; this is what is tested."""
    known: bool = True
    """The record is old enough to have seen both."""
    method: AttackKind | None = None
    """None: of all methods together."""

    @property
    def chance(self) -> float:
        """How likely they differ at least so much while nothing changed."""
        return chance.of_change(*self.events)

    @property
    def once(self) -> bool:
        """Tell whether some entries belong together and count once."""
        return sum(self.events) < self.now + self.before

    @property
    def rose(self) -> bool:
        """Tell whether there were more than before, in what is tested."""
        now, before = self.events
        return now > before

    @property
    def few(self) -> bool:
        """Tell whether there are too few to say anything."""
        return sum(self.events) < FEWEST

    @property
    def clear(self) -> bool:
        """Tell whether it is more than chance explains."""
        return self.known and self.chance < CLEAR


def change(incidents: Sequence[CalendarIncident], now: datetime) -> Change:
    """Compare two months of a record, which begins with its first incident."""
    recent, before = _months(incidents, now)
    known = bool(incidents) and incidents[0].incident.at <= now - 2 * MONTH
    apart = _apart(incidents, now)
    separate = (len(apart[0]), len(apart[1]))
    return Change(now=len(recent), before=len(before), events=separate, known=known)


def method_changes(incidents: Sequence[CalendarIncident], now: datetime) -> tuple[Change, ...]:
    """Return the methods whose own change is clear, the clearest first (Bonferroni over all)."""
    recent, before = _months(incidents, now)
    apart = _apart(incidents, now)
    changes = [
        Change(
            now=recent.count(method),
            before=before.count(method),
            events=(apart[0].count(method), apart[1].count(method)),
            method=method,
        )
        for method in AttackKind
    ]
    clear = [each for each in changes if len(AttackKind) * each.chance < CLEAR]
    return tuple(sorted(clear, key=lambda each: each.chance))


def _months(
    incidents: Sequence[CalendarIncident], now: datetime
) -> tuple[list[AttackKind], list[AttackKind]]:
    """Return the methods of the last month's incidents, and of those of the month before."""
    earlier, later, end = (
        bisect_right(incidents, now - months * MONTH, key=_at) for months in (2, 1, 0)
    )
    methods = [each.incident.method for each in incidents[earlier:end]]
    return methods[later - earlier :], methods[: later - earlier]


def _apart(
    incidents: Sequence[CalendarIncident], now: datetime
) -> tuple[list[AttackKind], list[AttackKind]]:
    """Return the methods of the events of the same months."""
    return _months(events([each for each in incidents if _at(each) > now - 2 * MONTH]), now)


def _at(placed: CalendarIncident) -> datetime:
    return placed.incident.at
