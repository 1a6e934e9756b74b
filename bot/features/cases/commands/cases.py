"""/cases and /case."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from bot.core import cards
from bot.core.choices import choose
from bot.core.interactions import Post, Reply
from bot.core.permissions import Permission
from bot.core.request import CommandSpec, HelpGroup, Param, RequestContext
from bot.core.scanning import each_found
from bot.core.text import clip, page_number, require_words
from bot.core.views.lists import PAGE, ListPage
from bot.features.cases.collections import CASES, ENTRIES, UNREAD_FACTS, UNREAD_SELLER_PAGES
from bot.features.cases.models.cases import Case, entry_key
from bot.features.cases.models.profiles import SellerProfile
from bot.features.cases.resources import FACTS_SOURCE, SELLER_PAGES
from bot.features.cases.service.contexts import case_context
from bot.features.cases.service.lookup import find_case
from bot.features.cases.views.case import case_card
from bot.features.cases.views.facts import fitting
from bot.features.cases.views.lists import cases_card
from bot.features.cases.views.seller_facts import facts_details
from bot.features.cases.views.sellers import seller_details
from bot.features.cases.views.timeline import timeline_text

USAGE = "/case NUMBER [page]"
DETAILED = 3200
"""Characters of a case's facts with the details that only /case shows."""
SHOWN = 12
"""Entries of a timeline that /case shows."""


async def cases(ctx: RequestContext) -> Sequence[Reply]:
    """List cases: open ones, the asker's own open ones, or all."""
    words = ctx.words
    which = "open"
    if words and not words[0].isdigit():
        which = choose(words[0], dict.fromkeys(_LISTS, ""), "list of cases")
    page, shown = await _LISTS[which](ctx, page_number(words))
    view = await case_context(ctx.app, ctx.tx, shown)
    return [Post(card=cases_card(shown, which, page, view))]


async def _all(ctx: RequestContext, asked: int) -> tuple[ListPage, list[Case]]:
    store = ctx.app.store
    page = ListPage.of(asked, await store.count(CASES), "cases all")
    return page, await store.page(CASES, skip=page.start, limit=PAGE, newest=True)


async def _open(ctx: RequestContext, asked: int) -> tuple[ListPage, list[Case]]:
    store = ctx.app.store
    page = ListPage.of(asked, await store.count(CASES, "open", value=True), "cases open")
    shown = await store.find(CASES, "open", value=True, skip=page.start, limit=PAGE, newest=True)
    return page, shown


async def _mine(ctx: RequestContext, asked: int) -> tuple[ListPage, list[Case]]:
    """Return the asker's open cases; the closed ones among them are passed over."""
    store = ctx.app.store
    own = each_found(store, CASES, "assignee_id", ctx.who.id, newest=True)
    # Their keys alone: there may be thousands.
    mine = [case.key async for case in own if case.open]
    page = ListPage.of(asked, len(mine), "cases mine")
    shown = [await store.get(CASES, key) for key in mine[page.start : page.end]]
    return page, [case for case in shown if case is not None]


_LISTS = {"open": _open, "mine": _mine, "all": _all}


async def case(ctx: RequestContext) -> Sequence[Reply]:
    """Show one case and the end of its timeline; page 2 and more are what came earlier."""
    require_words(ctx.words, 0, 2, USAGE)
    found = await find_case(ctx.tx, ctx.words[0] if ctx.words else "", ctx.where)
    view = await case_context(ctx.app, ctx.tx, [found])
    page = min(page_number(ctx.words[1:]), max(1, -(-found.entries // SHOWN)))
    last = found.entries - SHOWN * (page - 1)
    latest = await ctx.tx.find(
        ENTRIES, "case", found.key, after=entry_key(found.key, last + 1), limit=SHOWN, newest=True
    )
    readable = ctx.app.resources[SELLER_PAGES] is not None
    page_key = SellerProfile.key_of(found.marketplace, found.seller)
    failed = await ctx.tx.get(UNREAD_SELLER_PAGES, page_key)
    askable = ctx.app.resources[FACTS_SOURCE] is not None
    unread = await ctx.tx.get(UNREAD_FACTS, page_key)
    details = [
        *seller_details(found, view, failed, readable=readable),
        *facts_details(found, view, unread, askable=askable),
    ]
    shown = case_card(found, view)
    shown = msgspec.structs.replace(shown, fields=fitting((*shown.fields, *details), DETAILED))
    room = cards.CARD - shown.size
    earlier = f"/case {found.number} {page + 1}"
    lines = timeline_text(latest[::-1], view, last - len(latest), earlier)
    body = clip(lines, min(cards.BODY, room + len(shown.body)))
    return [Post(card=msgspec.structs.replace(shown, body=body))]


COMMANDS = (
    CommandSpec(
        "cases",
        "/cases [open|mine|all]",
        "List open cases, your cases or all cases.",
        Permission.READ,
        cases,
        (Param("which", "Open cases, your own, or all.", options=tuple(_LISTS)),),
        group=HelpGroup.CASES,
        rank=3,
    ),
    CommandSpec(
        "case",
        USAGE,
        "Show a case and its timeline.",
        Permission.READ,
        case,
        (
            Param("number", "The case number.", suggest="case"),
            Param("page", "Enter 2 or higher to see earlier entries."),
        ),
        group=HelpGroup.CASES,
        alone=True,
    ),
)
