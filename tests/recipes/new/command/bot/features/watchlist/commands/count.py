"""/count: how many products are watched."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.interactions import Notice, Reply
from bot.core.permissions import Permission
from bot.core.request import CommandSpec, HelpGroup, RequestContext
from bot.core.views.lists import counted
from bot.features.watchlist.collections import WATCHES


async def count(ctx: RequestContext) -> Sequence[Reply]:
    """Say how many products are watched."""
    total = await ctx.app.store.count(WATCHES)
    return [Notice(f"{counted(total, 'product')} watched.")]


COMMANDS = (
    CommandSpec(
        "count",
        "/count",
        "How many products you watch.",
        Permission.READ,
        count,
        group=HelpGroup.WATCH,
    ),
)
