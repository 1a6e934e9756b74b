"""Cards of lessons and training, in the language that is spoken."""

from __future__ import annotations

from datetime import timedelta

import msgspec

from bot.core.cards import Card
from bot.core.views.lists import ListPage
from bot.features.training.models import Hurdle, learned
from bot.features.training.texts.reading import read_lessons
from bot.features.training.views.lessons import (
    Participation,
    answered_card,
    ask_card,
    lesson_card,
    lessons_card,
    posted_card,
    verdict,
)
from bot.features.training.views.progress import Training, training_card
from tests.fakes import START as NOW
from tests.pictures.story import ANA, SCENE

LESSONS = read_lessons()
LESSON = next(lesson for lesson in LESSONS if lesson.id == "hijackers")
WRONG = learned(None, ANA, LESSON.id, NOW, right=False)
RIGHT = learned(None, ANA, LESSON.id, NOW, right=True)
TURNOUT = Participation(answered=3, team=5)
TRAINING = Training(
    lessons=len(LESSONS),
    posted=6,
    participation=TURNOUT,
    people=[("Ana Alder", 6), ("Ben", 4), ("Vik", 1)],
    hurdle=Hurdle(lesson=LESSON, stumbled=2, answered=3),
    own=4,
    due=2,
    due_at=NOW + timedelta(days=2),
    next_at=NOW + timedelta(days=9),
)


def cards() -> dict[str, Card]:
    """Return one of each kind."""
    lesson, lessons = LESSON.spoken, [each.spoken for each in LESSONS]
    told, tone = verdict(lesson, None, WRONG, SCENE)
    hurdle = Hurdle(lesson=lesson, stumbled=2, answered=3)
    busy = msgspec.structs.replace(TRAINING, hurdle=hurdle)
    quiet = msgspec.structs.replace(TRAINING, due=0, hurdle=None)
    rows = list(zip(lessons[:8], [RIGHT, WRONG, *[None] * 6], strict=True))
    return {
        "lesson-posted": posted_card(lesson, TURNOUT),
        "lesson-own": lesson_card(lesson, WRONG, SCENE),
        "lesson-ask": ask_card(lessons[0], 3, told, read=True),
        "lesson-answered": msgspec.structs.replace(
            answered_card(told, WRONG.due_at, SCENE), tone=tone
        ),
        "lessons": lessons_card(rows, ListPage.of(1, len(LESSONS), "training lessons"), SCENE),
        "training": training_card(busy, SCENE),
        "training-quiet": training_card(quiet, SCENE),
    }
