"""/security and /duties: how the brand is guarded, and who looks after what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.core.cards import Card
from bot.core.chart_jobs import ask_pictures
from bot.core.choices import choose_first
from bot.core.context import view_context
from bot.core.interactions import Notice, Post, Reply, Update
from bot.core.interface import tr, tr_data
from bot.core.labeled import Duty
from bot.core.permissions import Permission
from bot.core.request import ClickSpec, CommandSpec, HelpGroup, Param, RequestContext
from bot.core.text import page_number
from bot.core.views.lists import ListPage
from bot.features.checklists.models.definitions import Area
from bot.features.checklists.resources import CHECKLISTS
from bot.features.checklists.rules.score import Score, expiring, not_ours
from bot.features.checklists.service.answering import ask_item_again
from bot.features.checklists.service.charts import SCORE
from bot.features.checklists.service.duties import assign_duty
from bot.features.checklists.service.items import all_item_statuses, present_score
from bot.features.checklists.views.security import (
    duties_card,
    not_ours_card,
    parts_card,
    security_card,
)

SOON = timedelta(days=30)
ALL, NOT_OURS = "all", "not-for-us"
WHICH = {
    ALL: "All items",
    **{area.value: area.label for area in Area},
    NOT_OURS: "Not for us",
}
"""What /security shows, by the word that asks for it."""


async def security(ctx: RequestContext) -> Sequence[Reply]:
    """Show the score, or all parts of it, or what is not for us."""
    words = ctx.words
    if not words:
        return [Post(await _overview(ctx))]
    parts_said = {which: tr_data(label) for which, label in WHICH.items()}
    which, _ = choose_first(words, parts_said, tr("part"))
    if which == NOT_OURS:
        return [Post(await _not_ours(ctx, page_number(words)))]
    score = await present_score(ctx.app)
    if which != ALL:
        score = Score(score.of_area(Area(which)))
    page = ListPage.of(page_number(words), len(score.parts), f"security {which}")
    order = list(Area)
    parts = sorted(score.parts, key=lambda part: (order.index(part.area), -part.lost))
    return [Post(parts_card(parts_said[which], parts[page.start : page.end], score, page))]


async def duties(ctx: RequestContext) -> Sequence[Reply]:
    """Show who looks after what."""
    return [Post(duties_card(await ctx.app.team(ctx.tx)))]


async def take_duty(ctx: RequestContext) -> Sequence[Reply]:
    """Let the person look after something; who leads is an admin's business, once somebody does."""
    duty, admin = Duty.typed(ctx.text, tr("duty")), ctx.role.can(Permission.CONFIGURE)
    team = await assign_duty(ctx.app, ctx.tx, ctx.who, duty, may_configure=admin)
    said = tr("{name} now has this duty: {duty}.", name=ctx.who.name, duty=duty.said)
    return [Update(duties_card(team, said))]


async def show_score(ctx: RequestContext) -> Sequence[Reply]:
    """Have the score's course and its areas drawn for the channel."""
    ask_pictures(ctx.app, ctx.tx, ctx.who, SCORE)
    return [Notice(tr("The charts will appear in the channel in a moment."))]


async def again(ctx: RequestContext) -> Sequence[Reply]:
    """Have the next run ask for an item that was not for us."""
    status = await ask_item_again(ctx.app, ctx.tx, ctx.text)
    return [Update(await _not_ours(ctx, 1, without=status.key))]


async def _overview(ctx: RequestContext) -> Card:
    checklists, now = ctx.app.resources[CHECKLISTS], ctx.app.clock()
    statuses = await all_item_statuses(ctx.app)
    return security_card(
        await present_score(ctx.app),
        expiring(checklists, statuses, now, SOON),
        len(not_ours(checklists, statuses, now)),
        await view_context(ctx.app, ctx.tx),
    )


async def _not_ours(ctx: RequestContext, number: int, without: str = "") -> Card:
    statuses = await all_item_statuses(ctx.app)
    statuses.pop(without, None)
    checklists = ctx.app.resources[CHECKLISTS]
    found = not_ours(checklists, statuses, ctx.app.clock())
    page = ListPage.of(number, len(found), f"security {NOT_OURS}")
    view = await view_context(ctx.app, ctx.tx)
    return not_ours_card(found[page.start : page.end], page, view)


CLICKS = (
    ClickSpec("take-duty", Permission.WORK_CASES, take_duty),
    ClickSpec("ask-again", Permission.WORK_CASES, again),
    ClickSpec("show-score", Permission.WORK_CASES, show_score),
)

COMMANDS = (
    CommandSpec(
        "security",
        "/security [part]",
        "Show your security score and what lowers it.",
        Permission.READ,
        security,
        (Param("part", "An area, all items, or items marked 'Not for us'.", options=tuple(WHICH)),),
        group=HelpGroup.SECURITY,
    ),
    CommandSpec(
        "duties",
        "/duties",
        "Show who's responsible for what.",
        Permission.READ,
        duties,
        group=HelpGroup.SECURITY,
    ),
)
