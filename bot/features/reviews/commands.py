"""/review: the last quarterly review, its points, and what was decided."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core import forms
from bot.core.choices import choose
from bot.core.flows.starting import start_flow
from bot.core.forms import Option
from bot.core.interactions import Notice, Post, Reply
from bot.core.labeled import Duty
from bot.core.permissions import Permission
from bot.core.request import ClickSpec, CommandSpec, HelpGroup, Param, RequestContext
from bot.core.team import Team
from bot.core.text import one_line
from bot.features.reviews import views
from bot.features.reviews.flows import DECIDE, DECISION, LEAVE, DecideForm, LeaveForm
from bot.features.reviews.rules.deciding import DUE_IN, ME
from bot.features.reviews.service.deciding import find_point
from bot.features.reviews.service.reviewing import request_review
from bot.features.reviews.service.waiting import newest_review, open_decisions
from bot.features.reviews.views import overview_card

NOW = "now"


async def review(ctx: RequestContext) -> Sequence[Reply]:
    """Show the last review and open decisions, or have the running quarter reviewed."""
    if ctx.text:
        choose(ctx.text, {NOW: ""}, "word", "Type /review or /review now.")
        ctx.role.require(Permission.CONFIGURE)
        request_review(ctx.app, ctx.tx, ctx.who)
        return [Notice("Reviewing this quarter so far. The review will appear in the channel.")]
    team = await ctx.app.team(ctx.tx)
    today = team.local(ctx.app.clock()).date()
    last, decisions = await newest_review(ctx.app), await open_decisions(ctx.tx)
    return [Post(overview_card(last, decisions, today))]


async def decide(ctx: RequestContext) -> Sequence[Reply]:
    """Ask what will be done, by whom and until when."""
    found, team = await find_point(ctx.tx, ctx.text), await ctx.app.team(ctx.tx)
    today = team.local(ctx.app.clock()).date()
    known = DecideForm(
        subject=ctx.text,
        title=found.title,
        what=one_line(found.point.propose, DECISION),
        owners=_owners(team),
        due=today + DUE_IN,
        today=today,
    )
    return [start_flow(ctx, DECIDE, known)]


async def leave(ctx: RequestContext) -> Sequence[Reply]:
    """Ask why nothing is done about it."""
    found = await find_point(ctx.tx, ctx.text)
    return [start_flow(ctx, LEAVE, LeaveForm(subject=ctx.text, title=found.title))]


def _owners(team: Team) -> tuple[Option, ...]:
    """Return who may be chosen: who decides, and whoever has a duty, by that duty."""
    held = [
        Option(duty.value, one_line(f"{duty.label}: {person.name}", forms.OPTION))
        for duty in Duty
        if (person := team.duties.get(duty.value))
    ]
    return (Option(ME, "Me"), *held)


COMMANDS = (
    CommandSpec(
        "review",
        "/review [now]",
        "See what the quarter showed and what was decided.",
        Permission.READ,
        review,
        (Param("do", "Review the current quarter now.", options=(NOW,)),),
        group=HelpGroup.SECURITY,
    ),
)

CLICKS = (
    ClickSpec(views.DECIDE, Permission.WORK_CASES, decide),
    ClickSpec(views.LEAVE, Permission.WORK_CASES, leave),
)
