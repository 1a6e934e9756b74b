"""/training: lessons, what comes back to whom, and how the team is getting on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from bot.core.cards import Card
from bot.core.collections import LEARNINGS, MEMBERS
from bot.core.interactions import Post, Reply
from bot.core.permissions import Permission
from bot.core.recurring import coming_at
from bot.core.request import CommandSpec, Param, RequestContext, demand_words, page_number
from bot.core.scanning import each
from bot.core.views.lists import ListPage
from bot.features.cases.service.contexts import scene_for
from bot.features.training.models import Learning, hurdle, to_ask
from bot.features.training.service import (
    LESSONS,
    comes_back,
    find_lesson,
    next_card,
    own_learnings,
    posted,
)
from bot.features.training.views import (
    Participation,
    Training,
    lesson_card,
    lessons_card,
    training_card,
)

USAGE = "/training [ask|lessons|LESSON]"


async def training(call: RequestContext) -> Sequence[Reply]:
    """Show the team, ask, list the lessons, or show one."""
    demand_words(call.words, 0, 2, USAGE)
    match [word.lower() for word in call.words]:
        case []:
            return [Post(await _team(call))]
        case ["ask"]:
            return [Post(await next_card(call))]
        case ["lessons", *_]:
            return [Post(await _list(call))]
        case words:
            lesson = find_lesson(call.desk, words[0])
            known = (await own_learnings(call)).get(lesson.id)
            scene = await scene_for(call.desk, call.tx)
            return [Post(lesson_card(lesson, known, scene))]


async def _list(call: RequestContext) -> Card:
    lessons = call.desk.guard.lessons
    page = ListPage.of(page_number(call.words), len(lessons), "training lessons")
    own = await own_learnings(call)
    rows = [(lesson, own.get(lesson.id)) for lesson in lessons[page.start : page.end]]
    return lessons_card(rows, page, await scene_for(call.desk, call.tx))


async def _team(call: RequestContext) -> Card:
    desk, lessons = call.desk, call.desk.guard.lessons
    ids = {lesson.id for lesson in lessons}
    given = await posted(desk, call.tx)
    found = each(desk.store, LEARNINGS)
    learnings = [learning async for learning in found if learning.lesson in ids]
    own, now = await own_learnings(call), desk.clock()
    coming = await coming_at(call.tx, LESSONS)
    shown = Training(
        lessons=len(lessons),
        posted=len(given),
        turnout=await _turnout(call, learnings),
        people=_people(learned for learned in learnings if learned.lesson in given),
        hurdle=hurdle(lessons, learnings),
        own=len(own.keys() & given.keys()),
        due=len(to_ask(lessons, given, own, now)),
        due_at=comes_back(lessons, own, now),
        next_at=coming,
    )
    return training_card(shown, await scene_for(desk, call.tx))


async def _turnout(call: RequestContext, learnings: Iterable[Learning]) -> Participation:
    """Count those who work here: of who only looks, nobody knows whether they do."""
    team = {member.id async for member in each(call.desk.store, MEMBERS)}
    answered = team & {learning.person.id for learning in learnings}
    return Participation(answered=len(answered), team=len(team))


def _people(learnings: Iterable[Learning]) -> list[tuple[str, int]]:
    """Return names and how much each answered, by name: it is no ranking."""
    ordered = sorted(learnings, key=lambda learning: learning.answered_at)
    names = {learning.person.id: learning.person.name for learning in ordered}
    counts = Counter(learning.person.id for learning in ordered)
    return sorted((names[id], count) for id, count in counts.items())


COMMANDS = (
    CommandSpec(
        "training",
        USAGE,
        "Short lessons; what comes back to you; the team.",
        Permission.READ,
        training,
        (
            Param("lesson", "ask, lessons, or the name of a lesson; else the team."),
            Param("page", "Which page of the lessons."),
        ),
    ),
)
