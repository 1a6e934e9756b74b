"""What an answer does to a run and to how the item stands."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.permissions import Person
from bot.errors import UserError
from bot.features.checklists.models.runs import Answer, Ending, ItemStatus, Run, Task
from bot.features.checklists.rules.answering import AnswerGiven, ask_again, close, doubt, give, take
from tests.unit.features.checklists.samples import ANA, BEN, EVE, MONDAY, item, run, standing, users

LATER = MONDAY + timedelta(hours=1)
EXPIRES = MONDAY + timedelta(days=7)


def tasks(*ids: str, owner: Person | None = None) -> Run:
    return run(*(Task(item=item(id), owner=owner) for id in ids))


def said(
    asked: Run, id: str, answer: Answer, before: ItemStatus | None = None
) -> tuple[Run, ItemStatus]:
    task = asked.task(id)
    assert task is not None
    case = 14 if answer is Answer.PROBLEM else None
    expires = EXPIRES if answer is Answer.DONE else None
    words = AnswerGiven(answer=answer, who=ANA, at=LATER, case=case, expires_at=expires)
    after = give(asked, task, before, words)
    return after.run, after.status


def test_done_counts_until_it_expires() -> None:
    asked, stands = said(tasks("a", "b"), "a", Answer.DONE)
    assert (stands.answer, stands.who, stands.expires_at) == (Answer.DONE, ANA, EXPIRES)
    assert [task.item.id for task in asked.left] == ["b"]
    assert asked.open


def test_the_last_answer_ends_the_run() -> None:
    asked, _ = said(tasks("a"), "a", Answer.NOT_OURS)
    assert (asked.open, asked.ending, asked.closed_at) == (False, Ending.ANSWERED, LATER)


def test_a_problem_knows_since_when_it_is_one() -> None:
    before = standing("a", Answer.PROBLEM, at=MONDAY - timedelta(days=7), case=14)
    _, stands = said(tasks("a"), "a", Answer.PROBLEM, before)
    assert (stands.since, stands.at, stands.case) == (before.at, LATER, 14)
    _, over = said(tasks("a"), "a", Answer.DONE, stands)
    assert (over.since, over.case) == (None, None)


def test_the_last_proof_is_kept_while_others_give_none() -> None:
    asked = tasks("a", "b")
    proof = AnswerGiven(answer=Answer.DONE, who=ANA, at=LATER, proof=users("ana"))
    after = give(asked, asked.tasks[0], None, proof)
    _, stands = said(after.run, "a", Answer.PROBLEM, after.status)
    assert stands.proof == users("ana")


def test_an_answer_may_be_changed_but_not_given_twice() -> None:
    asked, stands = said(tasks("a"), "a", Answer.NOT_OURS)
    asked, stands = said(asked, "a", Answer.DONE, stands)
    assert stands.answer is Answer.DONE
    with pytest.raises(UserError, match="Ana already answered"):
        said(asked, "a", Answer.DONE, stands)


def test_a_run_that_was_replaced_leads_to_the_one_that_asks_now() -> None:
    old = close(tasks("a"), LATER, Ending.REPLACED, 2)
    with pytest.raises(UserError, match="K-2 replaces it"):
        said(old, "a", Answer.DONE)
    # Problem may always be told.
    _, stands = said(old, "a", Answer.PROBLEM)
    assert stands.case == 14


def test_who_takes_an_item_is_asked_from_now_on() -> None:
    asked = tasks("a", "b", owner=BEN)
    assert asked.next_for(ANA) is None
    after = take(asked, asked.tasks[1], None, ANA, LATER)
    following = after.run.next_for(ANA)
    assert following is not None
    assert (following.item.id, after.status.owner) == ("b", ANA)
    _, stands = said(after.run, "b", Answer.DONE, after.status)
    assert stands.owner == ANA
    with pytest.raises(UserError, match="You already own"):
        take(after.run, following, after.status, ANA, LATER)


def test_each_person_is_led_through_what_is_theirs_or_nobodys() -> None:
    asked = run(
        Task(item=item("a"), owner=BEN), Task(item=item("b")), Task(item=item("c"), owner=ANA)
    )

    def way(who: Person) -> list[str]:
        ids: list[str] = []
        while task := asked.next_for(who, ids[-1] if ids else ""):
            ids.append(task.item.id)
        return ids

    assert [way(who) for who in (ANA, BEN, EVE)] == [["b", "c"], ["a", "b"], ["b"]]


def test_a_closed_case_makes_its_problem_a_question() -> None:
    problem = standing("a", Answer.PROBLEM, case=14)
    doubted = doubt(problem, 14, LATER)
    assert doubted is not None
    assert (doubted.answer, doubted.case, doubted.at) == (Answer.OPEN, 14, LATER)
    assert doubt(problem, 15, LATER) is None
    assert doubt(standing("a"), 14, LATER) is None


def test_not_for_us_is_taken_back_once() -> None:
    _, foreign = said(tasks("a"), "a", Answer.NOT_OURS)
    assert foreign.expires_at == LATER + timedelta(days=365)
    again = ask_again(foreign, LATER)
    assert (again.answer, again.expires_at) == (Answer.OPEN, None)
    with pytest.raises(UserError):
        ask_again(again, LATER)


ANSWERS = st.sampled_from([Answer.DONE, Answer.PROBLEM, Answer.NOT_OURS])


@given(given_=st.lists(st.tuples(st.sampled_from("abc"), ANSWERS), max_size=12))
def test_a_run_is_open_as_long_as_something_is_left(given_: list[tuple[str, Answer]]) -> None:
    asked = tasks("a", "b", "c")
    stands: dict[str, ItemStatus] = {}
    for id, answer in given_:
        try:
            asked, stands[id] = said(asked, id, answer, stands.get(id))
        except UserError:
            continue
        assert asked.open is bool(asked.left)
    assert {
        task.item.id: task.answer for task in asked.tasks if task.answer is not Answer.OPEN
    } == {id: each.answer for id, each in stands.items()}
