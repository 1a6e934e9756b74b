"""Lessons as cards: whatever a sound file holds fits, and nobody is put to shame."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core.cards import Card, Tone
from bot.core.permissions import Person
from bot.core.text import CUT
from bot.features.training.models import Hurdle, Learning, Lesson
from bot.features.training.texts.reading import (
    BECAUSE,
    OPTION,
    OPTIONS,
    QUESTION,
    TEXT,
    TITLE,
    read_lessons,
)
from bot.features.training.views.lessons import (
    Participation,
    answered_card,
    ask_card,
    lesson_card,
    posted_card,
    verdict,
)
from bot.features.training.views.progress import Training, training_card
from tests.cases import for_each
from tests.fakes import START as NOW
from tests.pictures.story import SCENE

LARGEST = Lesson(
    id="l" * 40,
    title="T" * TITLE,
    text="t" * TEXT,
    question="q" * QUESTION,
    options=tuple(letter * (OPTIONS // 4) for letter in "abcd"),
    right=0,
    because="b" * BECAUSE,
)
WIDEST = (*(letter * OPTION for letter in "abc"), "d" * (OPTIONS - 3 * OPTION))
BEN = Person("ben", "Ben")
NOBODY = Participation(answered=0, team=4)


def learning(*, right: bool, days: int | None) -> Learning:
    due = None if days is None else NOW + timedelta(days=days)
    return Learning(person=BEN, lesson="doors", answered_at=NOW, right=right, due_at=due, who="ben")


def training(**known: object) -> Training:
    usual: dict[str, object] = {
        "lessons": 16,
        "posted": 6,
        "participation": Participation(answered=3, team=4),
        "people": [("Ana", 5), ("Ben", 6)],
        "hurdle": None,
        "own": 5,
        "due": 0,
        "due_at": None,
        "next_at": None,
    }
    return Training(**{**usual, **known})  # type: ignore[arg-type]


def words(card: Card) -> str:
    fields = "\n".join(f"{field.label}: {field.value}" for field in card.fields)
    return f"{card.title}\n{card.body}\n{fields}\n{card.footer}"


@for_each("lesson", [LARGEST, *read_lessons()], ids=lambda lesson: lesson.id)
def test_a_lesson_is_shown_uncut_wherever_it_is_shown(lesson: Lesson) -> None:
    told, _ = verdict(lesson, None, learning(right=False, days=3), SCENE)
    shown = (
        posted_card(lesson, NOBODY),
        lesson_card(lesson, learning(right=False, days=3), SCENE),
        ask_card(lesson, 3, told, read=False),
        ask_card(lesson, 1, told, read=True),
        answered_card(told, None, SCENE),
    )
    assert len(told) <= 600
    for card in shown:
        assert CUT not in words(card)
    assert all(option in words(shown[0]) for option in lesson.options)


def test_the_widest_options_fit() -> None:
    lesson = Lesson(
        id="w", title="W", text="w", question="w?", options=WIDEST, right=3, because="w"
    )
    assert CUT not in words(posted_card(lesson, NOBODY))


def test_who_has_read_it_is_asked_without_it() -> None:
    assert LARGEST.text not in ask_card(LARGEST, 1, "", read=True).body
    assert LARGEST.text in ask_card(LARGEST, 1, "", read=False).body


def test_a_wrong_answer_is_no_alarm() -> None:
    _, tone = verdict(LARGEST, None, learning(right=False, days=3), SCENE)
    assert tone is Tone.INFO


@pytest.mark.parametrize(
    ("participation", "says"),
    [
        (NOBODY, "no one on the team yet"),
        (Participation(answered=0, team=0), "no one on the team yet"),
        (Participation(answered=3, team=4), "3 of 4 team members"),
    ],
)
def test_how_many_answered(participation: Participation, says: str) -> None:
    assert str(participation) == says


def test_many_people_are_counted_and_long_names_cut() -> None:
    people = [(f"{number:03d} {'N' * 80}", 6) for number in range(200)]
    shown = training_card(training(people=people), SCENE)
    [field] = [field for field in shown.fields if field.label == "Posted lessons answered"]
    lines = field.value.splitlines()
    assert len(lines) == 9
    assert lines[-1] == "and 192 more"


def test_the_hurdle_names_the_lesson_and_nobody() -> None:
    [lesson] = [lesson for lesson in read_lessons() if lesson.id == "two-doors"]
    shown = training_card(
        training(hurdle=Hurdle(lesson=lesson, stumbled=2, answered=3), people=[]), SCENE
    )
    assert "Amazon's two report forms: 2 of 3 got it wrong at first." in words(shown)


def test_what_waits_stands_first_and_ask_me_is_there() -> None:
    shown = training_card(training(due=2), SCENE)
    assert shown.title == "2 questions for you"
    assert [button.label for button in shown.buttons] == ["Ask me", "All lessons"]
    calm = training_card(training(due_at=NOW + timedelta(days=3), next_at=NOW), SCENE)
    assert calm.title == "Training: 6 of 16 lessons posted"
    assert calm.tone is Tone.GOOD
    assert [button.label for button in calm.buttons] == ["All lessons"]
