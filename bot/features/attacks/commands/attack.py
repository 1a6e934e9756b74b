"""Logging an attack: what happened is asked for in a form; what a case knows is filled in."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.flows.starting import start_flow
from bot.core.identifiers import is_seller_id
from bot.core.interactions import Ask, Reply
from bot.core.labeled import AttackKind
from bot.core.request import RequestContext
from bot.core.text import one_line
from bot.features.attacks.flows.attack import ATTACK, AttackForm
from bot.features.attacks.rules.logged import PRODUCTS
from bot.features.cases.models.cases import Case
from bot.features.cases.service.lookup import find_case
from bot.features.cases.views.case import case_title

ABOUT = 200
"""Characters of a case's headline that the form shows."""


async def ask_in_case(ctx: RequestContext) -> Sequence[Reply]:
    """Ask what happened in the case whose button was pressed."""
    case = await find_case(ctx.tx, ctx.text, ctx.where)
    case.require_open()
    return [await ask_attack(ctx, case)]


async def ask_attack(ctx: RequestContext, case: Case | None, kind: AttackKind | None = None) -> Ask:
    """Ask what happened; what a case knows already is filled in."""
    team = await ctx.app.team(ctx.tx)
    today = team.local(ctx.app.clock()).date()
    known = AttackForm(today=today, known_market=ctx.app.brand.home, kind=kind)
    if case is not None:
        known = AttackForm(
            subject=case.key,
            today=today,
            about=f"{case.label}: {one_line(case_title(case), ABOUT)}",
            known_source=case.seller if is_seller_id(case.seller) else "",
            known_products=case.asins[:PRODUCTS],
            known_market=case.marketplace,
            kind=kind,
        )
    return start_flow(ctx, ATTACK, known)
