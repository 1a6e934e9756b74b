"""Logging an attack: asked for in a form, kept, and brought into its case with a playbook."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import msgspec

from bot.core.attack_kinds import AttackKind
from bot.core.cards import Tone
from bot.core.flows.engine import Given
from bot.core.flows.sessions import FlowSession
from bot.core.flows.starting import start_flow
from bot.core.identifiers import is_seller_id
from bot.core.interactions import Ask, Notice, Reply
from bot.core.listing import watch_key
from bot.core.request import RequestContext
from bot.core.scanning import each_found
from bot.core.sequences import next_number
from bot.core.text import one_line
from bot.features.attacks.collections import ATTACKS
from bot.features.attacks.flows import PRODUCTS, market_of, read_products, read_source
from bot.features.attacks.models import Attack, Frequency, SourceKind
from bot.features.attacks.rules.raising import findings
from bot.features.cases.commands.cases import find_case
from bot.features.cases.models.cases import Case
from bot.features.cases.rules import transitions
from bot.features.cases.service.incidents import report_incident
from bot.features.cases.views.case import case_title
from bot.features.checklists.collections import RUNS
from bot.features.checklists.service.posting import begin_playbook
from bot.features.watchlist.collections import WATCHES

ABOUT = 200
"""Characters of a case's headline that the form shows."""
NAME = 40
"""Characters of a product's name in a headline."""
NOON = time(12)
"""An attack is logged by its day. Its noon stays on that day in nearly every other time zone."""


async def log_attack(ctx: RequestContext) -> Sequence[Reply]:
    """Ask what happened in the case whose button was pressed."""
    case = await find_case(ctx, ctx.text)
    transitions.require_open(case)
    return [await ask_attack(ctx, case)]


async def ask_attack(ctx: RequestContext, case: Case | None, kind: AttackKind | None = None) -> Ask:
    """Ask what happened; what a case knows already is filled in."""
    team = await ctx.app.team(ctx.tx)
    facts = {
        "today": team.local(ctx.app.clock()).date().isoformat(),
        "about": f"{case.label}: {one_line(case_title(case), ABOUT)}" if case else "",
        "in_case": "yes" if case else "",
        "known_source": case.seller if case and is_seller_id(case.seller) else "",
        "known_products": " ".join(case.asins[:PRODUCTS]) if case else "",
        "known_market": case.marketplace if case else ctx.app.brand.home,
    }
    return start_flow(
        ctx,
        "attack",
        subject=case.key if case else "",
        facts=facts,
        draft={"kind": kind.value} if kind else None,
    )


async def finish_attack(ctx: RequestContext, session: FlowSession, given: Given) -> Sequence[Reply]:
    """Keep the attack, bring it into its case, and begin the playbook there."""
    case = await find_case(ctx, session.subject) if session.subject else None
    if case is not None:
        transitions.require_open(case)
    attack = await _attack(ctx, given)
    day = date.fromisoformat(str(given["day"]))
    found = findings(attack, day, await _names(ctx, attack), case)
    case = await report_incident(ctx.app, ctx.tx, found)
    ctx.tx.create(ATTACKS, msgspec.structs.replace(attack, case=case.number))
    await begin_playbook(ctx.app, ctx.tx, case, attack.kind)
    runs = [run async for run in each_found(ctx.tx, RUNS, "case", case.key)]
    guided = "; the playbook is in its thread" if any(run.open for run in runs) else ""
    return [Notice(f"{attack.label} is logged in {case.label}{guided}.", Tone.GOOD)]


async def _attack(ctx: RequestContext, given: Given) -> Attack:
    now, team = ctx.app.clock(), await ctx.app.team(ctx.tx)
    source_kind, market = SourceKind(str(given["source_kind"])), market_of(given)
    noon = datetime.combine(date.fromisoformat(str(given["day"])), NOON, ZoneInfo(team.zone))
    return Attack(
        number=await next_number(ctx.tx, "attacks"),
        kind=AttackKind(str(given["kind"])),
        source_kind=source_kind,
        source=read_source(source_kind, str(given["source"])),
        began_at=min(noon.astimezone(UTC), now),
        frequency=Frequency(str(given["often"])),
        marketplace=market,
        asins=read_products(str(given["products"]), market),
        damage=str(given["damage"]),
        case=0,
        logged_by=ctx.who,
        logged_at=now,
    )


async def _names(ctx: RequestContext, attack: Attack) -> dict[str, str]:
    """Return what the products are called, where the team watches them."""
    watches = [await ctx.tx.get(WATCHES, watch_key(attack.marketplace, a)) for a in attack.asins]
    return {watch.asin: one_line(watch.name, NAME) for watch in watches if watch}
