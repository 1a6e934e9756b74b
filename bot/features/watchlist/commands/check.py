"""/check: look at one product now."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from bot.core.context import view_context
from bot.core.identifiers import ProductReference
from bot.core.interactions import Post, Reply
from bot.core.listing import Snapshot, Watch
from bot.core.marketplaces import Marketplace
from bot.core.monitoring import Reading
from bot.core.permissions import NEEDED, Permission
from bot.core.request import CommandSpec, HelpGroup, Param, RequestContext
from bot.core.store import Transaction
from bot.core.text import require_words
from bot.errors import NotAllowed
from bot.features.watchlist.collections import (
    CONDITION_HISTORIES,
    HISTORIES,
    STATUSES,
    WATCHES,
)
from bot.features.watchlist.service.conditions import are_asked
from bot.features.watchlist.service.trusting import trusted_among, trusted_in
from bot.features.watchlist.views.conditions import not_new
from bot.features.watchlist.views.product import check_card

USAGE = "/check ASIN-or-link [marketplace]"


async def check(ctx: RequestContext) -> Sequence[Reply]:
    """Show what was just seen of a product; else look at it now, watched or not."""
    require_words(ctx.words, 1, 2, USAGE)
    product = ProductReference.parse(ctx.words[0])
    named = Marketplace.named(ctx.words[1]) if ctx.words[1:] else product.marketplace
    market = named or Marketplace.named(ctx.app.brand.home)
    known = await ctx.tx.get(WATCHES, Watch.key_of(market.code, product.asin))
    if known is None and not ctx.role.can(Permission.WATCH):
        message = (
            f"{product.asin} is not watched on amazon.{market.domain}. With your role, you can "
            f"only check watched products. Ask one of the {NEEDED[Permission.WATCH].label}s."
        )
        raise NotAllowed(message)
    last = None if known is None else await _last(ctx, known)
    if known is not None and last is not None:
        return [await _shown(ctx, ctx.tx, Reading(known, last), watched=True, kept=True)]
    watch = known or Watch(asin=product.asin, marketplace=market.code, added_at=ctx.app.clock())
    return ctx.outside(lambda: _look(ctx, watch, watched=known is not None))


async def _look(ctx: RequestContext, watch: Watch, *, watched: bool) -> Sequence[Reply]:
    reading = await ctx.checker.look_now(watch, f"{ctx.where.chat} {ctx.who.id}")
    async with ctx.app.store.transaction() as tx:
        return [await _shown(ctx, tx, reading, watched=watched)]


async def _last(ctx: RequestContext, watch: Watch) -> Snapshot | None:
    """Return what was last seen of the product, unless that failed or is older than a period."""
    status = await ctx.tx.get(STATUSES, watch.key)
    history = await ctx.tx.get(HISTORIES, watch.key)
    if status is None or status.failure or status.seen_at is None:
        return None
    if history is None or history.last is None:
        return None
    age = ctx.app.clock() - status.seen_at
    # The history is written when something changes; looks that saw the same are in the status.
    last = msgspec.structs.replace(history.last, at=status.seen_at)
    return last if age < ctx.checker.period else None


async def _shown(
    ctx: RequestContext, tx: Transaction, reading: Reading, *, watched: bool, kept: bool = False
) -> Post:
    result = reading.result
    card = check_card(
        reading.watch,
        result,
        await view_context(ctx.app, tx),
        own=ctx.app.brand.own_sellers,
        trusted=await trusted_in(tx, result) if isinstance(result, Snapshot) else frozenset(),
        watched=watched,
        kept=kept,
        not_new=await _not_new(ctx, tx, reading.watch) if watched else "",
    )
    return Post(card=card)


async def _not_new(ctx: RequestContext, tx: Transaction, watch: Watch) -> str:
    """Say which offers there are that are not new; nothing where nobody looks for them."""
    if not (watch.new_only or are_asked(ctx.app)):
        return ""
    known = await tx.get(CONDITION_HISTORIES, watch.key)
    sellers = [each.seller for each in known.stays] if known else []
    trusted = await trusted_among(tx, sellers, watch.asin, ctx.app.clock())
    return not_new(watch, known, ctx.app.brand.own_sellers, trusted)


COMMANDS = (
    CommandSpec(
        "check",
        USAGE,
        "Check one product now.",
        Permission.READ,
        check,
        (
            Param("product", "Its ASIN, or a link to its page.", True, "product"),
            Param("marketplace", "Such as US or DE.", suggest="marketplace"),
        ),
        group=HelpGroup.WATCH,
    ),
)
