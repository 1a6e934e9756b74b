"""The buttons of the request to approve pages, and of one page."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from bot.core.cards import Card, Tone
from bot.core.context import view_context
from bot.core.interactions import Notice, Post, Reply, Update
from bot.core.interface import tr_count
from bot.core.permissions import Permission
from bot.core.request import ClickSpec, RequestContext
from bot.features.pages.models import GuardedPage
from bot.features.pages.service.approving import (
    approve_agreeing,
    approve_page,
    next_waiting,
    require_page,
)
from bot.features.pages.service.waiting import asked_requests
from bot.features.pages.views.approval import APPROVE, REVIEW, approval_card
from bot.features.pages.views.review import (
    APPROVE_PAGE,
    KEEP_OWN,
    SKIP,
    nothing_card,
    review_card,
)
from bot.features.watchlist.collections import WATCHES


async def approve_all(ctx: RequestContext) -> Sequence[Reply]:
    """Approve all pages of a request that agree."""
    approval = await approve_agreeing(ctx.app, ctx.tx, ctx.text, ctx.who)
    told = tr_count(approval.agrees, "Approving {count} page.", "Approving {count} pages.")
    return [Notice(told, Tone.GOOD)]


async def review(ctx: RequestContext) -> Sequence[Reply]:
    """Show the first page that has to be looked at, to who asked; else what is to be approved."""
    if await next_waiting(ctx.tx) is None:
        agreeing = [each for each in await asked_requests(ctx.tx) if each.agrees]
        if agreeing:
            return [Post(approval_card(agreeing[0]))]
    return [Post(await _next(ctx, None))]


async def skip(ctx: RequestContext) -> Sequence[Reply]:
    """Show the page after this one."""
    return [Update(await _next(ctx, await require_page(ctx.tx, ctx.text)))]


async def approve(ctx: RequestContext) -> Sequence[Reply]:
    """Approve the page as it was read, and show the next one."""
    return await _decided(ctx, as_own=False)


async def keep_own(ctx: RequestContext) -> Sequence[Reply]:
    """Say that the page is wrong and our own listing data right; show the next one."""
    return await _decided(ctx, as_own=True)


async def _decided(ctx: RequestContext, *, as_own: bool) -> Sequence[Reply]:
    before = await require_page(ctx.tx, ctx.text)
    await approve_page(ctx.app, ctx.tx, ctx.text, ctx.who, as_own=as_own)
    return [Update(await _next(ctx, before))]


async def _next(ctx: RequestContext, skipped: GuardedPage | None) -> Card:
    page = await next_waiting(ctx.tx, skipped)
    if page is None:
        return nothing_card()
    watch = await ctx.tx.get(WATCHES, page.key)
    view = await view_context(ctx.app, ctx.tx)
    known = {watch.key: watch} if watch else {}
    return review_card(page, msgspec.structs.replace(view, products=known))


CLICKS = (
    ClickSpec(APPROVE, Permission.WORK_CASES, approve_all),
    ClickSpec(REVIEW, Permission.READ, review),
    ClickSpec(APPROVE_PAGE, Permission.WORK_CASES, approve),
    ClickSpec(KEEP_OWN, Permission.WORK_CASES, keep_own),
    ClickSpec(SKIP, Permission.READ, skip),
)
