"""What the buttons on a case's card do."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.findings import SOLVABLE
from bot.core.flows.starting import start_flow
from bot.core.interactions import Reply, Update
from bot.core.permissions import Permission, can
from bot.core.request import ClickSpec, RequestContext
from bot.core.scanning import each_found
from bot.core.text import one_line
from bot.errors import UserError
from bot.features.cases.collections import CASES
from bot.features.cases.commands.sellers import settle_cases, trust
from bot.features.cases.models.cases import Case
from bot.features.cases.models.events import CaseBeganAgain, CaseReopened
from bot.features.cases.models.steps import Transition, require_open
from bot.features.cases.rules import transitions
from bot.features.cases.service.affected import asins_of
from bot.features.cases.service.contexts import case_context
from bot.features.cases.service.finding import find_case, require_case
from bot.features.cases.service.recording import record
from bot.features.cases.views.case import case_card, case_title

HEADLINE = 200
"""Characters of a case's headline that a form shows."""


async def acknowledge(ctx: RequestContext) -> Sequence[Reply]:
    """Say that somebody has seen it."""
    case = await find_case(ctx.tx, ctx.text, ctx.where)
    return await finish(ctx, case, transitions.acknowledge(case, ctx.who, ctx.app.clock()))


async def assign(ctx: RequestContext) -> Sequence[Reply]:
    """Give the case to the person who pressed."""
    case = await find_case(ctx.tx, ctx.text, ctx.where)
    return await finish(ctx, case, transitions.assign(case, ctx.who, ctx.app.clock()))


async def snooze(ctx: RequestContext) -> Sequence[Reply]:
    """Ask for how long the case should be quiet."""
    case = await _open_case(ctx)
    team = await ctx.app.team(ctx.tx)
    today = team.local(ctx.app.clock()).date().isoformat()
    facts = {"case": case.label, "today": today}
    return [start_flow(ctx, "snooze", subject=case.key, facts=facts)]


async def close(ctx: RequestContext) -> Sequence[Reply]:
    """Ask why the case can be closed."""
    case = await _open_case(ctx)
    # A seller is trusted on products: without any, trust would change nothing.
    may_trust = bool(case.asins) and can(ctx.role, Permission.AUTHORISE)
    facts = {
        "case": case.label,
        "headline": one_line(case_title(case), HEADLINE),
        "seller": case.seller,
        "may_authorise": "yes" if may_trust else "",
        "solvable": "yes" if SOLVABLE & case.tally.kinds.keys() else "",
    }
    return [start_flow(ctx, "close", subject=case.key, facts=facts)]


async def authorise(ctx: RequestContext) -> Sequence[Reply]:
    """Trust the case's seller on its products; a case with nothing left in it closes."""
    case = await _open_case(ctx)
    if not case.seller:
        message = f"{case.label} is not about one seller."
        raise UserError(message)
    asins = await asins_of(ctx.tx, case)
    await trust(ctx, case.seller, authorised=asins)
    await settle_cases(ctx, case.seller, asins)
    return await shown(ctx, case.key)


async def reopen(ctx: RequestContext) -> Sequence[Reply]:
    """Take up a closed case again."""
    case = await find_case(ctx.tx, ctx.text, ctx.where)
    async for other in each_found(ctx.tx, CASES, "fingerprint", case.fingerprint):
        if other.open and other.number != case.number:
            message = f"{other.label} goes on with the same matter. Work on that one."
            raise UserError(message)
    turn = transitions.reopen(case, ctx.who, ctx.app.clock())
    await ctx.app.tell(ctx.tx, CaseBeganAgain(turn.case))
    await ctx.app.tell(ctx.tx, CaseReopened(turn.case))
    return await finish(ctx, case, turn)


async def finish(ctx: RequestContext, case: Case, turn: Transition) -> Sequence[Reply]:
    """Write a step down and show the case as it is now."""
    await record(ctx.app, ctx.tx, case, [turn])
    return await shown(ctx, case.key)


async def shown(ctx: RequestContext, key: str) -> Sequence[Reply]:
    """Show the case as it is now, in the place of the card that was pressed."""
    case = await require_case(ctx.tx, key)
    view = await case_context(ctx.app, ctx.tx, [case])
    return [Update(card=case_card(case, view))]


async def _open_case(ctx: RequestContext) -> Case:
    case = await find_case(ctx.tx, ctx.text, ctx.where)
    require_open(case)
    return case


CLICKS = (
    ClickSpec("acknowledge", Permission.WORK_CASES, acknowledge),
    ClickSpec("assign", Permission.WORK_CASES, assign),
    ClickSpec("snooze", Permission.WORK_CASES, snooze),
    ClickSpec("close", Permission.WORK_CASES, close),
    ClickSpec("authorise", Permission.AUTHORISE, authorise),
    ClickSpec("reopen", Permission.WORK_CASES, reopen),
)
