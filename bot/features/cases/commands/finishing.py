"""What happens when everything was asked about closing a case, or about quiet on it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.core.flows.engine import Given
from bot.core.flows.sessions import FlowSession
from bot.core.interactions import Reply
from bot.core.permissions import Permission, can
from bot.core.request import RequestContext
from bot.core.team import Team
from bot.core.when import moment
from bot.errors import NotAllowed
from bot.features.cases.commands.buttons import finish
from bot.features.cases.commands.sellers import settle_cases, trust
from bot.features.cases.flows.snooze import ON_A_DAY
from bot.features.cases.models.cases import TRUSTING, CloseReason
from bot.features.cases.models.events import CaseClosed
from bot.features.cases.rules import transitions
from bot.features.cases.service.affected import asins_of
from bot.features.cases.service.finding import require_case


async def finish_close(ctx: RequestContext, session: FlowSession, given: Given) -> Sequence[Reply]:
    """Close the case; some reasons say that its seller is trusted from now on."""
    reason = CloseReason(str(given["reason"]))
    if reason in TRUSTING and not can(ctx.role, Permission.AUTHORISE):
        raise NotAllowed
    case = await require_case(ctx.tx, session.subject)
    now = ctx.app.clock()
    turn = transitions.close(case, ctx.who, now, reason, str(given["note"]))
    replies = await finish(ctx, case, turn)
    await ctx.app.tell(ctx.tx, CaseClosed(case))
    if reason in TRUSTING:
        lawful = reason is CloseReason.LAWFUL
        asins = await asins_of(ctx.tx, case)
        authorised, left_alone = ((), asins) if lawful else (asins, ())
        await trust(ctx, case.seller, authorised=authorised, left_alone=left_alone)
        await settle_cases(ctx, case.seller, asins)
    return replies


async def finish_snooze(ctx: RequestContext, session: FlowSession, given: Given) -> Sequence[Reply]:
    """Keep quiet about the case until the moment that was chosen."""
    case = await require_case(ctx.tx, session.subject)
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
