"""Lessons: one a month comes to the channel, and what was wrong is asked again in private."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from bot.core.collections import COUNTERS, MEMBERS, Counter
from bot.core.context import AppContext
from bot.core.feature import TodoItem
from bot.core.interface import tr, tr_count
from bot.core.permissions import Person
from bot.core.recurring import claim_due
from bot.core.references import next_number
from bot.core.scanning import each, each_found
from bot.core.scheduler import Work
from bot.core.store import Transaction, run_in_transaction
from bot.errors import UserError
from bot.features.training.collections import LEARNINGS
from bot.features.training.models import Learning, Lesson, learned, learning_key, to_ask
from bot.features.training.resources import LESSONS
from bot.features.training.views.lessons import Participation, posted_card

AGENDA = "lessons"
"""What they are called among what comes again and again."""
CADENCE = "0 10 1-7 * tue"
"""The first Tuesday of a month, at ten in the team's zone."""


class LessonAnswer(msgspec.Struct, frozen=True):
    """What somebody chose."""

    lesson: Lesson
    place: int

    @property
    def right(self) -> bool:
        """Tell whether it is the right option."""
        return self.place == self.lesson.right


class AnswerTaken(msgspec.Struct, frozen=True):
    """How far the person is with the lesson now, and was before."""

    lesson: Lesson
    before: Learning | None
    after: Learning


class Lessons:
    """Posts the lessons."""

    def __init__(self, app: AppContext) -> None:
        """Work with the application."""
        self._app = app

    async def tick(self, _: str = "") -> None:
        """Post the next lesson when its moment has come; after a stop one, however long it was."""
        if not self._app.resources[LESSONS]:
            return
        if await run_in_transaction(self._app.store, self._post):
            self._app.scheduler.trigger(Work.OUTBOX)

    async def _post(self, tx: Transaction) -> bool:
        if await claim_due(self._app, tx, AGENDA, CADENCE) is None:
            return False
        numbers = await posted(self._app, tx)
        lesson = min(lessons_of(self._app), key=lambda each: numbers.get(each.id, 0))
        number = await next_number(tx, "lessons")
        tx.put(COUNTERS, Counter(_counter(lesson.id), number))
        card = posted_card(lesson, await participation(self._app, tx, lesson))
        self._app.outbox.post(tx, _message(number), card, quiet=True)
        return True


def lessons_of(app: AppContext) -> Sequence[Lesson]:
    """Return the lessons, in their order, in the language of the interface."""
    return tuple(lesson.spoken for lesson in app.resources[LESSONS])


async def posted(app: AppContext, tx: Transaction) -> dict[str, int]:
    """Return the number of each lesson's last post; higher ones came later."""
    found = [
        (each.id, await tx.get(COUNTERS, _counter(each.id))) for each in app.resources[LESSONS]
    ]
    return {id: last.value for id, last in found if last is not None}


async def participation(
    app: AppContext, tx: Transaction, lesson: Lesson, also: str = ""
) -> Participation:
    """Count who answered the lesson; ``also`` works here as well.

    The learnings are read by their keys, so that of two who answer at once the later one counts
    both.
    """
    team = {member.id async for member in each(app.store, MEMBERS)}
    team |= {also} if also else set()
    found = [await tx.get(LEARNINGS, learning_key(id, lesson.id)) for id in sorted(team)]
    return Participation(answered=sum(each is not None for each in found), team=len(team))


async def own_learnings(tx: Transaction, who: Person) -> dict[str, Learning]:
    """Return how far who asks is, by lesson."""
    found = each_found(tx, LEARNINGS, "who", who.id)
    return {learning.lesson: learning async for learning in found}


def comes_back(
    lessons: Sequence[Lesson], own: Mapping[str, Learning], now: datetime
) -> datetime | None:
    """Return when the next question comes back that does not wait yet; None if none does."""
    moments = [own[lesson.id].due_at for lesson in lessons if lesson.id in own]
    return min((moment for moment in moments if moment and moment > now), default=None)


def find_lesson(app: AppContext, id: str) -> Lesson:
    """Return the lesson of that name.

    Raises:
        UserError: there is none.
    """
    found = next((each for each in lessons_of(app) if each.id == id), None)
    if found is None:
        message = tr("That lesson no longer exists. Type /training lessons to see all lessons.")
        raise UserError(message)
    return found


def read_answer(app: AppContext, ref: str) -> LessonAnswer:
    """Read what a button says of an answer: ``two-step/3``, a lesson and an option's place.

    Raises:
        UserError: there is no such lesson any more, or it has no such option.
    """
    id, _, text = ref.partition("/")
    lesson = find_lesson(app, id)
    places = {str(place): place for place in lesson.order}
    if text not in places:
        message = tr(
            "The lesson has changed. Type {command} to see the current version.",
            command=f"/training {lesson.id}",
        )
        raise UserError(message)
    return LessonAnswer(lesson, places[text])


async def tell(app: AppContext, tx: Transaction, who: Person) -> Sequence[TodoItem]:
    """Tell of questions that come back to who asks."""
    own = await own_learnings(tx, who)
    due = to_ask(app.resources[LESSONS], (), own, app.clock())
    if not due:
        return []
    says = tr_count(len(due), "{count} lesson question for you", "{count} lesson questions for you")
    return [TodoItem(says=says, label=tr("Ask me a question"), command="training ask")]


async def take_answer(
    app: AppContext, tx: Transaction, who: Person, answer: LessonAnswer, *, works_here: bool
) -> AnswerTaken:
    """Write an answer down, and count it on the channel's card if it is the person's first.

    ``works_here``: the person counts among the team, also with this first thing that they do.
    """
    lesson = answer.lesson
    before = await tx.get(LEARNINGS, learning_key(who.id, lesson.id))
    after = learned(before, who, lesson.id, app.clock(), right=answer.right)
    if after is not before:
        tx.put(LEARNINGS, after)
    if before is None:
        await _count(app, tx, lesson, who.id if works_here else "")
    return AnswerTaken(lesson, before, after)


async def _count(app: AppContext, tx: Transaction, lesson: Lesson, also: str) -> None:
    last = await tx.get(COUNTERS, _counter(lesson.id))
    if last is None:
        return
    card = posted_card(lesson, await participation(app, tx, lesson, also))
    await app.outbox.edit(tx, _message(last.value), card)


def _counter(lesson: str) -> str:
    return f"lesson {lesson}"


def _message(number: int) -> str:
    return f"lesson-{number}"
