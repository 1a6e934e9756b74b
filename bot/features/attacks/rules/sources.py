"""What one source did in all: who comes back, and who is on many products at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import chain

import msgspec

from bot.features.attacks.models import Incident

MANY = 3
"""So many incidents, or products, are often; so many products are a campaign."""
TOGETHER = timedelta(days=14)
"""What lies so close together is one campaign; who comes again later has come back."""
RULE = (
    f'A source "comes back" if it was logged or reported, and has {MANY} incidents or {MANY} '
    f"products, or returns after {TOGETHER.days} days."
)


class Offender(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A source with several incidents, and what we know about it."""

    source: str
    first: datetime
    last: datetime
    asins: tuple[str, ...]
    """The products it was on, in the order in which they were hit."""
    weeks: int
    """In how many weeks it was seen; a week is counted from its first day on."""
    refs: tuple[str, ...]
    reported: bool
    """It was reported, and then came again."""


class Campaign(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One source on several products at about the same time."""

    source: str
    since: datetime
    until: datetime
    asins: tuple[str, ...]
    refs: tuple[str, ...]


def by_source(incidents: Iterable[Incident]) -> dict[str, list[Incident]]:
    """Return what is known of each source; of who is unknown nobody can tell whether they are one.

    The sources come in the order of their names, so that it decides between equals; the incidents
    of each stay in the order of time.
    """
    known: defaultdict[str, list[Incident]] = defaultdict(list)
    for incident in incidents:
        if incident.source:
            known[incident.source].append(incident)
    return {source: known[source] for source in sorted(known)}


def offenders(known: dict[str, list[Incident]], since: datetime) -> tuple[Offender, ...]:
    """Return who comes back and was there ``since`` then, the busiest first.

    A source comes back that people logged or reported, that was there again, and was there often
    (see ``_often``). Who was only seen several times may be lawful. All that is known counts,
    however old.
    """
    return _busiest(known, since, lambda several: any(each.decided for each in several[:-1]))


def undecided(known: dict[str, list[Incident]], since: datetime) -> tuple[Offender, ...]:
    """Return those with several incidents, some ``since`` then, who still await a decision."""
    return _busiest(known, since, lambda several: not any(each.decided for each in several))


def campaigns(known: dict[str, list[Incident]], since: datetime) -> tuple[Campaign, ...]:
    """Return who was on at least three products within 14 days, the latest first.

    What overlaps is one campaign; those that were over before ``since`` are left out.
    """
    found = [
        _campaign(source, several[first : last + 1])
        for source, several in known.items()
        if _wide(several)
        for first, last in _stretches(several)
        if several[last].at >= since
    ]
    return tuple(sorted(found, key=lambda each: each.until, reverse=True))


def _busiest(
    known: dict[str, list[Incident]], since: datetime, wanted: Callable[[list[Incident]], bool]
) -> tuple[Offender, ...]:
    found = [
        _offender(source, several)
        for source, several in known.items()
        if several[-1].at >= since and _often(several) and wanted(several)
    ]
    return tuple(sorted(found, key=lambda each: len(each.refs), reverse=True))


def _often(several: Sequence[Incident]) -> bool:
    """Tell whether it is many incidents or products, or two that are more than 14 days apart."""
    # The cheapest question first: there may be many sources.
    return len(several) >= MANY or several[-1].at - several[0].at > TOGETHER or _wide(several)


def _wide(several: Sequence[Incident]) -> bool:
    """Tell whether they hit many products; of most sources a look at how many were named does."""
    named = sum([len(each.asins) for each in several])
    return named >= MANY and len(_asins(several)) >= MANY


def _offender(source: str, several: Sequence[Incident]) -> Offender:
    first = several[0].at
    weeks = {(each.at - first).days // 7 for each in several}
    return Offender(
        source=source,
        first=first,
        last=several[-1].at,
        asins=_asins(several),
        weeks=len(weeks),
        refs=tuple([each.ref for each in several]),
        reported=any(each.reported for each in several[:-1]),
    )


def _campaign(source: str, several: Sequence[Incident]) -> Campaign:
    return Campaign(
        source=source,
        since=several[0].at,
        until=several[-1].at,
        asins=_asins(several),
        refs=tuple([each.ref for each in several]),
    )


def _stretches(several: Sequence[Incident]) -> Iterator[tuple[int, int]]:
    """Give the first and the last place of each stretch in which 14 days hold enough products."""
    hit: defaultdict[str, int] = defaultdict(int)
    first = 0
    begun: tuple[int, int] | None = None
    for last, incident in enumerate(several):
        for asin in incident.asins:
            hit[asin] += 1
        earliest = incident.at - TOGETHER
        while several[first].at < earliest:
            _take_off(hit, several[first].asins)
            first += 1
        if len(hit) < MANY:
            continue
        if begun is not None and first > begun[1]:
            yield begun
            begun = None
        begun = (begun[0] if begun else first, last)
    if begun is not None:
        yield begun


def _take_off(hit: dict[str, int], asins: Iterable[str]) -> None:
    for asin in asins:
        hit[asin] -= 1
        if not hit[asin]:
            del hit[asin]


def _asins(several: Iterable[Incident]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(chain.from_iterable([each.asins for each in several])))
