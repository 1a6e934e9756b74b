"""A year of checklists as a calendar to be read: when each comes, what it asks, how long."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby

import msgspec

from bot.core.cadences import Cadences
from bot.core.team import Team
from bot.core.views.lists import counted
from bot.features.checklists.models.definitions import Checklist, Item, ProofKind
from bot.features.checklists.models.runs import Answer, ItemStatus
from bot.features.checklists.rules.calendar import expiry, period
from bot.features.checklists.rules.planning import plan

YEAR = timedelta(days=365)
WEEKS = 52
TITLE = 40
"""Room for a run's title."""


class ChecklistDay(msgspec.Struct, frozen=True):
    """A checklist on its day, with the items that it asks then."""

    at: datetime
    """In the team's zone."""
    title: str
    items: tuple[Item, ...]

    @property
    def minutes(self) -> int:
        """About how long it takes, as the run's card says it."""
        return max(1, sum(item.minutes for item in self.items))


def year(
    checklists: Sequence[Checklist], cadences: Cadences, team: Team, since: datetime
) -> list[ChecklistDay]:
    """Return what comes in a year if everything is answered on its day, in the order of time."""
    recurring = [checklist for checklist in checklists if checklist.cadence]
    found = [each for checklist in recurring for each in _asked(checklist, cadences, team, since)]
    return sorted(found, key=lambda each: each.at)


def _asked(
    checklist: Checklist, cadences: Cadences, team: Team, since: datetime
) -> Iterator[ChecklistDay]:
    def following(after: datetime) -> datetime:
        return cadences.following(checklist.cadence, team.zone, after)

    statuses: dict[str, ItemStatus] = {}
    at = following(since)
    while at < since + YEAR:
        coming = following(at)
        items = tuple(task.item for task in plan(checklist, statuses, team, at, coming))
        if items:
            local = team.local(at)
            title = f"{checklist.title}, {period(checklist.cadence, local)}"
            yield ChecklistDay(local, title, items)
        for item in items:
            statuses[item.id] = ItemStatus(
                checklist=checklist.id,
                item=item.id,
                answer=Answer.DONE,
                at=at,
                expires_at=expiry(item, at, coming, team),
            )
        at = coming


def calendar(
    checklists: Sequence[Checklist], cadences: Cadences, team: Team, since: datetime
) -> str:
    """Write the year as a text: a line for each run, and below what the items are."""
    runs = year(checklists, cadences, team, since)
    weekly = sum(each.minutes for each in runs) / WEEKS
    lines = [
        f"A year of checklists from {_day(team.local(since))}, in the time zone {team.zone}.",
        f"{counted(len(runs), 'run')}, about {weekly:.1f} minutes a week for the whole team, "
        "if every item is answered on time.",
    ]
    for month, here in groupby(runs, key=lambda each: f"{each.at:%B %Y}"):
        lines += ["", month, *(_row(each) for each in here)]
    lines += ["", "", "Items"]
    for checklist in checklists:
        if checklist.cadence:
            lines += ["", f"{checklist.title} ({checklist.owner.label})", *_legend(checklist)]
    return "\n".join(lines) + "\n"


def _row(asked: ChecklistDay) -> str:
    day = f"{asked.at:%a} {asked.at.day:>2} {asked.at:%b %H:%M}"
    items = counted(len(asked.items), "item")
    minutes = counted(asked.minutes, "minute")
    return f"  {day}  {asked.title:<{TITLE}}  {items:>8}  {minutes:>10}"


def _legend(checklist: Checklist) -> Iterator[str]:
    for item in checklist.items:
        counts = f", valid for {item.expires} days" if item.expires else ""
        proof = f", asks for {item.proof.label}" if item.proof is not ProofKind.NONE else ""
        takes = counted(item.minutes, "minute") if item.minutes else "less than a minute"
        yield f"  {item.title}: {takes}{counts}{proof}"


def _day(local: datetime) -> str:
    return f"{local.day} {local:%B %Y}"
