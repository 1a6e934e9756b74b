"""/support: a request to Amazon's support, drafted from what is known, linted, sent by a person."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.flows.starting import start_flow
from bot.core.interactions import Reply
from bot.core.permissions import Permission
from bot.core.request import ClickSpec, CommandSpec, HelpGroup, Param, RequestContext
from bot.core.text import one_line
from bot.features.attacks.collections import ATTACKS
from bot.features.attacks.models import Attack
from bot.features.cases.models.cases import Case
from bot.features.cases.service.lookup import case_of_thread, find_case
from bot.features.cases.views.case import case_title
from bot.features.letters.flows.support import ABOUT, SUPPORT, SupportForm
from bot.features.letters.models.support_requests import ATTACKED, SupportMatter
from bot.features.letters.service.drafts import today
from bot.features.letters.texts.writing import wishes

ACCOUNT = "Our selling account"
NAMED = 200


async def support(ctx: RequestContext) -> Sequence[Reply]:
    """Ask what is needed; in a case's thread, or with its number, it is about the case."""
    if ctx.text.lower().removeprefix("c-").isdigit():
        return await from_case(ctx)
    need = SupportMatter.typed(ctx.text, "topic") if ctx.text else None
    return [await _ask(ctx, await case_of_thread(ctx.tx, ctx.where), need)]


async def from_case(ctx: RequestContext) -> Sequence[Reply]:
    """Ask what is needed in the case whose button was pressed."""
    return [await _ask(ctx, await find_case(ctx.tx, ctx.text, ctx.where), None)]


async def _ask(ctx: RequestContext, case: Case | None, need: SupportMatter | None) -> Reply:
    team = await ctx.app.team(ctx.tx)
    attack = await _attack(ctx, case) if case else None
    first = need or (ATTACKED.get(attack.kind) if attack else None)
    began = attack.began_at if attack else case.opened_at if case else None
    account = ACCOUNT if first is SupportMatter.ACCOUNT else ""
    named = one_line(", ".join(case.asins), ABOUT) if case else ""
    known = SupportForm(
        subject=case.key if case else "",
        about_case=f"{case.label}: {one_line(case_title(case), NAMED)}" if case else "",
        need=first,
        about=account or named,
        since=team.local(began).date() if began else None,
        today=await today(ctx.app, ctx.tx),
        wishes=wishes(),
    )
    return start_flow(ctx, SUPPORT, known)


async def _attack(ctx: RequestContext, case: Case) -> Attack | None:
    newest = await ctx.tx.find(ATTACKS, "case", case.number, limit=1, newest=True)
    return newest[0] if newest else None


CLICKS = (ClickSpec("support", Permission.WORK_CASES, from_case),)

COMMANDS = (
    CommandSpec(
        "support",
        "/support [topic]",
        "Ask Amazon's support.",
        Permission.WORK_CASES,
        support,
        (Param("topic", "The topic.", options=tuple(each.value for each in SupportMatter)),),
        group=HelpGroup.ATTACKS,
    ),
)
