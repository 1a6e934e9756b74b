"""/watch all and /watch brand, and the buttons under what they offer."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.interactions import Notice, Reply
from bot.core.interface import tr
from bot.core.permissions import Permission
from bot.core.request import ClickSpec, RequestContext
from bot.errors import UserError
from bot.features.watchlist.service.adding_listings import confirm_listings, decline_listings
from bot.features.watchlist.service.asking_listings import ask_for_brand, ask_for_listings
from bot.features.watchlist.views.own_listings import (
    NOT_NOW,
    WATCH_LISTINGS,
    what_is_offered,
)

ALL, BRAND = "all", "brand"
"""The words that stand for all products of the account, and for those of a brand."""


async def watch_all(ctx: RequestContext) -> Sequence[Reply]:
    """Have the account's listings read, and offered in the channel.

    Raises:
        UserError: more was typed, which could only be to leave some of them out.
    """
    if ctx.words[1:]:
        message = tr("Type /watch all alone. It reads your listings in every country you sell in.")
        raise UserError(message)
    await ask_for_listings(ctx.app, ctx.tx, ctx.who)
    return [Notice(tr("Reading your Amazon listings. The preview follows in the channel."))]


async def watch_brand(ctx: RequestContext, brand: str) -> Sequence[Reply]:
    """Have the brand's products searched for that the account does not list."""
    preview = await ask_for_brand(ctx.app, ctx.tx, ctx.who, brand)
    return [
        Notice(
            tr(
                "Searching Amazon for {brand}. The list follows in the channel.",
                brand=preview.brand,
            )
        )
    ]


async def confirm(ctx: RequestContext) -> Sequence[Reply]:
    """Watch all that was offered."""
    preview = await confirm_listings(ctx.app, ctx.tx, ctx.text, ctx.who)
    return [Notice(tr("Adding {what}.", what=what_is_offered(preview)))]


async def decline(ctx: RequestContext) -> Sequence[Reply]:
    """Watch nothing of it."""
    await decline_listings(ctx.app, ctx.tx, ctx.text)
    return [Notice(tr("Nothing was added."))]


CLICKS = (
    ClickSpec(WATCH_LISTINGS, Permission.WATCH, confirm),
    ClickSpec(NOT_NOW, Permission.WATCH, decline),
)
