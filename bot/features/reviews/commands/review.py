"""/review: the last quarterly review, and what was decided."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.interactions import Notice, Post, Reply
from bot.core.jobs import REVIEW, enqueue
from bot.core.permissions import Permission, can
from bot.core.request import CommandSpec, Param, RequestContext
from bot.errors import NotAllowed, UserError
from bot.features.reviews.commands.deciding import newest_review, open_decisions
from bot.features.reviews.service.reviewing import RUNNING
from bot.features.reviews.views import overview_card


async def review(call: RequestContext) -> Sequence[Reply]:
    """Show the last review and open decisions, or have the running quarter reviewed."""
    match [word.lower() for word in call.words]:
        case []:
            team = await call.desk.team(call.tx)
            today = team.local(call.desk.clock()).date()
            last, decisions = await newest_review(call), await open_decisions(call.tx)
            return [Post(overview_card(last, decisions, today))]
        case ["now"]:
            if not can(call.role, Permission.CONFIGURE):
                raise NotAllowed
            enqueue(call.desk, call.tx, REVIEW, RUNNING, call.who)
            call.after(lambda: call.desk.engine.kick("errands"))
            return [Notice("The review of this quarter so far comes into the channel.")]
        case _:
            message = "Type it like this: /review, or /review now"
            raise UserError(message)


COMMANDS = (
    CommandSpec(
        "review",
        "/review [now]",
        "What the quarter showed, what was decided.",
        Permission.READ,
        review,
        (Param("do", "Review the running quarter now.", options=("now",)),),
    ),
)
