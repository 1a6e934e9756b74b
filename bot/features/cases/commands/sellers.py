"""/authorize, /withdraw and /sellers: which sellers the team trusts, and where."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.flows.starting import start_flow
from bot.core.identifiers import ProductReference, parse_seller
from bot.core.interactions import Ask, Notice, Post, Reply
from bot.core.permissions import Permission
from bot.core.request import CommandSpec, HelpGroup, Param, RequestContext
from bot.core.text import page_number, require_words
from bot.core.views.lists import PAGE, ListPage
from bot.features.cases.flows.authorise import AUTHORISE, AuthoriseForm
from bot.features.cases.models.cases import Case
from bot.features.cases.rules.inputs import Where
from bot.features.cases.service.authorising import against_trust, papers_for
from bot.features.watchlist.collections import SELLERS
from bot.features.watchlist.service.trusting import withdraw_seller
from bot.features.watchlist.views.lists import sellers_card

USAGE = "/authorize SELLER [ASIN]"


async def authorise(ctx: RequestContext) -> Sequence[Reply]:
    """Ask on which products a seller is to be trusted, and how long; what is typed is filled in."""
    require_words(ctx.words, 1, 2, USAGE)
    seller = parse_seller(ctx.words[0])
    asin = ProductReference.parse(ctx.words[1]).asin if ctx.words[1:] else ""
    return [await ask_to_authorise(ctx, seller, asin=asin)]


async def ask_to_authorise(
    ctx: RequestContext, seller: str, *, asin: str = "", case: Case | None = None
) -> Ask:
    """Open the form, with what speaks against it."""
    team = await ctx.app.team(ctx.tx)
    known = AuthoriseForm(
        subject=case.key if case else "",
        seller=seller,
        case=_products_of(case) if case else "",
        warnings=await against_trust(ctx.app, ctx.tx, seller, case),
        papers=await papers_for(ctx.app, seller),
        today=team.local(ctx.app.clock()).date(),
        where=Where.LIST if asin else None,
        products=asin,
    )
    return start_flow(ctx, AUTHORISE, known)


def _products_of(case: Case) -> str:
    if len(case.asins) == 1:
        return f"Only {case.asins[0]}"
    return f"The {case.tally.products:,} products of {case.label}"


async def withdraw(ctx: RequestContext) -> Sequence[Reply]:
    """Trust a seller no longer; the next reading alerts again."""
    require_words(ctx.words, 1, max(1, len(ctx.words)), "/withdraw SELLER")
    now = ctx.app.clock()
    seller = await withdraw_seller(ctx.app, ctx.tx, ctx.who, now, ctx.text)
    then = "If they are still selling, the next check raises an alert."
    return [Notice(f"You no longer trust {seller}. {then}")]


async def sellers(ctx: RequestContext) -> Sequence[Reply]:
    """List whom the team trusts."""
    total = await ctx.app.store.count(SELLERS)
    page = ListPage.of(page_number(ctx.words), total, "sellers")
    found = await ctx.app.store.page(SELLERS, skip=page.start, limit=PAGE)
    return [Post(card=sellers_card(found, page, await ctx.app.team(ctx.tx)))]


COMMANDS = (
    CommandSpec(
        "authorize",
        USAGE,
        "Trust a seller and stop alerts about them.",
        Permission.AUTHORISE,
        authorise,
        (
            Param("seller", "The seller's ID.", True, "stranger"),
            Param("product", "Only on this product.", suggest="product"),
        ),
        group=HelpGroup.TRUST,
    ),
    CommandSpec(
        "withdraw",
        "/withdraw SELLER",
        "Stop trusting a seller.",
        Permission.AUTHORISE,
        withdraw,
        (Param("seller", "The seller's ID.", True, "seller"),),
        group=HelpGroup.TRUST,
    ),
    CommandSpec(
        "sellers",
        "/sellers [page]",
        "List the sellers you trust, and on which products.",
        Permission.READ,
        sellers,
        group=HelpGroup.TRUST,
    ),
)
