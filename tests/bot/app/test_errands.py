"""Errands that come to nothing: one must not stop the others, and is not tried for ever."""

from __future__ import annotations

from datetime import timedelta

from bot.app.collections import ERRANDS, Errand
from bot.app.errands import FEW, Errands
from tests.bot.app.conftest import OWN, THIEF, Team, offer

PERIOD = timedelta(seconds=20)


def errand(team: Team, kind: str, ref: str = "00000001") -> Errand:
    return Errand(kind=kind, ref=ref, asked_at=team.clock.now, due_at=team.clock.now)


async def asked_for(team: Team, *wanted: Errand) -> None:
    async with team.desk.store.transaction() as tx:
        for each in wanted:
            tx.put(ERRANDS, each)


async def waiting(team: Team) -> list[str]:
    return [each.kind for each in await team.desk.store.page(ERRANDS)]


async def test_one_that_cannot_even_be_given_up_stops_no_other_and_is_tried_rarely(
    team: Team,
) -> None:
    tried: list[str] = []

    async def run(errand: Errand) -> None:
        tried.append(errand.kind)
        raise RuntimeError

    async def give_up(errand: Errand, why: str) -> None:
        if errand.kind == "broken":
            raise LookupError
        async with team.desk.store.transaction() as tx:
            tx.delete(ERRANDS, errand.key)

    await asked_for(team, errand(team, "broken"), errand(team, "other"))
    errands = Errands(team.desk, {"broken": run, "other": run}, give_up)
    for _ in range(360):
        await errands.tick()
        team.clock.now += PERIOD
    assert tried.count("other") == FEW
    assert tried.count("broken") < 4 * FEW
    assert await waiting(team) == ["broken"]


async def test_one_of_another_version_is_dropped_and_stops_no_other(team: Team) -> None:
    await team.look(offer(OWN, "20"), offer(THIEF, "18"))
    await asked_for(team, errand(team, "augury"), errand(team, "pictures", "attacks"))
    for _ in range(FEW):
        await team.work()
        team.clock.advance(hours=1)
    assert await waiting(team) == []
