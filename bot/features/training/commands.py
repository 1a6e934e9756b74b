"""/training: lessons, what comes back to whom, and how the team is getting on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from bot.core.cards import Card, Tone
from bot.core.choices import choose
from bot.core.collections import MEMBERS
from bot.core.context import view_context
from bot.core.interactions import Notice, Post, Reply, Update
from bot.core.interface import tr
from bot.core.permissions import Permission, Role
from bot.core.recurring import coming_at
from bot.core.request import ClickSpec, CommandSpec, HelpGroup, Param, RequestContext
from bot.core.scanning import each
from bot.core.text import page_number, without_page
from bot.core.views.lists import ListPage
from bot.features.training.collections import LEARNINGS
from bot.features.training.models import Learning, hurdle, to_ask
from bot.features.training.service import (
    AGENDA,
    comes_back,
    find_lesson,
    lessons_of,
    own_learnings,
    posted,
    read_answer,
    take_answer,
)
from bot.features.training.views.lessons import (
    ANSWER,
    PRACTISE,
    Participation,
    answered_card,
    ask_card,
    lesson_card,
    lessons_card,
    verdict,
)
from bot.features.training.views.progress import Training, training_card

USAGE = "/training [ask|lessons|LESSON]"


async def training(ctx: RequestContext) -> Sequence[Reply]:
    """Show the team, ask, list the lessons, or show one."""
    asked = without_page(ctx.words)
    if not asked:
        return [Post(await _team(ctx))]
    lessons = {lesson.id: lesson.title for lesson in lessons_of(ctx.app)}
    remedy = tr("Type /training lessons to see all lessons.")
    chosen = choose(asked, {"ask": "", "lessons": "", **lessons}, tr("lesson"), remedy)
    match chosen:
        case "ask":
            return [Post(await _next_card(ctx))]
        case "lessons":
            return [Post(await _list(ctx))]
        case id:
            lesson = find_lesson(ctx.app, id)
            known = (await own_learnings(ctx.tx, ctx.who)).get(lesson.id)
            view = await view_context(ctx.app, ctx.tx)
            return [Post(lesson_card(lesson, known, view))]


async def _list(ctx: RequestContext) -> Card:
    lessons = lessons_of(ctx.app)
    page = ListPage.of(page_number(ctx.words), len(lessons), "training lessons")
    own = await own_learnings(ctx.tx, ctx.who)
    rows = [(lesson, own.get(lesson.id)) for lesson in lessons[page.start : page.end]]
    return lessons_card(rows, page, await view_context(ctx.app, ctx.tx))


async def _team(ctx: RequestContext) -> Card:
    app, lessons = ctx.app, lessons_of(ctx.app)
    ids = {lesson.id for lesson in lessons}
    given = await posted(app, ctx.tx)
    found = each(app.store, LEARNINGS)
    learnings = [learning async for learning in found if learning.lesson in ids]
    own, now = await own_learnings(ctx.tx, ctx.who), app.clock()
    coming = await coming_at(ctx.tx, AGENDA)
    shown = Training(
        lessons=len(lessons),
        posted=len(given),
        participation=await _participation(ctx, learnings),
        people=_people(learned for learned in learnings if learned.lesson in given),
        hurdle=hurdle(lessons, learnings),
        own=len(own.keys() & given.keys()),
        due=len(to_ask(lessons, given, own, now)),
        due_at=comes_back(lessons, own, now),
        next_at=coming,
    )
    return training_card(shown, await view_context(app, ctx.tx))


async def _participation(ctx: RequestContext, learnings: Iterable[Learning]) -> Participation:
    """Count those who work here: of who only looks, nobody knows whether they do."""
    team = {member.id async for member in each(ctx.app.store, MEMBERS)}
    answered = team & {learning.person.id for learning in learnings}
    return Participation(answered=len(answered), team=len(team))


def _people(learnings: Iterable[Learning]) -> list[tuple[str, int]]:
    """Return names and how much each answered, by name: it is no ranking."""
    ordered = sorted(learnings, key=lambda learning: learning.answered_at)
    names = {learning.person.id: learning.person.name for learning in ordered}
    counts = Counter(learning.person.id for learning in ordered)
    return sorted((names[id], count) for id, count in counts.items())


async def answer(ctx: RequestContext) -> Sequence[Reply]:
    """Take an answer and say at once, to this person alone, what came of it."""
    return [Notice(*await _take(ctx))]


async def practise(ctx: RequestContext) -> Sequence[Reply]:
    """Take an answer and ask what else waits, in the place of the card."""
    told, _ = await _take(ctx)
    return [Update(await _next_card(ctx, told))]


async def _take(ctx: RequestContext) -> tuple[str, Tone]:
    chosen = read_answer(ctx.app, ctx.text)
    works_here = ctx.role >= Role.MEMBER
    taken = await take_answer(ctx.app, ctx.tx, ctx.who, chosen, works_here=works_here)
    view = await view_context(ctx.app, ctx.tx)
    return verdict(taken.lesson, taken.before, taken.after, view)


async def _next_card(ctx: RequestContext, before: str = "") -> Card:
    """Return the next question for who asks, after what came of the one ``before``."""
    own = await own_learnings(ctx.tx, ctx.who)
    lessons, now = lessons_of(ctx.app), ctx.app.clock()
    waiting = to_ask(lessons, await posted(ctx.app, ctx.tx), own, now)
    if waiting:
        first = waiting[0]
        return ask_card(first, len(waiting), before, read=first.id in own)
    view = await view_context(ctx.app, ctx.tx)
    return answered_card(before, comes_back(lessons, own, now), view)


CLICKS = (
    ClickSpec(ANSWER, Permission.READ, answer),
    ClickSpec(PRACTISE, Permission.READ, practise),
)

COMMANDS = (
    CommandSpec(
        "training",
        USAGE,
        "See lessons, your due questions and team progress.",
        Permission.READ,
        training,
        (
            Param("lesson", "ask, lessons, or a lesson's name. Leave empty to see the team."),
            Param("page", "The page number."),
        ),
        group=HelpGroup.SECURITY,
    ),
)
