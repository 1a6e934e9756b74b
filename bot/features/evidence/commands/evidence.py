"""/evidence: what a case has, and taking something out of it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.flows.starting import start_flow
from bot.core.interactions import Post, Reply
from bot.core.permissions import Permission
from bot.core.request import ClickSpec, CommandSpec, HelpGroup, Param, RequestContext
from bot.core.views.lists import ListPage
from bot.features.cases.service.contexts import case_context
from bot.features.cases.service.lookup import find_case
from bot.features.evidence.flows.delete import DELETE, DeleteEvidenceForm
from bot.features.evidence.models.items import needs
from bot.features.evidence.service.evidence import items_of, require_item
from bot.features.evidence.views import evidence_card


async def evidence(ctx: RequestContext) -> Sequence[Reply]:
    """List a case's evidence, and what is missing."""
    words = ctx.words
    case = await find_case(ctx.tx, words[0] if words else "", ctx.where)
    items = await items_of(ctx.tx, case.key)
    asked = int(words[1][:4]) if len(words) > 1 and words[1].isascii() and words[1].isdigit() else 1
    page = ListPage.of(max(1, asked), len(items), f"evidence {case.number}")
    view = await case_context(ctx.app, ctx.tx, [case])
    wanted = needs(items) if case.asins else ()
    return [Post(evidence_card(case, items[page.start : page.end], wanted, page, view))]


async def delete(ctx: RequestContext) -> Sequence[Reply]:
    """Ask why a piece is to be deleted."""
    item = await require_item(ctx.tx, ctx.text)
    known = DeleteEvidenceForm(subject=item.key, item=f"{item.label} {item.kind.label}")
    return [start_flow(ctx, DELETE, known)]


CLICKS = (ClickSpec("delete-evidence", Permission.CONFIGURE, delete),)

COMMANDS = (
    CommandSpec(
        "evidence",
        "/evidence NUMBER",
        "List a case's evidence and what is missing.",
        Permission.READ,
        evidence,
        (Param("number", "The case number.", suggest="case"),),
        group=HelpGroup.REPORTS,
    ),
)
