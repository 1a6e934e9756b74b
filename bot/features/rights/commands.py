"""/rights and /papers: the brand's register, which reports rest on."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.choices import choose
from bot.core.flows.starting import start_flow
from bot.core.interactions import Notice, Post, Reply
from bot.core.permissions import Permission
from bot.core.request import CommandSpec, HelpGroup, Param, RequestContext
from bot.core.text import page_number
from bot.core.views.lists import PAGE, ListPage
from bot.features.rights.collections import BRAND_RIGHTS, RIGHTS_DOCUMENTS
from bot.features.rights.flows.paper import PAPER, PaperForm
from bot.features.rights.flows.right import RIGHT, RightForm
from bot.features.rights.service import entered_rights, remove_paper, remove_right
from bot.features.rights.views import documents_card, rights_card

ADD, REMOVE = "add", "remove"


async def rights(ctx: RequestContext) -> Sequence[Reply]:
    """List the rights, add one, or remove one."""
    match _chosen(ctx.words):
        case ["add"]:
            ctx.role.require(Permission.CONFIGURE)
            known = await entered_rights(ctx.app)
            return [start_flow(ctx, RIGHT, RightForm(entered=tuple(known.items())))]
        case ["remove", number]:
            ctx.role.require(Permission.CONFIGURE)
            right = await remove_right(ctx.app, ctx.tx, ctx.who, number)
            return [Notice(f"Removed {right.label}.")]
        case _:
            total = await ctx.app.store.count(BRAND_RIGHTS)
            page = ListPage.of(page_number(ctx.words), total, "rights")
            shown = await ctx.app.store.page(BRAND_RIGHTS, skip=page.start, limit=PAGE)
            return [Post(rights_card(shown, page, ctx.app.clock().date()))]


async def papers(ctx: RequestContext) -> Sequence[Reply]:
    """List the papers, add one, or remove one."""
    match _chosen(ctx.words):
        case ["add"]:
            ctx.role.require(Permission.CONFIGURE)
            return [start_flow(ctx, PAPER, PaperForm())]
        case ["remove", number]:
            ctx.role.require(Permission.CONFIGURE)
            paper = await remove_paper(ctx.app, ctx.tx, ctx.who, number)
            return [Notice(f"Removed {paper.name}.")]
        case _:
            total = await ctx.app.store.count(RIGHTS_DOCUMENTS)
            page = ListPage.of(page_number(ctx.words), total, "papers")
            shown = await ctx.app.store.page(RIGHTS_DOCUMENTS, skip=page.start, limit=PAGE)
            return [Post(documents_card(shown, page, ctx.app.clock().date()))]


def _chosen(words: list[str]) -> list[str]:
    """Return the words with the first in full: what to do, unless it is a page of the list."""
    if not words or words[0].isdigit():
        return words
    return [choose(words[0], {ADD: "", REMOVE: ""}, "word"), *words[1:]]


COMMANDS = (
    CommandSpec(
        "rights",
        "/rights [add|remove NUMBER]",
        "Your trademarks, copyrights, designs and patents.",
        Permission.READ,
        rights,
        (
            Param("do", "Add or remove an entry. Leave empty to list all.", options=(ADD, REMOVE)),
            Param("number", "To remove an entry, enter its number from the list."),
        ),
        group=HelpGroup.REPORTS,
    ),
    CommandSpec(
        "papers",
        "/papers [add|remove NUMBER]",
        "Your letters of authorization, invoices and registrations.",
        Permission.READ,
        papers,
        (
            Param("do", "Add or remove an entry. Leave empty to list all.", options=(ADD, REMOVE)),
            Param("number", "To remove an entry, enter its number from the list."),
        ),
        group=HelpGroup.REPORTS,
    ),
)
