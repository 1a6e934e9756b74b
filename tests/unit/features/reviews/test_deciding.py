"""Deciding the points of a review, until a decision comes back as an item."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.core.cards import Tone
from bot.core.collections import SESSIONS, TEAMS
from bot.core.forms import Answers
from bot.core.interactions import Ask
from bot.core.team import Team as Settings
from bot.features.checklists.collections import DECISIONS, RUNS
from bot.features.checklists.models.decisions import Decision
from bot.features.checklists.service.rounds import ChecklistJob
from tests.unit.conftest import (
    ANA,
    BEN,
    VIK,
    Team,
    asked,
    card_text,
    notice,
)
from tests.unit.features.reviews.quarterly import (
    EVE,
    decide,
    first_review,
    last,
    shown,
    tick,
)


@pytest.fixture
async def reviewed(team: Team) -> Team:
    return await first_review(team)


async def test_deciding_asks_what_who_and_until_when(reviewed: Team) -> None:
    ask = asked(await reviewed.press("decide", "000001-1", BEN))
    what, owner, due = ask.form.inputs
    assert "Find the reason for each change" in getattr(what, "initial", "")
    assert [(each.value, each.label) for each in getattr(owner, "options", ())] == [
        ("me", "Me"),
        ("lead", "Lead: Eve"),
        ("account", "Account and access: Ben"),
    ]
    assert getattr(due, "initial", "") == "2027-02-01"


async def test_a_decision_is_kept_with_owner_and_day_and_shown_in_the_thread(
    reviewed: Team,
) -> None:
    told = await decide(reviewed, 1, owner="lead")
    assert told == "Decision saved: Eve, due 20 Jan 2027. It becomes a checklist item."
    [decision] = await reviewed.app.store.page(DECISIONS)
    assert (decision.text, decision.owner, decision.due) == (
        "Remove temp-va",
        EVE,
        date(2027, 1, 20),
    )
    assert (decision.decided_by, decision.open, decision.review) == (BEN[0], True, "000001")
    card = reviewed.chat.cards["review-1-1"]
    assert card.tone is Tone.GOOD
    assert card.buttons == ()
    assert "Decision: Remove temp-va (Eve, due 20 Jan 2027)" in shown(card)
    assert "1 of 5 decided" in reviewed.chat.cards["review-1"].footer


async def test_a_point_that_is_left_alone_says_why_and_who_said_so(reviewed: Team) -> None:
    ask = asked(await reviewed.press("leave-point", "000001-5", BEN))
    told = notice(await reviewed.submit(ask, {"why": "The mark is given up."}, BEN))
    assert told == "Dismissed point 5."
    card = reviewed.chat.cards["review-1-5"]
    assert card.tone is Tone.QUIET
    assert "Dismissed: The mark is given up. (Ben)" in shown(card)
    assert await reviewed.app.store.page(DECISIONS) == []


async def test_a_review_is_over_when_every_point_is_decided(reviewed: Team) -> None:
    for point in range(1, 6):
        await decide(reviewed, point)
    review = await last(reviewed)
    assert (review.open, review.undecided) == (False, 0)
    head = reviewed.chat.cards["review-1"]
    assert head.tone is Tone.GOOD
    assert "5 of 5 decided" in head.footer


async def test_a_point_is_decided_once_even_if_two_people_try(reviewed: Team) -> None:
    first = asked(await reviewed.press("decide", "000001-1", BEN))
    second = asked(await reviewed.press("decide", "000001-1", ANA))
    answers: Answers = {"what": "Look", "owner": "me", "due": "2027-01-20"}
    await reviewed.submit(first, answers, BEN)
    assert "already decided" in notice(await reviewed.submit(second, answers, ANA))
    assert "already decided" in notice(await reviewed.press("leave-point", "000001-1"))
    assert len(await reviewed.app.store.page(DECISIONS)) == 1


@pytest.mark.parametrize("ref", ["", "1", "000009-1", "000001-6", "000001-0", "x-1", "1-²"])
async def test_a_point_that_is_not_there_is_a_sentence(reviewed: Team, ref: str) -> None:
    assert "There is no review point" in notice(await reviewed.press("decide", ref))


@pytest.mark.parametrize(
    ("due", "says"),
    [
        ("2027-01-03", "That day is in the past. Choose a later day."),
        ("2029-01-01", "within a year"),
    ],
)
async def test_a_decision_is_due_within_a_year(reviewed: Team, due: str, says: str) -> None:
    ask = asked(await reviewed.press("decide", "000001-1"))
    [again] = await reviewed.submit(ask, {"what": "Look", "owner": "me", "due": due})
    assert isinstance(again, Ask)
    assert says in again.errors["due"]


async def test_a_duty_that_nobody_holds_any_more_is_a_sentence(reviewed: Team) -> None:
    ask = asked(await reviewed.press("decide", "000001-1"))
    async with reviewed.app.store.transaction() as tx:
        tx.put(TEAMS, Settings())
    told = await reviewed.submit(ask, {"what": "Look", "owner": "lead", "due": "2027-01-20"})
    assert "That duty no longer has an owner" in notice(told)
    assert await reviewed.app.store.page(DECISIONS) == []


async def test_a_decision_comes_back_as_an_item_when_it_is_due(reviewed: Team) -> None:
    await decide(reviewed, 1, owner="account")
    reviewed.clock.now = datetime(2027, 1, 20, 9, 30, tzinfo=UTC)
    await ChecklistJob(reviewed.app).tick()
    found = await reviewed.app.store.find(RUNS, "checklist", "decisions")
    [asked_for] = [task for run in found for task in run.tasks]
    assert (asked_for.item.title, asked_for.owner) == ("Remove temp-va", BEN[0])
    [decision] = await reviewed.app.store.page(DECISIONS)
    assert decision.run == found[0].number


async def test_what_was_decided_and_not_done_is_the_next_reviews_first_point(
    reviewed: Team,
) -> None:
    await decide(reviewed, 1)
    reviewed.clock.now = datetime(2027, 4, 5, 9, tzinfo=UTC)
    await tick(reviewed)
    review = await last(reviewed)
    assert review.quarter == "2027 Q1"
    assert review.points[0].heading == "Overdue decisions: 1"
    assert [each.text for each in review.earlier] == ["Remove temp-va"]


async def test_review_shows_the_last_one_and_what_is_open(reviewed: Team) -> None:
    await decide(reviewed, 1)
    await decide(reviewed, 3, owner="lead", due="2027-01-06", what="Turn on two-step sign-in")
    reviewed.clock.now += timedelta(days=3)
    text = card_text(await reviewed.type("/review", VIK))
    assert text.startswith("Review of 2026 Q4: 5 weaknesses")
    assert "1. Unexpected changes: 1 · decided" in text
    assert "2. Acceptance rate over six months 50% (1 of 2), 1 report rejected · to decide" in text
    assert "D-2, overdue since 6 Jan 2027: Eve: Turn on two-step sign-in" in text
    assert "D-1, due 20 Jan 2027: Ben: Remove temp-va" in text


async def test_todo_tells_of_points_and_of_decisions_that_nobody_was_asked_for(
    reviewed: Team,
) -> None:
    assert "Review of 2026 Q4: 5 points to decide" in card_text(await reviewed.type("/todo"))
    for point in range(1, 6):
        await decide(reviewed, point, due="2027-01-10")
    assert "Review of" not in card_text(await reviewed.type("/todo"))
    reviewed.clock.now = datetime(2027, 1, 10, 9, tzinfo=UTC)
    text = card_text(await reviewed.type("/todo"))
    assert "5 decisions due, first: Remove temp-va" in text
    reviewed.clock.now = datetime(2027, 1, 11, 9, 30, tzinfo=UTC)
    await ChecklistJob(reviewed.app).tick()
    assert "decisions due, first" not in card_text(await reviewed.type("/todo"))


async def test_decisions_are_numbered_on(reviewed: Team) -> None:
    await decide(reviewed, 1)
    await decide(reviewed, 2)
    found: list[Decision] = await reviewed.app.store.page(DECISIONS)
    points = (await last(reviewed)).points
    assert [each.number for each in found] == [1, 2]
    assert [point.decision for point in points[:2]] == [1, 2]


@pytest.mark.parametrize(
    ("button", "answers", "wrong"),
    [
        (
            "decide",
            {"what": "Set password: Sommer2026", "owner": "me", "due": "2027-01-20"},
            "what",
        ),
        ("leave-point", {"why": "token: hunter2x is enough"}, "why"),
    ],
)
async def test_a_secret_is_not_kept(
    reviewed: Team, button: str, answers: Answers, wrong: str
) -> None:
    ask = asked(await reviewed.press(button, "000001-1", BEN))
    again = asked(await reviewed.submit(ask, answers, BEN))
    assert list(again.errors) == [wrong]
    [session] = await reviewed.app.store.page(SESSIONS)
    assert session.answers[session.step] == {
        name: answer for name, answer in answers.items() if name != wrong
    }


async def test_the_address_of_who_attacked_may_stand_in_a_decision(reviewed: Team) -> None:
    """It is asked about once."""
    ask = asked(await reviewed.press("decide", "000001-1", BEN))
    answers: Answers = {
        "what": "Report fake@amazon.example",
        "owner": "me",
        "due": "2027-01-20",
    }
    again = asked(await reviewed.submit(ask, answers, BEN))
    assert list(again.errors) == ["what"]
    await reviewed.submit(again, answers, BEN)
    [decision] = await reviewed.app.store.page(DECISIONS)
    assert decision.text == "Report fake@amazon.example"
