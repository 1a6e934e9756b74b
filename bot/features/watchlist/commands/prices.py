"""/history: a product's prices over time, in numbers and as a picture."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from bot.core.chart_jobs import ask_pictures
from bot.core.context import view_context
from bot.core.interactions import Notice, Post, Reply
from bot.core.interface import tr
from bot.core.listing import Watch
from bot.core.permissions import Permission
from bot.core.request import ClickSpec, CommandSpec, HelpGroup, Param, RequestContext
from bot.core.text import require_words
from bot.errors import UserError
from bot.features.watchlist.collections import WATCHES
from bot.features.watchlist.commands.watch import find_watch
from bot.features.watchlist.service.price_charts import PRICES, SHOWN_DAYS
from bot.features.watchlist.service.price_records import price_history
from bot.features.watchlist.views.price_history import POST, SHOW, price_card

USAGE = "/history ASIN [marketplace] [days]"


async def history(ctx: RequestContext) -> Sequence[Reply]:
    """Show the prices of a watched product."""
    require_words(ctx.words, 1, 3, USAGE)
    words, days = [*ctx.words], SHOWN_DAYS
    if len(words) > 1 and words[-1].isdigit():
        days = _days(ctx, words.pop())
    return [await _shown(ctx, await find_watch(ctx, words), days)]


async def history_of(ctx: RequestContext) -> Sequence[Reply]:
    """Show the prices of the product whose button was pressed."""
    return [await _shown(ctx, *await _named(ctx))]


async def post_prices(ctx: RequestContext) -> Sequence[Reply]:
    """Have the picture drawn for the channel."""
    watch, days = await _named(ctx)
    ask_pictures(ctx.app, ctx.tx, ctx.who, PRICES, f"{watch.key} {days}")
    return [Notice(tr("The chart will appear in the channel in a moment."))]


async def _shown(ctx: RequestContext, watch: Watch, days: int) -> Post:
    known = await price_history(ctx.app, watch, timedelta(days=days))
    return Post(price_card(known, days, await view_context(ctx.app, ctx.tx)))


async def _named(ctx: RequestContext) -> tuple[Watch, int]:
    """Return the product that a button names, and how many days. Raises UserError."""
    key, _, days = ctx.text.partition(" ")
    watch = await ctx.tx.get(WATCHES, key)
    if watch is None:
        raise UserError(
            tr("That product is no longer watched. Type /watches to list watched products.")
        )
    return watch, _days(ctx, days) if days else SHOWN_DAYS


def _days(ctx: RequestContext, text: str) -> int:
    most = ctx.app.prices_kept.days
    if not re.fullmatch(r"[0-9]{1,4}", text) or not 1 <= int(text) <= most:
        raise UserError(tr("Choose 1 to {most} days, like this: {usage}", most=most, usage=USAGE))
    return int(text)


COMMANDS = (
    CommandSpec(
        "history",
        USAGE,
        "Show a product's price history.",
        Permission.READ,
        history,
        (
            Param("product", "Its ASIN, or a link to its page.", True, "product"),
            Param("marketplace", "Such as US or DE.", suggest="marketplace"),
            Param("days", "How many days to look back. Default: 90."),
        ),
        group=HelpGroup.WATCH,
    ),
)

CLICKS = (
    ClickSpec(SHOW, Permission.READ, history_of),
    ClickSpec(POST, Permission.WORK_CASES, post_prices),
)
