"""What people wrote of a review's points is removed, and what reviews quote of others' words."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from bot.core.collections import OUTBOX
from bot.core.forms import Answers
from bot.errors import ChatError, Refusal
from bot.features.checklists.collections import RUNS
from bot.features.reviews.collections import REVIEWS
from bot.features.reviews.models.reviews import Earlier, Review
from tests.unit.conftest import BEN, Team, asked, notice
from tests.unit.features.attacks.test_attacks import log
from tests.unit.features.reviews.quarter import run, task
from tests.unit.features.reviews.quarterly import decide, first_review, last, planted, shown
from tests.unit.redacted import TRACE, WHY, WORDS, assert_gone, on_disk, redact, refused


@pytest.fixture
async def reviewed(team: Team) -> Team:
    return await first_review(team)


async def leave(team: Team, point: int) -> None:
    ask = asked(await team.press("leave-point", f"000001-{point}", BEN))
    await team.submit(ask, {"why": WORDS}, BEN)


async def test_the_reason_why_a_point_was_left_alone_is_removed(
    reviewed: Team, tmp_path: Path
) -> None:
    await leave(reviewed, 2)
    assert on_disk(tmp_path)
    ask = asked(await reviewed.type(f"/redact 2026 Q4 2 {WHY}"))
    assert ask.form.intro.startswith("Point 2 of the review of 2026 Q4: ")
    assert "Removed the text of point 2" in notice(await reviewed.submit(ask, {"why": WHY}))
    await assert_gone(reviewed, tmp_path)
    point = (await last(reviewed)).points[1]
    assert (point.left, point.open) == ("[removed]", False)
    card = shown(reviewed.chat.cards["review-1-2"])
    assert "Dismissed: [removed] (Ben)" in card
    assert f"Text removed: {WHY} (Ana, 4 Jan 2027)" in card
    again = await refused(reviewed, "2026 Q4 2")
    assert again.startswith("The text of point 2 of the review of 2026 Q4 was removed by Ana")


async def test_a_decision_is_found_by_its_point_and_goes_from_its_card(
    reviewed: Team, tmp_path: Path
) -> None:
    await decide(reviewed, 1, what=WORDS)
    assert TRACE in shown(reviewed.chat.cards["review-1-1"])
    assert on_disk(tmp_path)
    assert "Removed the text of D-1." in await redact(reviewed, "2026 Q4 1")
    await assert_gone(reviewed, tmp_path)
    assert "Decision: [removed] (Ben, due 20 Jan 2027)" in shown(reviewed.chat.cards["review-1-1"])


async def test_what_waits_to_be_sent_is_changed_too(reviewed: Team, tmp_path: Path) -> None:
    reviewed.chat.out = ChatError("It is out.", refusal=Refusal.CHAT)
    await decide(reviewed, 1, what=WORDS)
    await leave(reviewed, 2)
    assert TRACE in repr(await reviewed.app.store.page(OUTBOX))
    await redact(reviewed, "D-1")
    await redact(reviewed, "2026 Q4 2")
    assert TRACE not in repr(await reviewed.app.store.page(OUTBOX))
    await assert_gone(reviewed, tmp_path)


async def test_what_a_review_quotes_goes_with_its_pdf(reviewed: Team, tmp_path: Path) -> None:
    await decide(reviewed, 1, what=WORDS)
    review = await last(reviewed)
    assert review.file is not None
    told = Earlier(text=WORDS, owner="Ben", due=review.until)
    points = (msgspec.structs.replace(review.points[0], says=f"'{WORDS}' (Ben)."),)
    later = msgspec.structs.replace(
        review, number=2, quarter="2027 Q1", earlier=(told,), points=points
    )
    async with reviewed.app.store.transaction() as tx:
        tx.put(REVIEWS, later)
    await redact(reviewed, "D-1")
    await assert_gone(reviewed, tmp_path)
    quoted = await last(reviewed)
    assert (quoted.file, quoted.earlier[0].text) == (None, "[removed]")
    assert quoted.points[0].says == "'[removed]' (Ben)."
    assert (await reviewed.app.store.page(REVIEWS))[0].file == review.file


async def test_a_list_that_a_review_quotes_goes_with_its_run(
    reviewed: Team, tmp_path: Path
) -> None:
    says = "1 user new since the last review: temp-va."
    asked_then = run(1, task("users", drift=says, case=14))
    [users] = asked_then.tasks
    assert users.diff is not None
    diff = msgspec.structs.replace(users.diff, added=("temp-va",))
    tasks = (msgspec.structs.replace(users, diff=diff),)
    async with reviewed.app.store.transaction() as tx:
        tx.put(RUNS, msgspec.structs.replace(asked_then, tasks=tasks))
    assert "temp-va" in shown(reviewed.chat.cards["review-1-1"])
    await redact(reviewed, "K-1")
    await assert_gone(reviewed, tmp_path, "temp-va")
    assert f"and PDF were removed: {WHY} (Ana, " in reviewed.chat.cards["review-1"].body


@pytest.mark.parametrize("name", ["A-1", "C-1 1"])
async def test_an_address_that_a_review_quotes_goes_with_its_attack(
    reviewed: Team, tmp_path: Path, name: str
) -> None:
    await log(reviewed, who={"source_kind": "address", "source": "roe.example"})
    review = await last(reviewed)
    point = msgspec.structs.replace(
        review.points[0], says="roe.example: 3 incidents.", quotes=("A-1",)
    )
    async with reviewed.app.store.transaction() as tx:
        tx.put(REVIEWS, msgspec.structs.replace(review, points=(point, *review.points[1:])))
    await redact(reviewed, name)
    await assert_gone(reviewed, tmp_path, "roe.example")
    assert (await last(reviewed)).points[0].says == "[removed]: 3 incidents."


OLDER = "Max Poe of Mill Lane called"


async def twice(team: Team) -> Team:
    """Review the quarter twice on its last days: both reviews have the same name."""
    await planted(team)
    for _ in range(2):
        await team.type("/review now")
        await team.work()
        team.clock.advance(hours=1)
    older, newer = await team.app.store.page(REVIEWS)
    assert older.quarter == newer.quarter == "2026 Q4 so far"
    return team


async def leave_in(team: Team, review: int, why: str) -> None:
    ask = asked(await team.press("leave-point", f"{review:06d}-1", BEN))
    await team.submit(ask, {"why": why}, BEN)


async def decide_in(team: Team, review: int, what: str) -> None:
    ask = asked(await team.press("decide", f"{review:06d}-1", BEN))
    answers: Answers = {"what": what, "owner": "me", "due": "2027-01-20"}
    await team.submit(ask, answers, BEN)


@pytest.mark.parametrize("so_far", ["", " so far"])
async def test_of_two_reviews_of_one_name_each_reason_is_reached(
    team: Team, tmp_path: Path, so_far: str
) -> None:
    await twice(team)
    await leave_in(team, 1, OLDER)
    await leave_in(team, 2, WORDS)
    ask = asked(await team.type(f"/redact 2026 Q4{so_far} 1"))
    assert TRACE in ask.form.intro
    # The older one goes first, and the newer one stays.
    other = "/redact review 1 1"
    assert f"Older reviews of this quarter still have text. Type {other}." in ask.form.intro
    ask = asked(await team.type(other))
    assert OLDER in ask.form.intro
    await team.submit(ask, {"why": WHY})
    await assert_gone(team, tmp_path, "Mill Lane")
    assert (await last(team)).points[0].left == WORDS
    await redact(team, f"2026 Q4{so_far} 1")
    await assert_gone(team, tmp_path)
    assert "was removed by Ana" in await refused(team, f"2026 Q4{so_far} 1")
    assert "was removed by Ana" in await refused(team, other[8:])


async def test_a_reason_in_an_older_review_is_reached_behind_a_decision(
    team: Team, tmp_path: Path
) -> None:
    await twice(team)
    await leave_in(team, 1, OLDER)
    await decide_in(team, 2, WORDS)
    ask = asked(await team.type("/redact 2026 Q4 so far 1"))
    assert "Type /redact review 1 1." in ask.form.intro
    assert "Removed the text of D-1." in notice(await team.submit(ask, {"why": WHY}))
    await assert_gone(team, tmp_path)
    told = await redact(team, "2026 Q4 so far 1")
    assert told.startswith("Removed the text of point 1 of the review of 2026 Q4 so far.")
    await assert_gone(team, tmp_path, "Mill Lane")


async def test_a_decision_in_an_older_review_is_reached_behind_a_point_without_words(
    team: Team, tmp_path: Path
) -> None:
    await twice(team)
    await decide_in(team, 1, WORDS)
    assert "Removed the text of D-1." in await redact(team, "2026 Q4 1")
    await assert_gone(team, tmp_path)
    assert "The text of D-1 was removed by Ana" in await refused(team, "review 1 1")


async def test_what_was_asked_about_is_removed_whatever_came_since(
    team: Team, tmp_path: Path
) -> None:
    await twice(team)
    await leave_in(team, 1, OLDER)
    ask = asked(await team.type("/redact 2026 Q4 1"))
    await leave_in(team, 2, WORDS)
    await team.submit(ask, {"why": WHY})
    await assert_gone(team, tmp_path, "Mill Lane")
    assert (await last(team)).points[0].left == WORDS


@pytest.mark.parametrize("name", ["review 3 1", "review 1 99", "review 1 0", "Review 000009 1"])
async def test_an_unknown_review_is_told(team: Team, name: str) -> None:
    await twice(team)
    assert f"There is no review point '{name}'. Type /review" in await refused(team, name)


async def reviewed_again(team: Team) -> Review:
    """Have the running quarter reviewed, as far as it is over."""
    await team.type("/review now")
    await team.work()
    return await last(team)


async def test_what_a_review_calls_a_method_stays_though_an_attack_was_told_in_its_words(
    reviewed: Team,
) -> None:
    for _ in range(3):
        await log(reviewed, what={"damage": "Review bombing", "day": "2027-01-04"})
    reviewed.clock.advance(days=2)
    review = await reviewed_again(reviewed)
    assert any("Review bombing, 3 of 3" in point.heading for point in review.points)
    assert review.file is not None
    await redact(reviewed, "A-1")
    await redact(reviewed, "A-2")
    assert await last(reviewed) == review


@pytest.mark.parametrize("word", ["report", "Solve", "Vague"])
async def test_a_decision_of_a_common_word_goes_from_no_other_points(
    reviewed: Team, word: str
) -> None:
    await decide(reviewed, 1, what=word)
    await decide(reviewed, 2, what=f"{word} to Ben", due="2027-03-20")
    reviewed.clock.advance(days=30)
    later = await reviewed_again(reviewed)
    [undone] = [point for point in later.points if point.quotes == ("D-1",)]
    assert f"'{word}' (Ben, due 20 Jan 2027)" in undone.says
    await redact(reviewed, "D-1")
    silent = await last(reviewed)
    assert silent.points[0].says == undone.says.replace(f"'{word}'", "'[removed]'")
    assert word not in silent.points[0].propose
    assert silent.points[1:] == later.points[1:]
    assert [each.text for each in silent.earlier] == ["[removed]", f"{word} to Ben"]
    first = (await reviewed.app.store.page(REVIEWS))[0]
    assert "[removed]" not in repr(first.points)


@pytest.mark.parametrize("number", [1, 2])
async def test_a_decision_in_the_same_words_as_another_is_told_on(
    reviewed: Team, number: int
) -> None:
    await decide(reviewed, 1, what=WORDS)
    await decide(reviewed, 2, what=WORDS)
    await reviewed_again(reviewed)
    await redact(reviewed, f"D-{number}")
    told = {each.decision: each.text for each in (await last(reviewed)).earlier}
    assert told == {"D-1": WORDS, "D-2": WORDS, f"D-{number}": "[removed]"}


async def test_what_a_review_of_an_earlier_version_quotes_goes_too(reviewed: Team) -> None:
    await decide(reviewed, 1, what="Call J. Roe")
    reviewed.clock.advance(days=30)
    later = await reviewed_again(reviewed)
    points = tuple(
        msgspec.structs.replace(point, quotes=(), heading="Decided before and not done: 1")
        if point.quotes
        else point
        for point in later.points
    )
    earlier = tuple(msgspec.structs.replace(each, decision="") for each in later.earlier)
    async with reviewed.app.store.transaction() as tx:
        tx.put(REVIEWS, msgspec.structs.replace(later, points=points, earlier=earlier))
    assert "J. Roe" in repr(await last(reviewed))
    await redact(reviewed, "D-1")
    assert "J. Roe" not in repr(await last(reviewed))


async def test_an_unknown_point_is_told(reviewed: Team) -> None:
    assert "There is no review point '2025 Q1 1'. Type /review" in await refused(
        reviewed, "2025 Q1 1"
    )
    assert "There is no review point '2026 Q4 99'" in await refused(reviewed, "2026 Q4 99")
    assert "has no text to remove." in await refused(reviewed, "2026 Q4 3")
