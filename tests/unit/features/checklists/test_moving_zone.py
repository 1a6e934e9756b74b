"""A team that chooses another time zone: no run is lost, and none comes twice."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec

from bot.core.collections import CHECKLIST_SCHEDULES
from bot.core.team import Team as Chosen
from tests.unit.conftest import Team
from tests.unit.features.checklists.guarding import (
    BERLIN,
    MONDAY,
    SECURITY,
    choose,
    guarded,
    monday,
    runs,
    tick,
)

LOS_ANGELES = "America/Los_Angeles"


async def coming(team: Team) -> datetime:
    agenda = await team.app.store.get(CHECKLIST_SCHEDULES, SECURITY.id)
    assert agenda is not None
    return agenda.next_at


async def test_a_run_whose_moment_has_passed_in_the_new_zone_comes_at_once(team: Team) -> None:
    team = guarded(team, SECURITY)
    await monday(team)
    team.clock.now = MONDAY + timedelta(days=7, minutes=-10)
    await choose(team, Chosen(zone=BERLIN))
    await tick(team)
    assert runs(team) == ["K-1", "K-2"]
    assert await coming(team) == MONDAY + timedelta(days=14, hours=-1)


async def test_a_run_that_was_posted_does_not_come_again_on_the_same_day(team: Team) -> None:
    team = guarded(team, SECURITY)
    await choose(team, Chosen(zone=BERLIN))
    team.clock.now = MONDAY.replace(hour=6)
    await tick(team)
    team.clock.now = MONDAY.replace(hour=8)
    await tick(team)
    await choose(team, Chosen(zone=LOS_ANGELES))
    for _ in range(24):
        await tick(team)
        team.clock.advance(hours=1)
    assert runs(team) == ["K-1"]
    assert await coming(team) == MONDAY.replace(hour=17) + timedelta(days=7)


async def test_a_daily_run_comes_once_on_each_day_of_the_wall(team: Team) -> None:
    team = guarded(team, msgspec.structs.replace(SECURITY, cadence="0 9 * * *"))
    await monday(team, Chosen(zone=BERLIN))
    posted = len(runs(team))
    await choose(team, Chosen(zone=LOS_ANGELES))
    await tick(team)
    team.clock.now = MONDAY.replace(hour=18)
    await tick(team)
    assert len(runs(team)) == posted
    team.clock.now = MONDAY.replace(hour=17) + timedelta(days=1)
    await tick(team)
    assert len(runs(team)) == posted + 1


async def test_there_and_back_again_changes_nothing(team: Team) -> None:
    team = guarded(team, SECURITY)
    await monday(team)
    before = await coming(team)
    for zone in (BERLIN, LOS_ANGELES, "UTC"):
        await choose(team, Chosen(zone=zone))
        await tick(team)
    assert await coming(team) == before
    assert runs(team) == ["K-1"]
