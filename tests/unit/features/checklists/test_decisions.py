"""Decisions of a review come back as items until they are done."""

from __future__ import annotations

from datetime import timedelta

from bot.core.team import Team as Chosen
from bot.features.cases.collections import CASES
from bot.features.checklists.collections import DECISIONS
from bot.features.checklists.models.decisions import Decision
from bot.features.checklists.models.runs import Ending
from tests.unit.conftest import ANA, BEN, Team, asked
from tests.unit.features.checklists.guarding import (
    MONDAY,
    card,
    choose,
    decision,
    guarded,
    run,
    tick,
)

FRIDAY = MONDAY + timedelta(days=4)


async def decided(team: Team, *decisions: Decision) -> Team:
    team = guarded(team)
    await choose(team, Chosen(digest_hour=9))
    async with team.app.store.transaction() as tx:
        for each in decisions:
            tx.put(DECISIONS, each)
    return team


async def stored(team: Team, number: int = 1) -> Decision:
    found = await team.app.store.get(DECISIONS, f"{number:06d}")
    assert found is not None
    return found


async def until(team: Team, day: int, hour: int = 20) -> list[str]:
    """Tick every hour to an hour of a day after the Monday; return what was posted."""
    end = MONDAY.replace(hour=hour) + timedelta(days=day)
    while team.clock.now < end:
        team.clock.advance(hours=1)
        await tick(team)
    return [key for key in team.chat.order if "/" not in key]


async def test_a_decision_comes_back_on_its_day_at_the_digests_hour(team: Team) -> None:
    team = await decided(team, decision(MONDAY.date(), owner=BEN[0]))
    team.clock.now = MONDAY.replace(hour=8)
    await tick(team)
    assert team.chat.order == []
    team.clock.now = MONDAY
    await tick(team)
    await tick(team)
    shown = team.chat.cards["K-1"]
    assert shown.title == "Decisions due, 23 Nov"
    assert shown.body == "1 item, about 2 minutes\n☐ Decision 1 · Ben"
    asked_ = await run(team, 1)
    assert (asked_.planned_at, (await stored(team)).run) == (MONDAY, 1)


async def test_it_comes_again_after_a_week_until_it_is_done(team: Team) -> None:
    team = await decided(team, decision(MONDAY.date()))
    team.clock.now = MONDAY.replace(hour=1)
    assert await until(team, 6) == ["K-1"]
    assert await until(team, 13) == ["K-1", "K-2"]
    assert (await run(team, 1)).ending is Ending.REPLACED
    await team.press("item-done", "000002/D-1")
    done = await stored(team)
    assert (done.open, done.done_at) == (False, team.clock.now)
    assert await until(team, 40) == ["K-1", "K-2"]


async def test_what_is_due_at_the_weekend_comes_on_monday(team: Team) -> None:
    team = await decided(team, decision((FRIDAY + timedelta(days=1)).date()))
    team.clock.now = FRIDAY
    assert await until(team, 6, 23) == []
    assert await until(team, 7, 9) == ["K-1"]


async def test_decisions_of_one_day_come_together(team: Team) -> None:
    first, second, later = (
        decision(day.date(), number)
        for number, day in ((1, MONDAY), (2, MONDAY), (3, MONDAY + timedelta(days=1)))
    )
    team = await decided(team, first, second, later)
    team.clock.now = MONDAY
    await tick(team)
    assert await until(team, 2) == ["K-1", "K-2"]
    assert [task.item.id for task in (await run(team, 1)).tasks] == ["D-1", "D-2"]
    assert (await run(team, 1)).open
    assert [task.item.id for task in (await run(team, 2)).tasks] == ["D-3"]


async def test_a_problem_opens_a_case_and_the_decision_stays_open(team: Team) -> None:
    team = await decided(team, decision(MONDAY.date()))
    team.clock.now = MONDAY
    await tick(team)
    ask = asked(await team.press("item-problem", "000001/D-1"))
    last = card(await team.submit(ask, {"wrong": "Nobody has the budget"}))
    assert last.title == "All answered: 0 done, 1 problem. Thank you."
    assert (await stored(team)).open
    [case] = await team.app.store.page(CASES)
    assert case.fingerprint == "US/problem/decisions/D-1"
    await until(team, 7)
    assert "☐ Decision 1: still a problem, C-1 · Ana" in team.chat.cards["K-2"].body


async def test_what_is_not_for_us_any_more_is_given_up(team: Team) -> None:
    team = await decided(team, decision(MONDAY.date()))
    team.clock.now = MONDAY
    await tick(team)
    shown = card(await team.press("begin", "K-1", ANA))
    assert "Ana decided this on 24 Oct 2026. It is due 23 Nov 2026." in shown.body
    await team.press("item-not-ours", "000001/D-1")
    given_up = await stored(team)
    assert (given_up.open, given_up.done_at) == (False, None)


async def test_more_than_a_run_holds_comes_on_the_next_work_days(team: Team) -> None:
    many = [decision(MONDAY.date(), number) for number in range(1, 31)]
    team = await decided(team, *many)
    team.clock.now = MONDAY
    for _ in range(3):
        await tick(team)
    assert await until(team, 0) == ["K-1"]
    assert await until(team, 1) == ["K-1", "K-2"]
    assert await until(team, 2) == ["K-1", "K-2", "K-3"]
    asked_ = [task.item.id for n in (1, 2, 3) for task in (await run(team, n)).tasks]
    assert asked_ == [f"D-{number}" for number in range(1, 31)]
