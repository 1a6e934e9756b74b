"""What a review is drafted from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

import msgspec

from bot.features.attacks.models import Burst, Incident
from bot.features.checklists.models.decisions import Decision
from bot.features.checklists.models.runs import ItemStatus, Run
from bot.features.checklists.models.score_points import capped, of_hundred
from bot.features.letters.models.letters import Letter
from bot.features.reports.models.reports import Report
from bot.features.reviews.models.quarters import Span
from bot.features.reviews.models.reviews import Point
from bot.features.rights.models import BrandRight, RightsDocument
from bot.features.training.models import Learning, Lesson

NAMED = 3
"""Things that a sentence names; the rest is counted."""
REFS = 6
"""References that a point names."""


class Unseen(msgspec.Struct, frozen=True):
    """A product that cannot be seen when the review is made, and why."""

    name: str
    why: str


class Day(msgspec.Struct, frozen=True):
    """The score on a day, in points."""

    day: date
    got: float
    of: float
    alarmed: bool = False
    """An alarm was open, which caps the score."""

    @property
    def percent(self) -> int:
        """The points of a hundred."""
        return capped(of_hundred(self.got, self.of), alarmed=self.alarmed)


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """All that is known; a review of a quarter takes out of it what belongs there."""

    span: Span
    now: datetime
    zone: str
    incidents: Sequence[Incident] = ()
    """All that are known until the quarter's end, in the order of time."""
    bursts: Sequence[Burst] = ()
    """Unusual weeks of the quarter."""
    runs: Sequence[Run] = ()
    """Those that were posted in the quarter."""
    item_statuses: Sequence[ItemStatus] = ()
    """How the items stand now."""
    titles: Mapping[str, str] = {}
    """What checklists and items are called, by their id and their status's key."""
    reports: Sequence[Report] = ()
    letters: Sequence[Letter] = ()
    lessons: Sequence[Lesson] = ()
    learnings: Sequence[Learning] = ()
    rights: Sequence[BrandRight] = ()
    documents: Sequence[RightsDocument] = ()
    scores: Sequence[Day] = ()
    """In the order of time, of the quarter."""
    watched: int = 0
    """Products that are watched now."""
    unseen: Sequence[Unseen] = ()
    decisions: Sequence[Decision] = ()
    """Those of earlier reviews that are open, or were done in the quarter."""

    @property
    def here(self) -> list[Incident]:
        """The quarter's incidents."""
        return [each for each in self.incidents if each.at in self.span]

    @property
    def attacks(self) -> list[Incident]:
        """Those of them that are attacks; an unknown seller may be lawful."""
        return [each for each in self.here if each.decided]

    @property
    def before(self) -> list[Incident]:
        """The incidents of the quarter before."""
        begins = self.span.quarter.before.begins(ZoneInfo(self.zone))
        return [each for each in self.incidents if begins <= each.at < self.span.begins]

    def day(self, moment: datetime) -> date:
        """Return the team's day of a moment."""
        return moment.astimezone(ZoneInfo(self.zone)).date()


class Weighed(msgspec.Struct, frozen=True):
    """A point, and how much it weighs: from 0 to 100; the heaviest comes first."""

    weight: int
    point: Point


def listed(names: Iterable[str], most: int = NAMED) -> str:
    """Return the first names in one line, and how many more there are."""
    known = list(dict.fromkeys(names))
    more = len(known) - most
    return ", ".join(known[:most]) + (f" and {more} more" if more > 0 else "")


def counted(number: int, one: str, many: str = "") -> str:
    """Say how many: ``1 letter``, ``3 letters``."""
    return f"{number} {one if number == 1 else many or f'{one}s'}"


def written(day: date) -> str:
    """Return a day as people write it: ``5 Jan 2027``."""
    return f"{day.day} {day:%b %Y}"


def some(refs: Iterable[str]) -> tuple[str, ...]:
    """Return as many references as a point names."""
    return tuple(dict.fromkeys(refs))[:REFS]
