"""/authorise, /withdraw and /sellers: whom the team trusts, and where."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from bot.app.call import Call, CommandSpec, demand_words, page_number
from bot.app.collections import SELLERS
from bot.domain.identifiers import parse_product, parse_seller
from bot.domain.people import Right
from bot.domain.sellers import EVERYWHERE, Seller
from bot.errors import UserError
from bot.ui.cards import Tone
from bot.ui.interactions import Notice, Post, Reply
from bot.ui.views.lists import PAGE, Page, sellers_card

USAGE = "/authorise SELLER [ASIN]"


async def authorise(call: Call) -> Sequence[Reply]:
    """Trust a seller on one product, or on all of them."""
    demand_words(call.words, 1, 2, USAGE)
    seller = parse_seller(call.words[0])
    asin = parse_product(call.words[1]).asin if call.words[1:] else EVERYWHERE
    changed = await trust(call, seller, authorised=(asin,))
    where = "all products" if asin == EVERYWHERE else asin
    if not changed:
        return [Notice(f"{seller} is authorised on {where} already.")]
    return [Notice(f"{seller} is authorised on {where}: no more alerts about them.", Tone.GOOD)]


async def trust(
    call: Call,
    seller: str,
    *,
    authorised: tuple[str, ...] = (),
    left_alone: tuple[str, ...] = (),
) -> bool:
    """Add products on which a seller is trusted; tell whether that changed anything."""
    known = await call.tx.get(SELLERS, seller) or Seller(id=seller)
    changed = msgspec.structs.replace(
        known,
        authorised=_union(known.authorised, authorised),
        left_alone=_union(known.left_alone, left_alone),
        by=call.who,
        at=call.desk.clock(),
    )
    same = (changed.authorised, changed.left_alone) == (known.authorised, known.left_alone)
    if not same:
        call.tx.put(SELLERS, changed)
    return not same


async def withdraw(call: Call) -> Sequence[Reply]:
    """Trust a seller no more; the next look alerts again."""
    demand_words(call.words, 1, 1, "/withdraw SELLER")
    seller = parse_seller(call.words[0])
    if await call.tx.get(SELLERS, seller) is None:
        message = f"{seller} was not authorised. Type /sellers to see who is."
        raise UserError(message)
    call.tx.delete(SELLERS, seller)
    return [Notice(f"{seller} is trusted no more. If they still sell, the next look says so.")]


async def sellers(call: Call) -> Sequence[Reply]:
    """List whom the team trusts."""
    number = page_number(call.words)
    found = await call.desk.store.page(SELLERS, limit=PAGE * number)
    page = Page(number=number, total=await call.desk.store.count(SELLERS), command="sellers")
    return [Post(card=sellers_card(found[PAGE * (number - 1) :], page))]


def _union(known: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({*known, *more}))


COMMANDS = (
    CommandSpec("authorise", USAGE, "Trust a seller: no more alerts.", Right.AUTHORISE, authorise),
    CommandSpec("withdraw", "/withdraw SELLER", "Trust them no more.", Right.AUTHORISE, withdraw),
    CommandSpec("sellers", "/sellers [page]", "Whom you trust, and where.", Right.READ, sellers),
)
