"""What is caught of the team's own guard, and what is let through."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from bot.core.cards import Tone
from bot.features.checklists.models.runs import Answer, Ending, ItemStatus, Run, Task
from bot.features.reviews.models.facts import Day, Facts
from bot.features.reviews.rules.charts import charts
from bot.features.reviews.rules.draft import draft, weigh
from bot.features.reviews.views import point_card, review_card
from tests.unit.features.reviews.quarter import (
    CALM,
    NOW,
    days_later,
    decision,
    given,
    headings,
    on,
    only,
    problem,
    run,
    task,
)


def test_a_calm_quarter_has_no_points() -> None:
    assert headings(CALM) == []


def test_what_was_decided_and_is_due_and_not_done_comes_first() -> None:
    late = decision(3, "Change the passwords", date(2026, 11, 30))
    facts = given(decisions=[late], item_statuses=[problem("sign-in", on(10, 12), 14)])
    assert headings(facts)[0] == "Overdue decisions: 1"
    point = only(given(decisions=[late]))
    assert point.says == "'Change the passwords' (Ben, due 30 Nov 2026)."
    assert point.propose.startswith("Ask Ben what is in the way.")


def test_a_decision_that_is_done_or_not_due_is_no_weakness() -> None:
    done = decision(1, "Done", date(2026, 11, 30), done=on(11, 20))
    coming = decision(2, "Coming", date(2027, 1, 4))
    assert headings(given(decisions=[done, coming])) == []


def test_a_user_whom_nobody_expected_is_a_point() -> None:
    says = "1 user new since the last review: temp-va."
    runs = [run(12, task("users", drift=says, case=14)), run(13, task("users"))]
    point = only(given(runs=runs))
    assert point.heading == "Unexpected changes: 1"
    assert says in point.says
    assert point.refs == ("K-12", "C-14")


def unknown(answer: Answer, case: int | None = None) -> Task:
    says = "1 user new since the last review: Parcel Insights (all permissions)."
    found = task("users", answer, drift=says, case=case)
    assert found.diff is not None
    diff = msgspec.structs.replace(found.diff, added=("Parcel Insights (all permissions)",))
    return msgspec.structs.replace(found, diff=diff, told=("changed-12-users-1",))


@pytest.mark.parametrize("answer", [Answer.UNEXPLAINED, Answer.PROBLEM])
def test_an_unknown_user_with_rights_is_urgent_and_comes_before_all_else(answer: Answer) -> None:
    case = 14 if answer is Answer.PROBLEM else None
    late = decision(3, "Mark the packaging", date(2026, 11, 30))
    standings = [problem("users", on(11, 12), 14)] if case else []
    facts = given(runs=[run(12, unknown(answer, case))], decisions=[late], item_statuses=standings)
    first, second, *_ = weigh(facts)
    assert first.heading == "1 unknown user or app with access"
    assert "Parcel Insights (all permissions)" in first.says
    assert first.urgent
    assert second.heading == "Overdue decisions: 1"
    drafted = draft(facts, simulated=False)
    assert point_card(drafted, 0, None).tone is Tone.CRITICAL
    assert review_card(drafted).tone is Tone.CRITICAL


def test_who_was_explained_or_removed_since_is_let_through() -> None:
    assert headings(given(runs=[run(12, unknown(Answer.DONE))])) == []
    solved = given(runs=[run(12, unknown(Answer.PROBLEM, 14))])
    assert not any(point.urgent for point in weigh(solved))


def standing(answer: Answer, case: int | None = None) -> ItemStatus:
    return msgspec.structs.replace(problem("users", on(11, 13), case or 0), answer=answer)


def replaced() -> Run:
    return run(12, unknown(Answer.UNEXPLAINED), ending=Ending.REPLACED)


def unusual(facts: Facts) -> list[str]:
    return [each for each in headings(facts) if "access" in each or "changes" in each]


@pytest.mark.parametrize("answer", [Answer.DONE, Answer.OPEN])
def test_who_was_explained_in_the_next_run_is_let_through(answer: Answer) -> None:
    facts = given(runs=[replaced(), run(13, task("users"))], item_statuses=[standing(answer)])
    assert unusual(facts) == []


@pytest.mark.parametrize("answer", [Answer.UNEXPLAINED, Answer.PROBLEM])
def test_who_was_explained_in_the_next_run_does_not_come_back_with_another(answer: Answer) -> None:
    runs = [replaced(), run(13, task("users"))]
    assert unusual(given(runs=runs, item_statuses=[standing(answer, 15)])) == []


def test_a_stranger_who_waits_in_a_later_run_stays_urgent() -> None:
    runs = [replaced(), run(13, task("users", Answer.OPEN))]
    facts = given(runs=runs, item_statuses=[standing(Answer.UNEXPLAINED)])
    assert weigh(facts)[0].urgent


def test_who_left_and_was_explained_in_the_next_run_is_let_through() -> None:
    gone = task("users", Answer.UNEXPLAINED, drift="1 user gone since the last review: ben.")
    runs = [run(12, gone, ending=Ending.REPLACED), run(13, task("users"))]
    assert unusual(given(runs=runs, item_statuses=[standing(Answer.DONE)])) == []


def test_what_a_playbook_left_unexplained_is_told_but_not_as_an_open_alarm() -> None:
    ended = run(12, unknown(Answer.UNEXPLAINED), ending=Ending.CASE_CLOSED)
    facts = given(runs=[ended], item_statuses=[standing(Answer.OPEN)])
    assert unusual(facts) == ["Unexpected changes: 1"]
    assert not any(point.urgent for point in weigh(facts))


SCORES = (Day(date(2026, 10, 5), 64, 100), Day(date(2026, 12, 30), 90, 100))


def test_the_score_is_capped_while_a_stranger_has_access() -> None:
    facts = given(runs=[run(12, unknown(Answer.UNEXPLAINED))], scores=SCORES)
    drafted = draft(facts, simulated=False)
    said = "64% to 60% (90 of 100 points, capped: an alarm was open)"
    assert dict(drafted.numbers)["Security score"] == said
    [chart] = [each for each in charts(facts) if each.title == "Security score"]
    assert chart.says == "It fell from 64% to 60%."


def test_without_an_open_alarm_the_score_is_what_it_was() -> None:
    facts = given(runs=[run(12, unknown(Answer.DONE))], scores=SCORES)
    drafted = draft(facts, simulated=False)
    assert dict(drafted.numbers)["Security score"] == "64% to 90% (90 of 100 points)"


def test_a_proof_without_a_difference_is_none() -> None:
    assert headings(given(runs=[run(1, task("users"))])) == []


def test_problems_that_are_not_solved_are_told_oldest_first() -> None:
    standings = [problem("apps", on(12, 1), 15), problem("sign-in", on(10, 12), 14)]
    facts = given(item_statuses=standings, titles={"account/sign-in": "Two-step sign-in"})
    point = only(facts)
    assert point.heading == "2 unsolved problems"
    assert point.says == "Two-step sign-in (since 12 Oct 2026), apps (since 1 Dec 2026)."
    assert point.refs == ("C-14", "C-15")
    assert "Two-step sign-in" in point.propose


def test_a_solved_problem_and_one_of_a_decision_are_let_through() -> None:
    solved = msgspec.structs.replace(problem("sign-in", on(10, 12), 14), answer=Answer.DONE)
    decided = problem("D-3", on(10, 12), 15, checklist="decisions")
    assert headings(given(item_statuses=[solved, decided])) == []


def test_runs_that_were_replaced_or_are_overdue_are_a_point() -> None:
    open_task = task("users", Answer.OPEN)
    runs = [
        run(1, open_task, task("apps"), ending=Ending.REPLACED),
        run(2, open_task, ending=None),
        run(3, task("users"), task("apps")),
    ]
    point = only(given(runs=runs, titles={"account": "Account security"}))
    assert point.heading == "2 of 3 checklists not completed"
    assert point.says == "2 of 5 items not answered: Account security (2 times)."
    assert "Account and access" in point.propose
    assert point.refs == ("K-1", "K-2")


def test_runs_that_are_new_or_over_with_their_case_are_let_through() -> None:
    open_task = task("users", Answer.OPEN)
    fresh = run(1, open_task, posted=days_later(NOW, -2), ending=None)
    playbook = run(2, open_task, ending=Ending.CASE_CLOSED)
    decisions = run(3, open_task, ending=Ending.REPLACED, checklist="decisions")
    assert headings(given(runs=[fresh, playbook, decisions])) == []
