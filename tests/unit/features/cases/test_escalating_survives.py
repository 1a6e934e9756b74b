"""Whatever happens to process, clock and chat: each is called once, and nobody is left out."""

from __future__ import annotations

import tempfile
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.collections import OUTBOX
from bot.core.dispatch.dispatcher import OutboxDispatcher
from bot.core.outbox import Outbox
from bot.core.team import at_work
from bot.errors import ChatError, Refusal
from bot.features.cases.collections import CASES, ESCALATIONS
from bot.features.cases.models.cases import case_key
from bot.features.cases.models.escalations import CallTarget, Escalation
from bot.features.cases.service.escalating import Escalating
from tests.unit.conftest import BEN, Team, opened_team
from tests.unit.features.cases.test_escalating import alert, calls, settle

ONE = case_key(1)
OPS = st.one_of(
    st.tuples(st.just("time"), st.sampled_from([1, 20, 31, 45, 240, 600])),
    st.tuples(st.just("clock"), st.sampled_from([-1440, -61, -3, 3, 61, 1440])),
    st.tuples(st.just("restart"), st.just(0)),
    st.tuples(st.just("refuse"), st.just(0)),
    st.tuples(st.just("accept"), st.just(0)),
    st.tuples(st.just("lose"), st.just(0)),
    st.tuples(st.just("acknowledge"), st.just(0)),
)


class Watch:
    """A team whose process may be started again at any time."""

    def __init__(self, team: Team) -> None:
        self.team = team
        self.escalating = Escalating(team.app)

    async def restart(self) -> None:
        """Begin anew with what is stored: nothing that the process knew is left."""
        app = replace(self.team.app, outbox=Outbox(self.team.clock, ("web",), simulated=True))
        await app.outbox.resume(app.store)
        self.team.app = app
        self.team.dispatcher = OutboxDispatcher(app, "web", self.team.chat)
        self.escalating = Escalating(app)

    async def does(self, op: str, by: int) -> None:
        team = self.team
        match op:
            case "time":
                team.clock.advance(minutes=by)
            case "clock":
                team.clock.step(minutes=by)
            case "restart":
                await self.restart()
            case "refuse":
                team.chat.out = ChatError("It takes nothing.", refusal=Refusal.CHAT)
            case "accept":
                team.chat.out = None
            case "lose":
                known = [each.message(t) for each in await self.known() for t in CallTarget]
                team.chat.lose_answer_of |= set(known)
            case "acknowledge":
                await team.press("acknowledge", ONE, BEN)
        await self.escalating.tick()
        await team.dispatcher.deliver()

    async def known(self) -> list[Escalation]:
        return await self.team.app.store.page(ESCALATIONS)

    async def works_again(self) -> None:
        """Let the chat take everything, and a whole working day pass."""
        self.team.chat.out = None
        for _ in range(200):
            await self.does("time", 20)


@pytest.mark.ci
@settings(max_examples=25, deadline=None)
@given(ops=st.lists(OPS, max_size=12))
async def test_each_is_called_once_and_none_is_lost(ops: list[tuple[str, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with opened_team(Path(folder)) as team:
            await settle(team, calls_a_night=2)
            await alert(team)
            watch = Watch(team)
            seen = 0
            for op, by in ops:
                await watch.does(op, by)
                case = await team.app.store.get(CASES, ONE)
                assert case is not None
                if case.acknowledged_by is None:
                    seen = len(calls(team))
                elif team.chat.out is None:
                    seen = max(seen, len(calls(team)))
            await watch.works_again()
            found = calls(team)
            assert max(Counter(found).values(), default=0) <= 1
            case = await team.app.store.get(CASES, ONE)
            assert case is not None
            if case.acknowledged_by is None:
                assert set(found) >= {("C-1", "Lea")}
            else:
                assert await team.app.store.page(ESCALATIONS) == []
                assert len(found) <= seen + 1
            assert [
                row for row in await team.app.store.page(OUTBOX) if "/call-" in row.message
            ] == []


async def test_a_start_after_a_long_stop_calls_at_once_and_once(tmp_path: Path) -> None:
    async with opened_team(tmp_path) as team:
        await settle(team)
        await alert(team)
        watch = Watch(team)
        team.clock.step(hours=4)
        await watch.restart()
        await watch.does("time", 0)
        assert calls(team) == [("C-1", "Lea")]
        for _ in range(3):
            await watch.restart()
            await watch.does("time", 1)
        assert calls(team) == [("C-1", "Lea")]


async def test_a_clock_that_is_set_forward_calls_nobody_before_the_time(tmp_path: Path) -> None:
    async with opened_team(tmp_path) as team:
        await settle(team)
        await alert(team)
        watch = Watch(team)
        await watch.does("time", 1)
        team.clock.step(hours=3)
        await watch.does("time", 1)
        assert calls(team) == []
        await watch.does("time", 28)
        assert at_work((await team.app.team()), team.clock.now)
        assert calls(team) == [("C-1", "Lea")]


async def test_a_chat_that_was_out_for_long_gets_each_call_once_with_its_mention(
    tmp_path: Path,
) -> None:
    async with opened_team(tmp_path) as team:
        await settle(team)
        await alert(team)
        watch = Watch(team)
        await watch.does("refuse", 0)
        for _ in range(8):
            await watch.does("time", 31)
        assert calls(team) == []
        await watch.does("accept", 0)
        for _ in range(3):
            team.clock.advance(minutes=10)
            await watch.does("time", int(timedelta(minutes=5) / timedelta(minutes=1)))
        assert sorted(calls(team)) == [("C-1", "Lea"), ("C-1", "Olu")]
