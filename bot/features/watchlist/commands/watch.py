"""/watch, /unwatch and /watches."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.context import view_context
from bot.core.flows.confirming import ask_first, is_confirmed
from bot.core.flows.starting import start_flow
from bot.core.identifiers import ProductReference
from bot.core.interactions import Notice, Post, Reply
from bot.core.listing import Watch
from bot.core.permissions import Permission
from bot.core.request import ClickSpec, CommandSpec, HelpGroup, Param, RequestContext
from bot.core.text import page_number, require_words
from bot.core.views.lists import PAGE, ListPage
from bot.errors import UserError
from bot.features.watchlist.collections import STATUSES, WATCHES
from bot.features.watchlist.commands.own_listings import ALL, BRAND, watch_all, watch_brand
from bot.features.watchlist.flows.watch import WATCH, WatchForm, watch_added
from bot.features.watchlist.rules.typed import FLOOR, SKU, USAGE, read_words
from bot.features.watchlist.rules.wanted import WatchInput
from bot.features.watchlist.service.conditions import are_asked
from bot.features.watchlist.service.watching import add_wanted, end_watch
from bot.features.watchlist.views.lists import watches_card
from bot.features.watchlist.views.watched import (
    ANYWAY,
    CORRECT,
    anyway_card,
    named_there,
    unwatch_confirm,
)


async def watch(ctx: RequestContext) -> Sequence[Reply]:
    """Watch a product, or all of the account's; without words, ask for one in a form."""
    if ctx.words and ctx.words[0].casefold() == ALL:
        return await watch_all(ctx)
    if ctx.words and ctx.words[0].casefold() == BRAND:
        return await watch_brand(ctx, " ".join(ctx.words[1:]))
    if not ctx.words:
        return [start_flow(ctx, WATCH, WatchForm(home=ctx.app.brand.home))]
    wanted = read_words(ctx.text, ctx.app.brand.home)
    now = ctx.app.clock()
    return watch_added(ctx, await add_wanted(ctx.tx, wanted, ctx.who.name, now, ctx.checker))


async def unwatch(ctx: RequestContext) -> Sequence[Reply]:
    """Stop watching a product, once that was confirmed; its cases stay."""
    require_words(ctx.words, 1, 2, "/unwatch ASIN [marketplace]")
    found = await find_watch(ctx, ctx.words)
    confirm = unwatch_confirm(found)
    if not is_confirmed(ctx, confirm):
        return [ask_first(ctx, "unwatch", confirm, f"{found.asin} {found.marketplace}")]
    await end_watch(ctx.app, ctx.tx, found, ctx.who, ctx.checker)
    return [Notice(f"Stopped watching {found.name}. Its cases are kept.")]


async def find_watch(ctx: RequestContext, words: Sequence[str]) -> Watch:
    """Return the watch that these words of the call name.

    Raises:
        UserError: it names no product, or one that is not watched.
    """
    product = ProductReference.parse(words[0])
    named = words[1] if words[1:] else ""
    market = WatchInput(product=words[0], home=ctx.app.brand.home, market=named).marketplace
    found = await ctx.tx.get(WATCHES, Watch.key_of(market.code, product.asin))
    if found is None:
        message = (
            f"{product.asin} is not watched on amazon.{market.domain}. "
            "Type /watches to list watched products."
        )
        raise UserError(message)
    return found


async def watches(ctx: RequestContext) -> Sequence[Reply]:
    """List what is watched."""
    total = await ctx.app.store.count(WATCHES)
    page = ListPage.of(page_number(ctx.words), total, "watches")
    found = await ctx.app.store.page(WATCHES, skip=page.start, limit=PAGE)
    rows = [(each, await ctx.app.store.get(STATUSES, each.key)) for each in found]
    view = await view_context(ctx.app, ctx.tx)
    return [Post(card=watches_card(rows, page, view, conditions=are_asked(ctx.app)))]


_PRODUCT = Param("product", "Its ASIN, or a link to its page.", True, "product")
_MARKET = Param("marketplace", "Such as US or DE.", suggest="marketplace")

COMMANDS = (
    CommandSpec(
        "watch",
        USAGE,
        "Watch a product, or 'all'. Leave out the ASIN for a form.",
        Permission.WATCH,
        watch,
        (
            Param(
                "product",
                "Its ASIN, a link to its page, 'all' for your account, or 'brand' for your brand.",
            ),
            _MARKET,
            Param(FLOOR, "Alert on every offer below this price. Enter - for none.", word=FLOOR),
            Param(SKU, "Your own SKU for the product. Enter - for none.", word=SKU),
        ),
        group=HelpGroup.WATCH,
        rank=1,
        alone=True,
    ),
    CommandSpec(
        "unwatch",
        "/unwatch ASIN [marketplace]",
        "Stop watching a product.",
        Permission.UNWATCH,
        unwatch,
        (_PRODUCT, _MARKET),
        group=HelpGroup.WATCH,
    ),
    CommandSpec(
        "watches",
        "/watches [page]",
        "List watched products and their last check.",
        Permission.READ,
        watches,
        group=HelpGroup.WATCH,
    ),
)


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
