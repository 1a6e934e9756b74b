"""The buttons of a planned test buy."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from bot.core.cards import Tone
from bot.core.flows.starting import start_flow
from bot.core.interactions import Notice, Reply
from bot.core.interface import tr
from bot.core.permissions import Permission
from bot.core.request import ClickSpec, RequestContext
from bot.errors import UserError
from bot.features.cases.service.lookup import require_case
from bot.features.evidence.commands.evidence import bought_for, collect_form
from bot.features.evidence.flows.collect import COLLECT, PLAN_TEST_BUY
from bot.features.evidence.flows.collect_questions import PLAN
from bot.features.evidence.flows.test_buys import ARRIVED, ORDERED, OrderedForm, ParcelForm
from bot.features.evidence.models.items import EvidenceKind
from bot.features.evidence.service.planning import cancel_test_buy, require_plan


async def plan(ctx: RequestContext) -> Sequence[Reply]:
    """Ask who makes a test buy, and when to remind them."""
    case = await require_case(ctx.tx, ctx.text)
    case.require_open()
    known = await collect_form(ctx, case)
    if not known.people:
        message = tr("A test buy for {case} is already planned. See its thread.", case=case.label)
        raise UserError(message)
    return [start_flow(ctx, PLAN_TEST_BUY, msgspec.structs.replace(known, what=PLAN))]


async def ordered(ctx: RequestContext) -> Sequence[Reply]:
    """Ask for the order of the planned test buy."""
    buy = await require_plan(ctx.tx, ctx.text)
    case = await require_case(ctx.tx, buy.case)
    team = await ctx.app.team(ctx.tx)
    about = bought_for(case, team.local(ctx.app.clock()).date())
    return [start_flow(ctx, ORDERED, OrderedForm(subject=case.key, about=about))]


async def arrived(ctx: RequestContext) -> Sequence[Reply]:
    """Ask for photos of what arrived."""
    buy = await require_plan(ctx.tx, ctx.text)
    team = await ctx.app.team(ctx.tx)
    today = team.local(ctx.app.clock()).date()
    return [start_flow(ctx, ARRIVED, ParcelForm(subject=buy.case, today=today, asin=buy.asin))]


async def record(ctx: RequestContext) -> Sequence[Reply]:
    """Ask for what the plan does not know, to record the test buy."""
    buy = await require_plan(ctx.tx, ctx.text)
    case = await require_case(ctx.tx, buy.case)
    known = await collect_form(ctx, case)
    wanted = msgspec.structs.replace(known, missing=EvidenceKind.TEST_BUY)
    return [start_flow(ctx, COLLECT, wanted)]


async def cancel(ctx: RequestContext) -> Sequence[Reply]:
    """Cancel the planned test buy."""
    case = await cancel_test_buy(ctx.app, ctx.tx, ctx.who, ctx.text)
    return [Notice(tr("Canceled the test buy for {case}.", case=case.label), Tone.GOOD)]


CLICKS = (
    ClickSpec("plan-test-buy", Permission.WORK_CASES, plan),
    ClickSpec("test-buy-ordered", Permission.WORK_CASES, ordered),
    ClickSpec("test-buy-arrived", Permission.WORK_CASES, arrived),
    ClickSpec("record-test-buy", Permission.WORK_CASES, record),
    ClickSpec("cancel-test-buy", Permission.WORK_CASES, cancel),
)
