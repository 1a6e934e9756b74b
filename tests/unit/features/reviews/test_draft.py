from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import msgspec

from bot.core.charts import Bars, Course, spoken
from bot.features.checklists.models.runs import Answer, Ending
from bot.features.reports.models.reports import RejectionReason, ReportState
from bot.features.reviews.models.facts import Day, Facts, Unseen, listed
from bot.features.reviews.models.quarters import span_of
from bot.features.reviews.models.reviews import Review
from bot.features.reviews.rules.charts import charts
from bot.features.reviews.rules.draft import POINTS, draft, weigh
from bot.features.training.models import Learning
from tests.unit.features.reviews.quarter import (
    ANA,
    CALM,
    Q4,
    THIEF,
    days_later,
    decision,
    incident,
    letter,
    on,
    paper,
    problem,
    report,
    right,
    run,
    task,
)

COUNTED = "Attacks count only if a rule detects them or someone logs them with /attack."


def drafted(facts: Facts) -> Review:
    return draft(facts, simulated=False)


def busy() -> Facts:
    """A quarter in which nearly everything went wrong."""
    strangers = [
        incident(f"C-{place}", on(11, place), THIEF, f"B0ALDER00{place % 5}")
        for place in range(1, 10)
    ]
    reports = [
        report(1, ReportState.REFUSED, refusal=RejectionReason.VAGUE),
        report(2, ReportState.ACCEPTED, removed=days_later(on(10, 5), 20)),
        report(3, None),
    ]
    return msgspec.structs.replace(
        CALM,
        incidents=strangers,
        runs=[
            run(1, task("users", drift="1 user that you did not have: temp-va.")),
            run(2, task("users", Answer.OPEN), ending=Ending.REPLACED),
        ],
        item_statuses=[problem("sign-in", on(10, 12), 14)],
        reports=reports,
        letters=[letter(1, on(10, 20))],
        rights=[right(1, date(2027, 2, 1))],
        documents=[paper(1, date(2027, 2, 1))],
        learnings=[Learning(person=ANA, lesson="x", answered_at=on(11, 1), right=True, who=ANA.id)],
        scores=[Day(date(2026, 10, 1), 40, 100), Day(date(2026, 12, 30), 140, 200)],
        unseen=[Unseen("Pan", "overdue")],
        decisions=[
            decision(1, "Change the passwords", date(2026, 11, 1)),
            decision(2, "Renew the mark", date(2026, 11, 1), done=on(11, 20)),
        ],
    )


def test_a_review_has_eight_points_at_the_most_and_says_what_it_left_out() -> None:
    facts = busy()
    all_points = weigh(facts)
    review = drafted(facts)
    assert len(all_points) > POINTS
    assert list(review.points) == all_points[:POINTS]
    left = len(all_points) - POINTS
    assert any(f"{left} minor point" in each for each in review.unseen)
    assert (review.open, review.undecided) == (True, POINTS)


def test_the_order_is_by_weight_and_starts_with_what_was_not_done() -> None:
    headings = [point.heading for point in drafted(busy()).points]
    assert headings[0] == "Overdue decisions: 1"
    assert headings[1] == "Unexpected changes: 1"


def test_every_point_has_words_numbers_and_a_proposal() -> None:
    for point in weigh(busy()):
        assert point.heading
        assert point.propose.endswith((".", "passwords"))
        assert any(char.isdigit() for char in point.heading + point.says)
        assert len(point.propose) <= 200
        assert not point.heading.endswith(".")


def test_what_became_of_earlier_decisions_is_in_the_review() -> None:
    earlier = drafted(busy()).earlier
    assert [(each.text, each.owner, each.done_on) for each in earlier] == [
        ("Change the passwords", "Ben", None),
        ("Renew the mark", "Ben", date(2026, 11, 20)),
    ]


def test_a_quarter_of_which_nothing_is_known_says_so() -> None:
    review = drafted(msgspec.structs.replace(CALM, watched=0))
    assert review.points == ()
    assert review.open is False
    assert [each.split(", so")[0] for each in review.unseen[:-1]] == [
        "No products were watched",
        "No checklists were due",
        "Amazon answered no reports",
        "No lessons were answered",
        "No rights or documents on file",
    ]
    assert review.unseen[-1] == COUNTED
    unmeasured = {label for label, value in review.numbers if value.startswith("not measured")}
    assert unmeasured == {
        "Accepted this quarter",
        "Time to removal",
        "Checklists",
        "Security score",
        "Products",
        "Lessons",
    }


def test_a_checklist_that_nobody_answered_is_no_look() -> None:
    asked = msgspec.structs.replace(CALM, runs=[run(1, task("users", Answer.OPEN))])
    assert any(each.startswith("No checklists were answered") for each in drafted(asked).unseen)
    answered = msgspec.structs.replace(CALM, runs=[run(1, task("users"))])
    assert not any("checklist" in each for each in drafted(answered).unseen)


def test_the_quarter_in_numbers() -> None:
    assert dict(drafted(busy()).numbers) == {
        "Attacks": "9 (0 in the previous quarter)",
        "Unknown sellers": "0 cases (0 in the previous quarter)",
        "Accepted this quarter": "50% (1 of 2)",
        "Time to removal": "20 d, median of 1",
        "Checklists": "1 of 2 completed",
        "Unsolved problems": "1",
        "Security score": "40% to 70% (140 of 200 points)",
        "Products": "2 watched, 1 not checked",
        "Letters to Amazon": "1 sent",
        "Lessons": "1 answer, 0 wrong on the first try",
    }


def test_a_running_quarter_says_that_it_is_not_over() -> None:
    now = on(11, 20)
    span = span_of(Q4, now, ZoneInfo("UTC"))
    review = drafted(msgspec.structs.replace(CALM, span=span, now=now))
    assert (review.quarter, review.until) == ("2026 Q4 so far", date(2026, 11, 20))
    assert drafted(CALM).quarter == "2026 Q4"


def test_the_pictures_show_what_there_is_and_nothing_else() -> None:
    assert charts(CALM) == ()
    drawn = charts(busy())
    assert [chart.title for chart in drawn] == [
        "Attacks by method",
        "Attacks by week",
        "Amazon's answers",
        "Security score",
    ]
    methods, weeks, answers, score = drawn
    assert isinstance(methods, Bars)
    assert [(bar.label, bar.value, bar.strong) for bar in methods.bars] == [
        ("Listing hijack", 9, True)
    ]
    assert isinstance(weeks, Course)
    assert len(weeks.points) == 14
    assert sum(point.value for point in weeks.points) == 9
    assert isinstance(answers, Bars)
    assert [bar.value for bar in answers.bars] == [1, 0, 1]
    assert isinstance(score, Course)
    assert "It rose from 40% to 70%." in spoken(score)


def test_lists_are_short_and_count_the_rest() -> None:
    assert listed("abcde") == "a, b, c and 2 more"
    assert listed("aab") == "a, b"
    assert listed("") == ""
