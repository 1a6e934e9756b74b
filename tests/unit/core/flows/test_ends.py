"""How a flow ends: once, whole, or by asking again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from bot.core.collections import COUNTERS, SESSIONS, Counter
from bot.core.flows.engine import Step, begin
from bot.core.flows.flow import Flow
from bot.core.flows.forms import FlowForm, WrongAnswers
from bot.core.flows.sessions import FlowSession
from bot.core.forms import Form, Text
from bot.core.interactions import Ask, Notice, Reply
from bot.core.permissions import Permission
from bot.core.request import RequestContext
from tests.unit.conftest import Team

TAKEN = "That name is taken."


class NameForm(FlowForm, frozen=True, kw_only=True):
    name: str = ""
    first: str = ""


async def take(ctx: RequestContext, form: NameForm) -> str:
    """Take the name, unless it is taken; ``late`` finds that only after it wrote something."""
    if form.name == "taken":
        raise WrongAnswers(name=TAKEN)
    ctx.tx.put(COUNTERS, Counter(form.name, 1))
    if form.name == "late":
        raise WrongAnswers(name=TAKEN)
    return form.name


def word(_: RequestContext, name: str) -> Sequence[Reply]:
    return [Notice(f"{name} is yours.")]


def form(given: NameForm) -> Form:
    return Form(id="name", title="Name", inputs=(Text(name="name", label=f"Not {given.first}"),))


NAMES = Flow(
    id="names",
    version=1,
    form=NameForm,
    permission=Permission.READ,
    steps=(Step(id="name", form=form),),
    finish=take,
    answer=word,
)


@pytest.fixture
async def asked(team: Team, monkeypatch: pytest.MonkeyPatch) -> Ask:
    monkeypatch.setitem(team.app.features.flows, NAMES.id, NAMES)
    session = FlowSession(
        id="s",
        flow=NAMES.id,
        version=1,
        started_at=datetime(2026, 11, 23, tzinfo=UTC),
        started_by="ana",
        facts={"first": "Ben"},
    )
    session, ask = begin(NAMES, session)
    async with team.app.store.transaction() as tx:
        tx.put(SESSIONS, session)
    return ask


async def test_the_end_does_its_work_and_words_it_and_the_session_is_over(
    team: Team, asked: Ask
) -> None:
    [reply] = await team.submit(asked, {"name": "free"})
    assert isinstance(reply, Notice)
    assert reply.text == "free is yours."
    assert await team.app.store.get(COUNTERS, "free")
    assert await team.app.store.get(SESSIONS, "s") is None


async def test_what_only_the_end_finds_wrong_is_asked_again_beside_the_input(
    team: Team, asked: Ask
) -> None:
    [again] = await team.submit(asked, {"name": "taken"})
    assert isinstance(again, Ask)
    assert (again.step, again.errors) == ("name", {"name": TAKEN})
    [reply] = await team.submit(again, {"name": "free"})
    assert isinstance(reply, Notice)


async def test_an_end_that_fails_in_the_middle_leaves_nothing_and_can_be_tried_again(
    team: Team, asked: Ask
) -> None:
    [refused] = await team.submit(asked, {"name": "late"})
    assert isinstance(refused, Notice)
    assert refused.text == TAKEN
    assert await team.app.store.get(COUNTERS, "late") is None
    [reply] = await team.submit(asked, {"name": "free"})
    assert isinstance(reply, Notice)
    assert reply.text == "free is yours."
