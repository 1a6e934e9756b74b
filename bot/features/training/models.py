"""Short lessons, one question each; a wrong answer is asked again, in growing pauses."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

import msgspec

from bot.core.interface import InterfaceLanguage, speaking
from bot.core.permissions import Person

PAUSES = (timedelta(days=3), timedelta(days=7), timedelta(days=21))
"""How long until a question comes again: after a wrong answer, after one right one, after two."""


class Lesson(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be learned, and the question that shows whether it was."""

    id: str
    title: str
    text: str
    question: str
    options: tuple[str, ...]
    right: int
    """The place of the right option, from 0."""
    because: str
    """Why it is right."""
    translations: Mapping[InterfaceLanguage, Lesson] = {}
    """The same lesson in other languages, each with its options in the same places."""

    @property
    def spoken(self) -> Lesson:
        """The lesson in the language of the interface; in English where there is no translation."""
        return self.translations.get(speaking(), self)

    @property
    def order(self) -> tuple[int, ...]:
        """The places of the options as they are shown: mixed, and every time alike."""
        places = range(len(self.options))
        return tuple(sorted(places, key=lambda place: _mixed(f"{self.id}/{place}")))


class Learning(msgspec.Struct, frozen=True, kw_only=True):
    """How far one person is with one lesson."""

    person: Person
    lesson: str
    answered_at: datetime
    right: bool
    tries: int = 1
    box: int = 0
    """How often in a row it was right since it was last wrong."""
    due_at: datetime | None = None
    """When it is asked again; None: it is learned."""
    who: str = ""
    """The person's id once more, where an index can find it."""

    @property
    def key(self) -> str:
        """The document's name in the store."""
        return learning_key(self.person.id, self.lesson)

    @property
    def stumbled(self) -> bool:
        """Tell whether it was wrong at first: what is right at once is never asked again."""
        return self.tries > 1 or not self.right

    def due(self, now: datetime) -> bool:
        """Tell whether it is to be asked again."""
        if self.due_at is None:
            return False
        # Further ahead than its pause it was put by a clock that was ahead.
        return self.due_at <= now or self.due_at - now > PAUSES[self.box]


class Hurdle(msgspec.Struct, frozen=True, kw_only=True):
    """The lesson that most got wrong at first."""

    lesson: Lesson
    stumbled: int
    answered: int


HURDLE_ANSWERED, HURDLE_STUMBLED = 3, 2
"""So many people, or nobody is told of a hurdle: it must not point at one person."""


def learning_key(person: str, lesson: str) -> str:
    """Return the key of a person's learning of a lesson."""
    return f"{person}/{lesson}"


def learned(
    known: Learning | None, person: Person, lesson: str, now: datetime, *, right: bool
) -> Learning:
    """Return how far the person is after an answer.

    What is not due counts for nothing, else all buttons could be tried one after another.
    """
    if known is not None and not known.due(now):
        return known
    box = (known.box if known else 0) + 1 if right else 0
    at_once = right and known is None
    return Learning(
        person=person,
        lesson=lesson,
        answered_at=now,
        right=right,
        tries=known.tries + 1 if known else 1,
        box=box,
        due_at=None if at_once or box >= len(PAUSES) else now + PAUSES[box],
        who=person.id,
    )


def to_ask(
    lessons: Sequence[Lesson],
    posted: Iterable[str],
    own: Mapping[str, Learning],
    now: datetime,
) -> list[Lesson]:
    """Return what one person is asked next: what is due, then what they never answered.

    ``own`` are the person's learnings by lesson, ``posted`` the lessons that the team was given.
    """
    again = [lesson for lesson in lessons if lesson.id in own and own[lesson.id].due(now)]
    again.sort(key=lambda lesson: own[lesson.id].due_at or now)
    given = frozenset(posted)
    return again + [each for each in lessons if each.id in given and each.id not in own]


def hurdle(lessons: Sequence[Lesson], learnings: Iterable[Learning]) -> Hurdle | None:
    """Return the lesson that the largest part of the team got wrong at first."""
    by_lesson: dict[str, list[bool]] = {}
    for learning in learnings:
        by_lesson.setdefault(learning.lesson, []).append(learning.stumbled)
    found = [
        Hurdle(lesson=lesson, stumbled=sum(answers), answered=len(answers))
        for lesson in lessons
        if len(answers := by_lesson.get(lesson.id, [])) >= HURDLE_ANSWERED
        and sum(answers) >= HURDLE_STUMBLED
    ]
    return max(found, key=lambda each: each.stumbled / each.answered, default=None)


def _mixed(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
