"""/evidence: what a case has, and taking something out of it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.cards import Tone
from bot.core.flows.engine import Given
from bot.core.flows.sessions import FlowSession
from bot.core.flows.starting import start_flow
from bot.core.interactions import Notice, Post, Reply
from bot.core.permissions import Permission
from bot.core.request import ClickSpec, CommandSpec, HelpGroup, Param, RequestContext
from bot.core.scheduler import Work
from bot.core.views.lists import ListPage
from bot.errors import UserError
from bot.features.cases.service.contexts import case_context
from bot.features.cases.service.finding import find_case, require_case
from bot.features.evidence.collections import EVIDENCE_ITEMS
from bot.features.evidence.models.events import EvidenceChanged
from bot.features.evidence.models.items import EvidenceItem, needs
from bot.features.evidence.service.evidence import delete_item, items_of
from bot.features.evidence.views import evidence_card


async def evidence(ctx: RequestContext) -> Sequence[Reply]:
    """List a case's evidence, and what is missing."""
    words = ctx.words
    case = await find_case(ctx.tx, words[0] if words else "", ctx.where)
    pieces = await items_of(ctx.tx, case.key)
    asked = int(words[1][:4]) if len(words) > 1 and words[1].isascii() and words[1].isdigit() else 1
    page = ListPage.of(max(1, asked), len(pieces), f"evidence {case.number}")
    view = await case_context(ctx.app, ctx.tx, [case])
    wanted = needs(pieces) if case.asins else ()
    return [Post(evidence_card(case, pieces[page.start : page.end], wanted, page, view))]


async def delete(ctx: RequestContext) -> Sequence[Reply]:
    """Ask why a piece is to be deleted."""
    piece = await _find(ctx, ctx.text)
    facts = {"piece": f"{piece.label} {piece.kind.label}"}
    return [start_flow(ctx, "delete", subject=piece.key, facts=facts)]


async def finish_delete(ctx: RequestContext, session: FlowSession, given: Given) -> Sequence[Reply]:
    """Delete it; the custody log keeps that it was there."""
    piece = await _find(ctx, session.subject)
    case = await require_case(ctx.tx, piece.case)
    await delete_item(ctx.app, ctx.tx, case, ctx.who, piece, str(given["why"]))
    await ctx.app.tell(ctx.tx, EvidenceChanged(case))
    ctx.tx.after(lambda: ctx.app.scheduler.trigger(Work.JOBS))
    return [Notice(f"{piece.label} is deleted; the custody log says so.", Tone.GOOD)]


async def _find(ctx: RequestContext, key: str) -> EvidenceItem:
    found = await ctx.tx.get(EVIDENCE_ITEMS, key)
    if found is None:
        message = "There is no such piece of evidence. Type /evidence NUMBER to see a case's."
        raise UserError(message)
    return found


CLICKS = (ClickSpec("delete-evidence", Permission.CONFIGURE, delete),)

COMMANDS = (
    CommandSpec(
        "evidence",
        "/evidence NUMBER",
        "What a case has, and what is missing.",
        Permission.READ,
        evidence,
        (Param("number", "The case's number.", suggest="case"),),
        group=HelpGroup.REPORTS,
    ),
)
