"""What the buttons do of a watch whose product Amazon does not know."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.flows.starting import start_flow
from bot.core.interactions import Post, Reply
from bot.core.listing import Watch
from bot.core.permissions import Permission
from bot.core.request import ClickSpec, RequestContext
from bot.errors import UserError
from bot.features.watchlist.collections import STATUSES, WATCHES
from bot.features.watchlist.flows.watch import WATCH, WatchForm
from bot.features.watchlist.views.watched import ANYWAY, CORRECT, anyway_card, named_there


async def correct(ctx: RequestContext) -> Sequence[Reply]:
    """Ask for the right product in the form of /watch, filled in with the wrong one."""
    return [start_flow(ctx, WATCH, WatchForm.correcting(await _unknown(ctx)))]


async def anyway(ctx: RequestContext) -> Sequence[Reply]:
    """Say what it means that the product stays watched."""
    return [Post(card=anyway_card(await _unknown(ctx)))]


async def _unknown(ctx: RequestContext) -> Watch:
    """Return the watch that the button names. Raises UserError: Amazon knows it, or it is gone."""
    watch = await ctx.tx.get(WATCHES, ctx.text)
    if watch is None:
        raise UserError("That product is no longer watched. Type /watch to watch another.")
    status = await ctx.tx.get(STATUSES, watch.key)
    if status is None or not status.unknown:
        raise UserError(f"{named_there(watch)} is watched. Type /watch to watch another product.")
    return watch


CLICKS = (
    ClickSpec(CORRECT, Permission.WATCH, correct),
    ClickSpec(ANYWAY, Permission.WATCH, anyway),
)
