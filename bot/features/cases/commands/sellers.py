"""/authorise, /withdraw and /sellers: whom the team trusts, and where."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.cards import Tone
from bot.core.identifiers import ProductReference, parse_seller
from bot.core.interactions import Notice, Post, Reply
from bot.core.permissions import Permission
from bot.core.request import CommandSpec, HelpGroup, Param, RequestContext
from bot.core.text import page_number, require_words
from bot.core.views.lists import PAGE, ListPage
from bot.features.cases.service.settling import authorise_seller
from bot.features.watchlist.collections import SELLERS
from bot.features.watchlist.models.sellers import EVERYWHERE
from bot.features.watchlist.service.trusting import withdraw_seller
from bot.features.watchlist.views.sellers import sellers_card

USAGE = "/authorise SELLER [ASIN]"


async def authorise(ctx: RequestContext) -> Sequence[Reply]:
    """Trust a seller on one product, or on all of them."""
    require_words(ctx.words, 1, 2, USAGE)
    seller = parse_seller(ctx.words[0])
    asin = ProductReference.parse(ctx.words[1]).asin if ctx.words[1:] else EVERYWHERE
    changed = await authorise_seller(ctx.app, ctx.tx, ctx.who, seller, asin)
    where = "all products" if asin == EVERYWHERE else asin
    if not changed:
        return [Notice(f"{seller} is authorised on {where} already.")]
    return [Notice(f"{seller} is authorised on {where}: no more alerts about them.", Tone.GOOD)]


async def withdraw(ctx: RequestContext) -> Sequence[Reply]:
    """Trust a seller no more; the next look alerts again."""
    require_words(ctx.words, 1, max(1, len(ctx.words)), "/withdraw SELLER")
    seller = await withdraw_seller(ctx.tx, ctx.text)
    return [Notice(f"{seller} is trusted no more. If they still sell, the next look says so.")]


async def sellers(ctx: RequestContext) -> Sequence[Reply]:
    """List whom the team trusts."""
    total = await ctx.app.store.count(SELLERS)
    page = ListPage.of(page_number(ctx.words), total, "sellers")
    found = await ctx.app.store.page(SELLERS, skip=page.start, limit=PAGE)
    return [Post(card=sellers_card(found, page))]


COMMANDS = (
    CommandSpec(
        "authorise",
        USAGE,
        "Trust a seller: no more alerts.",
        Permission.AUTHORISE,
        authorise,
        (
            Param("seller", "The seller's ID.", True, "stranger"),
            Param("product", "On this product alone.", suggest="product"),
        ),
        group=HelpGroup.TRUST,
    ),
    CommandSpec(
        "withdraw",
        "/withdraw SELLER",
        "Trust them no more.",
        Permission.AUTHORISE,
        withdraw,
        (Param("seller", "The seller's ID.", True, "seller"),),
        group=HelpGroup.TRUST,
    ),
    CommandSpec(
        "sellers",
        "/sellers [page]",
        "Whom you trust, and where.",
        Permission.READ,
        sellers,
        group=HelpGroup.TRUST,
    ),
)
