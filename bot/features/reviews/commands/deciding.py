"""What the buttons on a review's points do: ask for a decision, or why there is none."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core import forms
from bot.core.flows.starting import start_flow
from bot.core.forms import Option
from bot.core.interactions import Reply
from bot.core.labeled import Duty
from bot.core.permissions import Permission
from bot.core.request import ClickSpec, RequestContext
from bot.core.team import Team
from bot.core.text import one_line
from bot.features.reviews import views
from bot.features.reviews.flows import DECIDE, DECISION, LEAVE, DecideForm, LeaveForm
from bot.features.reviews.rules.deciding import DUE_IN, ME
from bot.features.reviews.service.deciding import find_point


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


CLICKS = (
    ClickSpec(views.DECIDE, Permission.WORK_CASES, decide),
    ClickSpec(views.LEAVE, Permission.WORK_CASES, leave),
)
