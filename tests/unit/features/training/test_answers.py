"""Answers are told in private at once; the channel learns only how many there are."""

from __future__ import annotations

import asyncio

import pytest

from bot.core.collections import OUTBOX
from bot.core.interactions import Audience, Notice
from bot.core.permissions import Person, Role
from bot.features.training.collections import LEARNINGS
from bot.features.training.models import learning_key
from tests.unit.conftest import ANA, BEN, VIK, Team, notice
from tests.unit.features.training.conftest import (
    RIGHT,
    TAUGHT,
    WRONG,
    click,
    hire,
    teach,
    text_of,
    tick,
    until_posted,
)


async def test_a_right_answer_is_told_to_who_gave_it(school: Team) -> None:
    await until_posted(school)
    [reply] = await school.press("lesson", RIGHT, BEN)
    assert isinstance(reply, Notice)
    assert reply.text == "Right. So it is with doors."


async def test_a_wrong_answer_says_what_is_better_and_when_it_comes_back(school: Team) -> None:
    await until_posted(school)
    told = notice(await school.press("lesson", WRONG, BEN))
    assert told == (
        "Not quite. Better: 'The right one'. So it is with doors. It comes back in 3 days."
    )


async def test_the_channel_learns_how_many_answered_and_no_more(school: Team) -> None:
    assert "Answered by: no one on the team yet" in text_of(await until_posted(school))
    await hire(school, "ana", "ben", "cem", "dana")
    for who, ref in ((ANA, RIGHT), (BEN, WRONG)):
        await school.press("lesson", ref, who)
    shown = text_of(school.chat.cards["lesson-1"])
    assert "Answered by: 2 of 4 team members" in shown
    assert "Ana" not in shown
    assert "Ben" not in shown
    assert school.chat.order == ["lesson-1"]


async def test_who_never_acted_before_counts_from_the_first_answer_on(school: Team) -> None:
    await until_posted(school)
    await school.press("lesson", RIGHT, BEN)
    assert "Answered by: 1 of 1 team member" in text_of(school.chat.cards["lesson-1"])
    await school.press("lesson", RIGHT, ANA)
    assert "Answered by: 2 of 2 team members" in text_of(school.chat.cards["lesson-1"])


async def test_all_who_answer_at_once_are_counted(school: Team) -> None:
    await until_posted(school)
    await hire(school, "p0", "p1", "p2", "p3")
    people = [(Person(f"p{n}", f"P{n}"), Role.MEMBER) for n in range(3)]
    clicks = [click(school, who, "lesson", Audience.ALL) for who in people]
    await asyncio.gather(*map(school.router.handle, clicks))
    await school.dispatcher.deliver()
    assert "3 of 4 team members" in text_of(school.chat.cards["lesson-1"])


async def test_a_second_press_changes_nothing(school: Team) -> None:
    await until_posted(school)
    await school.press("lesson", RIGHT, BEN)
    before, edits = await school.app.store.page(LEARNINGS), school.chat.edits
    assert notice(await school.press("lesson", WRONG, BEN)) == "You already know that answer."
    await school.press("lesson", WRONG, ANA)
    assert notice(await school.press("lesson", RIGHT, ANA)) == (
        "You answered that question. It comes back on 4 Dec."
    )
    after = await school.app.store.page(LEARNINGS)
    assert [each for each in after if each.who == "ben"] == before
    assert school.chat.edits == edits + 1


async def test_a_press_that_is_delivered_twice_counts_once(school: Team) -> None:
    await until_posted(school)
    await school.press("lesson", WRONG, BEN, id="same")
    assert notice(await school.press("lesson", WRONG, BEN, id="same")) == "This was already done."
    [known] = await school.app.store.page(LEARNINGS)
    assert known.tries == 1


async def test_a_viewer_learns_too_and_is_not_counted_among_those_who_work_here(
    school: Team,
) -> None:
    await until_posted(school)
    await hire(school, "ana", "ben")
    assert notice(await school.press("lesson", WRONG, VIK)).startswith("Not quite.")
    assert await school.app.store.get(LEARNINGS, learning_key("vik", "doors")) is not None
    assert "no one on the team yet" in text_of(school.chat.cards["lesson-1"])


async def test_what_was_wrong_is_learned_after_three_right_answers(school: Team) -> None:
    await until_posted(school)
    await school.press("lesson", WRONG, BEN)
    told = []
    for days in (3, 7, 21):
        school.clock.advance(days=days)
        told.append(notice(await school.press("lesson", RIGHT, BEN)))
    assert told == [
        "Right. So it is with doors. It comes back in 7 days, to be sure.",
        "Right. So it is with doors. It comes back in 21 days, to be sure.",
        "Right. So it is with doors.",
    ]
    school.clock.advance(days=400)
    assert notice(await school.press("lesson", WRONG, BEN)) == "You already know that answer."


async def test_a_lesson_may_be_answered_before_it_was_ever_posted(school: Team) -> None:
    await school.press("lesson", "reviews/0", BEN)
    assert await school.app.store.count(OUTBOX) == 0
    assert school.chat.posts == 0


async def test_the_newest_post_of_a_lesson_counts(school: Team) -> None:
    await until_posted(school)
    teach(school, TAUGHT[:1])
    school.clock.advance(days=35)
    await tick(school)
    await school.press("lesson", RIGHT, BEN)
    assert "1 of 1" in text_of(school.chat.cards["lesson-2"])
    assert "no one on the team" in text_of(school.chat.cards["lesson-1"])


async def test_a_button_of_a_lesson_that_is_gone_says_so(school: Team) -> None:
    await until_posted(school)
    teach(school, TAUGHT[1:])
    told = notice(await school.press("lesson", RIGHT, BEN))
    assert told == "That lesson no longer exists. Type /training lessons to see all lessons."


@pytest.mark.parametrize("action", ["lesson", "practise"])
@pytest.mark.parametrize(
    "ref",
    ["doors/99", "doors/3", "doors/-1", "doors/", "doors", "doors/0/0", "doors/x", "doors/²"],
)
async def test_a_place_that_no_option_has_is_refused(school: Team, action: str, ref: str) -> None:
    told = notice(await school.press(action, ref, BEN))
    assert told == "The lesson has changed. Type /training doors to see the current version."
    assert await school.app.store.count(LEARNINGS) == 0


@pytest.mark.parametrize("ref", ["x", "", "/0", "../doors/0", "ben/doors/0", "DOORS/0", "x" * 90])
async def test_what_names_no_lesson_is_refused(school: Team, ref: str) -> None:
    assert "no longer exists" in notice(await school.press("lesson", ref, BEN))
    assert await school.app.store.count(LEARNINGS) == 0
