"""A member who floods the team: alerts and rounds keep their time, and the disk stays small."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from adapters.capture.files import FileEvidence
from bot.core.collections import DAILY_INTAKES
from bot.core.forms import Answers
from bot.core.gateway import ChatGateway
from bot.core.interactions import Ask, Command, Submission
from bot.core.listing import Snapshot
from bot.core.permissions import Roster
from bot.core.rate_limits import NOTES
from bot.features.cases.collections import CASES, ENTRIES
from tests.files import pdf
from tests.unit.conftest import ANA, ASIN, BEN, OWN, PLACE, SECOND, THIEF, Team, offer

MINUTES, CHECKS, TYPED = 60, 10, 50
SIZES = (500_000, pytest.param(5_000_000, marks=pytest.mark.soak))
"""Bytes of each file that is refused; sixty of the large ones are 300 MB."""
ROUND = timedelta(minutes=11)
"""In which each product is looked at, and what is doubted once more."""


class Flood:
    """Ben sends whatever he can; nobody else does anything."""

    def __init__(self, team: Team, size: int) -> None:
        self.team = team
        self.paper = pdf()[:9] + bytes(size) + pdf()[9:]
        self.front = ChatGateway(team.app, team.router, Roster())
        self._sent = 0

    async def minute(self) -> None:
        for _ in range(CHECKS):
            await self._types("check", SECOND)
        for number in range(TYPED):
            await self._types("note", f"1 note {number}")
        await self._hands_in()

    async def _types(self, name: str, text: str) -> None:
        who, role = BEN
        now = self.team.clock.now
        typed = Command(
            id=self._id(), who=who, role=role, where=PLACE, at=now, name=name, text=text
        )
        await self.front.handle(typed)

    async def _hands_in(self) -> None:
        """Send a form whose case is not there, with a file."""
        who, role = ANA
        now = self.team.clock.now
        asked = Command(id=self._id(), who=who, role=role, where=PLACE, at=now, name="note")
        [ask] = (await self.front.handle(asked)).replies
        assert isinstance(ask, Ask)
        files = self.front.intake()
        wrong: Answers = {"case": "99", "note": "x", "files": (await files.take("a", self.paper),)}
        form = Submission(
            id=self._id(),
            who=who,
            role=role,
            where=PLACE,
            at=now,
            session=ask.session,
            step=ask.step,
            answers=wrong,
        )
        [again] = (await self.front.handle(form, files=files)).replies
        assert isinstance(again, Ask)
        assert again.errors

    def _id(self) -> str:
        self._sent += 1
        return f"flood-{self._sent}"


def offered(team: Team, asin: str, *sellers: str) -> None:
    offers = tuple(offer(seller, "24.90") for seller in (OWN, *sellers))
    team.source.put(
        Snapshot(
            asin=asin,
            marketplace="US",
            at=team.clock.now,
            offers=offers,
            total=len(offers),
            holders=(OWN,),
            digest="ab" * 32,
        )
    )


def size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


@pytest.mark.ci
@pytest.mark.parametrize("large", SIZES)
async def test_an_alert_comes_in_time_through_a_flood(
    team: Team, tmp_path: Path, large: int
) -> None:
    evidence = tmp_path / "evidence"
    object.__setattr__(team.app, "evidence", FileEvidence(evidence))
    await team.look(offer(OWN, "24.90"), offer("A1FIRST0SELLER", "24.90"), asin=SECOND)
    flood = Flood(team, large)
    kept, alerted = size(evidence), None
    for minute in range(MINUTES):
        for asin in (ASIN, SECOND):
            offered(team, asin, *([THIEF] if minute >= MINUTES // 2 and asin == ASIN else []))
        await flood.minute()
        team.clock.advance(minutes=1)
        await team.poll()
        await team.dispatcher.deliver()
        if alerted is None and THIEF in await accused(team):
            alerted = minute
    assert alerted is not None
    assert alerted - MINUTES // 2 <= ROUND / timedelta(minutes=1)
    assert await team.app.store.count(ENTRIES) <= MINUTES * NOTES + 100
    assert await team.app.store.count(DAILY_INTAKES) == 0
    assert size(evidence) - kept < 1_000_000
    assert size(tmp_path) < 30_000_000


async def accused(team: Team) -> str:
    return " ".join(str(case) for case in await team.app.store.page(CASES))
