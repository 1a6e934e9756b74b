"""/watch, /unwatch and /watches."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.core.cards import Tone
from bot.core.flows.starting import start_flow
from bot.core.identifiers import parse_product
from bot.core.interactions import Notice, Post, Reply
from bot.core.listing import Watch, watch_key
from bot.core.marketplaces import find_marketplace, marketplace
from bot.core.money import parse_money
from bot.core.permissions import Permission
from bot.core.request import (
    CommandSpec,
    HelpGroup,
    Param,
    RequestContext,
    page_number,
    require_words,
)
from bot.core.view_contexts import view_context
from bot.core.views.lists import PAGE, ListPage
from bot.errors import UserError
from bot.features.watchlist.collections import HISTORIES, STATUSES, WATCHES
from bot.features.watchlist.models.events import WatchEnded
from bot.features.watchlist.rules.table import parse_sku
from bot.features.watchlist.service.watching import add_watches
from bot.features.watchlist.views.lists import watches_card

USAGE = "/watch ASIN-or-link [marketplace] [floor] [own SKU]"
NO_FLOOR = "-"
"""Stands in the place of a floor that is to be taken away."""

SIGNS = ("$", "€", "£", "¥")


async def watch(ctx: RequestContext) -> Sequence[Reply]:
    """Watch a product; without words, ask for them in a form."""
    if not ctx.words:
        return [start_flow(ctx, "watch", facts={"home": ctx.app.brand.home})]
    wanted = read_watch(ctx.words, ctx.app.brand.home, ctx.who.name, ctx.app.clock())
    return [await add_watch(ctx, wanted, no_floor=NO_FLOOR in ctx.words[1:])]


def read_watch(words: list[str], home: str, by: str, now: datetime) -> Watch:
    """Read what follows /watch; marketplace, floor and SKU may be left out. Raises UserError."""
    product = parse_product(words[0])
    rest = words[1:]
    named = find_marketplace(rest[0]) if rest else None
    market = named or product.marketplace or marketplace(home)
    # A price may be written in two words, with its currency before or behind it.
    rest = [word for word in rest[bool(named) :] if word.upper() not in (market.currency, *SIGNS)]
    require_words(rest, 0, 2, USAGE)
    floor = rest[0] if rest and rest[0] != NO_FLOOR else ""
    return Watch(
        asin=product.asin,
        marketplace=market.code,
        floor=parse_money(floor, market.currency) if floor else None,
        sku=parse_sku(rest[1]) if rest[1:] else "",
        added_by=by,
        added_at=now,
    )


async def add_watch(ctx: RequestContext, wanted: Watch, *, no_floor: bool = False) -> Notice:
    """Store the watch, or change what is known of one that is there."""
    [added] = await add_watches(ctx.tx, [wanted], no_floor=no_floor)
    watch = added.watch
    if not added.changed:
        return Notice(f"{watch.name} is watched already; nothing changed.")
    ctx.after(lambda: ctx.checker.follow(watch))
    verb = "Changed" if added.before else "Watching"
    limit = f" You hear of every offer below {watch.floor}." if watch.floor else ""
    where = marketplace(watch.marketplace).domain
    return Notice(f"{verb} {watch.name} on amazon.{where}.{limit}", Tone.GOOD)


async def unwatch(ctx: RequestContext) -> Sequence[Reply]:
    """Stop watching a product; its cases stay."""
    require_words(ctx.words, 1, 2, "/unwatch ASIN [marketplace]")
    found = await find_watch(ctx)
    ctx.tx.delete(WATCHES, found.key)
    ctx.tx.delete(STATUSES, found.key)
    ctx.tx.delete(HISTORIES, found.key)
    await ctx.app.tell(ctx.tx, WatchEnded(found, ctx.who))
    ctx.after(lambda: ctx.checker.forget(found.key))
    return [Notice(f"{found.name} is watched no more. Its cases stay.")]


async def find_watch(ctx: RequestContext) -> Watch:
    """Return the watch that the call names.

    Raises:
        UserError: it names no product, or one that is not watched.
    """
    product = parse_product(ctx.words[0])
    named = marketplace(ctx.words[1]) if ctx.words[1:] else product.marketplace
    market = named or marketplace(ctx.app.brand.home)
    found = await ctx.tx.get(WATCHES, watch_key(market.code, product.asin))
    if found is None:
        message = (
            f"{product.asin} is not watched on amazon.{market.domain}. "
            "Type /watches to see what is."
        )
        raise UserError(message)
    return found


async def watches(ctx: RequestContext) -> Sequence[Reply]:
    """List what is watched."""
    total = await ctx.app.store.count(WATCHES)
    page = ListPage.of(page_number(ctx.words), total, "watches")
    found = await ctx.app.store.page(WATCHES, skip=page.start, limit=PAGE)
    rows = [(each, await ctx.app.store.get(STATUSES, each.key)) for each in found]
    return [Post(card=watches_card(rows, page, await view_context(ctx.app, ctx.tx)))]


_PRODUCT = Param("product", "Its ASIN, or the address of its page.", True, "product")
_MARKET = Param("marketplace", "Like US or DE.", suggest="marketplace")

COMMANDS = (
    CommandSpec(
        "watch",
        USAGE,
        "Watch a product; alone, it asks you in a form.",
        Permission.WATCH,
        watch,
        (
            Param("product", "Its ASIN, or the address of its page."),
            _MARKET,
            Param("floor", "Tell me of every offer below this price."),
        ),
        group=HelpGroup.WATCH,
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
        "What is watched, and is it seen?",
        Permission.READ,
        watches,
        group=HelpGroup.WATCH,
    ),
)
