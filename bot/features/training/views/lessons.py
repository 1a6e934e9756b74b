"""Lessons as cards: in the channel, and for one person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from bot.core import cards
from bot.core.cards import Button, Card, Field, Tone
from bot.core.interface import together, tr, tr_count
from bot.core.text import clip, one_line
from bot.core.views.context import ViewContext, field
from bot.core.views.lists import ListPage
from bot.core.when import day
from bot.features.training.models import Learning, Lesson

ANSWER = "lesson"
"""The action of an answer that a sentence follows; its reference is lesson and place."""
PRACTISE = "practise"
"""The same, but the next question follows in the place of the card."""

LETTERS = "ABCD"


class Participation(msgspec.Struct, frozen=True, kw_only=True):
    """How many of those who work here answered something."""

    answered: int
    team: int

    def __str__(self) -> str:
        """Say it as people read it."""
        if not self.answered:
            return tr("no one on the team yet")
        return tr_count(
            self.team,
            "{answered} of {count} team member",
            "{answered} of {count} team members",
            answered=f"{self.answered:,}",
        )


def posted_card(lesson: Lesson, participation: Participation) -> Card:
    """Show a lesson to the channel, with how many answered and nothing of how well."""
    return Card(
        title=one_line(lesson.title, cards.TITLE),
        body=clip(lesson.text, cards.BODY),
        fields=(*_question(lesson), field(tr("Answered by"), str(participation))),
        buttons=_answers(lesson, ANSWER),
        footer=tr("One lesson a month. Only you see your answers."),
    )


def lesson_card(lesson: Lesson, known: Learning | None, view: ViewContext) -> Card:
    """Show a lesson to one person."""
    return Card(
        title=one_line(lesson.title, cards.TITLE),
        body=clip(lesson.text, cards.BODY),
        fields=(*_question(lesson), field(tr("You"), _state(known, view))),
        buttons=(*_answers(lesson, ANSWER), all_lessons()),
    )


def ask_card(lesson: Lesson, waiting: int, before: str, *, read: bool) -> Card:
    """Ask one person, after what came of the last answer.

    Who has ``read`` the lesson is asked without it, for it is to be remembered.
    """
    told = (before, "" if read else lesson.text)
    again = (Button(label=tr("Read the lesson"), action="run", ref=f"training {lesson.id}"),)
    return Card(
        title=one_line(lesson.title, cards.TITLE),
        body=clip("\n\n".join(filter(None, told)), cards.BODY),
        fields=_question(lesson),
        buttons=(*_answers(lesson, PRACTISE), *(again if read else ())),
        footer=_more(waiting - 1) if waiting > 1 else "",
    )


def _more(questions: int) -> str:
    return tr_count(
        questions,
        "{count} more question after this one",
        "{count} more questions after this one",
    )


def answered_card(before: str, due_at: datetime | None, view: ViewContext) -> Card:
    """Tell one person that nothing is to be asked now."""
    later = (
        tr("The next question comes back on {day}.", day=day(due_at, view.team)) if due_at else ""
    )
    return Card(
        title=tr("No questions for you now"),
        body=clip("\n\n".join(filter(None, (before, later))), cards.BODY),
        tone=Tone.GOOD,
        buttons=(all_lessons(), _team_progress()),
    )


def verdict(
    lesson: Lesson, before: Learning | None, after: Learning, view: ViewContext
) -> tuple[str, Tone]:
    """Say what came of an answer; one that was not asked for changes nothing."""
    if after is before:
        if after.due_at is None:
            return tr("You already know that answer."), Tone.INFO
        comes = day(after.due_at, view.team)
        return tr("You answered that question. It comes back on {day}.", day=comes), Tone.INFO
    days = (after.due_at - after.answered_at).days if after.due_at else 0
    if not after.right:
        better = tr("Not quite. Better: '{answer}'.", answer=lesson.options[lesson.right])
        back = tr("It comes back in {days} days.", days=days)
        return together(better, lesson.because, back), Tone.INFO
    later = tr("It comes back in {days} days, to be sure.", days=days) if days else ""
    return together(tr("Right."), lesson.because, later), Tone.GOOD


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
        title=tr_count(page.total, "{count} lesson", "{count} lessons"),
        body="" if page.total else tr("No lessons here."),
        fields=tuple(
            field(one_line(lesson.title, cards.FIELD_LABEL), _state(known, view), wide=True)
            for lesson, known in rows
        ),
        buttons=(*read, *page.buttons),
        footer=page.footer,
    )


def _question(lesson: Lesson) -> tuple[Field, ...]:
    shown = (lesson.options[place] for place in lesson.order)
    lines = [f"{letter}. {option}" for letter, option in zip(LETTERS, shown, strict=False)]
    return (
        field(tr("Question"), lesson.question, wide=True),
        field(tr("Answers"), "\n".join(lines), wide=True),
    )


def _answers(lesson: Lesson, action: str) -> tuple[Button, ...]:
    return tuple(
        Button(
            label=tr("Answer {letter}", letter=letter), action=action, ref=f"{lesson.id}/{place}"
        )
        for letter, place in zip(LETTERS, lesson.order, strict=False)
    )


def _state(known: Learning | None, view: ViewContext) -> str:
    if known is None:
        return tr("Not answered yet")
    if known.due_at is None:
        return tr("Learned")
    if known.due(view.now):
        return tr("Due again")
    return tr("Comes back on {day}", day=day(known.due_at, view.team))


def all_lessons() -> Button:
    """Return the button that lists the lessons."""
    return Button(label=tr("All lessons"), action="run", ref="training lessons")


def _team_progress() -> Button:
    return Button(label=tr("Team progress"), action="run", ref="training")
