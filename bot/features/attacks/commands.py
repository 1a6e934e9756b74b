"""/attack and /attacks: logging an attack, and what all of them tell."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.core.cards import Card
from bot.core.chart_jobs import ask_pictures
from bot.core.choices import choose
from bot.core.flows.starting import start_flow
from bot.core.identifiers import is_seller_id
from bot.core.interactions import Ask, Notice, Post, Reply
from bot.core.labeled import AttackKind
from bot.core.permissions import Permission
from bot.core.request import ClickSpec, CommandSpec, HelpGroup, Param, RequestContext
from bot.core.text import one_line, page_number
from bot.core.views.lists import ListPage
from bot.errors import UserError
from bot.features.attacks.flows import ATTACK, AttackForm
from bot.features.attacks.rules.analysis import WEEKS
from bot.features.attacks.rules.logged import PRODUCTS
from bot.features.attacks.rules.weeks import DAYS
from bot.features.attacks.service.charts import ATTACKS, look_at_attacks
from bot.features.attacks.service.incidents import incidents
from bot.features.attacks.views.attacks import attacks_card, incidents_card
from bot.features.cases.models.cases import Case
from bot.features.cases.service.lookup import case_of_thread, find_case
from bot.features.cases.views.case import case_title

LIST = "list"
LONGEST = 104 * DAYS
"""Days that can be looked at: two years."""
USAGE = f"/attacks [days up to {LONGEST}], or /attacks list"
ABOUT = 200
"""Characters of a case's headline that the form shows."""


async def attack(ctx: RequestContext) -> Sequence[Reply]:
    """Ask what happened; in a case's thread it belongs to that case."""
    kind = AttackKind.typed(ctx.text, "kind of attack") if ctx.text else None
    here = await case_of_thread(ctx.tx, ctx.where)
    case = here if here is not None and here.open else None
    return [await ask_attack(ctx, case, kind)]


async def attacks(ctx: RequestContext) -> Sequence[Reply]:
    """Say what the attacks of the last weeks tell, or list them all."""
    words = ctx.words
    if words and not words[0].isdigit():
        choose(words[0], {LIST: ""}, "list", f"Type it like this: {USAGE}")
        return [Post(await _list(ctx))]
    if len(words) > 1:
        raise UserError(f"Type it like this: {USAGE}")
    seen = await look_at_attacks(ctx.app, _weeks(words))
    return [Post(attacks_card(seen.analysis, seen.names, seen.team))]


async def show_attacks(ctx: RequestContext) -> Sequence[Reply]:
    """Have the analysis drawn for the channel."""
    ask_pictures(ctx.app, ctx.tx, ctx.who, ATTACKS)
    return [Notice("The charts will appear in the channel in a moment.")]


async def _list(ctx: RequestContext) -> Card:
    known = (await incidents(ctx.app))[::-1]
    page = ListPage.of(page_number(ctx.words), len(known), f"attacks {LIST}")
    team = await ctx.app.team(ctx.tx)
    return incidents_card(known[page.start : page.end], page, team)


def _weeks(words: list[str]) -> int:
    """Read a number of days as whole weeks, of which the present one is the last."""
    if not words:
        return WEEKS
    if not re.fullmatch(r"[0-9]{1,3}", words[0]) or not 1 <= int(words[0]) <= LONGEST:
        raise UserError(f"Type it like this: {USAGE}")
    return -(-int(words[0]) // DAYS)


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


COMMANDS = (
    CommandSpec(
        "attack",
        "/attack [kind]",
        "Log an attack in 30 seconds.",
        Permission.WORK_CASES,
        attack,
        (Param("kind", "What happened.", options=tuple(each.value for each in AttackKind)),),
        group=HelpGroup.ATTACKS,
    ),
    CommandSpec(
        "attacks",
        "/attacks [days|list]",
        "Show attacks and unknown sellers.",
        Permission.READ,
        attacks,
        (Param("days", "How many days to look back, or 'list'."),),
        group=HelpGroup.ATTACKS,
    ),
)

CLICKS = (
    ClickSpec("log-attack", Permission.WORK_CASES, ask_in_case),
    ClickSpec("show-attacks", Permission.WORK_CASES, show_attacks),
)
