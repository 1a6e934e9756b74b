"""Members who flood the team with checks, commands and files: each round keeps its time.

The real source, planner, monitor, store and gateway against an Amazon with its quotas; an hour of
virtual time.
"""

from __future__ import annotations

import asyncio
import itertools
from pathlib import Path

import pytest

from adapters.capture.files import FileEvidence
from bot.core.channel_bindings import open_room
from bot.core.forms import Answers
from bot.core.gateway import ChatGateway
from bot.core.interactions import Ask, Command, Place, Post, Reply, Submission
from bot.core.permissions import Person, Role, Roster
from bot.core.router import Router
from bot.features.watchlist.collections import STATUSES
from tests import virtual
from tests.files import pdf
from tests.unit.checks.trial import PERIOD, Amazon, Team, clock, products, watching

MINUTE, HOUR = 60.0, 3600.0
HERE = Place(chat="web", channel="alerts")
MEMBERS = tuple(Person(f"m{number}", f"Mo {number}") for number in range(10))
"""Each checks something every minute: 600 checks an hour."""
LATE = 1.1
"""Periods in which each product is looked at, with the time until its turn and the answer."""
TYPED = 50
"""Notes in a minute, of one of them: 3,000 in the hour."""


class Flood:
    """All members send whatever they can, for as long as it runs."""

    def __init__(self, team: Team, size: int) -> None:
        self.front = ChatGateway(team.app, Router(team.app, team.monitor), Roster())
        self.checked: list[Reply] = []
        self.refused = 0
        self._paper = pdf()[:9] + bytes(size) + pdf()[9:]
        self._ids = itertools.count()

    async def minute(self, number: int) -> None:
        checks = asyncio.gather(
            *(
                self._types(who, f"check B0GUEST{number:02}{place} DE")
                for place, who in enumerate(MEMBERS)
            )
        )
        notes = asyncio.gather(
            *(self._types(MEMBERS[0], f"note 1 Number {place}") for place in range(TYPED))
        )
        await self._hands_in(MEMBERS[1])
        self.checked += [reply for replies in await checks for reply in replies]
        await notes

    async def _types(self, who: Person, text: str) -> list[Reply]:
        name, _, rest = text.partition(" ")
        typed = Command(
            id=self._id(),
            who=who,
            role=Role.MEMBER,
            where=HERE,
            at=clock(),
            name=name,
            text=rest,
        )
        return [*(await self.front.handle(typed)).replies]

    async def _hands_in(self, who: Person) -> None:
        """Send a form whose case is not there, with a file."""
        [ask] = await self._types(who, "note")
        assert isinstance(ask, Ask)
        files = self.front.intake()
        paper = await files.take("a", self._paper)
        wrong: Answers = {"case": "99", "note": "x", "files": (paper,)}
        form = Submission(
            id=self._id(),
            who=who,
            role=Role.MEMBER,
            where=HERE,
            at=clock(),
            session=ask.session,
            step=ask.step,
            answers=wrong,
        )
        [again] = (await self.front.handle(form, files=files)).replies
        assert isinstance(again, Ask)
        assert again.errors
        self.refused += len(self._paper)

    def _id(self) -> str:
        return f"flood-{next(self._ids)}"


async def hour_of(team: Team, flood: Flood) -> None:
    """Let an hour pass in which what is due is asked for, and the flood never ends."""
    asking = []
    for number in range(60):
        asking.append(asyncio.create_task(flood.minute(number)))
        await team.work(MINUTE)
    await asyncio.gather(*asking)


def longest_gap(moments: list[float], since: float, until: float) -> float:
    """Return for how long a product was not looked at, from one moment to the other."""
    inside = [since, *(each for each in moments if since <= each <= until), until]
    return max(later - earlier for earlier, later in itertools.pairwise(inside))


@pytest.mark.ci
@pytest.mark.parametrize("size", [50_000, pytest.param(5_000_000, marks=pytest.mark.soak)])
def test_each_product_is_looked_at_in_time_through_a_flood(tmp_path: Path, size: int) -> None:
    """The quota allows a round of these products in the period, and hardly more."""

    async def trial() -> None:
        amazon, loop = Amazon(), asyncio.get_running_loop()
        watches = products(1_000)
        async with watching(amazon, watches) as team:
            object.__setattr__(team.app, "evidence", FileEvidence(tmp_path / "evidence"))
            await open_room(team.app.store, "web", "", "alerts")
            await team.work(HOUR)
            flood, began = Flood(team, size), loop.time()
            await hour_of(team, flood)
            statuses = await team.app.store.page(STATUSES, limit=2_000)
        ours = {f"{each.marketplace} {each.asin}" for each in watches}
        reads = {f"DE {key.split()[1]}": moments for key, moments in amazon.reads.items()}
        calm = sum(each <= began for key in ours for each in reads[key])
        assert sum(each > began for key in ours for each in reads[key]) >= 0.97 * calm
        gaps = [longest_gap(reads[key], began, loop.time()) for key in ours]
        assert max(gaps) <= LATE * PERIOD.total_seconds()
        late = clock() - LATE * PERIOD
        assert [each for each in statuses if not each.seen_at or each.seen_at < late] == []
        assert len(reads.keys() - ours) == len(flood.checked) == 600
        assert all(isinstance(each, Post) for each in flood.checked)
        assert flood.refused >= 60 * size
        assert amazon.refused == 0

    virtual.run(trial())
