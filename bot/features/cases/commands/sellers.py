"""/authorise, /withdraw and /sellers: whom the team trusts, and where."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence

import msgspec

from bot.core.cards import Tone
from bot.core.findings import PRESENCE
from bot.core.identifiers import parse_product, parse_seller
from bot.core.interactions import Notice, Post, Reply
from bot.core.permissions import Permission
from bot.core.request import (
    CommandSpec,
    HelpGroup,
    Param,
    RequestContext,
    page_number,
    require_words,
)
from bot.core.scanning import each_found
from bot.core.views.lists import PAGE, ListPage
from bot.errors import UserError
from bot.features.cases.collections import CASES
from bot.features.cases.models.cases import CloseReason
from bot.features.cases.rules import transitions
from bot.features.cases.service.affected import asins_of, products_of
from bot.features.cases.service.recording import record
from bot.features.watchlist.collections import SELLERS
from bot.features.watchlist.models.sellers import EVERYWHERE, Seller
from bot.features.watchlist.views.sellers import sellers_card

USAGE = "/authorise SELLER [ASIN]"


async def authorise(ctx: RequestContext) -> Sequence[Reply]:
    """Trust a seller on one product, or on all of them."""
    require_words(ctx.words, 1, 2, USAGE)
    seller = parse_seller(ctx.words[0])
    asin = parse_product(ctx.words[1]).asin if ctx.words[1:] else EVERYWHERE
    changed = await trust(ctx, seller, authorised=(asin,))
    where = "all products" if asin == EVERYWHERE else asin
    if not changed:
        return [Notice(f"{seller} is authorised on {where} already.")]
    await settle_cases(ctx, seller, None if asin == EVERYWHERE else (asin,))
    return [Notice(f"{seller} is authorised on {where}: no more alerts about them.", Tone.GOOD)]


async def settle_cases(ctx: RequestContext, seller: str, asins: Collection[str] | None) -> None:
    """End in the seller's open cases what is no alert any more; a case with nothing left closes.

    ``asins`` are the products on which the seller is trusted from now on; None means all.
    """
    now = ctx.app.clock()
    async for case in each_found(ctx.tx, CASES, "seller", seller):
        if not case.open or not PRESENCE & case.tally.active.keys():
            continue
        covered = await asins_of(ctx.tx, case) if asins is None else asins
        products = await products_of(ctx.tx, case, covered)
        # They may be on thousands of products: other work goes on meanwhile.
        turn = await asyncio.to_thread(transitions.trust, case, products.values(), ctx.who, now)
        if turn is None:
            continue
        turns = [turn]
        if not turn.case.going_on:
            reason = CloseReason.AUTHORISED
            turns.append(transitions.close(turn.case, ctx.who, now, reason, ""))
        await record(ctx.app, ctx.tx, case, turns)
        await asyncio.sleep(0)


async def trust(
    ctx: RequestContext,
    seller: str,
    *,
    authorised: tuple[str, ...] = (),
    left_alone: tuple[str, ...] = (),
) -> bool:
    """Add products on which a seller is trusted; tell whether that changed anything."""
    known = await ctx.tx.get(SELLERS, seller) or Seller(id=seller)
    changed = msgspec.structs.replace(
        known,
        authorised=_union(known.authorised, authorised),
        left_alone=_union(known.left_alone, left_alone),
        by=ctx.who,
        at=ctx.app.clock(),
    )
    same = (changed.authorised, changed.left_alone) == (known.authorised, known.left_alone)
    if not same:
        ctx.tx.put(SELLERS, changed)
    return not same


async def withdraw(ctx: RequestContext) -> Sequence[Reply]:
    """Trust a seller no more; the next look alerts again."""
    require_words(ctx.words, 1, max(1, len(ctx.words)), "/withdraw SELLER")
    # A button may name a seller whom Amazon called by something that is no regular ID.
    known = await ctx.tx.get(SELLERS, ctx.text)
    seller = known.id if known else parse_seller(ctx.text)
    if await ctx.tx.get(SELLERS, seller) is None:
        message = f"{seller} was not authorised. Type /sellers to see who is."
        raise UserError(message)
    ctx.tx.delete(SELLERS, seller)
    return [Notice(f"{seller} is trusted no more. If they still sell, the next look says so.")]


async def sellers(ctx: RequestContext) -> Sequence[Reply]:
    """List whom the team trusts."""
    total = await ctx.app.store.count(SELLERS)
    page = ListPage.of(page_number(ctx.words), total, "sellers")
    found = await ctx.app.store.page(SELLERS, skip=page.start, limit=PAGE)
    return [Post(card=sellers_card(found, page))]


def _union(known: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({*known, *more}))


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
