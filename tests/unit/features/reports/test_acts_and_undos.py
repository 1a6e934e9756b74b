"""Whatever a team does and undoes, no report, no case and no trust is lost or made up."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.collections import UNDOABLES
from bot.core.interactions import Ask, Notice, Reply
from bot.core.permissions import Person, Role
from bot.core.undo.announcing import end_undo
from bot.core.undo.models import Undoable
from bot.features.cases.collections import CASES
from bot.features.cases.models.cases import Case
from bot.features.evidence.collections import PLANNED_BUYS
from bot.features.reports.collections import REPORTS
from bot.features.watchlist.collections import SELLERS, WATCHES
from tests.unit.conftest import ANA, ASIN, BEN, THIEF, Team, opened_team
from tests.unit.features.reports.reporting import CASE, REPORT, draft, start

PLAN = {"place": "Home", "budget": "20", "remind": "2026-11-25"}
ALL = 1000


class Kept(NamedTuple):
    """What an act may change and its undoing has to bring back, by key."""

    cases: dict[str, object]
    reports: dict[str, object]
    trusted: dict[str, object]
    watched: dict[str, object]
    planned: dict[str, object]


async def kept(team: Team) -> Kept:
    """Read it; a case without its timeline, which grows by what is undone, too."""
    store = team.app.store
    return Kept(
        {case.key: _of_case(case) for case in await store.page(CASES, limit=ALL)},
        {each.key: each for each in await store.page(REPORTS, limit=ALL)},
        {each.id: each for each in await store.page(SELLERS, limit=ALL)},
        {each.key: each for each in await store.page(WATCHES, limit=ALL)},
        {each.case: each for each in await store.page(PLANNED_BUYS, limit=ALL)},
    )


def _of_case(case: Case) -> Case:
    return msgspec.structs.replace(case, entries=0, shown="", told_at=None, held=0, holding=False)


async def acts(team: Team) -> list[Undoable]:
    return await team.app.store.page(UNDOABLES, limit=ALL)


async def form(team: Team, action: str, ref: str, answers: dict[str, str]) -> list[Reply]:
    """Press a button, and fill in its form; who cannot is told why, and nothing happens."""
    who = ANA if action == "authorise" else BEN
    match await team.press(action, ref, who):
        case [Ask() as ask]:
            return await team.submit(ask, {**answers}, who)
        case replies:
            return replies


async def press(team: Team, action: str, ref: str, who: tuple[Person, Role]) -> list[Reply]:
    return await team.press(action, ref, who)


async def typed(team: Team, text: str) -> list[Reply]:
    return await team.type(text)


async def wait(team: Team, minutes: int) -> list[Reply]:
    team.clock.advance(minutes=minutes)
    await end_undo(team.app)
    return []


async def undo(team: Team, which: int) -> list[Reply]:
    """Press Undo on some act, however old it is."""
    known = await acts(team)
    return await team.press("undo", known[which % len(known)].key, ANA) if known else []


class Act(NamedTuple):
    """Something that somebody does."""

    make: Callable[..., Awaitable[list[Reply]]]
    args: tuple[object, ...]

    async def take(self, team: Team) -> None:
        await self.make(team, *self.args)


def act(make: Callable[..., Awaitable[list[Reply]]], *args: object) -> Act:
    return Act(make, args)


PEOPLE = st.sampled_from([ANA, BEN])
FAR = st.one_of(
    PEOPLE.map(lambda who: act(press, "assign", CASE, who)),
    PEOPLE.map(lambda who: act(press, "retract-report", REPORT, who)),
    PEOPLE.map(lambda who: act(press, "close-report", REPORT, who)),
    st.sampled_from(["gone", "false-alarm"]).map(
        lambda why: act(form, "close", CASE, {"reason": why, "note": ""})
    ),
    st.just(act(form, "authorise", CASE, {"where": "case"})),
    st.just(act(typed, f"/withdraw {THIEF}")),
    st.just(act(typed, f"/unwatch {ASIN} US")),
)
BESIDES = st.one_of(
    PEOPLE.map(lambda who: act(press, "acknowledge", CASE, who)),
    PEOPLE.map(lambda who: act(press, "reopen", CASE, who)),
    st.just(act(form, "plan-test-buy", CASE, PLAN)),
    st.just(act(typed, f"/watch {ASIN} US")),
    st.just(act(typed, "/note 1 They answered.")),
    st.sampled_from([1, 4, 9, 11]).map(lambda minutes: act(wait, minutes)),
    st.integers(0, 20).map(lambda which: act(undo, which)),
)
STEPS = st.lists(st.tuples(st.one_of(FAR, BESIDES), st.booleans()), min_size=2, max_size=8)


async def live(steps: list[tuple[Act, bool]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with opened_team(Path(folder)) as team:
            await start(team)
            await draft(team)
            for step, takes_back in steps:
                await _step(team, step, takes_back=takes_back)


async def _step(team: Team, step: Act, *, takes_back: bool) -> None:
    # What ended is known by the moment of the act: no two acts are of the same.
    team.clock.advance(seconds=1)
    before, known = await kept(team), {each.key for each in await acts(team)}
    await step.take(team)
    after = await kept(team)
    assert after.cases.keys() >= before.cases.keys()
    assert after.reports.keys() >= before.reports.keys()
    new = [each for each in await acts(team) if each.key not in known]
    if not (takes_back and new):
        return
    for each in reversed(new):
        replies = await team.press("undo", each.key, ANA)
        assert any(isinstance(said, Notice) and "Undone." in said.text for said in replies)
    assert await kept(team) == before
    for each in new:
        [said] = await team.press("undo", each.key, ANA)
        assert isinstance(said, Notice)
        assert "already undid this" in said.text
    assert await kept(team) == before


@pytest.mark.ci
@settings(max_examples=15, deadline=None)
@given(STEPS)
def test_what_is_undone_at_once_is_as_if_it_had_not_been(steps: list[tuple[Act, bool]]) -> None:
    asyncio.run(live(steps))
