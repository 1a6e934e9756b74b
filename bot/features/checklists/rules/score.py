"""How well the brand is guarded: points by weight, age and problems, with all that they come from.

An item counts by its weight. Done and not expired it gets all of it; expired for no longer than it
counted, half; with a problem, older or never answered, nothing. What is not for us is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

import msgspec

from bot.core.interface import listed, tr
from bot.core.team import Team
from bot.core.when import day
from bot.features.checklists.models.definitions import Area, Checklist, Item
from bot.features.checklists.models.runs import Answer, ItemStatus, item_status_key
from bot.features.checklists.models.score_points import capped, of_hundred
from bot.features.checklists.rules.proofs import LISTS

FULL, HALF, NOTHING = 1.0, 0.5, 0.0


class ScorePart(msgspec.Struct, frozen=True, kw_only=True):
    """What one item adds, and why."""

    checklist: str
    item: str
    title: str
    area: Area
    weight: int
    got: float
    why: str
    """In a few words: ``problem since 12 Nov, C-14``."""
    first: bool = False
    """It is one of the few that matter before all others."""

    @property
    def lost(self) -> float:
        """Points that it does not get."""
        return self.weight - self.got


class Score(msgspec.Struct, frozen=True):
    """The parts, and what they add up to."""

    parts: tuple[ScorePart, ...] = ()
    alarms: tuple[str, ...] = ()
    """Titles of items with an alarm: a change that is unexplained, or a critical problem."""

    @property
    def got(self) -> float:
        """Points that the team has."""
        return sum(part.got for part in self.parts)

    @property
    def of(self) -> int:
        """Points that there are."""
        return sum(part.weight for part in self.parts)

    @property
    def percent(self) -> int:
        """Points of a hundred; 0 where there are none to be had. An open alarm caps them."""
        return capped(of_hundred(self.got, self.of), alarmed=bool(self.alarms))

    @property
    def areas(self) -> dict[Area, tuple[float, int]]:
        """Points got and to be had, by area, in the areas' own order."""
        scores = {area: Score(self.of_area(area)) for area in Area}
        return {area: (score.got, score.of) for area, score in scores.items() if score.of}

    @property
    def costly(self) -> list[ScorePart]:
        """The parts that cost points, the most expensive first."""
        return sorted((part for part in self.parts if part.lost), key=lambda part: -part.lost)

    @property
    def first(self) -> list[ScorePart]:
        """The parts that matter before all others and cost points."""
        return [part for part in self.parts if part.first and part.lost]

    def of_area(self, area: Area) -> tuple[ScorePart, ...]:
        """Return the parts of an area."""
        return tuple(part for part in self.parts if part.area is area)


def score(
    checklists: Sequence[Checklist], statuses: Mapping[str, ItemStatus], team: Team, now: datetime
) -> Score:
    """Return the score over the items that come again and again; ``statuses`` are by key."""
    parts = [
        _part(checklist, item, statuses.get(item_status_key(checklist.id, item.id)), team, now)
        for checklist in checklists
        if checklist.cadence
        for item in checklist.items
    ]
    alarms = _alarms(checklists, statuses)
    return Score(tuple(part for part in parts if part is not None), alarms)


def expiring(
    checklists: Iterable[Checklist],
    statuses: Mapping[str, ItemStatus],
    now: datetime,
    within: timedelta,
) -> list[tuple[datetime, Item]]:
    """Return what was done for a number of days that end soon, the soonest first."""
    found = [
        (status.expires_at, item)
        for checklist in checklists
        for item in checklist.items
        if item.expires
        and (status := statuses.get(item_status_key(checklist.id, item.id)))
        and status.answer is Answer.DONE
        and status.expires_at
        and now < status.expires_at <= now + within
    ]
    return sorted(found, key=lambda each: each[0])


def not_ours(
    checklists: Iterable[Checklist], statuses: Mapping[str, ItemStatus], now: datetime
) -> list[tuple[Item, ItemStatus]]:
    """Return what the team said is not for it, as long as that counts."""
    return [
        (item, status)
        for checklist in checklists
        for item in checklist.items
        if (status := statuses.get(item_status_key(checklist.id, item.id)))
        and status.answer is Answer.NOT_OURS
        and not _over(status, now)
    ]


def _alarms(checklists: Iterable[Checklist], statuses: Mapping[str, ItemStatus]) -> tuple[str, ...]:
    """Return what is alarming in all checklists, playbooks too."""
    return tuple(
        item.title
        for checklist in checklists
        for item in checklist.items
        if (status := statuses.get(item_status_key(checklist.id, item.id)))
        and alarming(item, status)
    )


def alarming(item: Item, status: ItemStatus | None) -> bool:
    """Tell whether an alarm is open: about unknown users or apps, or a serious problem."""
    if status is None:
        return False
    if status.answer is Answer.UNEXPLAINED:
        return True
    return (item.heavy or item.proof in LISTS) and status.answer is Answer.PROBLEM


def _part(
    checklist: Checklist, item: Item, status: ItemStatus | None, team: Team, now: datetime
) -> ScorePart | None:
    if status and status.answer is Answer.NOT_OURS and not _over(status, now):
        return None
    share, why = _judged(status, team, now)
    return ScorePart(
        checklist=checklist.id,
        item=item.id,
        title=item.title,
        area=checklist.area,
        weight=item.weight,
        got=item.weight * share,
        why=why,
        first=item.first,
    )


def _judged(status: ItemStatus | None, team: Team, now: datetime) -> tuple[float, str]:
    """Return the share of its weight that an item gets, and why."""
    if status is not None and status.answer is Answer.UNEXPLAINED:
        return NOTHING, tr("changes not explained since {day}", day=day(status.at, team))
    if status is None or status.answer is Answer.OPEN:
        return NOTHING, _open(status)
    if status.answer is Answer.PROBLEM:
        since = tr("problem since {day}", day=day(status.since or status.at, team))
        return NOTHING, listed(since, f"C-{status.case}" if status.case else "")
    if status.answer is Answer.NOT_OURS:
        return NOTHING, tr("marked 'Not for us' {ago}", ago=_ago(status.at, team, now))
    said = tr("done {ago}", ago=_ago(status.at, team, now))
    if status.expires_at is None or now < status.expires_at:
        return FULL, said
    counted = status.expires_at - status.at
    share = HALF if now < status.expires_at + counted else NOTHING
    return share, listed(said, tr("overdue since {day}", day=day(status.expires_at, team)))


def _open(status: ItemStatus | None) -> str:
    if status and status.case:
        return tr("{case} is closed but not confirmed", case=f"C-{status.case}")
    return tr("never answered")


def _over(status: ItemStatus, now: datetime) -> bool:
    return status.expires_at is not None and status.expires_at <= now


def _ago(at: datetime, team: Team, now: datetime) -> str:
    days = (team.local(now).date() - team.local(at).date()).days
    if days in (0, 1):
        return tr("yesterday") if days else tr("today")
    return tr("{days} days ago", days=days)
