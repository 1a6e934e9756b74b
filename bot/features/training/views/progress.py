"""How the team is getting on with the lessons, and the person who asks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from bot.core.cards import Button, Card, Style, Tone
from bot.core.interface import together, tr, tr_count
from bot.core.text import one_line
from bot.core.views.context import ViewContext, field
from bot.core.when import day
from bot.features.training.models import Hurdle
from bot.features.training.views.lessons import Participation, all_lessons

PEOPLE = 8
"""People who are shown; the others are counted."""
NAME = 24


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


def training_card(training: Training, view: ViewContext) -> Card:
    """Show who takes part, what waits for the person, and what the team might talk about."""
    fields = [field(tr("You"), _yours(training, view), wide=True)]
    fields.append(field(tr("Answered a lesson"), str(training.participation), wide=True))
    if training.people:
        fields.append(field(tr("Posted lessons answered"), _people(training), wide=True))
    if training.hurdle:
        fields.append(field(tr("Worth talking about"), _hurdle(training.hurdle), wide=True))
    ask = Button(label=tr("Ask me"), action="run", ref="training ask", style=Style.PRIMARY)
    return Card(
        title=_title(training),
        body=_next(training, view),
        tone=Tone.INFO if training.due or not training.posted else Tone.GOOD,
        fields=tuple(fields),
        buttons=(*((ask,) if training.due else ()), all_lessons()),
        footer=tr("Wrong answers are anonymous."),
    )


def _title(training: Training) -> str:
    if training.due:
        return tr_count(training.due, "{count} question for you", "{count} questions for you")
    return tr_count(
        training.lessons,
        "Training: {posted} of {count} lesson posted",
        "Training: {posted} of {count} lessons posted",
        posted=f"{training.posted:,}",
    )


def _next(training: Training, view: ViewContext) -> str:
    comes = training.next_at and tr(
        "The next one arrives {when}.", when=view.clock(training.next_at)
    )
    return together(
        tr("One short lesson a month, with a question."),
        comes or "",
        tr("Questions you got wrong come back."),
    )


def _yours(training: Training, view: ViewContext) -> str:
    answered = tr(
        "{own} of {posted} posted lessons answered",
        own=f"{training.own:,}",
        posted=f"{training.posted:,}",
    )
    parts = [answered if training.posted else tr("No lessons posted yet")]
    if training.due_at:
        comes = day(training.due_at, view.team)
        parts.append(tr("a question comes back on {day}", day=comes))
    return " · ".join(parts)


def _people(training: Training) -> str:
    lines = [
        tr(
            "{name} · {answered} of {posted}",
            name=one_line(name, NAME),
            answered=f"{count:,}",
            posted=f"{training.posted:,}",
        )
        for name, count in training.people[:PEOPLE]
    ]
    if len(training.people) > PEOPLE:
        lines.append(tr("and {more} more", more=f"{len(training.people) - PEOPLE:,}"))
    return "\n".join(lines)


def _hurdle(hurdle: Hurdle) -> str:
    return tr(
        "{lesson}: {stumbled} of {answered} got it wrong at first. Discuss it for five minutes.",
        lesson=hurdle.lesson.title,
        stumbled=f"{hurdle.stumbled:,}",
        answered=f"{hurdle.answered:,}",
    )
