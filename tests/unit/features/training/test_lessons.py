"""Spaced repetition: what is wrong comes back in growing pauses, until it is learned."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.permissions import Person
from bot.features.training.models import PAUSES, Learning, Lesson, hurdle, learned, to_ask

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
ANA = Person("ana", "Ana")
FIRST, SECOND = timedelta(days=3), timedelta(days=7)


def lesson(id: str = "doors", options: int = 4) -> Lesson:
    return Lesson(
        id=id,
        title=f"About {id}",
        text="Text.",
        question="Which?",
        options=tuple(f"Option {place}" for place in range(options)),
        right=0,
        because="It is.",
    )


def walk(*answers: tuple[timedelta, bool]) -> Learning:
    """Answer again and again, each time so long after the last answer."""
    known: Learning | None = None
    now = NOW
    for pause, right in answers:
        now += pause
        known = learned(known, ANA, "doors", now, right=right)
    assert known is not None
    return known


AT_ONCE = timedelta()


def test_what_is_right_at_once_is_learned() -> None:
    known = walk((AT_ONCE, True))
    assert (known.due_at, known.stumbled, known.tries) == (None, False, 1)


def test_what_is_wrong_comes_back_in_three_days() -> None:
    known = walk((AT_ONCE, False))
    assert (known.box, known.due_at, known.stumbled) == (0, NOW + FIRST, True)


def test_after_a_wrong_answer_it_has_to_be_right_three_times() -> None:
    steps = [(AT_ONCE, False), *((pause, True) for pause in PAUSES)]
    dues = [walk(*steps[:count]).due_at for count in range(1, 5)]
    assert dues == [
        NOW + timedelta(days=3),
        NOW + timedelta(days=3 + 7),
        NOW + timedelta(days=3 + 7 + 21),
        None,
    ]


def test_a_wrong_answer_sends_it_back_to_the_start() -> None:
    known = walk((AT_ONCE, False), (FIRST, True), (SECOND, False))
    assert (known.box, known.tries) == (0, 3)
    assert known.due_at == NOW + FIRST + SECOND + FIRST


@pytest.mark.parametrize("right", [True, False])
def test_an_answer_that_was_not_asked_for_changes_nothing(right: bool) -> None:
    for known in (walk((AT_ONCE, True)), walk((AT_ONCE, False))):
        early = NOW + FIRST - timedelta(seconds=1)
        assert learned(known, ANA, "doors", early, right=right) is known


@given(st.lists(st.tuples(st.timedeltas(timedelta(), timedelta(days=40)), st.booleans())))
def test_whatever_is_answered(steps: list[tuple[timedelta, bool]]) -> None:
    known: Learning | None = None
    now = NOW
    for pause, right in steps:
        now += pause
        before = known
        known = learned(before, ANA, "doors", now, right=right)
        if before is not None and not before.due(now):
            assert known is before
            continue
        assert known.due_at is None or known.due_at > now
        assert known.tries == (before.tries if before else 0) + 1
        box = before.box if before else 0
        assert known.box == (box + 1 if right else 0)
        assert 0 <= known.box <= len(PAUSES)


@given(st.integers(2, 6), st.text(min_size=1, max_size=8))
def test_options_are_mixed_and_none_is_lost(options: int, id: str) -> None:
    mixed = lesson(id, options)
    assert sorted(mixed.order) == list(range(options))
    assert mixed.order == lesson(id, options).order


def test_the_first_option_is_shown_in_every_place() -> None:
    places = {lesson(f"lesson-{number}").order.index(0) for number in range(40)}
    assert places == {0, 1, 2, 3}


def learning(id: str, due: timedelta | None = None, *, who: str = "ana") -> Learning:
    at = NOW - timedelta(days=30)
    due_at = None if due is None else NOW + due
    person = Person(who, who.title())
    return Learning(
        person=person, lesson=id, answered_at=at, right=due is None, due_at=due_at, who=who
    )


def test_what_is_due_is_asked_before_what_was_never_answered() -> None:
    lessons = [lesson(id) for id in ("known", "later", "new", "old", "older", "unposted")]
    own = {
        "known": learning("known"),
        "later": learning("later", timedelta(seconds=1)),
        "old": learning("old", AT_ONCE),
        "older": learning("older", -FIRST),
        "gone": learning("gone", -FIRST),
    }
    asked = to_ask(lessons, ("known", "later", "new", "old", "older"), own, NOW)
    assert [each.id for each in asked] == ["older", "old", "new"]


def test_the_hurdle_is_what_the_largest_part_got_wrong_at_first() -> None:
    lessons = [lesson("easy"), lesson("hard")]
    wrong = [learning("hard", AT_ONCE, who=who) for who in ("ana", "ben")]
    mended = msgspec.structs.replace(wrong[0], right=True, tries=4, due_at=None)
    some = [learning("easy", AT_ONCE, who="ana"), learning("easy", AT_ONCE, who="ben")]
    easy = [*some, *(learning("easy", who=who) for who in ("cem", "dana"))]
    found = hurdle(lessons, [mended, wrong[1], learning("hard", who="cem"), *easy])
    assert found is not None
    assert (found.lesson.id, found.stumbled, found.answered) == ("hard", 2, 3)


@pytest.mark.parametrize(("wrong", "right"), [(1, 5), (2, 0), (0, 3)])
def test_a_hurdle_never_points_at_one_person(wrong: int, right: int) -> None:
    stumbled = [learning("doors", AT_ONCE, who=f"w{number}") for number in range(wrong)]
    others = [learning("doors", who=f"r{number}") for number in range(right)]
    assert hurdle([lesson()], [*stumbled, *others]) is None
