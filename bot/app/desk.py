"""The desk: what every part of the application shares."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol

from bot.app.collections import TEAMS
from bot.app.outbox import Outbox
from bot.domain.checklists.definitions import Checklist
from bot.domain.lessons import Lesson
from bot.domain.offers import Watch
from bot.domain.team import Team
from bot.ports import (
    Cadences,
    Clock,
    Engine,
    Evidence,
    Packer,
    PageCapture,
    Pictures,
    Printer,
    Reading,
    Store,
    TimestampAuthority,
    Transaction,
)
from bot.ui.links import Links


class Checker(Protocol):
    """Looks at products on demand."""

    async def check(self, watches: Sequence[Watch]) -> list[Reading]:
        """Look at the products now, judge and record what was seen; a reading for each."""
        ...

    def follow(self, watch: Watch) -> None:
        """Look at the product from now on."""
        ...

    def forget(self, key: str) -> None:
        """Look at it no more."""
        ...


@dataclass(frozen=True)
class Brand:
    """Whose listings these are."""

    name: str
    own_sellers: frozenset[str]
    home: str
    """The code of the marketplace that the team sells in most."""
    simulated: bool


@dataclass(frozen=True)
class Tools:
    """What evidence and packets are made with. What is missing here cannot be done."""

    camera: PageCapture | None = None
    no_camera: str = ""
    """Why there is no camera, and how to get one."""
    pictures: Pictures | None = None
    packer: Packer | None = None
    printer: Printer | None = None
    authorities: Sequence[TimestampAuthority] = ()


@dataclass(frozen=True)
class Guard:
    """What is asked of the team again and again, and when."""

    cadences: Cadences
    checklists: Sequence[Checklist] = ()
    lessons: Sequence[Lesson] = ()

    def checklist(self, id: str) -> Checklist | None:
        """Return the checklist of that name; it may be gone while a run of it is open."""
        return next((each for each in self.checklists if each.id == id), None)


@dataclass(frozen=True)
class Desk:
    """What every part of the application shares."""

    store: Store
    engine: Engine
    clock: Clock
    monotonic: Callable[[], float]
    """Tells seconds that only grow, whatever happens to the clock: for 'in n seconds'."""
    brand: Brand
    links: Links
    evidence: Evidence
    outbox: Outbox
    stale_after: timedelta
    """A product whose last look is older than this is overdue, and /health says so."""
    guard: Guard
    tools: Tools = field(default_factory=Tools)
    tool: str = "Brandwarden"
    """Name and version of this program, as the custody log calls it."""

    async def team(self, tx: Transaction | None = None) -> Team:
        """Return the team's settings."""
        found = await (tx or self.store).get(TEAMS, "team")
        return found or Team()
