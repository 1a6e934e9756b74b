"""What comes back to whom, and how the team is getting on."""

from __future__ import annotations

import pytest

from bot.core.interactions import Audience, Post, Update
from tests.unit.conftest import ANA, BEN, VIK, Team, card_text, notice
from tests.unit.features.training.conftest import (
    RIGHT,
    WRONG,
    click,
    hire,
    lesson,
    teach,
    text_of,
    until_posted,
    updated,
)


async def test_a_question_that_is_due_waits_in_todo(school: Team) -> None:
    await school.press("lesson", WRONG, BEN)
    school.clock.advance(days=2)
    assert "lesson" not in card_text(await school.type("/todo", BEN))
    school.clock.advance(days=1)
    [reply] = await school.type("/todo", BEN)
    assert isinstance(reply, Post)
    assert "1 lesson question for you" in text_of(reply.card)
    assert "training ask" in {button.ref for button in reply.card.buttons}
    assert "lesson" not in card_text(await school.type("/todo", ANA))
    await school.press("lesson", "reviews/1", BEN)
    school.clock.advance(days=3)
    assert "2 lesson questions for you" in card_text(await school.type("/todo", BEN))


async def test_ask_me_goes_from_question_to_question(school: Team) -> None:
    for ref in (WRONG, "reviews/1"):
        await school.press("lesson", ref, BEN)
        school.clock.advance(minutes=1)
    school.clock.advance(days=3)
    first = updated(await school.type("/training ask", BEN))
    assert (first.title, first.body) == ("About doors", "")
    assert first.footer == "1 more question after this one"
    assert "training doors" in {button.ref for button in first.buttons}
    second = updated(await school.press("practise", RIGHT, BEN))
    assert second.title == "About reviews"
    assert second.body == "Right. So it is with doors. It comes back in 7 days, to be sure."
    last = updated(await school.press("practise", "reviews/2", BEN))
    assert last.title == "No questions for you now"
    assert last.body.startswith("Not quite. Better: 'The right one'.")
    assert last.body.endswith("The next question comes back on 29 Nov.")
    again = updated(await school.press("practise", RIGHT, BEN))
    assert again.body.startswith("You answered that question.")


async def test_the_answer_takes_the_place_of_the_private_card(school: Team) -> None:
    await school.press("lesson", WRONG, BEN)
    school.clock.advance(days=3)
    [reply] = await school.router.handle(click(school, BEN, "practise", Audience.ONE))
    assert isinstance(reply, Update)
    assert reply.card.title == "No questions for you now"


async def test_who_is_new_is_asked_what_the_others_were_given(school: Team) -> None:
    await until_posted(school)
    shown = updated(await school.type("/training ask", BEN))
    assert (shown.title, shown.body) == ("About doors", "All that is to be known of doors.")
    done = updated(await school.press("practise", RIGHT, BEN))
    assert done.body == "Right. So it is with doors."
    assert "1 of 1 team member" in text_of(school.chat.cards["lesson-1"])


async def test_training_before_anything_happened(school: Team) -> None:
    shown = card_text(await school.type("/training", VIK))
    assert shown.startswith("Training: 0 of 3 lessons posted")
    assert "Answered a lesson: no one on the team yet" in shown


async def test_training_shows_who_answered_how_many_and_never_how_well(school: Team) -> None:
    await until_posted(school)
    await hire(school, "ana", "ben", "cem", "dana")
    for who, ref in ((BEN, WRONG), (ANA, RIGHT), (VIK, WRONG), (BEN, "reviews/0")):
        await school.press("lesson", ref, who)
    [reply] = await school.type("/training", ANA)
    shown = card_text([reply])
    assert "Answered a lesson: 2 of 4 team members" in shown
    assert "Posted lessons answered: Ana · 1 of 1\nBen · 1 of 1\nVik · 1 of 1" in shown
    assert "You: 1 of 1 posted lessons answered" in shown
    assert "The next one arrives 5 Jan 10:00." in shown
    assert "Worth talking about: About doors: 2 of 3 got it wrong at first." in shown
    school.clock.advance(days=3)
    assert card_text(await school.type("/training", BEN)).startswith("1 question for you")


async def test_lessons_are_listed_with_how_far_one_is(school: Team) -> None:
    await school.press("lesson", RIGHT, BEN)
    await school.press("lesson", "evidence/1", BEN)
    shown = card_text(await school.type("/training lessons", BEN))
    assert "About doors: Learned" in shown
    assert "About evidence: Comes back on 26 Nov" in shown
    assert "About reviews: Not answered yet" in shown
    school.clock.advance(days=3)
    assert "About evidence: Due again" in card_text(await school.type("/training lessons", BEN))


async def test_a_long_list_has_pages(team: Team) -> None:
    teach(team, [lesson(f"lesson-{number:02d}") for number in range(20)])
    [reply] = await team.type("/training lessons 3", VIK)
    assert isinstance(reply, Post)
    assert reply.card.footer == "Page 3 of 3"
    assert [button.ref for button in reply.card.buttons] == [
        *(f"training lesson-{number}" for number in range(16, 20)),
        "training lessons 2",
    ]


@pytest.mark.parametrize("typed", ["/training reviews", "/training REVIEWS"])
async def test_any_lesson_can_be_read_at_any_time(school: Team, typed: str) -> None:
    [reply] = await school.type(typed, VIK)
    assert isinstance(reply, Post)
    assert reply.card.body == "All that is to be known of reviews."
    assert "You: Not answered yet" in text_of(reply.card)
    assert {"lesson:reviews/0", "run:training lessons"} <= {b.id for b in reply.card.buttons}


async def test_a_lesson_that_is_not_there_is_a_sentence(school: Team) -> None:
    assert "Unknown lesson" in notice(await school.type("/training nonsense"))
    assert "Type /training lessons" in notice(await school.type("/training a b c"))
