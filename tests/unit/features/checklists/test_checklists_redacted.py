"""What people hand in for checklists, and what they decide, is removed by its label."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.collections import OUTBOX
from bot.core.files import Upload
from bot.core.team import Team as Chosen
from bot.errors import ChatError, Refusal
from bot.features.attacks.collections import ATTACKS
from bot.features.cases.collections import ENTRIES
from bot.features.cases.models.cases import case_key
from bot.features.checklists.collections import DECISIONS, ITEM_STATUSES, RUNS
from bot.features.checklists.models.definitions import Checklist, ProofKind
from bot.features.checklists.models.runs import Answer, Proof
from bot.features.checklists.rules.answering import AnswerGiven, give
from bot.features.checklists.rules.proof_diff import proof_diff
from bot.features.reviews.collections import REVIEWS
from tests.unit.conftest import ANA, BEN, Team, asked, card_text, notice
from tests.unit.features.attacks.test_attacks import log
from tests.unit.features.checklists.guarding import (
    MONDAY,
    SECURITY,
    USERS,
    checklist_run,
    choose,
    decision,
    guarded,
    monday,
    run,
    tick,
)
from tests.unit.features.letters.writing import attacked
from tests.unit.redacted import TRACE, WHY, WORDS, assert_gone, on_disk, redact, refused

PAPER = msgspec.structs.replace(USERS, id="paper", title="The paper", proof=ProofKind.FILE)
WEEKLY: Checklist = msgspec.structs.replace(SECURITY, items=(USERS, PAPER))
ROE = "Roe of Elm Street"


@pytest.fixture
async def weekly(team: Team) -> Team:
    team = guarded(team, WEEKLY)
    await monday(team, Chosen())
    return team


async def prove(team: Team, item: str, *names: str) -> None:
    ask = asked(await team.press("item-done", item, BEN))
    await team.submit(ask, {"proof": "\n".join(names)}, BEN)


async def next_monday(team: Team) -> None:
    team.clock.advance(days=7)
    await tick(team)


async def test_a_list_goes_from_all_messages_that_told_of_it(weekly: Team, tmp_path: Path) -> None:
    await prove(weekly, "000001/users", "ana")
    await next_monday(weekly)
    await prove(weekly, "000002/users", ROE)
    # A thumb slipped: both messages have it.
    weekly.clock.advance(minutes=1)
    await prove(weekly, "000002/users", f"{ROE} jr", ROE)
    assert sum(ROE in repr(card) for card in weekly.chat.cards.values()) == 2
    ask = asked(await weekly.type("/redact K-2"))
    assert "To remove lists from other runs, redact each run" in ask.form.intro
    assert on_disk(tmp_path)
    assert "Removed the text of K-2." in notice(await weekly.submit(ask, {"why": WHY}))
    await assert_gone(weekly, tmp_path)
    kept = (await run(weekly, 2)).task("users")
    assert kept is not None
    assert (kept.answer, kept.proof) == (Answer.UNEXPLAINED, None)
    assert kept.diff is not None
    assert kept.diff.alarming
    assert f"Lists removed by Ana, 30 Nov 09:01: {WHY}" in weekly.chat.cards["K-2"].body
    assert "The text of K-2 was removed by Ana" in await refused(weekly, "K-2")


async def test_a_list_goes_from_the_run_that_compares_with_it(weekly: Team, tmp_path: Path) -> None:
    await prove(weekly, "000001/users", "ana", ROE)
    await next_monday(weekly)
    await prove(weekly, "000002/users", "ana", "ben")
    assert ROE in repr(weekly.chat.cards)
    await redact(weekly, "K-1")
    await assert_gone(weekly, tmp_path)
    other = (await run(weekly, 2)).task("users")
    assert other is not None
    assert other.proof is not None
    assert other.proof.entries == ("ana", "ben")
    assert (await run(weekly, 2)).removed is None


async def proved_twice(team: Team) -> None:
    """Prove K-2 with a wrong list, which the thread tells, and then with the right one."""
    await prove(team, "000001/users", "ana")
    await next_monday(team)
    await prove(team, "000002/users", "ana", ROE)


async def again(team: Team, *names: str) -> None:
    team.clock.advance(minutes=1)
    task = (await run(team, 2)).task("users")
    if task and task.answer is Answer.DONE:
        # A thumb slipped.
        await team.press("item-not-ours", "000002/users", BEN)
    await prove(team, "000002/users", *names)


async def test_an_earlier_list_goes_from_the_review_that_quotes_it(
    weekly: Team, tmp_path: Path
) -> None:
    await proved_twice(weekly)
    weekly.clock.advance(days=1)
    await weekly.type("/review now")
    await weekly.work()
    assert ROE in repr((await weekly.app.store.page(REVIEWS))[0].points)
    await again(weekly, "ana")
    await again(weekly, "ana")
    assert "Removed the text of K-2." in await redact(weekly, "K-2")
    await assert_gone(weekly, tmp_path)
    assert (await weekly.app.store.page(REVIEWS))[0].file is None


async def test_what_only_earlier_messages_tell_of_a_list_is_reached(
    weekly: Team, tmp_path: Path
) -> None:
    await proved_twice(weekly)
    await again(weekly, "none")
    await again(weekly, "none")
    task = (await run(weekly, 2)).task("users")
    assert task is not None
    assert task.proof is not None
    assert (task.proof.entries, task.diff and task.diff.names) == ((), ("ana",))
    assert ROE in repr(weekly.chat.cards)
    assert "Removed the text of K-2." in await redact(weekly, "K-2")
    await assert_gone(weekly, tmp_path)
    assert "The text of K-2 was removed by Ana" in await refused(weekly, "K-2")


async def test_messages_of_an_earlier_version_lose_what_they_said(
    weekly: Team, tmp_path: Path
) -> None:
    await proved_twice(weekly)
    known = await run(weekly, 2)
    tasks = tuple(msgspec.structs.replace(task, said=()) for task in known.tasks)
    async with weekly.app.store.transaction() as tx:
        tx.put(RUNS, msgspec.structs.replace(known, tasks=tasks))
    await again(weekly, "ana")
    await redact(weekly, "K-2")
    await assert_gone(weekly, tmp_path)


async def test_of_an_earlier_message_only_what_was_of_the_redacted_run_goes(
    weekly: Team, tmp_path: Path
) -> None:
    await prove(weekly, "000001/users", "ana", ROE)
    await next_monday(weekly)
    await prove(weekly, "000002/users", "ana")
    ask = asked(await weekly.press("item-change", "000002/users", BEN))
    await weekly.submit(ask, {"removed": ("0",)}, BEN)
    await again(weekly, "ana", "zoe")
    assert ROE in repr(weekly.chat.cards)
    await redact(weekly, "K-1")
    await assert_gone(weekly, tmp_path)
    assert "zoe" in repr(weekly.chat.cards)
    task = (await run(weekly, 2)).task("users")
    assert task is not None
    assert task.diff is not None
    assert task.diff.added == ("zoe",)


async def test_the_last_list_goes_from_how_its_item_stands(weekly: Team, tmp_path: Path) -> None:
    await prove(weekly, "000001/users", ROE)
    assert on_disk(tmp_path)
    await redact(weekly, "K-1")
    await assert_gone(weekly, tmp_path)
    status = await weekly.app.store.get(ITEM_STATUSES, "account-security/users")
    assert status is not None
    assert (status.answer, status.proof) == (Answer.DONE, None)
    await next_monday(weekly)
    await prove(weekly, "000002/users", "ana")
    task = (await run(weekly, 2)).task("users")
    assert task is not None
    assert task.diff is not None
    assert task.diff.says == "First time, so nothing to compare."


async def last_list(team: Team) -> tuple[str, ...]:
    """Return the list that the next one is held against; none: it was removed."""
    status = await team.app.store.get(ITEM_STATUSES, "account-security/users")
    assert status is not None
    return status.proof.entries if status.proof else ()


async def explain(team: Team, **expected: str | tuple[str | Upload, ...]) -> None:
    ask = asked(await team.press("item-change", "000002/users", BEN))
    await team.submit(ask, expected, BEN)


@pytest.mark.parametrize("label", ["K-1", "K-2"])
async def test_a_list_goes_from_what_is_left_of_it_after_a_partial_explanation(
    weekly: Team, label: str
) -> None:
    await prove(weekly, "000001/users", "ana", ROE, "zoe")
    await next_monday(weekly)
    await prove(weekly, "000002/users", "ana", ROE, "temp-va")
    await explain(weekly, removed=("0",))
    assert await last_list(weekly) == ("ana", ROE)
    await redact(weekly, label)
    assert await last_list(weekly) == ()


async def test_names_that_are_gone_without_a_reason_go_with_either_run(weekly: Team) -> None:
    await prove(weekly, "000001/users", "ana", ROE, "zoe")
    await next_monday(weekly)
    await prove(weekly, "000002/users", "ana")
    await explain(weekly, removed=("1",))
    assert await last_list(weekly) == ("ana", ROE)
    await redact(weekly, "K-2")
    assert await last_list(weekly) == ()


async def test_a_list_that_was_entered_again_goes_from_how_its_item_stands(
    weekly: Team, tmp_path: Path
) -> None:
    await prove(weekly, "000001/users", "ana", ROE)
    await weekly.press("item-not-ours", "000001/users", BEN)
    await prove(weekly, "000001/users", "ana")
    assert await last_list(weekly) == ("ana", ROE)
    await next_monday(weekly)
    await prove(weekly, "000002/users", "ana", "zoe")
    await redact(weekly, "K-1")
    await assert_gone(weekly, tmp_path)


async def test_the_list_of_a_later_run_stays_when_an_earlier_one_is_redacted(
    weekly: Team,
) -> None:
    await prove(weekly, "000001/users", "ana", ROE)
    await next_monday(weekly)
    await prove(weekly, "000002/users", "ana", ROE, "zoe")
    await explain(weekly, ours=("0",))
    await redact(weekly, "K-1")
    assert await last_list(weekly) == ("ana", ROE, "zoe")


async def test_what_waits_to_be_sent_is_changed_too(weekly: Team, tmp_path: Path) -> None:
    await prove(weekly, "000001/users", "ana")
    await next_monday(weekly)
    weekly.chat.out = ChatError("It is out.", refusal=Refusal.CHAT)
    await prove(weekly, "000002/users", ROE)
    assert ROE in repr(await weekly.app.store.page(OUTBOX))
    await redact(weekly, "K-2")
    assert ROE not in repr(await weekly.app.store.page(OUTBOX))
    weekly.chat.out = None
    weekly.clock.advance(minutes=30)
    await weekly.dispatcher.deliver()
    await assert_gone(weekly, tmp_path)


async def test_a_file_goes_for_good(weekly: Team) -> None:
    evidence = weekly.app.evidence
    digest = await evidence.keep(b"a list of Elm Street", {"at": "now"})
    ask = asked(await weekly.press("item-done", "000001/paper", BEN))
    await weekly.submit(ask, {"proof": (Upload("list.png", "image/png", 9, digest),)}, BEN)
    assert await evidence.kept_at(digest)
    await redact(weekly, "K-1")
    await weekly.work()
    assert await evidence.kept_at(digest) == 0


async def test_of_a_playbook_its_case_says_who_removed_what(team: Team, tmp_path: Path) -> None:
    team = guarded(team, WEEKLY)
    case = await attacked(team)
    begun = msgspec.structs.replace(checklist_run(team.clock.now), case=case.key, thread="C-1")
    async with team.app.store.transaction() as tx:
        tx.put(RUNS, begun)
    await prove(team, "000001/users", ROE)
    assert on_disk(tmp_path)
    await redact(team, "K-1")
    await assert_gone(team, tmp_path)
    assert f"Ana removed the text of K-1: {WHY}" in card_text(await team.type("/case 1"))
    assert (await run(team, 1)).removed is None


async def test_what_was_not_written_cannot_be_removed(weekly: Team) -> None:
    assert await refused(weekly, "K-1") == "K-1 has no text to remove."
    assert "There is no run 'K-9'." in await refused(weekly, "K-9")
    assert "There is no decision 'D-9'." in await refused(weekly, "D-9")


@pytest.fixture
async def decided(team: Team) -> Team:
    """Return a team that was asked for a decision, and reminded of it."""
    team = guarded(team)
    await choose(team, Chosen(digest_hour=9))
    due = msgspec.structs.replace(decision(MONDAY.date(), owner=BEN[0]), text=WORDS)
    async with team.app.store.transaction() as tx:
        tx.put(DECISIONS, due)
    team.clock.now = MONDAY
    await tick(team)
    team.clock.now = MONDAY + timedelta(days=2, hours=2)
    await tick(team)
    assert [key for key in team.chat.order if TRACE in repr(team.chat.cards[key])] == [
        "K-1",
        "K-1/reminder-1",
    ]
    return team


async def test_a_decision_goes_from_runs_reminders_and_the_case_of_a_problem(
    decided: Team, tmp_path: Path
) -> None:
    ask = asked(await decided.press("item-problem", "000001/D-1", BEN))
    await decided.submit(ask, {"wrong": "It costs too much"}, BEN)
    assert TRACE in repr(decided.chat.cards["C-1"])
    decided.clock.advance(days=1)
    digest = card_text(await decided.type("/digest"))
    assert "Problem: D-1" in digest
    assert TRACE not in digest
    assert "Redact each by its own label" in await refused(decided, "K-1")
    assert on_disk(tmp_path)
    assert "Removed the text of D-1." in await redact(decided, "D-1")
    await assert_gone(decided, tmp_path)
    assert "[removed]" in decided.chat.cards["K-1"].body
    assert f"Ana removed the text of D-1: {WHY}" in card_text(await decided.type("/case 1", ANA))
    assert "The text of D-1 was removed by Ana" in await refused(decided, "D-1")


lists_of_names = st.lists(st.sets(st.integers(10, 30), max_size=8), min_size=1, max_size=6)


@given(lists_of_names)
def test_however_often_a_list_is_handed_in_all_its_names_go(lists: list[set[int]]) -> None:
    known, status = checklist_run(MONDAY), None
    for place, names in enumerate(lists):
        proof = Proof(kind=ProofKind.USERS, entries=tuple(f"name-{each}" for each in names))
        task = known.task("users")
        assert task is not None
        diff = proof_diff(status.proof if status else None, proof)
        told = f"K-1/users-{place}" if diff.alarming else ""
        said = AnswerGiven(
            answer=Answer.DONE, who=BEN[0], at=MONDAY, proof=proof, diff=diff, told=told
        )
        open_task = msgspec.structs.replace(task, answer=Answer.OPEN)
        after = give(known, open_task, status, said)
        known, status = after.run, after.status
    task = known.task("users")
    assert task is not None
    assert len(task.said) == len(task.told)
    # What is left of the names must be among what people can have removed.
    assert bool(task.texts) == ("name-" in repr(task))
    assert "name-" not in repr(task.redacted)
    assert task.redacted.texts == ()
    assert task.redacted.redacted == task.redacted


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("ads", "The supplier loads the truck on Friday"),
        ("Prices", "Prices are checked by Ben"),
        ("Call the supplier", "Call the supplier"),
    ],
)
async def test_what_others_wrote_in_the_case_of_a_problem_stays(
    team: Team, text: str, note: str
) -> None:
    team = guarded(team)
    await choose(team, Chosen(digest_hour=9))
    due = msgspec.structs.replace(decision(MONDAY.date(), owner=BEN[0]), text=text)
    async with team.app.store.transaction() as tx:
        tx.put(DECISIONS, due)
    team.clock.now = MONDAY
    await tick(team)
    ask = asked(await team.press("item-problem", "000001/D-1", BEN))
    await team.submit(ask, {"wrong": "It costs too much"}, BEN)
    await team.type(f"/note 1 {note}", BEN)
    await log(team, "/log-attack 1", what={"damage": text})
    entries = await team.app.store.find(ENTRIES, "case", case_key(1))
    problem, *others = [entry for entry in entries if entry.words]
    await redact(team, "D-1")
    left = [await team.app.store.get(ENTRIES, each.key) for each in (problem, *others)]
    assert left == [problem.redacted, *others]
    [attack] = await team.app.store.page(ATTACKS)
    assert attack.damage == text
