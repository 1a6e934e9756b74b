"""/review: the last quarterly review, and what was decided."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.choices import choose
from bot.core.interactions import Notice, Post, Reply
from bot.core.permissions import Permission
from bot.core.request import CommandSpec, HelpGroup, Param, RequestContext
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
