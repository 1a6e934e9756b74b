"""The first look at a product that was just named, while a person waits for it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from bot.core.context import view_context
from bot.core.interactions import Notice, Post, Reply
from bot.core.listing import Snapshot, Watch
from bot.core.monitoring import Reading
from bot.core.request import RequestContext
from bot.errors import UnknownProduct, UserError
from bot.features.watchlist.collections import WATCHES
from bot.features.watchlist.service.trusting import trusted_in
from bot.features.watchlist.service.watching import WatchAdded
from bot.features.watchlist.views.offers import OffersSeen
from bot.features.watchlist.views.watched import (
    corrected,
    named_there,
    understood,
    unknown_card,
    watched_card,
)


async def first_look(ctx: RequestContext, added: WatchAdded) -> Sequence[Reply]:
    """Look at a new product once, and say what was seen; never within a transaction.

    The watch is stored: where nobody can tell now, its first look follows by itself.
    """
    app = ctx.app
    # No group of tasks: whatever becomes of the description, the look goes on.
    describing = asyncio.create_task(ctx.checker.describe(added.watch))
    try:
        reading = await _read(ctx, added.watch)
        product = await describing
    finally:
        describing.cancel()
    async with app.store.transaction() as tx:
        watch = await tx.get(WATCHES, added.watch.key) or added.watch
        match reading.result if reading else None:
            case Snapshot() as snapshot:
                seen = OffersSeen(snapshot, app.brand.own_sellers, await trusted_in(tx, snapshot))
                view = await view_context(app, tx)
                return [
                    Post(card=watched_card(watch, seen, product.picture, view, added.instead_of))
                ]
            case UnknownProduct():
                return [Post(card=unknown_card(watch, added.instead_of))]
            case _:
                return [Notice(_later(watch, added.instead_of))]


async def _read(ctx: RequestContext, watch: Watch) -> Reading | None:
    """Return what was seen; None where the person cannot wait for it."""
    try:
        return await ctx.checker.look_now(watch, f"{ctx.where.chat} {ctx.who.id}")
    except UserError:
        return None


def _later(watch: Watch, wrong: Watch | None) -> str:
    said = (
        corrected(wrong),
        f"Watching {named_there(watch)}. {understood(watch)}",
        "Its first check runs shortly.",
    )
    return " ".join(filter(None, said))
