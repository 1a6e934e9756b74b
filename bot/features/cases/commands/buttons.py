"""What the buttons on a case's card do."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.findings import NO_BUY_BOX, OF_OUR_ACCOUNT, OF_OUR_LISTING, SOLVABLE
from bot.core.flows.confirming import ask_first, is_confirmed
from bot.core.flows.starting import start_flow
from bot.core.forms import OPTION, PEOPLE, Option
from bot.core.interactions import SEEN, Notice, Reply
from bot.core.interface import tr
from bot.core.permissions import Permission
from bot.core.request import ClickSpec, RequestContext
from bot.core.text import one_line
from bot.errors import UserError
from bot.features.cases.commands.sellers import ask_to_authorise
from bot.features.cases.flows.answers import case_changed
from bot.features.cases.flows.assign import ASSIGN, AssignForm
from bot.features.cases.flows.close import CLOSE, REOPEN, CloseForm, ReopenForm
from bot.features.cases.flows.snooze import SNOOZE, SnoozeForm
from bot.features.cases.models.cases import TRUSTING, Case
from bot.features.cases.service.all_offers import ask_for_all
from bot.features.cases.service.assigning import give_case, has_case, known_people
from bot.features.cases.service.lookup import case_looked_at, find_case
from bot.features.cases.service.working import acknowledge_case, reopen_case
from bot.features.cases.views.acts import take_over_confirm
from bot.features.cases.views.case import case_title

HEADLINE = 200
"""Characters of a case's headline that a form shows."""
TO_SOLVE = SOLVABLE | OF_OUR_LISTING | OF_OUR_ACCOUNT | {NO_BUY_BOX}
"""Signals of what people solve, where no seller has to leave."""


async def acknowledge(ctx: RequestContext) -> Sequence[Reply]:
    """Say that somebody has seen it."""
    case = await find_case(ctx.tx, ctx.text, ctx.where)
    return case_changed(ctx, await acknowledge_case(ctx.app, ctx.tx, ctx.who, case))


async def seen(ctx: RequestContext) -> Sequence[Reply]:
    """Acknowledge the case on whose alert a person put the sign for that.

    They expect no answer: where there is nothing to acknowledge, nothing is said.
    """
    case = await case_looked_at(ctx.tx, ctx.where, ctx.text)
    if case is not None and case.open and case.acknowledged_by is None:
        await acknowledge_case(ctx.app, ctx.tx, ctx.who, case)
    return []


async def assign(ctx: RequestContext) -> Sequence[Reply]:
    """Give the case to the person who pressed, asking first if another person has it."""
    case = await find_case(ctx.tx, ctx.text, ctx.where)
    taken = case.open and not has_case(ctx.app, case, ctx.who)
    confirm = take_over_confirm(case) if taken else None
    if confirm is not None and not is_confirmed(ctx, confirm):
        return [ask_first(ctx, "assign", confirm, case.key)]
    return case_changed(ctx, await give_case(ctx.app, ctx.tx, ctx.who, case, ctx.who))


async def assign_to(ctx: RequestContext) -> Sequence[Reply]:
    """Ask who is to work on the case."""
    case = await _open_case(ctx)
    people = await known_people(ctx.app, ctx.tx, ctx.who)
    options = tuple(
        Option(person.id, one_line(person.name, OPTION))
        for person in people
        if len(person.id) <= OPTION
    )
    own = has_case(ctx.app, case, ctx.who)
    first = "" if own else ctx.who.id
    owner = case.assignee.name if case.assignee and not own else ""
    known = AssignForm(
        subject=case.key, case=case.label, owner=owner, people=options[:PEOPLE], assignee=first
    )
    return [start_flow(ctx, ASSIGN, known)]


async def snooze(ctx: RequestContext) -> Sequence[Reply]:
    """Ask for how long the case should be quiet."""
    case = await _open_case(ctx)
    team = await ctx.app.team(ctx.tx)
    today = team.local(ctx.app.clock()).date()
    return [start_flow(ctx, SNOOZE, SnoozeForm(subject=case.key, case=case.label, today=today))]


async def close(ctx: RequestContext) -> Sequence[Reply]:
    """Ask why the case can be closed."""
    case = await _open_case(ctx)
    known = CloseForm(
        subject=case.key,
        case=case.label,
        headline=one_line(case_title(case), HEADLINE),
        seller=case.seller,
        # A seller is trusted on products: without any, trust would change nothing.
        may_authorise=bool(case.asins) and ctx.role.can(Permission.AUTHORISE),
        solvable=bool(TO_SOLVE & case.tally.kinds.keys()),
    )
    return [start_flow(ctx, CLOSE, known)]


async def authorise(ctx: RequestContext) -> Sequence[Reply]:
    """Ask on which products the case's seller is to be trusted, and how long."""
    case = await _open_case(ctx)
    if not case.seller:
        message = tr(
            "{case} is not about a single seller. Type /authorize SELLER instead.", case=case.label
        )
        raise UserError(message)
    return [await ask_to_authorise(ctx, case.seller, case=case)]


async def reopen(ctx: RequestContext) -> Sequence[Reply]:
    """Take up a closed case again; if its seller is trusted, ask whether that is to end, too."""
    case = await find_case(ctx.tx, ctx.text, ctx.where)
    if not case.open and case.reason in TRUSTING:
        ctx.role.require(Permission.AUTHORISE)
        known = ReopenForm(subject=case.key, case=case.label, seller=case.seller)
        return [start_flow(ctx, REOPEN, known)]
    return case_changed(ctx, await reopen_case(ctx.app, ctx.tx, ctx.who, case))


async def _open_case(ctx: RequestContext) -> Case:
    case = await find_case(ctx.tx, ctx.text, ctx.where)
    case.require_open()
    return case


async def all_sellers(ctx: RequestContext) -> Sequence[Reply]:
    """Ask a third party for the sellers whom Amazon does not list."""
    case = await _open_case(ctx)
    return [Notice(await ask_for_all(ctx.app, ctx.tx, case, ctx.who))]


CLICKS = (
    ClickSpec("acknowledge", Permission.WORK_CASES, acknowledge),
    ClickSpec(SEEN, Permission.WORK_CASES, seen),
    ClickSpec("assign", Permission.WORK_CASES, assign),
    ClickSpec("assign-to", Permission.WORK_CASES, assign_to),
    ClickSpec("snooze", Permission.WORK_CASES, snooze),
    ClickSpec("close", Permission.WORK_CASES, close),
    ClickSpec("authorise", Permission.AUTHORISE, authorise),
    ClickSpec("reopen", Permission.WORK_CASES, reopen),
    ClickSpec("all-sellers", Permission.WORK_CASES, all_sellers),
)
