"""A team with three lessons."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec
import pytest

from bot.core.cards import Card
from bot.core.collections import MEMBERS, TEAMS, Member
from bot.core.interactions import Audience, Click, Post, Reply
from bot.core.permissions import Person, Role
from bot.core.router import Router
from bot.core.team import Team as Settings
from bot.features.training.models import Lesson
from bot.features.training.resources import LESSONS
from bot.features.training.service import Lessons
from tests.unit.conftest import PLACE, Team, card_text


def lesson(id: str) -> Lesson:
    return Lesson(
        id=id,
        title=f"About {id}",
        text=f"All that is to be known of {id}.",
        question=f"What is right about {id}?",
        options=("The right one", "A wrong one", "Another one"),
        right=0,
        because=f"So it is with {id}.",
    )


TAUGHT = tuple(lesson(id) for id in ("doors", "evidence", "reviews"))
FIRST_TUESDAY = datetime(2026, 12, 1, 10, tzinfo=UTC)
RIGHT, WRONG = "doors/0", "doors/1"


def teach(team: Team, lessons: Sequence[Lesson]) -> Team:
    """Give the team these lessons, as a new release may."""
    resources = team.app.resources.having(LESSONS, lessons)
    team.app = dataclasses.replace(team.app, resources=resources)
    team.router = Router(team.app, team.monitor)
    return team


@pytest.fixture
def school(team: Team) -> Team:
    return teach(team, TAUGHT)


async def tick(team: Team) -> list[str]:
    """Look at the calendar as a process that has just started, and return what was ever posted."""
    await Lessons(team.app).tick()
    await team.dispatcher.deliver()
    return [key for key in team.chat.order if key.startswith("lesson-")]


async def until_posted(team: Team) -> Card:
    """Let the first lesson be posted."""
    await tick(team)
    team.clock.now = FIRST_TUESDAY
    assert await tick(team) == ["lesson-1"]
    return team.chat.cards["lesson-1"]


async def settle(team: Team, **settings: object) -> None:
    async with team.app.store.transaction() as tx:
        tx.put(TEAMS, msgspec.convert(settings, Settings))


async def hire(team: Team, *names: str) -> None:
    async with team.app.store.transaction() as tx:
        for name in names:
            tx.put(MEMBERS, Member(name))


def click(team: Team, who: tuple[Person, Role], action: str, audience: Audience) -> Click:
    """Return a press of the right answer on a card that these people see."""
    person, role = who
    return Click(
        id=f"{action} {person.id}",
        who=person,
        role=role,
        where=PLACE,
        at=team.clock.now,
        audience=audience,
        action=action,
        ref=RIGHT,
    )


def text_of(card: Card) -> str:
    return card_text([Post(card)])


def updated(replies: list[Reply]) -> Card:
    [reply] = replies
    assert isinstance(reply, Post), "what is typed or pressed nowhere is posted"
    return reply.card
