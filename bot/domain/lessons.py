"""Short lessons, one question each; a wrong answer is asked again, in growing pauses."""

from __future__ import annotations

from datetime import datetime

import msgspec

from bot.domain.people import Person


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


def learning_key(person: str, lesson: str) -> str:
    """Return the key of a person's learning of a lesson."""
    return f"{person}/{lesson}"
