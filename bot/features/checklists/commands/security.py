"""/security and /duties: how the brand is guarded, and who looks after what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import msgspec

from bot.core.cards import Card
from bot.core.chart_jobs import ask_pictures
from bot.core.collections import STANDINGS, TEAMS
from bot.core.interactions import Notice, Post, Reply, Update
from bot.core.permissions import Permission, can
from bot.core.request import ClickSpec, CommandSpec, Param, RequestContext, page_number
from bot.core.views.lists import ListPage
from bot.errors import NotAllowed, UserError
from bot.features.cases.service.contexts import scene_for
from bot.features.checklists.models.definitions import Area, Duty
from bot.features.checklists.rules.answering import ask_again
from bot.features.checklists.rules.score import Score, expiring, not_ours
from bot.features.checklists.service.charts import SCORE
from bot.features.checklists.service.item_statuses import all_standings, present_score
from bot.features.checklists.views.security import (
    duties_card,
    not_ours_card,
    parts_card,
    security_card,
)

SOON = timedelta(days=30)
ALL, NOT_OURS = "all", "not-for-us"
WHICH = (ALL, *(area.value for area in Area), NOT_OURS)


async def security(call: RequestContext) -> Sequence[Reply]:
    """Show the score, or all parts of it, or what is not for us."""
    words = call.words
    which = words[0].lower() if words else ""
    if not which:
        return [Post(await _overview(call))]
    if which not in WHICH:
        message = f"Choose one of: {', '.join(WHICH)}; like /security rights"
        raise UserError(message)
    if which == NOT_OURS:
        return [Post(await _not_ours(call, page_number(words)))]
    score, name = await present_score(call.desk, call.tx), "All parts"
    if which != ALL:
        score, name = Score(score.of_area(Area(which))), Area(which).label
    page = ListPage.of(page_number(words), len(score.parts), f"security {which}")
    order = list(Area)
    parts = sorted(score.parts, key=lambda part: (order.index(part.area), -part.lost))
    return [Post(parts_card(name, parts[page.start : page.end], score, page))]


async def duties(call: RequestContext) -> Sequence[Reply]:
    """Show who looks after what."""
    return [Post(duties_card(await call.desk.team(call.tx)))]


async def take_duty(call: RequestContext) -> Sequence[Reply]:
    """Let the person look after something; who leads is an admin's business, once somebody does."""
    if call.text not in set(Duty):
        message = f"Choose one of: {', '.join(Duty)}; or press a button of /duties."
        raise UserError(message)
    duty = Duty(call.text)
    team = await call.desk.team(call.tx)
    if duty is Duty.LEAD and team.lead and not can(call.role, Permission.CONFIGURE):
        raise NotAllowed
    team = msgspec.structs.replace(team, duties={**team.duties, duty.value: call.who})
    call.tx.put(TEAMS, team)
    return [Update(duties_card(team, f"{call.who.name} looks after it now: {duty.label}."))]


async def show_score(call: RequestContext) -> Sequence[Reply]:
    """Have the score's course and its areas drawn for the channel."""
    ask_pictures(call, SCORE)
    return [Notice("The pictures come to the channel in a moment.")]


async def again(call: RequestContext) -> Sequence[Reply]:
    """Have the next run ask for an item that was not for us."""
    standing = await call.tx.get(STANDINGS, call.text)
    if standing is None:
        message = "There is no such item. Type /security not-for-us to see them."
        raise UserError(message)
    changed = ask_again(standing, call.desk.clock())
    call.tx.put(STANDINGS, changed)
    return [Update(await _not_ours(call, 1, without=standing.key))]


async def _overview(call: RequestContext) -> Card:
    guard, now = call.desk.guard, call.desk.clock()
    standings = await all_standings(call.desk)
    return security_card(
        await present_score(call.desk, call.tx),
        expiring(guard.checklists, standings, now, SOON),
        len(not_ours(guard.checklists, standings, now)),
        await scene_for(call.desk, call.tx),
    )


async def _not_ours(call: RequestContext, number: int, without: str = "") -> Card:
    standings = await all_standings(call.desk)
    standings.pop(without, None)
    found = not_ours(call.desk.guard.checklists, standings, call.desk.clock())
    page = ListPage.of(number, len(found), f"security {NOT_OURS}")
    scene = await scene_for(call.desk, call.tx)
    return not_ours_card(found[page.start : page.end], page, scene)


CLICKS = (
    ClickSpec("take-duty", Permission.WORK_CASES, take_duty),
    ClickSpec("ask-again", Permission.WORK_CASES, again),
    ClickSpec("show-score", Permission.WORK_CASES, show_score),
)

COMMANDS = (
    CommandSpec(
        "security",
        "/security [part]",
        "How well the brand is guarded.",
        Permission.READ,
        security,
        (Param("part", "One area, all parts, or what is not for us.", options=WHICH),),
    ),
    CommandSpec("duties", "/duties", "Who looks after what.", Permission.READ, duties),
)
