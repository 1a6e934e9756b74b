"""Lessons: one a month comes to the channel, and what was wrong is asked again in private."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.core.cards import Card, Tone
from bot.core.collections import COUNTERS, LEARNINGS, MEMBERS, Counter
from bot.core.context import AppContext
from bot.core.interactions import Notice, Reply, Update
from bot.core.permissions import Permission, Role
from bot.core.ports import Transaction
from bot.core.recurring import come
from bot.core.request import ClickSpec, RequestContext
from bot.core.scanning import each, each_found
from bot.core.transactions import run_in_transaction
from bot.core.views.lists import counted
from bot.core.views.todo import TodoItem
from bot.errors import UserError
from bot.features.cases.service.contexts import scene_for
from bot.features.reports.service.reports import next_number
from bot.features.training.models import Learning, Lesson, learned, learning_key, to_ask
from bot.features.training.views import (
    ANSWER,
    PRACTISE,
    Participation,
    answered_card,
    ask_card,
    posted_card,
    verdict,
)

LESSONS = "lessons"
"""What they are called among what comes again and again."""
CADENCE = "0 10 1-7 * tue"
"""The first Tuesday of a month, at ten in the team's zone."""


class Lessons:
    """Posts the lessons."""

    def __init__(self, desk: AppContext) -> None:
        """Work on the desk."""
        self._desk = desk

    async def tick(self, _: str = "") -> None:
        """Post the next lesson when its moment has come; after a stop one, however long it was."""
        if not self._desk.guard.lessons:
            return
        if await run_in_transaction(self._desk.store, self._post):
            self._desk.engine.kick("outbox")

    async def _post(self, tx: Transaction) -> bool:
        if await come(self._desk, tx, LESSONS, CADENCE) is None:
            return False
        numbers = await posted(self._desk, tx)
        lesson = min(self._desk.guard.lessons, key=lambda each: numbers.get(each.id, 0))
        number = await next_number(tx, "lessons")
        tx.put(COUNTERS, Counter(_counter(lesson.id), number))
        card = posted_card(lesson, await turnout(self._desk, tx, lesson))
        self._desk.outbox.post(tx, _message(number), card, quiet=True)
        return True


async def posted(desk: AppContext, tx: Transaction) -> dict[str, int]:
    """Return the number of each lesson's last post; higher ones came later."""
    found = [(each.id, await tx.get(COUNTERS, _counter(each.id))) for each in desk.guard.lessons]
    return {id: last.value for id, last in found if last is not None}


async def turnout(
    desk: AppContext, tx: Transaction, lesson: Lesson, also: str = ""
) -> Participation:
    """Count who answered the lesson; ``also`` works here as well.

    The learnings are read by their keys, so that of two who answer at once the later one counts
    both.
    """
    team = {member.id async for member in each(desk.store, MEMBERS)}
    team |= {also} if also else set()
    found = [await tx.get(LEARNINGS, learning_key(id, lesson.id)) for id in sorted(team)]
    return Participation(answered=sum(each is not None for each in found), team=len(team))


async def answer(call: RequestContext) -> Sequence[Reply]:
    """Take an answer and say at once, to this person alone, what came of it."""
    return [Notice(*await _take(call))]


async def practise(call: RequestContext) -> Sequence[Reply]:
    """Take an answer and ask what else waits, in the place of the card."""
    told, _ = await _take(call)
    return [Update(await next_card(call, told))]


async def next_card(call: RequestContext, before: str = "") -> Card:
    """Return the next question for who asks, after what came of the one ``before``."""
    own = await own_learnings(call)
    lessons, now = call.desk.guard.lessons, call.desk.clock()
    waiting = to_ask(lessons, await posted(call.desk, call.tx), own, now)
    if waiting:
        first = waiting[0]
        return ask_card(first, len(waiting), before, read=first.id in own)
    scene = await scene_for(call.desk, call.tx)
    return answered_card(before, comes_back(lessons, own, now), scene)


async def own_learnings(call: RequestContext) -> dict[str, Learning]:
    """Return how far who asks is, by lesson."""
    found = each_found(call.tx, LEARNINGS, "who", call.who.id)
    return {learning.lesson: learning async for learning in found}


def comes_back(
    lessons: Sequence[Lesson], own: Mapping[str, Learning], now: datetime
) -> datetime | None:
    """Return when the next question comes back that does not wait yet; None if none does."""
    moments = [own[lesson.id].due_at for lesson in lessons if lesson.id in own]
    return min((moment for moment in moments if moment and moment > now), default=None)


def find_lesson(desk: AppContext, id: str) -> Lesson:
    """Return the lesson of that name.

    Raises:
        UserError: there is none.
    """
    found = next((each for each in desk.guard.lessons if each.id == id), None)
    if found is None:
        message = "There is no such lesson any more. Type /training lessons to see them."
        raise UserError(message)
    return found


async def tell(call: RequestContext) -> Sequence[TodoItem]:
    """Tell of questions that come back to who asks."""
    own = await own_learnings(call)
    due = to_ask(call.desk.guard.lessons, (), own, call.desk.clock())
    if not due:
        return []
    verb = "waits" if len(due) == 1 else "wait"
    says = f"{counted(len(due), 'lesson question')} {verb} for you"
    return [TodoItem(says=says, label="Ask me a question", command="training ask")]


async def _take(call: RequestContext) -> tuple[str, Tone]:
    """Write an answer down, and count it on the channel's card if it is the person's first."""
    id, _, place = call.text.partition("/")
    lesson = find_lesson(call.desk, id)
    right = _place(lesson, place) == lesson.right
    before = await call.tx.get(LEARNINGS, learning_key(call.who.id, id))
    after = learned(before, call.who, id, call.desk.clock(), right=right)
    if after is not before:
        call.tx.put(LEARNINGS, after)
    if before is None:
        await _count(call, lesson)
    return verdict(lesson, before, after, await scene_for(call.desk, call.tx))


async def _count(call: RequestContext, lesson: Lesson) -> None:
    last = await call.tx.get(COUNTERS, _counter(lesson.id))
    if last is None:
        return
    also = call.who.id if call.role >= Role.MEMBER else ""
    card = posted_card(lesson, await turnout(call.desk, call.tx, lesson, also))
    await call.desk.outbox.edit(call.tx, _message(last.value), card)


def _place(lesson: Lesson, text: str) -> int:
    places = {str(place): place for place in lesson.order}
    if text not in places:
        message = f"The lesson has changed. Type /training {lesson.id} to see it as it is now."
        raise UserError(message)
    return places[text]


def _counter(lesson: str) -> str:
    return f"lesson {lesson}"


def _message(number: int) -> str:
    return f"lesson-{number}"


CLICKS = (
    ClickSpec(ANSWER, Permission.READ, answer),
    ClickSpec(PRACTISE, Permission.READ, practise),
)
