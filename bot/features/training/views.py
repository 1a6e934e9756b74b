"""Lessons as cards: in the channel, for one person, and how the team is getting on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from bot.core import cards
from bot.core.cards import Button, Card, Field, Style, Tone
from bot.core.text import clip, one_line
from bot.core.views.context import ViewContext, field
from bot.core.views.lists import ListPage, counted
from bot.features.training.models import Hurdle, Learning, Lesson

ANSWER = "lesson"
"""The action of an answer that a sentence follows; its reference is lesson and place."""
PRACTISE = "practise"
"""The same, but the next question follows in the place of the card."""

LETTERS = "ABCD"
PEOPLE = 8
"""People who are shown; the others are counted."""
NAME = 24

_ASK = Button(label="Ask me", action="run", ref="training ask", style=Style.PRIMARY)
_ALL = Button(label="All lessons", action="run", ref="training lessons")
_TEAM = Button(label="Team progress", action="run", ref="training")


class Participation(msgspec.Struct, frozen=True, kw_only=True):
    """How many of those who work here answered something."""

    answered: int
    team: int

    def __str__(self) -> str:
        """Say it as people read it."""
        if not self.answered:
            return "no one on the team yet"
        return f"{self.answered:,} of {counted(self.team, 'team member')}"


class Training(msgspec.Struct, frozen=True, kw_only=True):
    """How the team is getting on, and the person who asks."""

    lessons: int
    posted: int
    participation: Participation
    """Of all lessons: who answered one at least."""
    people: Sequence[tuple[str, int]]
    """Names, and how many of the posted lessons each answered; never how well."""
    hurdle: Hurdle | None
    own: int
    due: int
    """Questions that wait for the person."""
    due_at: datetime | None
    """When the next question comes back to the person."""
    next_at: datetime | None
    """When the next lesson is posted."""


def posted_card(lesson: Lesson, participation: Participation) -> Card:
    """Show a lesson to the channel, with how many answered and nothing of how well."""
    return Card(
        title=one_line(lesson.title, cards.TITLE),
        body=clip(lesson.text, cards.BODY),
        fields=(*_question(lesson), field("Answered by", str(participation))),
        buttons=_answers(lesson, ANSWER),
        footer="One lesson a month. Only you see your answers.",
    )


def lesson_card(lesson: Lesson, known: Learning | None, view: ViewContext) -> Card:
    """Show a lesson to one person."""
    return Card(
        title=one_line(lesson.title, cards.TITLE),
        body=clip(lesson.text, cards.BODY),
        fields=(*_question(lesson), field("You", _state(known, view))),
        buttons=(*_answers(lesson, ANSWER), _ALL),
    )


def ask_card(lesson: Lesson, waiting: int, before: str, *, read: bool) -> Card:
    """Ask one person, after what came of the last answer.

    Who has ``read`` the lesson is asked without it, for it is to be remembered.
    """
    told = (before, "" if read else lesson.text)
    again = (Button(label="Read the lesson", action="run", ref=f"training {lesson.id}"),)
    return Card(
        title=one_line(lesson.title, cards.TITLE),
        body=clip("\n\n".join(filter(None, told)), cards.BODY),
        fields=_question(lesson),
        buttons=(*_answers(lesson, PRACTISE), *(again if read else ())),
        footer=f"{counted(waiting - 1, 'more question')} after this one" if waiting > 1 else "",
    )


def answered_card(before: str, due_at: datetime | None, view: ViewContext) -> Card:
    """Tell one person that nothing is to be asked now."""
    later = f"The next question comes back on {_day(due_at, view)}." if due_at else ""
    return Card(
        title="No questions for you now",
        body=clip("\n\n".join(filter(None, (before, later))), cards.BODY),
        tone=Tone.GOOD,
        buttons=(_ALL, _TEAM),
    )


def verdict(
    lesson: Lesson, before: Learning | None, after: Learning, view: ViewContext
) -> tuple[str, Tone]:
    """Say what came of an answer; one that was not asked for changes nothing."""
    if after is before:
        if after.due_at is None:
            return "You already know that answer.", Tone.INFO
        day = _day(after.due_at, view)
        return f"You answered that question. It comes back on {day}.", Tone.INFO
    days = (after.due_at - after.answered_at).days if after.due_at else 0
    if not after.right:
        better = f"Not quite. Better: '{lesson.options[lesson.right]}'."
        return f"{better} {lesson.because} It comes back in {days} days.", Tone.INFO
    later = f" It comes back in {days} days, to be sure." if days else ""
    return f"Right. {lesson.because}{later}", Tone.GOOD


def lessons_card(
    rows: Sequence[tuple[Lesson, Learning | None]], page: ListPage, view: ViewContext
) -> Card:
    """List lessons, each with how far the person is."""
    read = tuple(
        Button(
            label=one_line(lesson.title, cards.BUTTON_LABEL),
            action="run",
            ref=f"training {lesson.id}",
        )
        for lesson, _ in rows
    )
    return Card(
        title=counted(page.total, "lesson"),
        body="" if page.total else "No lessons here.",
        fields=tuple(
            field(one_line(lesson.title, cards.FIELD_LABEL), _state(known, view), wide=True)
            for lesson, known in rows
        ),
        buttons=(*read, *page.buttons),
        footer=page.footer,
    )


def training_card(training: Training, view: ViewContext) -> Card:
    """Show who takes part, what waits for the person, and what the team might talk about."""
    fields = [field("You", _yours(training, view), wide=True)]
    fields.append(field("Answered a lesson", str(training.participation), wide=True))
    if training.people:
        fields.append(field("Posted lessons answered", _people(training), wide=True))
    if training.hurdle:
        fields.append(field("Worth talking about", _hurdle(training.hurdle), wide=True))
    asks = (_ASK,) if training.due else ()
    return Card(
        title=_title(training),
        body=_next(training, view),
        tone=Tone.INFO if training.due or not training.posted else Tone.GOOD,
        fields=tuple(fields),
        buttons=(*asks, _ALL),
        footer="Wrong answers are anonymous.",
    )


def _title(training: Training) -> str:
    if training.due:
        return f"{counted(training.due, 'question')} for you"
    return f"Training: {training.posted:,} of {counted(training.lessons, 'lesson')} posted"


def _next(training: Training, view: ViewContext) -> str:
    comes = f" The next one arrives {view.clock(training.next_at)}." if training.next_at else ""
    return f"One short lesson a month, with a question.{comes} Questions you got wrong come back."


def _yours(training: Training, view: ViewContext) -> str:
    answered = f"{training.own:,} of {training.posted:,} posted lessons answered"
    parts = [answered if training.posted else "No lessons posted yet"]
    if training.due_at:
        parts.append(f"a question comes back on {_day(training.due_at, view)}")
    return " · ".join(parts)


def _people(training: Training) -> str:
    lines = [
        f"{one_line(name, NAME)} · {count:,} of {training.posted:,}"
        for name, count in training.people[:PEOPLE]
    ]
    if len(training.people) > PEOPLE:
        lines.append(f"and {len(training.people) - PEOPLE:,} more")
    return "\n".join(lines)


def _hurdle(hurdle: Hurdle) -> str:
    wrong = f"{hurdle.stumbled:,} of {hurdle.answered:,}"
    return f"{hurdle.lesson.title}: {wrong} got it wrong at first. Discuss it for five minutes."


def _question(lesson: Lesson) -> tuple[Field, ...]:
    shown = (lesson.options[place] for place in lesson.order)
    lines = [f"{letter}. {option}" for letter, option in zip(LETTERS, shown, strict=False)]
    return field("Question", lesson.question, wide=True), field(
        "Answers", "\n".join(lines), wide=True
    )


def _answers(lesson: Lesson, action: str) -> tuple[Button, ...]:
    return tuple(
        Button(label=f"Answer {letter}", action=action, ref=f"{lesson.id}/{place}")
        for letter, place in zip(LETTERS, lesson.order, strict=False)
    )


def _state(known: Learning | None, view: ViewContext) -> str:
    if known is None:
        return "Not answered yet"
    if known.due_at is None:
        return "Learned"
    if known.due(view.now):
        return "Due again"
    return f"Comes back on {_day(known.due_at, view)}"


def _day(at: datetime, view: ViewContext) -> str:
    local = view.team.local(at)
    return f"{local.day} {local:%b}"
