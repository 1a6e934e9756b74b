"""/attack and /attacks: logging an attack, and what all of them tell."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.core.cards import Card
from bot.core.chart_jobs import ask_pictures
from bot.core.choices import choose
from bot.core.interactions import Notice, Post, Reply
from bot.core.labeled import AttackKind
from bot.core.permissions import Permission
from bot.core.request import ClickSpec, CommandSpec, HelpGroup, Param, RequestContext
from bot.core.text import page_number
from bot.core.views.lists import ListPage
from bot.errors import UserError
from bot.features.attacks.commands.attack import ask_attack, ask_in_case
from bot.features.attacks.rules.analysis import WEEKS
from bot.features.attacks.rules.weeks import DAYS
from bot.features.attacks.service.charts import ATTACKS, look_at_attacks
from bot.features.attacks.service.incidents import incidents
from bot.features.attacks.views.attacks import attacks_card, incidents_card
from bot.features.cases.service.lookup import case_of_thread

LIST = "list"
LONGEST = 104 * DAYS
"""Days that can be looked at: two years."""
USAGE = f"/attacks [days up to {LONGEST}], or /attacks list"


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


CLICKS = (
    ClickSpec("log-attack", Permission.WORK_CASES, ask_in_case),
    ClickSpec("show-attacks", Permission.WORK_CASES, show_attacks),
)

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
        "Show who attacks you, how and when.",
        Permission.READ,
        attacks,
        (Param("days", "Days to look back, or list."),),
        group=HelpGroup.ATTACKS,
    ),
)
