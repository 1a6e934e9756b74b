"""Lessons: one a month comes to the channel, and what was wrong is asked again in private."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.core.cards import Card, Tone
from bot.core.collections import COUNTERS, MEMBERS, Counter
from bot.core.context import AppContext
from bot.core.interactions import Notice, Reply, Update
from bot.core.permissions import Permission, Person, Role
from bot.core.recurring import claim_due
from bot.core.request import ClickSpec, RequestContext
from bot.core.scanning import each, each_found
from bot.core.scheduler import Work
from bot.core.sequences import next_number
from bot.core.store import Transaction
from bot.core.todo import TodoItem
from bot.core.transactions import run_in_transaction
from bot.core.view_contexts import view_context
from bot.core.views.lists import counted
from bot.errors import UserError
from bot.features.training.collections import LEARNINGS
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

    def __init__(self, app: AppContext) -> None:
        """Work with the application."""
        self._app = app

    async def tick(self, _: str = "") -> None:
        """Post the next lesson when its moment has come; after a stop one, however long it was."""
        if not self._app.guard.lessons:
            return
        if await run_in_transaction(self._app.store, self._post):
            self._app.scheduler.trigger(Work.OUTBOX)

    async def _post(self, tx: Transaction) -> bool:
        if await claim_due(self._app, tx, LESSONS, CADENCE) is None:
            return False
        numbers = await posted(self._app, tx)
        lesson = min(self._app.guard.lessons, key=lambda each: numbers.get(each.id, 0))
        number = await next_number(tx, "lessons")
        tx.put(COUNTERS, Counter(_counter(lesson.id), number))
        card = posted_card(lesson, await participation(self._app, tx, lesson))
        self._app.outbox.post(tx, _message(number), card, quiet=True)
        return True


async def posted(app: AppContext, tx: Transaction) -> dict[str, int]:
    """Return the number of each lesson's last post; higher ones came later."""
    found = [(each.id, await tx.get(COUNTERS, _counter(each.id))) for each in app.guard.lessons]
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


async def answer(ctx: RequestContext) -> Sequence[Reply]:
    """Take an answer and say at once, to this person alone, what came of it."""
    return [Notice(*await _take(ctx))]


async def practise(ctx: RequestContext) -> Sequence[Reply]:
    """Take an answer and ask what else waits, in the place of the card."""
    told, _ = await _take(ctx)
    return [Update(await next_card(ctx, told))]


async def next_card(ctx: RequestContext, before: str = "") -> Card:
    """Return the next question for who asks, after what came of the one ``before``."""
    own = await own_learnings(ctx.tx, ctx.who)
    lessons, now = ctx.app.guard.lessons, ctx.app.clock()
    waiting = to_ask(lessons, await posted(ctx.app, ctx.tx), own, now)
    if waiting:
        first = waiting[0]
        return ask_card(first, len(waiting), before, read=first.id in own)
    view = await view_context(ctx.app, ctx.tx)
    return answered_card(before, comes_back(lessons, own, now), view)


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
    found = next((each for each in app.guard.lessons if each.id == id), None)
    if found is None:
        message = "There is no such lesson any more. Type /training lessons to see them."
        raise UserError(message)
    return found


async def tell(app: AppContext, tx: Transaction, who: Person) -> Sequence[TodoItem]:
    """Tell of questions that come back to who asks."""
    own = await own_learnings(tx, who)
    due = to_ask(app.guard.lessons, (), own, app.clock())
    if not due:
        return []
    verb = "waits" if len(due) == 1 else "wait"
    says = f"{counted(len(due), 'lesson question')} {verb} for you"
    return [TodoItem(says=says, label="Ask me a question", command="training ask")]


async def _take(ctx: RequestContext) -> tuple[str, Tone]:
    """Write an answer down, and count it on the channel's card if it is the person's first."""
    id, _, place = ctx.text.partition("/")
    lesson = find_lesson(ctx.app, id)
    right = _place(lesson, place) == lesson.right
    before = await ctx.tx.get(LEARNINGS, learning_key(ctx.who.id, id))
    after = learned(before, ctx.who, id, ctx.app.clock(), right=right)
    if after is not before:
        ctx.tx.put(LEARNINGS, after)
    if before is None:
        await _count(ctx, lesson)
    return verdict(lesson, before, after, await view_context(ctx.app, ctx.tx))


async def _count(ctx: RequestContext, lesson: Lesson) -> None:
    last = await ctx.tx.get(COUNTERS, _counter(lesson.id))
    if last is None:
        return
    also = ctx.who.id if ctx.role >= Role.MEMBER else ""
    card = posted_card(lesson, await participation(ctx.app, ctx.tx, lesson, also))
    await ctx.app.outbox.edit(ctx.tx, _message(last.value), card)


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
