"""What is caught of register, lessons and products, and what is let through."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from bot.core.permissions import Person
from bot.features.reports.models.reports import RejectionReason, ReportState
from bot.features.reviews.models.facts import Unseen
from bot.features.rights.models import BrandRightStatus
from bot.features.training.models import Learning, Lesson
from tests.unit.features.reviews.quarter import (
    given,
    headings,
    on,
    only,
    paper,
    report,
    right,
)


def test_rights_and_papers_that_expire_are_told_in_the_order_of_their_end() -> None:
    facts = given(
        rights=[right(1, date(2027, 3, 31)), right(2, date(2026, 12, 1))],
        documents=[paper(3, date(2027, 1, 15))],
    )
    point = only(facts)
    assert point.heading == "3 rights and documents to renew"
    assert point.says == (
        "Expiration dates: Trademark MARK 2 (US) (1 Dec 2026), Letter 3 (15 Jan 2027), "
        "Trademark MARK 1 (US) (31 Mar 2027). Already expired: 1."
    )


def test_what_lasts_longer_or_ended_long_ago_or_is_pending_is_let_through() -> None:
    pending = msgspec.structs.replace(right(4, date(2027, 1, 1)), status=BrandRightStatus.PENDING)
    rights = [right(1, date(2027, 4, 1)), right(2, date(2026, 9, 30)), right(3, None), pending]
    assert headings(given(rights=rights, documents=[paper(1, None)])) == []


LESSON = Lesson(
    id="phishing",
    title="Mails that ask you to sign in",
    text="...",
    question="?",
    options=("a", "b"),
    right=0,
    because=".",
)


def learning(name: str, *, right: bool, at: datetime | None = None) -> Learning:
    who = Person(name, name)
    return Learning(
        person=who, lesson=LESSON.id, answered_at=at or on(11, 3), right=right, who=name
    )


def test_the_lesson_that_most_got_wrong_is_told_without_names() -> None:
    learnings = [learning("zoe", right=False), learning("kim", right=False)]
    learnings.append(learning("ana", right=True))
    point = only(given(lessons=[LESSON], learnings=learnings))
    assert point.heading == f"Most often answered wrong: {LESSON.title}"
    assert point.says == "2 of 3 got its question wrong on the first try."
    assert "zoe" not in str(point)


def test_one_wrong_answer_points_at_nobody() -> None:
    learnings = [learning("zoe", right=False), learning("kim", right=True)]
    assert headings(given(lessons=[LESSON], learnings=learnings)) == []


def test_answers_of_another_quarter_are_let_through() -> None:
    old = on(9, 1)
    learnings = [learning(name, right=False, at=old) for name in ("zoe", "kim", "ana")]
    assert headings(given(lessons=[LESSON], learnings=learnings)) == []


def test_products_that_nobody_can_see_weigh_the_more_the_more_there_are() -> None:
    one = given(watched=10, unseen=[Unseen("Pan", "Amazon refused the login")])
    point = only(one)
    assert point.heading == "1 of 10 products could not be checked"
    assert "Pan (Amazon refused the login)" in point.says
    refusal = [report(1, ReportState.REFUSED, refusal=RejectionReason.VAGUE)]
    refusal += [report(n, ReportState.ACCEPTED) for n in range(2, 30)]
    few = msgspec.structs.replace(one, reports=refusal)
    all_of_them = msgspec.structs.replace(few, watched=1)
    assert headings(few)[-1] == "1 of 10 products could not be checked"
    assert headings(all_of_them)[0] == "1 of 1 product could not be checked"
