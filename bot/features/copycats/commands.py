"""/copycats, and the buttons under what it shows."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.cards import Card
from bot.core.choices import choose
from bot.core.context import view_context
from bot.core.interactions import Notice, Post, Reply, Update
from bot.core.interface import tr
from bot.core.permissions import Permission
from bot.core.request import ClickSpec, CommandSpec, HelpGroup, Param, RequestContext
from bot.features.copycats import views
from bot.features.copycats.models import Candidate, SearchState
from bot.features.copycats.service.asking import ask_for_search
from bot.features.copycats.service.deciding import (
    call_copy,
    call_other,
    call_ours,
    find_candidate,
    take_back,
    watch_ours,
    watched,
)
from bot.features.copycats.service.showing import last_search, next_behind, waiting

SEARCH = "search"
USAGE = "/copycats [search]"


async def copycats(ctx: RequestContext) -> Sequence[Reply]:
    """Show what waits to be compared; the first time, and when asked to, search for it."""
    if ctx.words:
        choose(ctx.words[0], {SEARCH: ""}, "word", f"Type it like this: {USAGE}")
    last = await last_search(ctx.app)
    if ctx.words or last is None:
        ctx.role.require(Permission.WORK_CASES)
        await ask_for_search(ctx.app, ctx.tx, ctx.who)
        return [
            Notice(tr("Searching Amazon for products like yours. The list follows in the channel."))
        ]
    there = await waiting(ctx.tx)
    if last.state is SearchState.SEARCHING and not there.total:
        return [Post(views.searching_card(last))]
    return [Post(views.result_card(last, there, await view_context(ctx.app, ctx.tx)))]


async def compare(ctx: RequestContext) -> Sequence[Reply]:
    """Show a product beside ours."""
    return [Post(await _card(ctx, await find_candidate(ctx.tx, ctx.text)))]


async def skip(ctx: RequestContext) -> Sequence[Reply]:
    """Show the next one; what was skipped comes again later."""
    candidate = await next_behind(ctx.tx, ctx.text)
    if candidate is None:
        return [Notice(tr("All compared."))]
    return [Update(await _card(ctx, candidate))]


async def ours(ctx: RequestContext) -> Sequence[Reply]:
    """Remember that it is ours, and offer to watch it."""
    candidate = await call_ours(ctx.app, ctx.tx, ctx.who, ctx.text)
    left = (await waiting(ctx.tx)).total
    is_watched = await watched(ctx.tx, candidate)
    return [Update(views.ours_card(candidate, left, watched=is_watched))]


async def copy(ctx: RequestContext) -> Sequence[Reply]:
    """Open a case for it."""
    candidate, case = await call_copy(ctx.app, ctx.tx, ctx.who, ctx.text)
    left = (await waiting(ctx.tx)).total
    return [Update(views.copy_card(candidate, case.label, left))]


async def other(ctx: RequestContext) -> Sequence[Reply]:
    """Remember that it is another product, and show the next one."""
    candidate = await call_other(ctx.app, ctx.tx, ctx.who, ctx.text)
    there = await waiting(ctx.tx)
    said = views.set_aside(candidate)
    if not there.first:
        return [Update(views.decided_card(candidate, said, 0))]
    card = await _card(ctx, there.first[0], said=said, before=candidate)
    return [Update(card)]


async def undo(ctx: RequestContext) -> Sequence[Reply]:
    """Take back what was said of it, and show it again."""
    return [Update(await _card(ctx, await take_back(ctx.app, ctx.tx, ctx.who, ctx.text)))]


async def watch(ctx: RequestContext) -> Sequence[Reply]:
    """Watch what was marked as ours."""
    added = await watch_ours(ctx.app, ctx.tx, ctx.who, ctx.text, ctx.checker)
    candidate = await find_candidate(ctx.tx, ctx.text)
    left = (await waiting(ctx.tx)).total
    said = tr("Now watching {name}.", name=added.name)
    return [Update(views.decided_card(candidate, said, left))]


async def _card(
    ctx: RequestContext,
    candidate: Candidate,
    *,
    said: str = "",
    before: Candidate | None = None,
) -> Card:
    left = (await waiting(ctx.tx)).total
    view = await view_context(ctx.app, ctx.tx)
    return views.compare_card(candidate, left, view, said=said, before=before)


COMMANDS = (
    CommandSpec(
        "copycats",
        USAGE,
        "Compare products that look like yours.",
        Permission.READ,
        copycats,
        (Param("word", "'search' to search Amazon again.", options=(SEARCH,)),),
        group=HelpGroup.ATTACKS,
    ),
)

CLICKS = (
    ClickSpec(views.COMPARE, Permission.READ, compare),
    ClickSpec(views.SKIP, Permission.READ, skip),
    ClickSpec(views.OURS, Permission.WORK_CASES, ours),
    ClickSpec(views.COPY, Permission.WORK_CASES, copy),
    ClickSpec(views.OTHER, Permission.WORK_CASES, other),
    ClickSpec(views.TAKE_BACK, Permission.WORK_CASES, undo),
    ClickSpec(views.WATCH_IT, Permission.WATCH, watch),
)
