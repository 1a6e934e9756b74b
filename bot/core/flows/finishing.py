"""What happens when a flow has asked everything."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.core.flows.engine import FlowSession
from bot.core.forms import Answer
from bot.core.identifiers import parse_product
from bot.core.interactions import Reply
from bot.core.listing import Watch
from bot.core.marketplaces import marketplace
from bot.core.money import parse_money
from bot.core.permissions import Permission, can
from bot.core.request import RequestContext
from bot.core.team import Team
from bot.core.when import moment
from bot.errors import NotAllowed
from bot.features.attacks.commands.attack import finish_attack
from bot.features.cases.commands.buttons import finish
from bot.features.cases.commands.cases import find_case
from bot.features.cases.commands.sellers import settle_cases, trust
from bot.features.cases.flows.snooze import ON_A_DAY
from bot.features.cases.models.cases import TRUSTING, CloseReason
from bot.features.cases.rules import transitions
from bot.features.cases.service.affected import asins_of
from bot.features.checklists.commands.problems import finish_problem, finish_proof, solved
from bot.features.evidence.commands.collecting import finish_collect
from bot.features.evidence.commands.evidence import finish_delete
from bot.features.evidence.commands.note import finish_note
from bot.features.letters.commands.buyer import finish_buyer, finish_message
from bot.features.letters.commands.letters import finish_answered, finish_sent
from bot.features.letters.commands.support import finish_request, finish_support
from bot.features.reports.commands.buttons import finish_answer, finish_edit, finish_filed
from bot.features.reports.commands.filing import finish_report
from bot.features.reviews.commands.deciding import finish_decide, finish_leave
from bot.features.rights.commands import finish_paper, finish_right
from bot.features.watchlist.commands.watch import add_watch
from bot.features.watchlist.rules.table import parse_units

Given = Mapping[str, Answer]


@dataclass(frozen=True)
class Finisher:
    """Who may finish a flow, and what then happens."""

    right: Permission
    run: Callable[[RequestContext, FlowSession, Given], Awaitable[Sequence[Reply]]]


async def _close(ctx: RequestContext, session: FlowSession, given: Given) -> Sequence[Reply]:
    reason = CloseReason(str(given["reason"]))
    if reason in TRUSTING and not can(ctx.role, Permission.AUTHORISE):
        raise NotAllowed
    case = await find_case(ctx, session.subject)
    now = ctx.app.clock()
    turn = transitions.close(case, ctx.who, now, reason, str(given["note"]))
    replies = await finish(ctx, case, turn)
    await solved(ctx.app, ctx.tx, case)
    if reason in TRUSTING:
        lawful = reason is CloseReason.LAWFUL
        asins = await asins_of(ctx.app.store, case)
        authorised, left_alone = ((), asins) if lawful else (asins, ())
        await trust(ctx, case.seller, authorised=authorised, left_alone=left_alone)
        await settle_cases(ctx, case.seller, asins)
    return replies


async def _snooze(ctx: RequestContext, session: FlowSession, given: Given) -> Sequence[Reply]:
    case = await find_case(ctx, session.subject)
    team = await ctx.app.team(ctx.tx)
    now = ctx.app.clock()
    until = _until(given, now, team)
    turn = transitions.snooze(case, ctx.who, now, until, moment(until, team))
    return await finish(ctx, case, turn)


def _until(given: Given, now: datetime, team: Team) -> datetime:
    if given["hours"] != ON_A_DAY:
        return now + timedelta(hours=int(str(given["hours"])))
    day = date.fromisoformat(str(given["day"]))
    return datetime.combine(day, time(team.digest_hour), ZoneInfo(team.zone)).astimezone(UTC)


async def _watch(ctx: RequestContext, _: FlowSession, given: Given) -> Sequence[Reply]:
    market = marketplace(str(given["market"]))
    floor = str(given["floor"])
    wanted = Watch(
        asin=parse_product(str(given["product"])).asin,
        marketplace=market.code,
        floor=parse_money(floor, market.currency) if floor else None,
        sku=str(given["sku"]),
        daily_units=parse_units(str(given["units"])),
        added_by=ctx.who.name,
        added_at=ctx.app.clock(),
    )
    return [await add_watch(ctx, wanted)]


FINISHERS = {
    "answer": Finisher(Permission.WORK_CASES, finish_answer),
    "attack": Finisher(Permission.WORK_CASES, finish_attack),
    "buyer": Finisher(Permission.WORK_CASES, finish_buyer),
    "buyer-text": Finisher(Permission.WORK_CASES, finish_message),
    "collect": Finisher(Permission.WORK_CASES, finish_collect),
    "decide": Finisher(Permission.WORK_CASES, finish_decide),
    "delete": Finisher(Permission.CONFIGURE, finish_delete),
    "leave": Finisher(Permission.WORK_CASES, finish_leave),
    "edit-report": Finisher(Permission.WORK_CASES, finish_edit),
    "filed": Finisher(Permission.WORK_CASES, finish_filed),
    "item-problem": Finisher(Permission.WORK_CASES, finish_problem),
    "item-proof": Finisher(Permission.WORK_CASES, finish_proof),
    "letter-answer": Finisher(Permission.WORK_CASES, finish_answered),
    "letter-sent": Finisher(Permission.WORK_CASES, finish_sent),
    "paper": Finisher(Permission.CONFIGURE, finish_paper),
    "report": Finisher(Permission.WORK_CASES, finish_report),
    "right": Finisher(Permission.CONFIGURE, finish_right),
    "support": Finisher(Permission.WORK_CASES, finish_support),
    "support-text": Finisher(Permission.WORK_CASES, finish_request),
    "close": Finisher(Permission.WORK_CASES, _close),
    "note": Finisher(Permission.WORK_CASES, finish_note),
    "snooze": Finisher(Permission.WORK_CASES, _snooze),
    "watch": Finisher(Permission.WATCH, _watch),
}
"""One for each flow of the catalogue."""
