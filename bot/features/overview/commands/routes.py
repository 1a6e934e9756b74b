"""/settings route: which alerts go to another channel than the rest."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.interactions import Post, Reply
from bot.core.interface import tr
from bot.core.request import RequestContext
from bot.core.routes import HERE, REMOVE
from bot.errors import UserError
from bot.features.overview.rules.routes import read_conditions
from bot.features.overview.service.routes import add_route, remove_route
from bot.features.overview.views.routes import routes_card


async def change(ctx: RequestContext, typed: Sequence[str]) -> Sequence[Reply]:
    """Show the routes; or add one to the channel in which it is typed, or remove one."""
    if typed and typed[0].lower() == REMOVE:
        await remove_route(ctx.app, ctx.tx, ctx.who, " ".join(typed[1:]))
    elif typed:
        await _add(ctx, typed)
    return [Post(card=routes_card(await ctx.app.team(ctx.tx)))]


async def _add(ctx: RequestContext, typed: Sequence[str]) -> None:
    if typed[-1].lower() != HERE:
        message = tr(
            "Type /settings route critical DE here in the channel where you want these alerts."
        )
        raise UserError(message)
    severity, marketplace = read_conditions(typed[:-1])
    if ctx.where.private or not ctx.where.channel:
        message = tr("Only you can read this chat. Type this in the channel where you want alerts.")
        raise UserError(message)
    if ctx.where.lacks:
        raise UserError(ctx.where.lacks)
    await add_route(ctx.app, ctx.tx, ctx.who, ctx.where, severity=severity, marketplace=marketplace)
