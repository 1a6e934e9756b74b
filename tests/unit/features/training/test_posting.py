"""A lesson a month: once, whatever the clocks, the zone or the process do."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.core.collections import CHECKLIST_SCHEDULES
from bot.features.training.service import Lessons
from tests.unit.conftest import Team
from tests.unit.features.training.conftest import (
    FIRST_TUESDAY,
    RIGHT,
    TAUGHT,
    lesson,
    settle,
    teach,
    text_of,
    tick,
    until_posted,
)


async def test_a_new_deployment_begins_with_the_next_moment(school: Team) -> None:
    assert await tick(school) == []
    school.clock.now = FIRST_TUESDAY - timedelta(seconds=1)
    assert await tick(school) == []
    school.clock.now = FIRST_TUESDAY
    assert await tick(school) == ["lesson-1"]
    assert school.scheduler.triggered[-1] == ("outbox", "")


async def test_the_channel_gets_the_lesson_and_a_button_for_each_option(school: Team) -> None:
    card = await until_posted(school)
    assert card.title == "About doors"
    assert card.body == "All that is to be known of doors."
    assert "Answers: A. " in text_of(card)
    assert {button.id for button in card.buttons} == {f"lesson:doors/{n}" for n in range(3)}
    assert [button.label for button in card.buttons] == ["Answer A", "Answer B", "Answer C"]
    shown = next(field.value for field in card.fields if field.label == "Answers").splitlines()
    first = next(place for place, button in enumerate(card.buttons) if button.ref == RIGHT)
    assert shown[first].endswith("The right one")
    assert not school.chat.messages["lesson-1"].ping


async def test_a_year_of_lessons_goes_round(school: Team) -> None:
    await settle(school, zone="Europe/Berlin")
    seen: dict[str, datetime] = {}
    for _ in range(366 * 8):
        for key in await tick(school):
            seen.setdefault(key, school.clock.now.astimezone(ZoneInfo("Europe/Berlin")))
        school.clock.advance(hours=3)
    assert len(seen) == 12
    # It is looked at every three hours, whatever the clocks do.
    assert all(at.weekday() == 1 and at.day <= 7 and 10 <= at.hour < 13 for at in seen.values())
    titles = [school.chat.cards[key].title for key in seen]
    assert titles == ["About doors", "About evidence", "About reviews"] * 4


async def test_a_new_lesson_comes_before_those_that_were_posted(school: Team) -> None:
    await until_posted(school)
    teach(school, (TAUGHT[0], lesson("zebra")))
    school.clock.advance(days=35)
    await tick(school)
    assert school.chat.cards["lesson-2"].title == "About zebra"


async def test_months_of_downtime_are_made_up_for_by_one(school: Team) -> None:
    await until_posted(school)
    school.clock.advance(days=120)
    for _ in range(5):
        assert await tick(school) == ["lesson-1", "lesson-2"]
        school.clock.advance(hours=1)
    agenda = await school.app.store.get(CHECKLIST_SCHEDULES, "@lessons")
    assert agenda is not None
    assert agenda.next_at == datetime(2027, 4, 6, 10, tzinfo=UTC)


async def test_two_looks_at_once_post_it_once(school: Team) -> None:
    await tick(school)
    school.clock.now = FIRST_TUESDAY
    await asyncio.gather(*(Lessons(school.app).tick() for _ in range(3)))
    assert await tick(school) == ["lesson-1"]
    assert school.chat.posts == 1


async def test_quiet_hours_put_it_off(school: Team) -> None:
    await settle(school, quiet_from=9, quiet_to=11)
    await tick(school)
    for minutes in (0, 30, 59):
        school.clock.now = FIRST_TUESDAY + timedelta(minutes=minutes)
        assert await tick(school) == []
    school.clock.now = FIRST_TUESDAY + timedelta(hours=1)
    assert await tick(school) == ["lesson-1"]


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12", "America/New_York"])
@pytest.mark.parametrize("hours", [-30, -1, 1, 30])
async def test_a_move_to_another_zone_neither_skips_nor_doubles(
    school: Team, zone: str, hours: int
) -> None:
    await tick(school)
    moved = FIRST_TUESDAY + timedelta(hours=hours)
    for step in range(-40, 24 * 33):
        school.clock.now = FIRST_TUESDAY + timedelta(hours=step)
        if school.clock.now == moved:
            await settle(school, zone=zone)
        await tick(school)
    assert school.chat.order == ["lesson-1"]


async def test_without_lessons_nothing_is_planned(team: Team) -> None:
    assert await tick(team) == []
    assert await team.app.store.count(CHECKLIST_SCHEDULES) == 0
